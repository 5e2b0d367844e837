"""Whole builds that die, are refused, or meet each other, as real processes."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.shell.starter import new_site

DYING = """
import os, signal, sys
from sitegen.cli import main
from tests.faults.failing import at_change
with at_change(int(sys.argv.pop(1)), lambda: os.kill(os.getpid(), signal.SIGKILL)):
    main()
"""
LIMITED = """
import resource, sys
from sitegen.cli import main
limit = getattr(resource, sys.argv.pop(1))
resource.setrlimit(limit, (int(sys.argv.pop(1)),) * 2)
main()
"""
DYING_LATE = """
import os, signal
from sitegen.cli import main
from sitegen.shell import work
from sitegen.shell.output import Output
work.MOST_NODES = 0
Output.apply = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)
main()
"""
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    new_site(str(tmp_path / "site"))
    return tmp_path / "site"


def sitegen(site: Path, *arguments: str, script: str = "") -> subprocess.CompletedProcess[str]:
    start = ["-c", script] if script else ["-m", "sitegen"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        [sys.executable, *start, *arguments], cwd=site, capture_output=True, text=True, env=environment
    )


def pages(folder: Path) -> dict[str, bytes]:
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and ".sitegen" not in path.relative_to(folder).parts
    )
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def edit(site: Path) -> None:
    """Change a fact, so that many pages change, and add a page."""
    facts = site / "content/facts/kilogram.yaml"
    facts.write_text(facts.read_text("utf-8").replace("2019-05-20", "2019-05-21"), "utf-8")
    article = site / "content/articles/kilogram.md"
    article.write_text(
        article.read_text("utf-8").replace("[20 مايو 2019](fact:", "[21 مايو 2019](fact:"), "utf-8"
    )
    (site / "content/terms/kelvin.md").write_text(
        '---\nid: kelvin\nterm: {ar: "كلفن"}\ndefinition: "وحدة الحرارة"\n---\n\nنص.\n', "utf-8"
    )


def test_a_killed_build_is_made_good_by_the_next(site: Path, tmp_path: Path) -> None:
    """Killed at random changes to the disk, in the output or the store: no torn page, and the next build is whole."""
    assert sitegen(site, "build").returncode == 0
    old = pages(site / "public")
    edit(site)
    assert sitegen(site, "build", "-o", str(tmp_path / "clean")).returncode == 0
    new = pages(tmp_path / "clean")
    assert old != new
    dice = random.Random(7)
    killed = 0
    for _ in range(8):
        (site / ".sitegen/store").unlink(missing_ok=True)
        died = sitegen(site, str(dice.randrange(120)), "build", "--workers", "1", script=DYING)
        killed += died.returncode == -signal.SIGKILL
        for path, data in pages(site / "public").items():
            assert data in (old.get(path), new.get(path)), path
    assert killed >= 4
    assert sitegen(site, "build", "--verify").returncode == 0
    assert pages(site / "public") == new


@pytest.mark.parametrize(
    ("limit", "value", "code"), [("RLIMIT_FSIZE", "4000", "O308"), ("RLIMIT_NOFILE", "6", "O304")]
)
def test_limits_of_the_system_end_the_build_in_a_sentence(
    site: Path, limit: str, value: str, code: str
) -> None:
    """Out of file size or open files: status 4, one sentence with a path, no traceback, the old pages intact."""
    assert sitegen(site, "build").returncode == 0
    old = pages(site / "public")
    edit(site)
    said = sitegen(site, limit, value, "build", script=LIMITED)
    assert (said.returncode, f"error[{code}]" in said.stderr) == (4, True), said.stderr
    assert "Traceback" not in said.stderr
    assert pages(site / "public") == old
    assert sitegen(site, "build", "--verify").returncode == 0


@pytest.mark.parametrize("place", ["public", "public/.sitegen"])
def test_a_file_in_the_place_of_a_folder_is_named(site: Path, place: str) -> None:
    """Where a folder must be and a file is, the path is named and the file stays."""
    (site / place).parent.mkdir(exist_ok=True)
    (site / place).write_text("mine", "utf-8")
    said = sitegen(site, "build")
    assert said.returncode == 4
    assert str(site / place) in said.stderr
    assert "Traceback" not in said.stderr
    assert (site / place).read_text("utf-8") == "mine"


def test_a_second_build_waits_for_the_first(site: Path) -> None:
    """A build that finds another at work says so, waits, and goes through."""
    (site / "public").mkdir()
    lock = os.open(site / "public", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    command = [sys.executable, "-m", "sitegen", "build"]
    with subprocess.Popen(command, cwd=site, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "waiting" in process.stderr.readline()
        assert pages(site / "public") == {}
        os.close(lock)
    assert process.returncode == 0
    assert (site / "public/index.html").exists()


def test_two_builds_at_once_leave_a_whole_site(site: Path) -> None:
    """Builds started together end well, and the site is as one alone would make it."""
    command = [sys.executable, "-m", "sitegen", "-q", "build"]
    both = [subprocess.Popen(command, cwd=site, stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        process.communicate()
        assert process.returncode == 0
    assert sitegen(site, "build", "--verify").returncode == 0


def test_pages_that_were_saved_but_never_published_are_published_by_the_next(site: Path) -> None:
    """A large build saves on the way; killed after that, it must not leave the belief that its pages are out."""
    assert sitegen(site, "build").returncode == 0
    before = pages(site / "public")
    edit(site)
    assert sitegen(site, "build", script=DYING_LATE).returncode == -signal.SIGKILL
    assert pages(site / "public") == before
    assert sitegen(site, "build", "--verify").returncode == 0
    assert pages(site / "public") != before
