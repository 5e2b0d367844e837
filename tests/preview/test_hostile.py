"""What must not be told is not, whoever asks in whatever way; and nothing that is sent ends the preview."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from serving import ARTICLE, PAGE, PATIENCE, Served, served

SECRET = "a secret that no page shows"

TRAVERSALS = (
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/..%2Fsecret.txt",
    "/%2e%2e/secret.txt",
    "/%2e%2e%2fsecret.txt",
    "/.%2e/secret.txt",
    "/%2e./secret.txt",
    "/%2e%2e%2f%2e%2e%2fsecret.txt",
    "/..%5csecret.txt",
    "/%2e%2e%5csecret.txt",
    "/..%255csecret.txt",
    "/..\\secret.txt",
    "/%5c..%5csecret.txt",
    "/....//secret.txt",
    "/..;/secret.txt",
    "/%252e%252e/secret.txt",
    "/%252e%252e%252fsecret.txt",
    "/%25252e%25252e/secret.txt",
    "/..%c0%afsecret.txt",
    "/..%c1%9csecret.txt",
    "/..%ef%bc%8fsecret.txt",
    "/..%u2215secret.txt",
    "/%c0%ae%c0%ae/secret.txt",
    "/%e0%80%ae%e0%80%ae/secret.txt",
    "/%uff0e%uff0e/secret.txt",
    "/%ef%bc%8e%ef%bc%8e/secret.txt",
    "/articles/../../secret.txt",
    "/articles/kilogram/../../../secret.txt",
    "/;/../secret.txt",
    "/C:/{root}/secret.txt",
    "/articles/..%2f..%2fsecret.txt",
    "/assets/css/%2e%2e/%2e%2e/%2e%2e/secret.txt",
    "/.sitegen/../secret.txt",
    "/.sitegen/%2e%2e/content/site.yaml",
    "//{root}/secret.txt",
    "/{root}/secret.txt",
    "/%2f{root}/secret.txt",
    "/file://{root}/secret.txt",
    "/..%00/secret.txt",
    "/secret.txt%00.html",
    "/secret.txt",
    "/content/secret.txt",
    "/content/.hidden",
    "/.hidden",
    "/media/.hidden",
    "/media/link.png",
    "/.git/config",
    "/.sitegen/preview",
    "/.sitegen/store",
    "/index.html/../../secret.txt",
)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview with secrets beside, in and under the site."""
    place = tmp_path_factory.mktemp("hostile") / "site"
    with served(place) as it:
        for path in (
            "../secret.txt",
            "secret.txt",
            ".hidden",
            ".git/config",
            "content/secret.txt",
            "content/.hidden",
        ):
            it.write(path, SECRET)
        it.write("content/media/.hidden", SECRET)
        (place / "content/media/link.png").symlink_to(place / "secret.txt")
        yield it
        assert it.process.poll() is None


def raw(preview: Served, data: bytes, end: bool = False) -> bytes:
    """What comes back for these bytes until the other side hangs up."""
    with socket.create_connection(("127.0.0.1", preview.port), PATIENCE) as it:
        try:
            it.sendall(data)
            if end:
                it.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := it.recv(65536):
                answer += piece
        except OSError:
            return b""  # hung up in the middle, which is an answer too
        return answer


def asked(
    preview: Served, line: str | bytes, *headers: str, host: str = "localhost:{port}", body: str = ""
) -> bytes:
    """The answer to a request line with a good Host and these headers."""
    start = line if isinstance(line, bytes) else line.encode()
    lines = [
        it
        for it in (f"Host: {host.format(port=preview.port)}" if host else "", *headers, "Connection: close")
        if it
    ]
    return raw(preview, start + b" HTTP/1.1\r\n" + "\r\n".join([*lines, "", ""]).encode() + body.encode())


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0


def test_there_are_at_least_29_forms() -> None:
    """As many as the design asks for."""
    assert len(set(TRAVERSALS)) >= 29


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out_of_the_site(preview: Served, path: str) -> None:
    """Traversals, dotfiles, sources and links in them are not there, sent as they stand."""
    answer = asked(preview, "GET " + path.format(root=str(preview.folder).lstrip("/")))
    assert status(answer) in (400, 403, 404)
    assert SECRET.encode() not in answer


