"""A small Netlify on this machine, written after its public description of deploys by digest.

A deploy is told as paths and SHA-1 digests; the answer names the digests of which Netlify has no file. When those have
been sent the deploy is processed and, as a whole, becomes the published one.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from tests.deploy.small_site import Files, Get

TOKEN = "nfp-not-a-real-token"


class Netlify:
    """One site and all its deploys."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.address = ""
        self.blobs: dict[str, bytes] = {}
        self.deploys: dict[str, dict[str, Any]] = {}
        self.published = ""
        self.polls = 0  # that a deploy needs until it is prepared, and again until it is ready
        self.lock = threading.Lock()

    def files(self, deploy: str = "") -> Files:
        """What a deploy consists of, the published one unless named."""
        found = self.deploys.get(deploy or self.published, {"files": {}})
        return {path.lstrip("/"): self.blobs[sha] for path, sha in found["files"].items()}

    def get(self) -> Get:
        return lambda url: self.files().get(url.lstrip("/") + ("index.html" if url.endswith("/") else ""))

    def shown(self, id: str) -> dict[str, Any]:
        deploy = self.deploys[id]
        return {
            "id": id,
            "state": deploy["state"],
            "required": sorted(self.missing(id)) if deploy["state"] == "prepared" else [],
            "deploy_ssl_url": f"{self.address}/of/{id}",
            "error_message": deploy.get("error", ""),
        }

    def missing(self, id: str) -> set[str]:
        return {sha for sha in self.deploys[id]["files"].values() if sha not in self.blobs}

    def create(self, files: dict[str, str]) -> str:
        id = f"deploy{len(self.deploys)}"
        self.deploys[id] = {"files": files, "state": "preparing", "polls": self.polls}
        return id

    def move(self, id: str) -> None:
        """What happens by itself: a deploy is prepared, and ready once nothing is missing."""
        deploy = self.deploys[id]
        if deploy["polls"]:
            deploy["polls"] -= 1
        elif deploy["state"] == "preparing":
            deploy["state"], deploy["polls"] = "prepared", self.polls
        elif deploy["state"] == "prepared" and not self.missing(id):
            deploy["state"] = "ready"
            self.published = id


@contextmanager
def netlify(site: str = "my-site") -> Iterator[tuple[Netlify, str]]:
    """The service, and its address as host:port."""
    service = Netlify(site)

    class Handler(_Handler):
        owner = service

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service, f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    owner: Netlify

    def log_message(self, *words: object) -> None:
        pass

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if len(body) < int(self.headers.get("Content-Length") or 0):
            return  # hung up in the midst
        with self.owner.lock:
            status, answer = self._answer(body)
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_PUT = do_GET  # noqa: N815 # as http.server names them

    def _answer(self, body: bytes) -> tuple[int, Any]:
        words = unquote(self.path).strip("/").split("/")
        if words[0] == "of":  # the files of a deploy, for everybody
            found = self.owner.files(words[1]).get("/".join(words[2:]))
            return (200, found) if found is not None else (404, b"")
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"code": 401, "message": "Access Denied"}
        service = self.owner
        match [self.command, *words]:
            case ["GET", "sites", service.site]:
                live = service.shown(service.published) if service.published else None
                return 200, {"id": service.site, "published_deploy": live}
            case ["GET", "sites", service.site, "files"]:
                files = service.deploys[service.published]["files"]
                return 200, [{"id": path, "path": path, "sha": sha} for path, sha in files.items()]
            case ["POST", "sites", service.site, "deploys"]:
                return 200, service.shown(service.create(json.loads(body)["files"]))
            case ["GET", "deploys", id] if id in service.deploys:
                service.move(id)
                return 200, service.shown(id)
            case ["PUT", "deploys", id, "files", *path] if id in service.deploys:
                wanted = service.deploys[id]["files"].get("/" + "/".join(path))
                if hashlib.sha1(body).hexdigest() != wanted:
                    return 422, {"code": 422, "message": "the file is not what was told"}
                service.blobs[wanted] = body
                return 200, {"path": path}
            case _:
                return 404, {"code": 404, "message": "Not Found"}
