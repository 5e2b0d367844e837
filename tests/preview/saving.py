"""The ways in which editors and other programs save a file: every one real, vim's is vim's."""

from __future__ import annotations

import mmap
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from serving import PATIENCE

from tests.tools import need

Save = Callable[[Path, str], None]


def plainly(place: Path, text: str) -> None:
    place.write_text(text, encoding="utf-8")


def in_pieces(place: Path, text: str) -> None:
    """The file is emptied, then comes byte by byte, each written out."""
    data = text.encode()
    with open(place, "wb", buffering=0) as file:
        for start in range(0, len(data), 97):
            file.write(data[start : start + 97])


def by_rename(place: Path, text: str) -> None:
    """A new file beside the old one takes its name, under the names that JetBrains uses."""
    new, old = place.with_name(f"{place.name}___jb_tmp___"), place.with_name(f"{place.name}___jb_old___")
    new.write_text(text, encoding="utf-8")
    place.rename(old)
    new.rename(place)
    old.unlink()


def from_outside(place: Path, text: str) -> None:
    """The new file is made elsewhere on the disk and moved here."""
    new = place.parents[3] / "elsewhere.md"
    new.write_text(text, encoding="utf-8")
    new.replace(place)


def by_sed(place: Path, text: str) -> None:
    """`sed -i` puts a new file in place of the old one."""
    subprocess.run(["sed", "-i", f"$a \\\n{_added(place, text)}", str(place)], check=True)


def _added(place: Path, text: str) -> str:
    """The last line of `text`; all else of it is in the file already."""
    return text.removeprefix(place.read_text(encoding="utf-8")).strip()


def with_backup(place: Path, text: str) -> None:
    """As Emacs does: a lock, a backup of the old file, a new file of the old name."""
    lock = place.with_name(f".#{place.name}")
    lock.symlink_to("someone@somewhere.1:1")
    place.rename(place.with_name(f"{place.name}~"))
    place.write_text(text, encoding="utf-8")
    lock.unlink()


def through_memory(place: Path, text: str) -> None:
    """Written through a memory map, for which the system tells of the closing only."""
    data = text.encode()
    with open(place, "r+b") as file:
        os.truncate(place, len(data))
        with mmap.mmap(file.fileno(), len(data)) as memory:
            memory[:] = data


def deleted_first(place: Path, text: str) -> None:
    place.unlink()
    place.write_text(text, encoding="utf-8")


def by_vim(place: Path, text: str) -> None:
    """A real vim with its defaults: swap file, probe, backup by renaming."""
    vim = shutil.which("vim")
    need(vim is not None, "vim", "sudo apt-get install vim")
    assert vim
    add = f"call append(line('$'), ['', '{_added(place, text)}'])"
    plain = [vim, "-N", "-u", "NONE", "-i", "NONE", "--not-a-term", "-c", "set backup backupcopy=no"]
    subprocess.run(
        [*plain, "-c", add, "-c", "wq", str(place)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=PATIENCE,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


STYLES = (
    plainly,
    in_pieces,
    by_rename,
    from_outside,
    by_sed,
    with_backup,
    through_memory,
    deleted_first,
    by_vim,
)
