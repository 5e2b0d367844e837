"""Answers as browsers want them: parts, tags, heads, redirects, addresses in Arabic, and what is not there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from socket import AF_INET
from threading import Thread
from urllib.parse import quote

import pytest
from serving import ARTICLE, PAGE, PATIENCE, Served, served

from sitegen.shell.preview.http import Answer, Request, Server, plain

ALIAS = "/مقالات/الوزن/"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview whose article has an old address in Arabic."""
    with served(tmp_path_factory.mktemp("answers") / "site") as it, it.listening() as until:
        it.write(
            ARTICLE, it.read(ARTICLE).replace("kind: explainer", f'kind: explainer\naliases: ["{ALIAS}"]')
        )
        until(lambda: it.get(ALIAS).status == 200)
        yield it


def asset(preview: Served) -> str:
    """The address of the style sheet."""
    return preview.get(PAGE).text.split('rel="stylesheet" href="')[1].split('"')[0]


def test_a_part_can_be_asked_for(preview: Served) -> None:
    """The first bytes, the last, those from somewhere; a part that is not there is said to be none."""
    path = asset(preview)
    whole = preview.get(path)
    size = len(whole.body)
    assert whole.headers["accept-ranges"] == "bytes"
    for wanted, start, end in (
        ("0-9", 0, 10),
        ("-7", size - 7, size),
        (f"{size - 3}-", size - 3, size),
        ("5-999999999", 5, size),
    ):
        part = preview.get(path, Range=f"bytes={wanted}")
        assert part.status == 206
        assert part.body == whole.body[start:end]
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
    assert preview.get(path, Range=f"bytes={size}-").status == 416
    assert preview.get(path, Range="bytes=9-1").status == 200
    assert preview.get(path, Range="lines=1-2").status == 200
    assert preview.get(path, Range="bytes=0-1", If_Range='"another"').status == 200


def test_what_a_browser_has_is_not_sent_again(preview: Served) -> None:
    """As long as it is the same."""
    tag = preview.get(PAGE).headers["etag"]
    again = preview.get(PAGE, If_None_Match=f'"old", W/{tag}')
    assert (again.status, again.body) == (304, b"")
    assert preview.get(PAGE, If_None_Match='"old"').status == 200


def test_a_head_has_no_body(preview: Served) -> None:
    """But says how long it would be."""
    head = preview.ask("HEAD", PAGE)
    assert head.body == b""
    assert int(head.headers["content-length"]) == len(preview.get(PAGE).body)


def test_a_folder_without_its_slash_is_led_on(preview: Served) -> None:
    """So that relative addresses mean the same."""
    answer = preview.get(PAGE.rstrip("/"))
    assert (answer.status, answer.headers["location"]) == (302, PAGE)
    assert preview.get(f"{PAGE}index.html").headers["location"] == PAGE


@pytest.mark.parametrize(
    "path", [ALIAS, quote(ALIAS), quote(ALIAS).lower()], ids=["raw", "encoded", "in small letters"]
)
def test_addresses_may_be_arabic(preview: Served, path: str) -> None:
    """Percent-encoded as browsers do, or as they are typed."""
    with socket.create_connection(("127.0.0.1", preview.port), PATIENCE) as it:
        it.sendall(
            f"GET {path} HTTP/1.1\r\nHost: localhost:{preview.port}\r\nConnection: close\r\n\r\n".encode()
        )
        assert it.recv(100).startswith(b"HTTP/1.1 200")


def test_an_arabic_folder_without_its_slash_is_led_on(preview: Served) -> None:
    """To an address that is percent-encoded, as addresses in headers must be."""
    assert preview.get(ALIAS.rstrip("/")).headers["location"] == quote(ALIAS)


def test_what_is_not_there_names_what_is_near(preview: Served) -> None:
    """With the site's own page for it, and links to addresses that are alike."""
    answer = preview.get("/articles/kilogrem/")
    assert answer.status == 404
    assert f'<a href="{PAGE}">' in answer.text
    assert 'dir="rtl"' in answer.text


def test_files_have_their_types(preview: Served) -> None:
    """Browsers are told not to guess, so it must be right."""
    for path, kind in (
        (PAGE, "text/html; charset=utf-8"),
        (asset(preview), "text/css; charset=utf-8"),
        ("/facts.json", "application/json"),
        ("/atom.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/.sitegen/preview.js", "text/javascript; charset=utf-8"),
    ):
        assert preview.get(path).headers["content-type"] == kind


def test_other_methods_are_not_allowed(preview: Served) -> None:
    """And it says which are."""
    for method in ("PUT", "DELETE", "OPTIONS"):
        answer = preview.ask(method, PAGE)
        assert answer.status == 405
        assert "GET" in answer.headers["allow"]


def test_a_mistake_of_our_own_is_told_and_the_next_is_served() -> None:
    """The connection ends; nothing else does."""
    told: list[BaseException] = []

    def respond(request: Request) -> Answer:
        if request.path == "/wrong":
            raise ZeroDivisionError
        return plain(200)

    server = Server(AF_INET, "127.0.0.1", 0, respond, (), told.append)
    Thread(target=server.serve_forever, daemon=True).start()
    for path, wanted in (("/wrong", b""), ("/right", b"HTTP/1.1 200 OK")):
        with socket.create_connection(("127.0.0.1", server.port), PATIENCE) as it:
            it.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            assert it.recv(15) == wanted
    server.shutdown()
    server.server_close()
    assert [type(it) for it in told] == [ZeroDivisionError]
