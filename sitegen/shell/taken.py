"""What a new file may not be called, and what it may not name."""

from __future__ import annotations

from contextlib import suppress

from sitegen.engine.db import Db
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.graph.data_files import SOURCES_FILE, sources
from sitegen.graph.queries import KINDS, identity, paths
from sitegen.graph.registry import fact_index
from sitegen.shell.session import Request, opened
from sitegen.text import nearest


def refuse(folder: str, kind: str, name: str, source: str = "") -> None:
    """Raise `SiteError` when a new file of `kind` called `name`, with this source, would be an error of the site.

    Files that cannot be read are left to the next `check`.
    """
    with opened(Request(folder, settings={"drafts": "1", "future": "1"})) as site:
        owner, known = "", None
        with suppress(SiteError):
            ids = fact_index(site.db) if kind == "fact" else _things(site.db)
            owner = ids.get(name, "")
        with suppress(SiteError):
            known = tuple(sources(site.db)) if source else None
    if owner:
        raise SiteError(diagnostic("C109", Span(owner), id=name))
    if known is not None and source not in known:
        near = ", ".join(nearest(source, known))
        raise SiteError(diagnostic("C110", Span(SOURCES_FILE), id=source, nearest=near))


def _things(db: Db) -> dict[str, str]:
    """The files of all that has a page, drafts included, by id."""
    found = [(identity(db, kind, path), path) for kind in KINDS for path in paths(db, kind)]
    return {it.id: path for it, path in found if it is not None}
