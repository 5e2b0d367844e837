"""A git server on this machine: `git http-backend`, as forges run it, behind a small bridge."""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.deploy.small_site import Files, Get

USER, PASSWORD = "editor", "not-a-real-password"


def git(*arguments: str, cwd: Path | None = None) -> bytes:
    return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, check=True).stdout


class Repository:
    """A bare repository and what its branch holds."""

    def __init__(self, root: Path, branch: str = "gh-pages") -> None:
        self.root = root
        self.branch = branch
        git("init", "--quiet", "--bare", str(root))
        git("-C", str(root), "config", "http.receivepack", "true")

    def tip(self) -> str:
        found = git(
            "-C", str(self.root), "for-each-ref", "--format=%(objectname)", f"refs/heads/{self.branch}"
        )
        return found.decode().strip()

    def files(self) -> Files:
        """Everything in the branch."""
        if not self.tip():
            return {}
        listed = git("-C", str(self.root), "ls-tree", "-r", "-z", "--name-only", self.branch)
        return {
            it: git("-C", str(self.root), "cat-file", "blob", f"{self.branch}:{it}")
            for it in listed.decode().split("\0")
            if it
        }

    def get(self) -> Get:
        """What a visitor gets from a host that serves the branch."""
        known: dict[str, Files] = {}

        def answer(url: str) -> bytes | None:
            tip = self.tip()
            if tip not in known:
                known[tip] = self.files()
            return known[tip].get(url.lstrip("/") + ("index.html" if url.endswith("/") else ""))

        return answer

    def commit(self, files: Files) -> None:
        """Somebody else pushes a commit with `files` on top of the branch."""
        parent = self.tip()
        lines = [
            b"commit refs/heads/%s\n" % self.branch.encode(),
            b"committer x <x@example.org> 0 +0000\ndata 1\nx\n",
        ]
        lines += [b"from %s\n" % parent.encode()] if parent else []
        lines += [
            b"M 100644 inline %s\ndata %d\n%s\n" % (it.encode(), len(data), data)
            for it, data in files.items()
        ]
        command = ["git", "-C", str(self.root), "fast-import", "--quiet", "--force"]
        subprocess.run(command, input=b"".join(lines), check=True)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address, as host:port, at which the repositories in `folder` are served to who has the password."""

    class Handler(_Bridge):
        root = folder

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Bridge(BaseHTTPRequestHandler):
    """Hands each request to `git http-backend` as CGI."""

    root: Path

    def log_message(self, *words: object) -> None:
        pass

    def do_GET(self) -> None:
        wanted = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Authorization") != wanted:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        environment = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REMOTE_USER": USER,
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        result = subprocess.run(["git", "http-backend"], input=body, capture_output=True, env=environment)
        head, _, content = result.stdout.partition(b"\r\n\r\n")
        headers = [line.split(": ", 1) for line in head.decode().split("\r\n") if line]
        status = next((value for name, value in headers if name == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for name, value in headers:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 # as http.server names it
