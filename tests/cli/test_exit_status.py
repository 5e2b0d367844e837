"""How a command ends: its status, and never a traceback for what is not our mistake."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen import cli
from sitegen.cli.console import Console
from tests.cli.conftest import Sitegen


def test_help_is_no_error(sitegen: Sitegen) -> None:
    """Help is printed with status 0 and names every command."""
    said = sitegen("--help")
    assert said.status == 0
    assert [name for name in cli.command.commands if name not in said.out] == []


@pytest.mark.parametrize(
    "arguments",
    [("biuld",), ("build", "--nonsense"), ("list", "nonsense"), ("build", "--today", "31.10.2025"), ()],
)
def test_usage_errors_end_with_2(sitegen: Sitegen, arguments: tuple[str, ...]) -> None:
    """What cannot be understood is said in a sentence, with status 2."""
    said = sitegen(*arguments)
    assert said.status == 2
    assert "Usage:" in said.err + said.out


@pytest.mark.parametrize("url", ["notaurl", "example.org/x", "https://", "ftp://example.org", "https://a b"])
def test_an_address_that_is_none_is_a_usage_error(site: Path, sitegen: Sitegen, url: str) -> None:
    """--base-url is held to the form of base_url in site.yaml."""
    said = sitegen("build", "--base-url", url)
    assert (said.status, url in said.err) == (2, True), said
    assert not (site / "public").exists()


@pytest.mark.parametrize("line", ["bogus: 1", "digits: roman", "base_url: example.org/x"])
@pytest.mark.parametrize("command", [("build",), ("check",)])
def test_errors_of_the_configuration_end_with_2(
    site: Path, sitegen: Sitegen, line: str, command: tuple[str, ...]
) -> None:
    """What is wrong in content/site.yaml is no error of the content, whatever is asked."""
    settings = site / "content/site.yaml"
    key = line.partition(":")[0]
    kept = [it for it in settings.read_text("utf-8").splitlines() if not it.startswith(f"{key}:")]
    settings.write_text("\n".join([*kept, line, ""]), "utf-8")
    said = sitegen(*command)
    assert (said.status, "content/site.yaml:" in said.err) == (2, True), said


def test_our_own_mistakes_end_with_70(sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug is confessed in a sentence; the traceback is for those who ask."""

    def broken(self: object, text: str) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(Console, "say", broken)
    said = sitegen("version")
    assert said.status == 70
    assert "this is a mistake in sitegen, not in your site (ZeroDivisionError: oops)" in said.err
    assert "Traceback" not in said.err
    assert "Traceback" in sitegen("-v", "version").err


def test_an_interrupt_ends_with_130(site: Path, tmp_path: Path) -> None:
    """Ctrl-C is answered in a sentence, with status 130; here it comes while a build waits for another."""
    (site / "public").mkdir()
    lock = os.open(site / "public", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    command = [sys.executable, "-m", "sitegen", "build"]
    with subprocess.Popen(command, cwd=site, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "another build is at work" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    os.close(lock)
    assert process.returncode == 130
    assert rest.strip() == "sitegen: interrupted; what was published stays as it was"
    assert list((site / "public").iterdir()) == []


def test_nothing_is_drawn_on_a_pipe(site: Path) -> None:
    """Without a terminal there are no bars, colours or control characters."""
    command = [sys.executable, "-m", "sitegen", "build"]
    said = subprocess.run(command, cwd=site, capture_output=True, check=True)
    assert said.stderr == b""
    assert b"\x1b" not in said.stdout
    assert b"\r" not in said.stdout


@pytest.mark.parametrize("arguments", [("list", "facts"), ("--help",), ("check", "--format", "json")])
def test_a_reader_that_stops_reading_is_no_error(site: Path, arguments: tuple[str, ...]) -> None:
    """When the other end of the pipe is closed the command ends without a word, with status 141."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "sitegen", "-q", *arguments]
    said = subprocess.run(command, cwd=site, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (said.returncode, said.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("setting", "option", "colours"), [("", "auto", True), ("1", "auto", False), ("1", "always", True)]
)
def test_colours_are_shown_to_those_who_want_them(
    site: Path, setting: str, option: str, colours: bool
) -> None:
    """On a terminal, unless NO_COLOR is set; an option has the last word."""
    (site / "content/articles/passwd.md").symlink_to("/etc/passwd")
    master, slave = os.openpty()
    command = [sys.executable, "-m", "sitegen", "check", "--color", option]
    subprocess.run(command, cwd=site, stderr=slave, check=False, env={**os.environ, "NO_COLOR": setting})
    os.close(slave)
    drawn = os.read(master, 65536)
    os.close(master)
    assert b"C201" in drawn
    assert (b"\x1b[31m" in drawn) == colours


def test_a_folder_that_cannot_be_made_is_named(site: Path, sitegen: Sitegen) -> None:
    """Where the system makes no folder nothing has vanished, and another try would not help."""
    said = sitegen("build", "-o", "/proc/nope")
    assert (said.status, "/proc/nope: error[O311]" in said.err) == (4, True), said


def test_a_bar_is_drawn_on_a_terminal(site: Path) -> None:
    """On a terminal the work shows its progress and leaves no trace of it."""
    master, slave = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "sitegen", "build", "--workers", "1"],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=slave,
    )
    os.close(slave)
    drawn = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        drawn += part
    os.close(master)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait() == 0
    assert "█" in drawn.decode()
    assert drawn.endswith(b"\r\x1b[K")


def test_the_command_line_imports_click_only() -> None:
    """Asking for the version loads neither the engine nor anything that renders."""
    script = (
        "import sys; from sitegen.cli import run; from sitegen.cli.console import Console;"
        "run(['version'], Console());"
        "print(sorted({'jinja2', 'msgspec', 'babel', 'sitegen.engine', 'sitegen.graph'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert said.stdout.splitlines()[-1] == "['msgspec']"
