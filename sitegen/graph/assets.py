"""The theme's files and the site's media under hashed names, so that hosts and browsers may keep them for ever."""

from __future__ import annotations

import posixpath
import re
from hashlib import blake2b

from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, SiteError, Span, diagnostic
from sitegen.graph.queries import MEDIA_FOLDER, files
from sitegen.graph.templating import theme_files, theme_path

# Font sources, licences and notes stay in the theme; only what a page can ask for is published.
ENDINGS = (".css", ".js", ".svg", ".woff2", ".png", ".jpg", ".webp", ".avif", ".ico")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg")

# What a style sheet asks for: url(…) or @import "…". Comments are found so that nothing in them counts.
_ASKED = re.compile(
    r"""/\*.*?\*/|url\(\s*(?P<mark>['"]?)(?P<url>[^'")]+)(?P=mark)\s*\)|@import\s+(?P<quote>['"])(?P<sheet>[^'"]+)(?P=quote)""",
    re.DOTALL,
)


@query
def theme_assets(db: Db) -> tuple[str, ...]:
    """Names of the theme's files that are published: `css/site.css`."""
    return tuple(
        name.removeprefix("assets/")
        for name in theme_files(db, "assets", "")
        if name.lower().endswith(ENDINGS)
    )


@query(persist=False)
def asset(db: Db, name: str) -> bytes:
    """A theme file as published; what a style sheet asks for it asks for by hashed names."""
    path = theme_path(db, f"assets/{name}")
    if name.endswith(".css"):
        return _with_hashed_names(db, name)
    return (db.read(path) if path else None) or b""


@query(persist=False)
def style_sheet(db: Db, name: str) -> str:
    """The text of a style sheet as it is written."""
    path = theme_path(db, f"assets/{name}")
    data = (db.read(path) if path else None) or b""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SiteError(diagnostic("T402", Span(path, line))) from error


def _with_hashed_names(db: Db, name: str) -> bytes:
    text = style_sheet(db, name)

    def hashed(match: re.Match[str]) -> str:
        target = _target(match)
        if not target:
            return match[0]
        wanted = _wanted(name, target)
        if wanted not in theme_assets(db):
            raise SiteError(_at(db, name, match, "T408", name=target))
        if name in (chain := _imported(db, wanted)):
            raise SiteError(_at(db, name, match, "T409", chain=" → ".join((name, *chain))))
        address = posixpath.relpath(asset_path(db, wanted), posixpath.dirname(asset_path_plain(name)))
        rest = target[len(target.partition("#")[0].partition("?")[0]) :]
        return f'@import "{address}{rest}"' if match["sheet"] else f'url("{address}{rest}")'

    return _ASKED.sub(hashed, text).encode("utf-8")


def _target(match: re.Match[str]) -> str:
    """The theme file that a style sheet asks for, as written there; "" when it asks for none."""
    target = (match["url"] or match["sheet"] or "").strip()
    return "" if target.startswith(("data:", "#")) else target


def _wanted(name: str, target: str) -> str:
    path = target.partition("#")[0].partition("?")[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _at(db: Db, sheet: str, match: re.Match[str], code: str, **args: str) -> Diagnostic:
    """A finding at the line of a style sheet where something is asked for."""
    text = style_sheet(db, sheet)
    line, start = text.count("\n", 0, match.start()) + 1, text.rfind("\n", 0, match.start()) + 1
    span = Span(theme_path(db, f"assets/{sheet}"), line, match.start() - start + 1)
    return diagnostic(code, span, text[start:].partition("\n")[0].rstrip("\r"), **args)


def _imported(db: Db, name: str) -> tuple[str, ...]:
    """The style sheets that `name` leads to by imports, itself first; a list, since they may go round in circles."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        here = waiting.pop(0)
        if here in found or not here.endswith(".css") or here not in theme_assets(db):
            continue
        found[here] = None
        waiting += [
            _wanted(here, it) for match in _ASKED.finditer(style_sheet(db, here)) if (it := _target(match))
        ]
    return tuple(found)


def asset_path_plain(name: str) -> str:
    return f"assets/{name}"


@query
def asset_path(db: Db, name: str) -> str:
    """Where a theme file is published, relative to the root of the site: `assets/css/site.1a2b3c4d5e.css`."""
    return hashed_name(asset_path_plain(name), asset(db, name))


@query
def media(db: Db) -> tuple[str, ...]:
    """Names of the pictures below `content/media/`."""
    return tuple(
        path.removeprefix(f"{MEDIA_FOLDER}/")
        for path in files(db, MEDIA_FOLDER, "")
        if path.lower().endswith(PICTURES)
    )


@query
def media_path(db: Db, name: str) -> str:
    """Where a picture is published: `media/harbour.1a2b3c4d5e.jpg`; "" when there is no such picture."""
    if name not in media(db):
        return ""
    return hashed_name(f"media/{name}", db.read(f"{MEDIA_FOLDER}/{name}") or b"")


def hashed_name(path: str, data: bytes) -> str:
    """`path` with a digest of the contents before its ending."""
    stem, ending = posixpath.splitext(path)
    return f"{stem}.{blake2b(data, digest_size=5).hexdigest()}{ending}"
