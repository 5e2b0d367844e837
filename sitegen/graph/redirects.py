"""Old addresses of articles: where their stub pages stand."""

from __future__ import annotations

from sitegen.engine.db import Db
from sitegen.graph.queries import identity


def aliases(db: Db, path: str) -> tuple[str, ...]:
    """Old addresses of an article, relative to the root of the site: `old/name/` or `old/name.html`."""
    known = identity(db, "article", path)
    return known.old if known else ()


def stub_path(alias: str) -> str:
    """The file that answers at an old address."""
    last = alias.rsplit("/", 1)[-1]
    if alias.endswith("/") or not last:
        return f"{alias}index.html"
    return alias if "." in last else f"{alias}/index.html"
