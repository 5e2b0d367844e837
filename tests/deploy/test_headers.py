"""`_headers` and `_redirects` as settings of a web server: what nginx then answers, and what Caddy is told."""

from __future__ import annotations

import gzip
import http.client
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.core.destinations import FolderTarget
from sitegen.shell.deploy import dressed
from sitegen.shell.deploy.folder import FolderAdapter
from sitegen.shell.deploy.headers import Redirect, Rule, read_headers, read_redirects, snippet
from sitegen.shell.deploy.run import Wish, deploy
from sitegen.shell.deploy.sealed import Output
from tests.deploy.s3_servers import free_port, until_open
from tests.deploy.small_site import Site, Visitor, version
from tests.tools import need

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin") or ""

HEADERS = """\
/*
  Content-Security-Policy: default-src 'none'; style-src 'self'
  X-Content-Type-Options: nosniff

# Names that stand for their bytes.
/assets/*
  Cache-Control: public, max-age=31536000, immutable

/feed.xml
  Access-Control-Allow-Origin: *
"""
REDIRECTS = "/قديم/ /articles/both/ 301\n# nothing\n/old /articles/\n"


def test_rules_are_read_in_order() -> None:
    """Paths, their headers, comments and empty lines."""
    rules = list(read_headers(HEADERS))
    assert [it.path for it in rules] == ["/*", "/assets/*", "/feed.xml"]
    assert rules[2] == Rule("/feed.xml", (("Access-Control-Allow-Origin", "*"),))
    assert rules[0].headers[0] == ("Content-Security-Policy", "default-src 'none'; style-src 'self'")
    assert list(read_redirects(REDIRECTS)) == [
        Redirect("/قديم/", "/articles/both/", "301"),
        Redirect("/old", "/articles/", "301"),
    ]


def test_caddy_is_told_every_rule() -> None:
    """Each rule has its matcher and its headers, each old address its redirection."""
    text = snippet("caddy", HEADERS, REDIRECTS)
    assert '@sitegen1 path "/assets/*"' in text
    assert '    Cache-Control "public, max-age=31536000, immutable"' in text
    assert 'redir "/قديم/" "/articles/both/" 301' in text
    assert "precompressed br gzip" in text


class Served:
    """A site behind nginx."""

    def __init__(self, port: int, root: Path) -> None:
        self.port = port
        self.root = root

    def ask(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(
                "GET", path, headers={it.replace("_", "-"): text for it, text in headers.items()}
            )
            answer = connection.getresponse()
            return answer.status, {it.lower(): text for it, text in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def get(self, url: str) -> bytes | None:
        status, _, body = self.ask(url)
        return body if status == 200 else None


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    need(bool(NGINX), "nginx", "sudo apt-get install nginx-light")
    port = free_port()
    root = tmp_path / "www"
    settings = snippet("nginx", HEADERS, REDIRECTS).replace("# gzip_static on;", "gzip_static on;")
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\n"
        + ("user root;\n" if os.geteuid() == 0 else "")
        + "events { }\n"
        + "http { access_log off; types { text/html html; text/css css; application/xml xml; }\n"
        + "".join(
            f"{it}_temp_path {tmp_path}/{it};\n"
            for it in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"server {{ listen 127.0.0.1:{port}; root {root};\n{settings}\n}} }}\n",
        "utf-8",
    )
    command = [
        NGINX,
        "-p",
        str(tmp_path),
        "-c",
        str(tmp_path / "nginx.conf"),
        "-e",
        str(tmp_path / "error.log"),
    ]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until_open(port, process)
            yield Served(port, root)
        finally:
            process.terminate()


def put(site: Site, root: Path, *, compressed: bool = False) -> None:
    target = FolderTarget(path=str(root), precompress=compressed)
    adapter = FolderAdapter(str(root))
    try:
        source = dressed(Output(str(site.public)), target, site.kept)
        deploy(source, adapter, site.kept, Wish("live", "https://example.org"))
    finally:
        adapter.close()


def test_nginx_answers_as_the_rules_say(site: Site, served: Served) -> None:
    """Safety rules are on every answer, also on errors; assets may be kept for ever; old addresses lead on."""
    put(site, served.root)
    (asset,) = (it for it in version(1) if it.startswith("assets/"))
    status, headers, body = served.ask("/articles/both/")
    assert (status, body) == (200, version(1)["articles/both/index.html"])
    assert headers["content-security-policy"] == "default-src 'none'; style-src 'self'"
    assert headers["cache-control"] == "no-cache"
    status, headers, _ = served.ask(f"/{asset}")
    assert (status, headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert headers["x-content-type-options"] == "nosniff"
    assert served.ask("/feed.xml")[1]["access-control-allow-origin"] == "*"
    status, headers, body = served.ask("/nowhere/")
    assert (status, body) == (404, version(1)["404.html"])
    assert headers["x-content-type-options"] == "nosniff"
    status, headers, _ = served.ask("/%D9%82%D8%AF%D9%8A%D9%85/")
    assert (status, headers["location"].endswith("/articles/both/")) == (301, True)
    assert served.ask("/old")[0] == 301


def test_nginx_sends_the_compressed_copy(site: Site, served: Served) -> None:
    """To those who take it; it unpacks to the page."""
    long = b"<p>" + "نص طويل ".encode() * 200 + b"</p>"
    site.build(version(1) | {"long/index.html": long})
    put(site, served.root, compressed=True)
    _, headers, body = served.ask("/long/", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip"
    assert body == (served.root / "long/index.html.gz").read_bytes()
    assert gzip.decompress(body) == long == served.ask("/long/")[2]


def test_a_visitor_who_never_stops_misses_nothing(site: Site, served: Served) -> None:
    """While eight versions are deployed one after the other, pages and what they refer to answer, each time."""
    put(site, served.root)
    visitor = Visitor(served.get)
    visitor.visit()
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            visitor.visit()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(2, 10):
            site.build(version(number))
            put(site, served.root)
    finally:
        over.set()
        reader.join()
    visitor.visit()
    assert visitor.misses == []
    assert visitor.visits > 100
