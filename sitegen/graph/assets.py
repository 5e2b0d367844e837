"""The theme's files and the site's media under hashed names, so that hosts and browsers may keep them for ever."""

from __future__ import annotations

import posixpath
import re
from hashlib import blake2b

from sitegen.engine.db import Db, query
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.graph.queries import MEDIA_FOLDER, files
from sitegen.graph.templating import theme_files, theme_path

# Font sources, licences and notes stay in the theme; only what a page can ask for is published.
ENDINGS = (".css", ".js", ".svg", ".woff2", ".png", ".jpg", ".webp", ".avif", ".ico")
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg")

_URL = re.compile(r"url\(\s*(['\"]?)([^'\")]+)\1\s*\)")


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
    """A theme file as published; in a style sheet every `url(…)` leads to a hashed name."""
    path = theme_path(db, f"assets/{name}")
    data = (db.read(path) if path else None) or b""
    return _with_hashed_urls(db, name, path, data) if name.endswith(".css") else data


def _with_hashed_urls(db: Db, name: str, path: str, data: bytes) -> bytes:
    text = data.decode("utf-8", errors="replace")

    def hashed(match: re.Match[str]) -> str:
        target = match.group(2)
        if target.startswith(("data:", "#")):
            return match.group(0)
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        if wanted not in theme_assets(db):
            line = text.count("\n", 0, match.start()) + 1
            raise SiteError(diagnostic("T408", Span(path, line), text.splitlines()[line - 1], name=target))
        return f"url({posixpath.relpath(asset_path(db, wanted), posixpath.dirname(asset_path_plain(name)))})"

    return _URL.sub(hashed, text).encode("utf-8")


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
