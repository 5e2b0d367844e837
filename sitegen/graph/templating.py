"""Jinja over the engine: a page depends on the templates it can reach, and on nothing else of the theme.

The site's own `templates/` override the built-in theme file by file.
"""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from jinja2 import (
    BytecodeCache,
    Environment,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    meta,
    nodes,
)
from msgspec import Struct

from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, SiteError, Span, diagnostic
from sitegen.graph.environment import SiteEnvironment
from sitegen.graph.queries import files
from sitegen.text import nearest

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

OWN = "templates"
BUILT_IN = "theme"


@query
def theme_path(db: Db, name: str) -> str:
    """Where a theme file is taken from: the site's own folder, else the built-in theme; "" when in neither."""
    for folder in (OWN, BUILT_IN):
        if db.read(f"{folder}/{name}") is not None:
            return f"{folder}/{name}"
    return ""


@query
def theme_files(db: Db, folder: str, ending: str) -> tuple[str, ...]:
    """Names of the theme's files below `folder`, own and built-in together."""
    names: set[str] = set()
    for root in (OWN, BUILT_IN):
        base = f"{root}/{folder}".rstrip("/")
        names.update(path.removeprefix(f"{root}/") for path in files(db, base, ending))
    return tuple(sorted(names))


@query(persist=False)
def template_source(db: Db, name: str) -> str:
    """The text of a template; a `SiteError` when there is none or it is not UTF-8."""
    path = theme_path(db, name)
    data = db.read(path) if path else None
    if data is None:
        known = theme_files(db, "", ".html")
        raise SiteError(
            diagnostic("T401", Span(f"{OWN}/{name}"), name=name, nearest=_first(nearest(name, known)))
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SiteError(diagnostic("T402", Span(path, line))) from error


def _first(candidates: tuple[str, ...]) -> str:
    return candidates[0] if candidates else ""


class Outline(Struct, frozen=True):
    """What a template is to the others; a name it computes is None."""

    reaches: tuple[str | None, ...]  # those it extends, includes or imports
    imports: tuple[str | None, ...]  # those whose macros it uses
    sets: bool  # it sets something outside its macros, which lives as long as they do


def outlined(text: str) -> Outline:
    """The outline of a template from its text."""
    tree = Environment(autoescape=True).parse(text)
    imports = nodes.Template([*tree.find_all((nodes.Import, nodes.FromImport))])
    return Outline(_named(tree), _named(imports), _sets(tree))


def _named(tree: nodes.Template) -> tuple[str | None, ...]:
    return tuple(dict.fromkeys(meta.find_referenced_templates(tree)))


def _sets(tree: nodes.Node) -> bool:
    return any(
        isinstance(it, nodes.Assign | nodes.AssignBlock)
        or (not isinstance(it, nodes.Macro | nodes.CallBlock) and _sets(it))
        for it in tree.iter_child_nodes()
    )


@query
def outline(db: Db, name: str) -> Outline:
    """The outline of a template; a `SiteError` when it cannot be read."""
    try:
        return outlined(template_source(db, name))
    except TemplateSyntaxError as error:
        raise SiteError(_syntax(db, name, error)) from error
    except RecursionError as error:
        raise SiteError(diagnostic("T403", Span(theme_path(db, name), 1), cause=DEEP)) from error


DEEP = "nested too deeply"


def _there(db: Db, names: Iterable[str | None]) -> set[str]:
    """Those of the names that are templates; all there are where a name is computed."""
    found = set(names)
    if None in found:
        found.update(theme_files(db, "", ".html"))
    return {it for it in found if it and theme_path(db, it)}


def _syntax(db: Db, name: str, error: TemplateSyntaxError) -> Diagnostic:
    path = theme_path(db, name) or f"{OWN}/{name}"
    lines = template_source(db, name).splitlines()
    excerpt = lines[error.lineno - 1] if 0 < error.lineno <= len(lines) else ""
    return diagnostic("T403", Span(path, error.lineno), excerpt, cause=error.message or "")


@query
def reachable(db: Db, name: str) -> tuple[str, ...]:
    """The closure of a template: itself and every template there is that it can reach."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting.extend(sorted(_there(db, outline(db, here).reaches)))
    return tuple(sorted(seen))


@query
def sets(db: Db, name: str) -> bool:
    """Whether the macros that `name` can reach have something set beside them."""
    imported = {it for one in reachable(db, name) for it in outline(db, one).imports}
    return any(outline(db, it).sets for it in sorted(_there(db, imported)))


class Compiled(BytecodeCache):
    """Compiled code by the checksum of the source, shared by every environment of the process."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}  # the newest last; what was long ago is forgotten
        self._grown = False

    def load(self, kept: bytes | None) -> None:
        """Start from what an earlier process of this very program (see `shell.version`) has compiled."""
        try:
            self.code |= msgspec.msgpack.decode(kept, type=dict[str, bytes]) if kept else {}
        except msgspec.DecodeError:
            return  # compiled anew

    def grown(self) -> bytes | None:
        """What a later process would like to start from; None when that is nothing new since it was last asked."""
        grown, self._grown = self._grown, False
        return msgspec.msgpack.encode(self.code) if grown else None

    def load_bytecode(self, bucket: Bucket) -> None:
        if kept := self.code.get(f"{bucket.key}{bucket.checksum}"):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.code[f"{bucket.key}{bucket.checksum}"] = bucket.bytecode_to_string()
        self._grown = True
        if len(self.code) > _MOST_COMPILED:
            del self.code[next(iter(self.code))]


_MOST_COMPILED = 300  # templates; a theme has about fifty, the rest is what they were before
compiled = Compiled()


# Environments by the exact sources they hold: what is compiled never outlives what it was compiled from.
_ENVIRONMENTS: dict[tuple[tuple[str, str, str], ...], Environment] = {}
_MOST_ENVIRONMENTS = 200


@query(persist=False)
def closure(db: Db, name: str) -> tuple[tuple[str, str, str], ...]:
    """Name, text and file of every template that `name` can reach, itself included."""
    return tuple((it, template_source(db, it), theme_path(db, it)) for it in reachable(db, name))


def _environment(db: Db, name: str) -> Environment:
    sources = closure(db, name)
    found = _ENVIRONMENTS.get(sources)
    if found is None:
        if len(_ENVIRONMENTS) >= _MOST_ENVIRONMENTS:
            _ENVIRONMENTS.clear()
        found = SiteEnvironment({it: (text, path) for it, text, path in sources}, compiled)
        _ENVIRONMENTS[sources] = found
    if found.cache and sets(db, name):
        for template in found.cache.values():
            template._module = None  # what a macro counts or collects must not reach the next page
    return found


# What the code of a template can raise: it is the author's, and so is the error.
_FAILURES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,  # also for templates that include themselves without end
    SyntaxError,  # Python's own limits, such as twenty loops in one another
    TypeError,
    ValueError,
)