@pytest.mark.parametrize(
    ("host", "headers"),
    [
        ("", ()),
        ("evil.example", ()),
        ("evil.example:{port}", ()),
        ("localhost", ()),
        ("localhost:1", ()),
        ("localhost.evil.example:{port}", ()),
        ("127.0.0.1.nip.io:{port}", ()),
        ("localhost:{port}", ("Host: evil.example",)),
        ("localhost:{port}", ("Origin: http://evil.example",)),
        ("localhost:{port}", ("Origin: null",)),
        ("localhost:{port}", ("Origin: https://localhost:{port}",)),
        ("localhost:{port}", ("Sec-Fetch-Site: cross-site",)),
        ("localhost:{port}", ("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors")),
        (
            "localhost:{port}",
            ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"),
        ),
        (
            "localhost:{port}",
            ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"),
        ),
    ],
)
@pytest.mark.parametrize("path", ["/", PAGE, "/.sitegen/events", "/.sitegen/state?at=/", "/facts.json"])
def test_pages_of_others_read_nothing(
    preview: Served, path: str, host: str, headers: tuple[str, ...]
) -> None:
    """Neither by another name for this machine, nor from a page of another site, nor in a frame."""
    answer = asked(preview, f"GET {path}", *(it.format(port=preview.port) for it in headers), host=host)
    assert status(answer) in (400, 403)
    assert "كيلوغرام".encode() not in answer
    assert b"access-control" not in answer.lower()


def test_a_link_from_elsewhere_may_be_followed(preview: Served) -> None:
    """A person who clicks in a mail gets the page."""
    headers = ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document")
    assert status(asked(preview, f"GET {PAGE}", *headers)) == 200


OPEN = '{"file": "content/site.yaml", "line": 1}'
OURS = ("Origin: http://localhost:{port}", "Sec-Fetch-Site: same-origin")


@pytest.mark.parametrize(
    ("headers", "body", "wanted"),
    [
        ((), OPEN, 403),
        (OURS[:1], OPEN, 403),
        (("Origin: http://evil.example", "Sec-Fetch-Site: cross-site"), OPEN, 403),
        (OURS, OPEN, 200),
        (OURS, '{"file": "../secret.txt"}', 404),
        (OURS, '{"file": "/etc/passwd"}', 404),
        (OURS, '{"file": "content/media/link.png"}', 404),
        (OURS, '{"file": "--help"}', 404),
        (OURS, '{"file": 5, "line": "x"}', 400),
        (OURS, '{"file": "content/site.yaml", "line": -5}', 200),
        (OURS, '{"fact": "nothing"}', 404),
        (OURS, "[" * 9000, 400),
        (OURS, "{", 400),
        (OURS, "", 400),
        (OURS, "null", 400),
    ],
)
def test_only_own_pages_open_only_own_files(
    preview: Served, headers: tuple[str, ...], body: str, wanted: int
) -> None:
    """The editor is started by pages of the preview alone, with files that the site is made from."""
    named = [it.format(port=preview.port) for it in headers]
    answer = asked(preview, "POST /.sitegen/open", *named, f"Content-Length: {len(body)}", body=body)
    assert status(answer) == wanted


