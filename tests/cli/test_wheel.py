"""The wheel, away from the repository."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import sitegen

REPOSITORY = Path(sitegen.__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    said(REPOSITORY, sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), ".")
    (made,) = folder.glob("*.whl")
    return made


def said(folder: Path, *words: str) -> str:
    """What a command prints that must succeed."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_makes_a_site_on_its_own(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, the wheel has its theme, its starter and its guide: a new site builds and verifies."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "packages")
    start = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'packages')!r}); import sitegen.cli as it; it.main()"
    )
    command = (sys.executable, "-I", "-c", start)
    said(tmp_path, *command, "new", "site", "mine")
    assert " 0 warnings" in said(tmp_path / "mine", *command, "build", "--strict", "--verify")
    assert (tmp_path / "mine/public/articles/kilogram/index.html").exists()
    guide = (REPOSITORY / "content/README.md").read_bytes()
    assert (tmp_path / "mine/content/README.md").read_bytes() == guide


def test_the_wheel_needs_only_what_it_declares(wheel: Path, tmp_path: Path) -> None:
    """Installed by pip in a fresh environment, `sitegen new site DIR && cd DIR && sitegen build` gives a site."""
    venv.create(tmp_path / "env", with_pip=True)
    programs = tmp_path / "env/bin"
    said(tmp_path, str(programs / "pip"), "install", "--quiet", "--disable-pip-version-check", str(wheel))
    said(tmp_path, str(programs / "sitegen"), "new", "site", "mine")
    assert " 0 warnings" in said(tmp_path / "mine", str(programs / "sitegen"), "build", "--strict")
    home = (tmp_path / "mine/public/index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl"' in home
    assert list((tmp_path / "mine/public/assets/css").glob("site.*.css"))
