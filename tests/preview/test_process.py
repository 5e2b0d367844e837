"""How the command begins and ends."""

from __future__ import annotations

import http.client
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from serving import ARTICLE, PAGE, PATIENCE, Served, served

from sitegen.errors import Diagnostic, SiteError
from sitegen.shell import files
from sitegen.shell.files import Files
from sitegen.shell.preview import ports, server
from sitegen.shell.preview.following import Followed
from sitegen.shell.preview.http import Server, plain
from sitegen.shell.preview.server import Options, Preview, Reports
from sitegen.shell.session import Request, path_of_preview
from sitegen.shell.starter import new_site


def test_an_interrupt_ends_it_cleanly(tmp_path: Path) -> None:
    """With tabs listening and clients that never finish; the status is 0 and nothing is complained of."""
    with served(tmp_path / "site") as preview, ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(preview.listening())
        for _ in range(50):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", preview.port), PATIENCE))
            client.sendall(b"GET / HT")
        assert preview.stop() == 0
    assert "preview ended\n" in preview.said
    assert not any("Traceback" in it or "rror" in it for it in preview.said)


def test_nothing_is_published(tmp_path: Path) -> None:
    """No output folder is made; what the preview keeps for itself is apart from what builds keep."""
    with served(tmp_path / "site") as preview:
        preview.get(PAGE)
    assert not (tmp_path / "site/public").exists()
    assert not (tmp_path / "site/.sitegen/store").exists()


def test_it_starts_over_a_site_with_errors(tmp_path: Path) -> None:
    """And shows the site once they are mended."""
    new_site(str(tmp_path / "site"))
    config = tmp_path / "site/content/site.yaml"
    good = config.read_text("utf-8")
    config.write_text("title: [", "utf-8")
    with served(tmp_path / "site") as preview:
        with preview.listening() as until:
            until(lambda: bool(preview.errors()))
            assert preview.get("/").status >= 400
            config.write_text(good, "utf-8")
            until(lambda: not preview.errors())
        assert preview.get(PAGE).status == 200


def test_where_there_is_no_site_it_says_so(tmp_path: Path) -> None:
    """As the other commands do."""
    said = subprocess.run(
        [sys.executable, "-m", "sitegen", "-C", str(tmp_path), "serve"], capture_output=True, text=True
    )
    assert said.returncode == 2
    assert "C101" in said.stderr


def test_an_editor_that_is_none_is_refused(tmp_path: Path) -> None:
    """With the names that are known, before anything starts."""
    new_site(str(tmp_path / "site"))
    for wrong in ("no-such-editor", "no-such-editor {file}", "code {nothing}", "code '{file}"):
        said = subprocess.run(
            [sys.executable, "-m", "sitegen", "-C", str(tmp_path / "site"), "serve", "--editor", wrong],
            capture_output=True,
            text=True,
        )
        assert said.returncode == 2
        assert "--editor" in said.stderr


def test_the_browser_is_opened_at_the_site(tmp_path: Path) -> None:
    """With `-o`: the one that the variable BROWSER names, while the preview serves."""
    pipe, browser = tmp_path / "pipe", tmp_path / "browser"
    os.mkfifo(pipe)
    browser.write_text(f'#!/bin/sh\necho "$1" > {pipe}\n')
    browser.chmod(0o755)
    with (
        open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), encoding="utf-8") as opened,
        served(tmp_path / "site", "-o", within=("env", f"BROWSER={browser} %s")) as preview,
    ):
        assert select.select([opened], [], [], PATIENCE)[0]
        assert opened.readline() == f"{preview.url}/\n"
        assert preview.get("/").status == 200


@contextmanager
def here(site: Path) -> Iterator[tuple[Served, list[Sequence[Diagnostic]]]]:
    """A preview in this process, and what it tells the terminal; it must not meet a mistake of its own."""
    told: list[Sequence[Diagnostic]] = []
    bugs: list[BaseException] = []
    wanted = Request(str(site), settings={"today": "2025-10-31", "source_lines": "1"})
    preview = Preview(wanted, Options(0, fixed_day=True), Reports(told.append, lambda it: None, bugs.append))
    preview.start()
    it = object.__new__(Served)
    it.port, it.folder, it.said = preview.port, site, []
    yield it, told
    preview.stop()
    assert bugs == []


