"""The shape of the house, read from its source: imports go down, only the shell touches the world."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sitegen

PACKAGE = Path(sitegen.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "theme" not in path.parts)

GROUND = {"errors", "messages", "text", "locale"}
MAY_IMPORT = {
    "errors": set(),
    "text": set(),
    "messages": {"errors"},
    "locale": {"text"},
    "engine": {"errors"},
    "core": GROUND,
    "graph": GROUND | {"engine", "core"},
    "shell": GROUND | {"engine", "core", "graph"},
    "cli": GROUND | {"engine", "core", "graph", "shell"},
}

# Modules below the shell whose whole purpose is to keep things between processes or to share work among them.
WORLDLY = {"engine/store.py", "engine/tables.py", "engine/forking.py", "engine/pool.py"}
WORLD = {"fcntl", "glob", "os", "shutil", "signal", "socket", "sqlite3", "subprocess", "tempfile", "time", "urllib.request"}  # fmt: skip
TOUCHES = {
    "open()",
    "input()",
    ".read_bytes()",
    ".read_text()",
    ".write_bytes()",
    ".write_text()",
    ".iterdir()",
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def room(name: str) -> str:
    """The room of a module: "graph" for graph/queries.py, "errors" for errors.py."""
    return name.split("/")[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(tree: ast.AST) -> set[str]:
    parts = [name.split(".") for name in imports(tree)]
    return {
        part[1] for part in parts if part[0] == "sitegen" and len(part) > 1 and not part[1].startswith("__")
    }


def called(tree: ast.AST) -> Iterator[str]:
    """What is called: "name()" and ".method()"."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name):
                    yield f"{name}()"
                case ast.Attribute(attr=name):
                    yield f".{name}()"


@pytest.fixture(params=MODULES, ids=name_of)
def module(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_imports_go_downwards(module: Path) -> None:
    """A module imports from its own room and the rooms below it."""
    here = room(name_of(module))
    if here in ("__init__", "__main__"):
        return
    above = rooms_imported(ast.parse(module.read_bytes())) - MAY_IMPORT[here] - {here}
    assert above == set()


def test_only_the_shell_touches_the_world(module: Path) -> None:
    """Below the shell nothing reads or writes files, starts processes, opens sockets or asks the clock."""
    name = name_of(module)
    if room(name) in ("shell", "cli", "__main__") or name in WORLDLY:
        return
    tree = ast.parse(module.read_bytes())
    names = set(imports(tree))
    worldly = {it for it in names if it in WORLD or it.rpartition(".")[0] in WORLD}
    assert worldly == set()
    assert TOUCHES.intersection(called(tree)) == set()


def test_only_the_command_line_prints(module: Path) -> None:
    """`print` and `echo` are the command line's, and it alone ends the process."""
    if room(name_of(module)) == "cli":
        return
    assert {"print()", ".echo()", "exit()", ".exit()"}.intersection(
        called(ast.parse(module.read_bytes()))
    ) == set()


def test_files_stay_small(module: Path) -> None:
    """A file is about 300 lines at most; tables of words, messages and fields may be longer."""
    tables = {"messages/syntax.py", "core/descriptions.py", "graph/views.py"}
    if name_of(module) not in tables:
        assert len(module.read_text("utf-8").splitlines()) <= 350
