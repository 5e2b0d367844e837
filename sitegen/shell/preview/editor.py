"""Opening a source file in an editor, at a line.

The page asks this server, which starts the editor itself. Links with an editor's own scheme (`vscode://…`) would need
no server, but they work for few editors, ask the browser's permission each time, and put the machine's paths into
pages. Here a page can name only files that the site is made from; no shell reads the name.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
from string import Formatter

EDITORS = {
    "vscode": "code --goto {file}:{line}:{column}",
    "vscodium": "codium --goto {file}:{line}:{column}",
    "cursor": "cursor --goto {file}:{line}:{column}",
    "zed": "zed {file}:{line}:{column}",
    "sublime": "subl {file}:{line}:{column}",
    "idea": "idea --line {line} --column {column} {file}",
    "pycharm": "pycharm --line {line} --column {column} {file}",
    "webstorm": "webstorm --line {line} --column {column} {file}",
    "kate": "kate --line {line} --column {column} {file}",
    "gvim": "gvim --remote-silent +{line} {file}",
    "emacs": "emacsclient --no-wait +{line}:{column} {file}",
}
_FIELDS = {"file", "line", "column"}


def template(wanted: str) -> tuple[str, ...]:
    """The words of the command for an editor's name or a template of one's own.

    Raises `ValueError` with a sentence when it is neither.
    """
    try:
        words = shlex.split(EDITORS.get(wanted, wanted))
        fields = {name for word in words for _, name, _, _ in Formatter().parse(word) if name is not None}
    except ValueError as error:
        raise ValueError(f"{wanted!r} cannot be read as a command: {error}") from error
    if "file" not in fields or not fields <= _FIELDS:
        names = ", ".join(EDITORS)
        raise ValueError(
            f"name an editor ({names}) or write a command with {{file}}, {{line}} and {{column}}"
        )
    if shutil.which(words[0]) is None:
        raise ValueError(f"there is no program {words[0]!r} on the path")
    return tuple(words)


def command(words: tuple[str, ...], file: str, line: int, column: int) -> list[str]:
    """The command that opens `file`; each word stays one argument."""
    return [word.format(file=file, line=line, column=column) for word in words]


def start(words: list[str]) -> None:
    """Start an editor and leave it alone; `OSError` when that fails."""
    subprocess.Popen(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