HOSTILE = {
    "nothing": b"",
    "empty lines": b"\r\n\r\n\r\n",
    "a method alone": b"GET\r\n\r\n",
    "an old version": b"GET /\r\n\r\n",
    "a version to come": b"GET / HTTP/9.9\r\n\r\n",
    "no version": b"GET / FTP/1.1\r\n\r\n",
    "a greeting of TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),
    "a greeting of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "noise": bytes(range(256)) * 20 + b"\r\n\r\n",
    "a long line": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
    "a long header": b"GET / HTTP/1.1\r\nHost: " + b"a" * 200_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 5000 + b"\r\n",
    "folded headers": b"GET / HTTP/1.1\r\nHost:\r\n localhost\r\n\r\n",
    "a NUL": b"GET /\x00 HTTP/1.1\r\n\r\n",
    "an address with its host": b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    "a tunnel": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    "every star": b"OPTIONS * HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    "an unknown method": b"BREW / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    "a negative length": b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: -1\r\n\r\n",
    "a length in words": b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: \xd9\xa3\r\n\r\n",
    "a length beyond all": b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 99999999999999999999\r\n\r\n",
    "two lengths": b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a body cut short": b"POST /.sitegen/open HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 50\r\n\r\n{",
    "chunks": b"POST / HTTP/1.1\r\nHost: localhost:%d\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n",
    "a broken escape": b"GET /%zz%f0%9f HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    "half a letter": b"GET /\xd9 HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    "a heap of questions": b"GET /?" + b"a=b&" * 5000 + b" HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    "a state of nowhere": b"GET /.sitegen/state?at=%%ff%%00 HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
    "ranges without end": b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nRange: bytes="
    + b"0-," * 3000
    + b"\r\n\r\n",
    "a range of nothing": b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nRange: bytes=99999999999999-\r\n\r\n",
    "tags without end": b"GET / HTTP/1.1\r\nHost: localhost:%d\r\nIf-None-Match: "
    + b'"a",' * 9000
    + b"\r\n\r\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_no_request_ends_the_preview(preview: Served, data: bytes) -> None:
    """Each is answered or hung up on, without a trace in the terminal, and the next visitor is served."""
    filled = data.replace(b"localhost:%d", f"localhost:{preview.port}".encode())
    answer = raw(preview, filled, end=True)
    assert status(answer) < 500 or status(answer) in (501, 505)
    assert preview.get(PAGE).status == 200
    assert not any("Traceback" in it for it in preview.said)


def test_half_open_clients_keep_nobody_waiting(preview: Served) -> None:
    """Two hundred that never finish their request, and some that leave in the middle of an answer."""
    with ExitStack() as stack:
        for _ in range(200):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", preview.port), PATIENCE))
            client.sendall(b"GET / HTTP/1.1\r\nHo")
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", preview.port), PATIENCE) as client:
                client.sendall(
                    f"GET /.sitegen/events HTTP/1.1\r\nHost: localhost:{preview.port}\r\n\r\n".encode()
                )
        assert preview.get(PAGE).status == 200
    assert preview.get(PAGE).status == 200


def test_answers_say_what_browsers_may_do(preview: Served) -> None:
    """The published policy and a connection to the preview; no guessing of types, nothing kept."""
    for path in (PAGE, "/nothing/", "/.sitegen/preview.js", "/facts.json"):
        headers = preview.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; ")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_the_site_lies_only_on_this_machine(preview: Served) -> None:
    """Both loopback addresses answer; no other is listened at."""
    assert preview.get(PAGE).status == 200
    listening = Path("/proc/net/tcp").read_text().splitlines()[1:]
    addresses = {
        it.split()[1].split(":")[0]
        for it in listening
        if int(it.split()[1].split(":")[1], 16) == preview.port and it.split()[3] == "0A"
    }
    assert addresses == {"0100007F"}


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_the_other_loopback_answers_too(preview: Served) -> None:
    """`localhost` may mean either."""
    try:
        it = socket.create_connection(("::1", preview.port), PATIENCE)
    except OSError:
        pytest.skip("this machine has no ::1")
    with it:
        it.sendall(
            f"HEAD {PAGE} HTTP/1.1\r\nHost: [::1]:{preview.port}\r\nConnection: close\r\n\r\n".encode()
        )
        assert it.recv(100).startswith(b"HTTP/1.1 200")


def test_the_article_is_still_there(preview: Served) -> None:
    """After all of that, a save is shown."""
    with preview.listening() as until:
        preview.write(ARTICLE, preview.read(ARTICLE) + "\nبعد كل ذلك.\n")
        until(lambda: "بعد كل ذلك." in preview.get(PAGE).text)
