"""Where links by path lead: to any page, feed, export or picture of the output, and to which places of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec import Struct

from sitegen.core.body import Block, Parts
from sitegen.engine.db import Db, query
from sitegen.graph.addresses import address, beside, joined, thing_at
from sitegen.graph.assets import media, media_path
from sitegen.graph.paging import list_and_number, on_page
from sitegen.graph.queries import KINDS, MEDIA_FOLDER, Kind, articles, paths
from sitegen.graph.routes import linkable
from sitegen.graph.texts import body
from sitegen.text import nearest

# What the theme's pages put around a text, where there is something to put.
SECTIONS: dict[Kind, tuple[str, ...]] = {
    "article": (
        *("parties", "people", "facts", "known", "timeline", "questions", "terms", "sources"),
        *("corrections", "changes", "related", "backlinks"),
    ),
    "entity": ("timeline", "sources"),
    "term": ("sources",),
    "topic": ("timeline", "sources"),
}


class Destination(Struct, frozen=True):
    """What stands at the end of a path; `url` is relative to the root of the site."""

    url: str = ""
    kind: str = ""  # as of a `Route`
    key: str = ""
    trouble: str = ""  # "", unknown, hidden, unread


@query
def destination(db: Db, origin: str, target: str) -> Destination:
    """Where the path `target` leads, as written in the content file `origin`."""
    known = thing_at(db, origin, target)
    if known.id:
        return Destination(address(db, known.kind, known.path), known.kind, known.path)
    path = unquote(target)
    if known.trouble != "unknown" or not path or path.endswith(".md"):
        return Destination(trouble=known.trouble)
    url = joined(db, origin, path)
    if url is not None and (found := outputs(db).get(url)):
        return found
    name = beside(origin, path).removeprefix(f"{MEDIA_FOLDER}/")
    return outputs(db).get(f"media/{name}" if name in media(db) else "-", Destination(trouble="unknown"))


@query(persist=False)
def outputs(db: Db) -> dict[str, Destination]:
    """What links can lead to, by address and by path; pictures also by the name they have in `content/media/`."""
    found: dict[str, Destination] = {}
    for route in linkable(db):
        found.setdefault(route.url, Destination(route.url, route.kind, route.key))
        found.setdefault(route.path, Destination(route.url, route.kind, route.key))
    for name in media(db):
        found.setdefault(f"media/{name}", Destination(media_path(db, name), "media", name))
    return found


@query
def nearest_paths(db: Db, origin: str, target: str) -> tuple[str, ...]:
    """Up to three paths that `target` may have been meant to be: by their last name, else as a whole."""
    path = unquote(target)
    if path.endswith(".md"):
        files = [it for kind in KINDS for it in (articles(db) if kind == "article" else paths(db, kind))]
        known = [posixpath.relpath(it, posixpath.dirname(origin)) for it in files]
    else:
        known = [f"/{it.url}" for it in linkable(db) if it.kind != "not-found"]
        path = f"/{joined(db, origin, path) or path.lstrip('/')}"
    names: dict[str, list[str]] = {}
    for it in known:
        names.setdefault(_last(it), []).append(it)
    found = [it for name in nearest(_last(path), names) for it in names[name]]
    return tuple(dict.fromkeys((*found, *nearest(path, known))))[:3]


def _last(path: str) -> str:
    return path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".md")


@query(eager=True)
def text_fragments(db: Db, kind: Kind, path: str) -> tuple[str, ...]:
    """Fragments that the text of a page answers to: its headings and its blocks."""
    found = body(db, kind, path)
    blocks = tuple(f"{it.name}-{number}" for number, it in enumerate(_blocks(found.parts), 1))
    return (*found.fragments, *blocks)


def _blocks(parts: Parts) -> Iterator[Block]:
    """The blocks of a text in the order in which they are made."""
    for part in parts:
        if isinstance(part, Block):
            yield part
            yield from _blocks(part.parts)


def fragments(db: Db, kind: str, key: str) -> tuple[str, ...] | None:
    """Fragments that a page answers to; None where that is not known."""
    thing_kind = next((it for it in KINDS if it == kind), None)
    if thing_kind:
        return (*text_fragments(db, thing_kind, key), *SECTIONS[thing_kind])
    return tuple(id for _, id in on_page(db, *list_and_number(key))) if kind == "sources" else None
