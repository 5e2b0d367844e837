"""The wheel, away from the repository."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import sitegen

REPOSITORY = Path(sitegen.__file__).parents[1]


def test_the_wheel_makes_a_site_on_its_own(tmp_path: Path) -> None:
    """Unpacked elsewhere, the wheel has its theme and its starter: a new site builds and verifies."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, REPOSITORY],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "packages")
    start = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'packages')!r}); import sitegen.cli as it; it.main()"
    )

    def command(folder: Path, *arguments: str) -> str:
        script = [sys.executable, "-I", "-c", start, *arguments]
        return subprocess.run(script, cwd=folder, check=True, capture_output=True, text=True).stdout

    command(tmp_path, "new", "site", "mine")
    assert " 0 warnings" in command(tmp_path / "mine", "build", "--strict", "--verify")
    assert (tmp_path / "mine/public/articles/kilogram/index.html").exists()
