"""Old addresses of articles: where their stub pages stand."""

from __future__ import annotations

from sitegen.engine.db import Db, query
from sitegen.graph.queries import article


@query
def aliases(db: Db, path: str) -> tuple[str, ...]:
    """Old addresses of an article, relative to the root of the site: `old/name/` or `old/name.html`."""
    found = article(db, path)
    return tuple(it.lstrip("/") for it in found.aliases) if found else ()


def stub_path(alias: str) -> str:
    """The file that answers at an old address."""
    last = alias.rsplit("/", 1)[-1]
    if alias.endswith("/") or not last:
        return f"{alias}index.html"
    return alias if "." in last else f"{alias}/index.html"
