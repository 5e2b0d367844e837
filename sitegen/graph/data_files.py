"""The files beside the pages: the registry of facts, sources and scales."""

from __future__ import annotations

from sitegen.core import documents
from sitegen.core.facts import Fact, Scale, Source
from sitegen.engine.db import Db, query
from sitegen.graph.queries import article, site_lang

SOURCES_FILE = "content/sources.yaml"
SCALES_FILE = "content/scales.yaml"
FACTS_FOLDER = "content/facts"


@query
def parsed_sources(db: Db) -> documents.ParsedSources:
    return documents.parse_sources(SOURCES_FILE, db.read(SOURCES_FILE) or b"", site_lang(db))


@query
def sources(db: Db) -> dict[str, Source]:
    """The sources of the site by id, in the order of the file."""
    return {it.id: it for it in parsed_sources(db).value or ()}


@query
def source(db: Db, id: str) -> Source | None:
    return sources(db).get(id)


@query
def parsed_scales(db: Db) -> documents.ParsedScales:
    return documents.parse_scales(SCALES_FILE, db.read(SCALES_FILE) or b"", site_lang(db))


@query
def scale(db: Db, id: str) -> Scale | None:
    return next((it for it in parsed_scales(db).value or () if it.id == id), None)


@query(persist=False)
def parsed_registry(db: Db, path: str) -> documents.ParsedRegistry:
    return documents.parse_registry(path, db.read(path) or b"", site_lang(db))


def facts_written(db: Db, path: str) -> tuple[Fact, ...]:
    """Facts with an id that a registry file or an article writes."""
    if path.endswith(".md"):
        found = article(db, path)
        own = (use.fact for use in (found.facts if found else ()))
        return tuple(it for it in own if it and it.id)
    return parsed_registry(db, path).value or ()


@query(eager=True)
def facts_in(db: Db, path: str) -> tuple[Fact, ...]:
    """The same, remembered: most articles write none."""
    return facts_written(db, path)