def test_a_file_that_changes_whenever_it_is_read_does_not_end_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is answered as it was last good; what it has become is shown once the file is at rest."""
    new_site(str(tmp_path))
    reads: list[str] = []
    read = Files.read

    def restless(files: Files, path: str) -> bytes | None:
        reads.append(path)
        return f"{text}\n[[nobody{len(reads)}]]\n".encode() if path == ARTICLE else read(files, path)

    with here(tmp_path) as (preview, _), monkeypatch.context() as changing, preview.listening() as until:
        text, before = preview.read(ARTICLE), preview.get(PAGE)
        changing.setattr(Files, "read", restless)
        preview.write(ARTICLE, f"{text}\nفي الحركة.\n")
        until(lambda: reads.count(ARTICLE) > 8)
        assert preview.get(PAGE).text == before.text
        changing.undo()
        until(lambda: "في الحركة." in preview.get(PAGE).text)


def test_what_is_met_while_resting_is_told_together(tmp_path: Path) -> None:
    """A template that fails on every page in another way does not fill the terminal again and again."""
    new_site(str(tmp_path))
    text = (tmp_path / ARTICLE).read_text("utf-8")
    for n in range(60):
        (tmp_path / f"content/articles/a{n}.md").write_text(text.replace("لماذا", f"لماذا {n}", 1), "utf-8")
    with here(tmp_path) as (preview, told), preview.listening() as until:
        theme = Path(files.theme_folder(), "pages/article.html").read_text("utf-8")
        preview.write(
            "templates/pages/article.html", theme.replace("{% endblock", "{{ {}[page.title] }}{% endblock", 1)
        )
        until(lambda: bool(told) and len({it.args for it in told[-1] if it.code == "T405"}) == 61)
    assert len(told) < 20


def test_what_was_learned_is_saved_when_nobody_saves_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once all is made and for a while nothing has changed, for the next preview to start from."""
    new_site(str(tmp_path))
    saved, save = threading.Event(), Followed.save

    def noted(files: Followed, least: int = 1) -> None:
        save(files, least)
        if os.path.exists(path_of_preview(str(tmp_path))):  # previews of other tests may still save theirs
            saved.set()

    monkeypatch.setattr(Followed, "save", noted)
    monkeypatch.setattr(server, "LULL", 0.01)
    with here(tmp_path):
        assert saved.wait(PATIENCE)


# -- ports -------------------------------------------------------------------------------------------------


@contextmanager
def taken(first: int, count: int) -> Iterator[None]:
    """Ports that another program listens at; those that one does already are left to it."""
    with ExitStack() as stack:
        for number in range(first, first + count):
            it = stack.enter_context(socket.socket())
            it.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                it.bind(("127.0.0.1", number))
            except OSError:
                continue
            it.listen()
        yield


def make(family: int, host: str, port: int) -> Server:
    return Server(family, host, port, lambda request: plain(200), (), lambda error: None)


def free(count: int) -> int:
    """The first of so many ports in a row that nobody listens at."""
    for first in range(20_000, 60_000, count):
        with ExitStack() as stack:
            try:
                for number in range(first, first + count):
                    stack.enter_context(socket.socket()).bind(("127.0.0.1", number))
            except OSError:
                continue
            return first
    raise AssertionError("no ports")


def test_a_busy_usual_port_moves_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next free one of ten."""
    monkeypatch.setattr(ports, "DEFAULT", free(10))
    with taken(ports.DEFAULT, 3):
        servers = ports.listen(None, make)
    assert {it.port for it in servers} == {ports.DEFAULT + 3}
    for it in servers:
        it.server_close()


def test_ten_busy_ports_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the way out."""
    monkeypatch.setattr(ports, "DEFAULT", free(10))
    with taken(ports.DEFAULT, 10), pytest.raises(SiteError) as error:
        ports.listen(None, make)
    assert error.value.diagnostics[0].code == "V102"


def test_a_busy_port_that_was_asked_for_is_an_error(tmp_path: Path) -> None:
    """It is not quietly exchanged for another."""
    new_site(str(tmp_path / "site"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1]
        said = subprocess.run(
            [sys.executable, "-m", "sitegen", "-C", str(tmp_path / "site"), "serve", "-p", str(number)],
            capture_output=True,
            text=True,
        )
    assert said.returncode == 4
    assert "V101" in said.stderr
    assert str(number) in said.stderr


def test_one_port_serves_both_loopback_addresses() -> None:
    """Any port: the same for both."""
    servers = ports.listen(0, make)
    assert len({it.port for it in servers}) == 1
    for it in servers:
        threading.Thread(target=it.serve_forever, daemon=True).start()
        connection = http.client.HTTPConnection(it.server_address[0], it.port, timeout=PATIENCE)
        connection.request("GET", "/")
        assert connection.getresponse().read() == b"OK\n"
        connection.close()
        it.shutdown()
        it.server_close()


def test_it_goes_on_when_nobody_reads_what_it_says(tmp_path: Path) -> None:
    """The terminal is gone; pages are still served, and follow saves and errors."""
    new_site(str(tmp_path))
    article = tmp_path / ARTICLE
    good = article.read_text("utf-8")
    with deaf(tmp_path) as preview, preview.listening() as until:
        article.write_text(good.replace("title:", "tilte:", 1), "utf-8")
        until(lambda: bool(preview.errors()))
        article.write_text(f"{good}\nكلمة أخرى.\n", "utf-8")
        until(lambda: not preview.errors())
        assert "كلمة أخرى" in preview.get(PAGE).text


@contextmanager
def deaf(site: Path) -> Iterator[Served]:
    """A preview whose output nobody reads after its first line."""
    reading, writing = os.pipe()
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "-C",
        str(site),
        "serve",
        "--port",
        "0",
        "--today",
        "2025-10-31",
    ]
    with subprocess.Popen(command, stdout=writing, stderr=writing) as process:
        os.close(writing)
        with open(reading, encoding="utf-8") as lines:
            port = int(next(lines).split("localhost:")[1].split("/")[0])
        preview = object.__new__(Served)
        preview.process, preview.said, preview.port = process, [], port
        try:
            yield preview
        finally:
            process.kill()