def render_template(db: Db, name: str, page_url: str, **context: object) -> bytes:
    """The template `name` filled with `context`, as UTF-8; a `SiteError` naming template, line and page when it fails."""
    environment = _environment(db, name)
    try:
        text = environment.get_template(name).render(context)
        return text.encode("utf-8")  # fails for halves of characters, which a template can write by escapes
    except _FAILURES as error:
        raise SiteError(_failure(db, error, name, page_url)) from error


def _failure(db: Db, error: BaseException, name: str, page: str) -> Diagnostic:
    """What went wrong in a template, at the line where it did."""
    if isinstance(error, TemplateSyntaxError):
        return _syntax(db, error.name or name, error)
    path, line, excerpt = _failing_line(db, error, name)
    at = Span(path, line)
    match error:
        case TemplateNotFound():
            missing = str(error.name or "")
            near = _first(nearest(missing, theme_files(db, "", ".html")))
            return diagnostic("T404", at, excerpt, name=missing, nearest=near, page=page)
        case UndefinedError():
            return diagnostic("T405", at, excerpt, cause=error.message or "", page=page)
        case RecursionError():
            return diagnostic("T406", at, excerpt, cause=DEEP, page=page)
        case _:
            return diagnostic("T406", at, excerpt, cause=str(error), page=page)


def _failing_line(db: Db, error: BaseException, name: str) -> tuple[str, int, str]:
    """File, line and text of the template line that failed; the first of the template when none is known.

    It is the innermost line in the traceback. In an endless circle it is the line where the circle begins: how deep
    it went depends on the caller.
    """
    frames = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.startswith((f"{OWN}/", f"{BUILT_IN}/"))
    ]
    if isinstance(error, RecursionError):
        counted = Counter(frames)
        frames = [it for it in frames if counted[it] > 1][:1]
    path, line = frames[-1] if frames else (theme_path(db, name), 1)
    lines = (db.read(path) or b"").decode("utf-8").splitlines()
    return path, line, lines[line - 1] if line <= len(lines) else ""
