"""What a link by path means: a file of the content, or an address of the site.

A path is read whole. One that ends in `.md` counts from the folder of the file it is written in, any other from the
address of the page; `/` begins at the root of the site. Nothing here depends on bodies, since the link graph rests on it.
"""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from sitegen.core.body import Link
from sitegen.engine.db import Db, query
from sitegen.graph.queries import FOLDERS, KINDS, Kind, articles, identity, paths
from sitegen.graph.things import Resolved, resolve

UNKNOWN = Resolved(trouble="unknown")


def address(db: Db, kind: Kind, path: str) -> str:
    """Where the page of a content file stands, relative to the root of the site; "" while it has errors."""
    known = identity(db, kind, path)
    return known.url if known else ""


@query(persist=False)
def things_by_address(db: Db) -> dict[str, tuple[Kind, str]]:
    """The content file behind each address."""
    found: dict[str, tuple[Kind, str]] = {}
    for kind in KINDS:
        for path in articles(db) if kind == "article" else paths(db, kind):
            if known := identity(db, kind, path):
                found.setdefault(known.url, (kind, path))
    return found


def kind_of(path: str) -> Kind | None:
    """The kind of a content file, by its folder."""
    return next((kind for kind in KINDS if path.startswith(f"{FOLDERS[kind]}/")), None)


def resolve_link(db: Db, link: Link) -> Resolved:
    """The thing that a link means, by its id, its name or a path."""
    if link.scheme == "path":
        return thing_at(db, link.origin, link.target)
    return resolve(db, link.target)


@query
def thing_at(db: Db, origin: str, target: str) -> Resolved:
    """The thing whose file or page stands at the path `target`, as written in the file `origin`; "" is `origin` itself."""
    path = unquote(target)
    if not path or path.endswith(".md"):
        return _file(db, beside(origin, path) if path else origin)
    url = joined(db, origin, path)
    found = things_by_address(db).get(url.removesuffix("index.html")) if url is not None else None
    if found is None:
        return UNKNOWN
    known = identity(db, *found)
    return Resolved(known.id, *found) if known else UNKNOWN


def _file(db: Db, path: str) -> Resolved:
    kind = kind_of(path)
    if kind is None or path not in paths(db, kind):
        return UNKNOWN
    known = identity(db, kind, path)
    if known is None:
        return Resolved(trouble="unread")
    if kind == "article" and path not in articles(db):
        return Resolved(trouble="hidden")
    return Resolved(known.id, kind, path)


def beside(origin: str, path: str) -> str:
    """A path from the folder of the file `origin`, without its detours."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(origin), path)) if path[0] != "/" else ""


def joined(db: Db, origin: str, path: str) -> str | None:
    """The address that a browser would go to, relative to the root of the site; None if it lies outside of that."""
    base = ""
    if not path.startswith("/"):
        kind = kind_of(origin)
        known = identity(db, kind, origin) if kind else None
        if known is None:
            return None
        base = posixpath.dirname(known.url)
    url = posixpath.normpath(posixpath.join(base, path.lstrip("/") if path.startswith("/") else path))
    if url == ".." or url.startswith("../"):
        return None
    url = "" if url == "." else url
    folder = path.endswith("/") or path.rsplit("/", 1)[-1] in (".", "..")
    return f"{url}/" if folder and url else url
