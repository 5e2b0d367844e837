"""A small static host as the built site expects one: clean URLs, the headers of `_headers`, and 404.html for the rest."""

from __future__ import annotations

import mimetypes
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

TYPES = {".woff2": "font/woff2", ".xml": "application/xml", ".json": "application/json", ".csv": "text/csv"}
NOT_PAGES = {"_headers", "_redirects"}


Rules = list[tuple[str, dict[str, str]]]


def read_rules(text: str) -> Rules:
    """The patterns and headers of a `_headers` file, in order."""
    rules: Rules = []
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
        elif line:
            rules.append((line, {}))
    return rules


def content_type(file: Path) -> str:
    """What a host says a file is, by its name."""
    kind = TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


class Host:
    """Serves one folder on a free port of this machine; `folder` may be filled after the address is known."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self._rules: Rules | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def headers(self, path: str) -> dict[str, str]:
        """The headers that `_headers` gives the URL path `path`; later rules add to earlier ones."""
        if self._rules is None:
            assert self.folder is not None
            self._rules = read_rules((self.folder / "_headers").read_text(encoding="utf-8"))
        found: dict[str, str] = {}
        for pattern, headers in self._rules:
            if fnmatchcase(path, pattern):
                found.update(headers)
        return found

    def find(self, path: str) -> tuple[int, Path | None, str]:
        """The status, file and place of redirection for the URL path `path`, decoded."""
        assert self.folder is not None
        inside = [part for part in path.split("/") if part]
        target = self.folder.joinpath(*inside)
        hidden = any(part.startswith(".") for part in inside) or path.lstrip("/") in NOT_PAGES
        if not hidden and target.is_dir() and (target / "index.html").is_file():
            return (200, target / "index.html", "") if path.endswith("/") else (301, None, path + "/")
        if not hidden and target.is_file() and not path.endswith("/"):
            return 200, target, ""
        return 404, self.folder / "404.html", ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = unquote(urlsplit(self.path).path)
                status, file, place = host.find(path)
                data = file.read_bytes() if file else b""
                self.send_response(status)
                if place:
                    self.send_header("Location", place)
                if file:
                    self.send_header("Content-Type", content_type(file))
                for name, value in host.headers(path).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def __enter__(self) -> Host:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *reason: object) -> None:
        self._server.shutdown()
        self._server.server_close()
