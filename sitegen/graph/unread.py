"""Files and folders of the content that nothing reads, because of where they lie or how they are called."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.graph.data_files import FACTS_FOLDER, SCALES_FILE, SOURCES_FILE
from sitegen.graph.queries import FOLDERS, MEDIA_FOLDER, SITE_FILE, files
from sitegen.text import nearest

HOME = "content"
_ENDINGS = (".md", ".markdown", ".mdown", ".mkd", ".yaml", ".yml")  # in any case: meant to be read
_READ_IN = {FACTS_FOLDER: ".yaml", **dict.fromkeys(FOLDERS.values(), ".md")}
_DATA = (SITE_FILE, SOURCES_FILE, SCALES_FILE)


@query
def unread(db: Db) -> tuple[Diagnostic, ...]:
    """A warning for each of them; notes for editors (`content/NAME.md`) and `content/media` are left alone."""
    return (*_folders(db), *_data_files(db), *_pages(db))


def _folders(db: Db) -> Iterator[Diagnostic]:
    known = [it.rpartition("/")[2] for it in (*_READ_IN, MEDIA_FOLDER)]
    for name in db.list(HOME):
        folder = name.rstrip("/")
        if folder != name and folder not in known:
            near = nearest(folder, known, 1)
            yield diagnostic("C205", Span(f"{HOME}/{folder}"), nearest=near[0] if near else "")


def _data_files(db: Db) -> Iterator[Diagnostic]:
    known = [it.rpartition("/")[2] for it in _DATA]
    for name in db.list(HOME):
        stem, _, ending = name.rpartition(".")
        if not name.lower().endswith(_ENDINGS) or ending == "md" or name in known:
            continue
        wanted = nearest(name, known, 1) or known if ending.lower() in ("yaml", "yml") else [f"{stem}.md"]
        yield diagnostic("C206", Span(f"{HOME}/{name}"), wanted=", ".join(wanted))


def _pages(db: Db) -> Iterator[Diagnostic]:
    for folder, ending in _READ_IN.items():
        for path in files(db, folder, ""):
            if path.lower().endswith(_ENDINGS) and not path.endswith(ending):
                stem = path.rpartition("/")[2].rpartition(".")[0]
                yield diagnostic("C206", Span(path), wanted=f"{stem}{ending}")
