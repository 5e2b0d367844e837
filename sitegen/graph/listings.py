"""What a site has of each kind, for people who ask on the command line."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from sitegen.core.values import TYPE_OF
from sitegen.engine.db import Db
from sitegen.graph.data_files import sources
from sitegen.graph.links import linkers, used_in
from sitegen.graph.queries import Kind, article, identity, paths, ribbon, visible
from sitegen.graph.registry import fact, fact_index
from sitegen.graph.things import things


class Row(Struct, frozen=True):
    """One thing: its id, what it is called, the file that holds it, and a remark."""

    id: str
    title: str
    path: str
    note: str = ""


def listing(db: Db, kind: str) -> tuple[Row, ...]:
    """The things of a kind of `LISTINGS`, in the order of their files."""
    return tuple(LISTINGS[kind](db))


def _articles(db: Db) -> list[Row]:
    return [
        Row(found.id, found.title, path, ribbon(db, path) or "")
        for path in paths(db, "article")
        if (found := article(db, path))
    ]


def _held_back(reason: str) -> Callable[[Db], list[Row]]:
    return lambda db: [row for row in _articles(db) if row.note == reason]


def _things(kind: Kind) -> Callable[[Db], list[Row]]:
    def rows(db: Db) -> list[Row]:
        files = [path for path in paths(db, kind) if identity(db, kind, path)]
        return [
            Row(it.id, it.name, path, it.entity_kind)
            for path, it in zip(files, things(db, kind), strict=True)
        ]

    return rows


def _facts(db: Db) -> list[Row]:
    rows = []
    for id, path in fact_index(db).items():
        found = fact(db, id)
        assert found is not None
        kind = TYPE_OF[type(found.value)]
        rows.append(Row(id, found.label, path, f"{kind}, {found.certainty}"))
    return rows


def _sources(db: Db) -> list[Row]:
    return [Row(it.id, it.title, "content/sources.yaml", it.kind) for it in sources(db).values()]


def _orphans(db: Db) -> list[Row]:
    """Articles and things that no other page links to, and facts that no article shows."""
    rows = []
    for kind in ("article", "entity", "term"):
        shown = _articles(db) if kind == "article" else _things(kind)(db)
        for row in shown:
            others = {it.path for it in linkers(db, f"thing:{row.id}")} - {row.path}
            if not others and (kind != "article" or visible(db, row.path)):
                rows.append(Row(row.id, row.title, row.path, kind))
    rows += [Row(row.id, row.title, row.path, "fact") for row in _facts(db) if not used_in(db, row.id)]
    return rows


LISTINGS: dict[str, Callable[[Db], list[Row]]] = {
    "articles": _articles,
    "drafts": _held_back("draft"),
    "entities": _things("entity"),
    "facts": _facts,
    "future": _held_back("future"),
    "orphans": _orphans,
    "sources": _sources,
    "terms": _things("term"),
    "topics": _things("topic"),
}
