"""The output is a function of the sources: nothing else about the machine, the moment or the run shows in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import rich_site as at
from site_command import Published, lay, published, run, stamps

# Lists folders in the opposite order, whatever the file system does.
BACKWARDS = """
import os

_scandir, _listdir = os.scandir, os.listdir


class Backwards:
    def __init__(self, place):
        with _scandir(place) as found:
            self.entries = iter(sorted(found, key=lambda it: it.name, reverse=True))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.entries)

    def close(self):
        pass


os.scandir = lambda place=".": Backwards(place)
os.listdir = lambda place=".": sorted(_listdir(place), reverse=True)
"""

Output = dict[str, Published]


class Way(NamedTuple):
    """Another way to build the same site."""

    env: Mapping[str, str] = {}
    options: tuple[str, ...] = ()
    run: Mapping[str, Any] = {}
    folder: str = "site"
    backwards: bool = False  # files are created, and folders listed, in the opposite order


ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
WAYS = {
    "a hash seed": Way({"PYTHONHASHSEED": "1"}),
    "another hash seed": Way({"PYTHONHASHSEED": "4242"}),
    "a time zone ahead": Way({"TZ": "Pacific/Kiritimati"}),
    "a time zone behind": Way({"TZ": "Etc/GMT+12"}),
    "a locale that knows only ASCII": Way(ASCII),
    "a locale with letters of its own": Way({"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"}),
    "one worker": Way(options=("--workers", "1")),
    "four workers": Way(options=("--workers", "4")),
    "another folder": Way(folder="موقع آخر/the site"),
    "another order of files": Way(backwards=True),
    "a strict umask": Way(run={"umask": 0o077}),
    "a loose umask": Way(run={"umask": 0}),
}


def files() -> dict[str, bytes]:
    return {path: data for path, data in at.files().items() if not path.startswith("theme/")}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rich site, built."""
    site = lay(tmp_path_factory.mktemp("usual"), files())
    run(site)
    return site


@pytest.fixture(scope="module")
def output(usual: Path) -> Output:
    return published(usual)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_output_does_not_depend_on(way: Way, output: Output, tmp_path: Path) -> None:
    """Bytes and modes of all files are the same: hash seed, time zone, locale, workers, folder, order, umask."""
    env = dict(way.env)
    laid = files()
    if way.backwards:
        laid = dict(sorted(laid.items(), reverse=True))
        lay(tmp_path, {"shim/sitecustomize.py": BACKWARDS.encode()})
        env["PYTHONPATH"] = str(tmp_path / "shim")
    site = lay(tmp_path / way.folder, laid)
    assert run(site, *way.options, env=env, **way.run)["rendered"] == len(output) - 1  # the list of our files
    assert published(site) == output


def test_the_output_does_not_depend_on_where_the_command_stands(output: Output, tmp_path: Path) -> None:
    site = lay(tmp_path / "site", files())
    run(Path("."), cwd=site)
    assert published(site) == output


def test_building_again_writes_nothing(usual: Path) -> None:
    before = stamps(usual)
    assert run(usual)["rendered"] == 0
    assert stamps(usual) == before


def test_touched_files_render_and_write_nothing(usual: Path) -> None:
    """A file with another time and the same bytes, as after a fresh checkout, is no change."""
    before = stamps(usual)
    for place in usual.rglob("*"):
        if place.is_file() and place.relative_to(usual).parts[0] in ("content", "templates"):
            os.utime(place, (1_700_000_000, 1_700_000_000))
    assert run(usual)["rendered"] == 0
    assert stamps(usual) == before


def test_what_one_environment_remembers_serves_another(usual: Path, output: Output) -> None:
    """A store filled under one hash seed, time zone and locale is as good under others."""
    env = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", **ASCII}
    text = (usual / at.MUSCAT).read_bytes()
    (usual / at.MUSCAT).write_bytes(text.replace("غرفتين".encode(), "قاعتين".encode()))
    assert 0 < run(usual, env=env)["rendered"] < 5
    (usual / at.MUSCAT).write_bytes(text)
    assert 0 < run(usual, env={"PYTHONHASHSEED": "8"})["rendered"] < 5
    assert published(usual) == output


def test_removing_the_store_or_the_output_brings_back_the_same_bytes(usual: Path, output: Output) -> None:
    (usual / ".sitegen/store").unlink()
    before = stamps(usual)
    run(usual)
    assert published(usual) == output
    assert stamps(usual) == before
    shutil.rmtree(usual / "public")
    run(usual)
    assert published(usual) == output
