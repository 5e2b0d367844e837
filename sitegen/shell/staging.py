"""New files on their way: written whole in a folder of our own, then renamed to their places."""

from __future__ import annotations

import errno
import os

from sitegen.engine.fingerprint import fingerprint_of
from sitegen.shell.files import Seen, seen_as
from sitegen.shell.manifest import STAGE, write_all
from sitegen.shell.trouble import naming

_TAKEN = (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR)


class Stage:
    """The waiting files of the output folder `root`.

    A file may wait `apart`, in a folder of its own: where the folder of its place is missing, that one is renamed, and
    the file in it keeps its stat data. Names come from paths alone, so any process of a build can write.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._home = os.path.join(root, STAGE)
        self._ready = False
        self._made = {root}

    def write(self, path: str, data: bytes, digest: bytes, *, apart: bool) -> Seen:
        """Write the file that `place` will put at `path`; its stat data."""
        waiting = self._waiting(path, apart)
        with naming(os.path.join(self._root, path)):
            if not self._ready:
                os.makedirs(self._home, 0o755, exist_ok=True)
                self._ready = True
            if apart:
                _make(os.path.dirname(waiting))
            file = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            try:
                os.fchmod(file, 0o644)  # whatever the umask says
                write_all(file, data)
                return seen_as(os.fstat(file), digest)
            finally:
                os.close(file)

    def place(self, path: str, *, apart: bool) -> bool:
        """Put the file that waits for `path` there; whether its stat data are as `write` told."""
        waiting, target = self._waiting(path, apart), os.path.join(self._root, path)
        folder = os.path.dirname(target)
        with naming(target):
            if apart and self._move(os.path.dirname(waiting), folder):
                return True
            self._make_all(folder)
            try:
                os.replace(waiting, target)
            except IsADirectoryError:
                _prune(target)
                os.replace(waiting, target)
        return False

    def _waiting(self, path: str, apart: bool) -> str:
        waiting = os.path.join(self._home, fingerprint_of(path).hex())
        return os.path.join(f"{waiting}.folder", os.path.basename(path)) if apart else waiting

    def _move(self, folder: str, target: str) -> bool:
        """Rename a folder; False where another one is in its place."""
        if target in self._made:
            return False
        self._make_all(os.path.dirname(target))
        try:
            os.replace(folder, target)
        except OSError as error:
            if error.errno in _TAKEN:
                return False
            raise
        self._made.add(target)
        return True

    def _make_all(self, folder: str) -> None:
        if folder not in self._made:
            self._make_all(os.path.dirname(folder))
            _make(folder)
            self._made.add(folder)


def _make(folder: str) -> None:
    try:
        os.mkdir(folder)
        os.chmod(folder, 0o755)
    except FileExistsError:
        pass


def _prune(folder: str) -> None:
    """Remove a folder that holds nothing but empty folders."""
    for at, _, _ in os.walk(folder, topdown=False):
        os.rmdir(at)
