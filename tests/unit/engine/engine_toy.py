"""A small graph of queries with every habit the engine must cope with, over files held in a dict."""

from __future__ import annotations

from msgspec import Struct

from sitegen.engine.db import Db, InputKey, QueryKey, query
from sitegen.engine.query import Query
from sitegen.errors import Diagnostic, SiteError, Span, diagnostic


class Files:
    """Inputs in memory; a path may be given as unreadable."""

    def __init__(self, files: dict[str, str] | None = None, **settings: str) -> None:
        self.files = dict(files or {})
        self.settings = settings
        self.unreadable: set[str] = set()
        self.seen: list[str] = []

    def read(self, path: str) -> bytes | None:
        self.seen.append(path)
        if path in self.unreadable:
            raise failure("unreadable", path)
        text = self.files.get(path)
        return None if text is None else text.encode()

    def list(self, folder: str) -> tuple[str, ...]:
        inside = [path[len(folder) + 1 :] for path in self.files if path.startswith(folder + "/")]
        return tuple(sorted({name if "/" not in name else name.partition("/")[0] + "/" for name in inside}))

    def setting(self, name: str) -> str:
        return self.settings.get(name, "")


class Note(Struct, frozen=True):
    title: str
    links: tuple[str, ...]
    guard: str
    body: str


class Card(Struct, frozen=True):
    title: str
    links: tuple[str, ...]
    guard: str


def failure(code: str, path: str) -> SiteError:
    return SiteError(diagnostic(code, Span(path, 1, 1)))


@query
def names(db: Db) -> tuple[str, ...]:
    """The notes there are, by the listing."""
    return tuple(name for name in db.list("notes") if not name.endswith("/"))


@query
def note(db: Db, name: str) -> Note:
    """A note: title, links and guard on three lines, then the body; "!" as title is an error."""
    path = f"notes/{name}"
    raw = db.read(path)
    if raw is None:
        raise failure("missing", path)
    title, links, guard, body = (*raw.decode().split("\n", 3), "", "", "")[:4]
    if title == "!":
        raise failure("broken", path)
    return Note(title, tuple(links.split()), guard, body)


@query
def card(db: Db, name: str) -> Card:
    """What others may know of a note: not the body."""
    it = note(db, name)
    return Card(it.title, it.links, it.guard)


@query(eager=True)
def title(db: Db, name: str) -> str:
    """The title of a note, brought up to date before anybody asks."""
    return card(db, name).title


@query
def graph(db: Db) -> dict[str, tuple[str, ...]]:
    """Who links to whom; a broken note links to nobody."""
    found: dict[str, tuple[str, ...]] = {}
    for name in names(db):
        try:
            links = card(db, name).links
        except SiteError:
            continue
        for link in links:
            found[link] = (*found.get(link, ()), name)
    return found


@query(eager=True)
def backlinks(db: Db, name: str) -> tuple[str, ...]:
    """The notes that link to `name`."""
    return graph(db).get(name, ())


@query
def certain(db: Db, name: str) -> str:
    """The title of a note that is there; to ask for another is a bug of the asker."""
    if name not in names(db):
        raise LookupError(name)
    return card(db, name).title


@query
def guarded(db: Db, name: str) -> str:
    """The guard's title, but only if there is such a note and the site is open."""
    guard = card(db, name).guard
    if db.setting("open") != "yes":
        return "closed"
    return certain(db, guard) if guard in names(db) else "unguarded"


@query
def banner(db: Db, size: tuple[int, Card]) -> str:
    """A text from an optional file; takes a compound argument."""
    raw = db.read("banner")
    return "none" if raw is None else raw.decode()[: size[0]] + size[1].title


@query(persist=False)
def page(db: Db, name: str) -> str:
    """All of it together."""
    it = note(db, name)
    cited = ",".join(f"{link}={_title(db, link)}" for link in it.links)
    back = ",".join(card(db, other).title for other in backlinks(db, name))
    return "|".join((it.title, it.body, cited, back, guarded(db, name), banner(db, (2, Card("x", (), "")))))


def _title(db: Db, name: str) -> str:
    try:
        return title(db, name)
    except SiteError as error:
        return "?" + error.diagnostics[0].code


@query
def everything(db: Db) -> tuple[str, ...]:
    """Every page; the first broken one breaks it."""
    return tuple(page(db, name) for name in names(db))


Outcome = tuple[str, object]


def outcome(db: Db, key: QueryKey) -> Outcome:
    """The value, or the diagnostics of a failure."""
    ask: Query[..., object] = BY_NAME[key.query]
    try:
        return "value", ask(db, *key.args)
    except SiteError as error:
        return "failed", error.diagnostics


BY_NAME: dict[str, Query[..., object]] = {
    it.name: it for it in (names, note, card, title, graph, backlinks, guarded, page, everything)
}
NAMES = ("a", "b", "c", "d")
KEYS: tuple[QueryKey, ...] = (
    names.key(),
    graph.key(),
    everything.key(),
    *(each.key(name) for each in (note, card, title, backlinks, guarded, page) for name in NAMES),
)
INPUTS: tuple[InputKey, ...] = (
    *(InputKey("read", f"notes/{name}") for name in NAMES),
    InputKey("read", "banner"),
    InputKey("list", "notes"),
    InputKey("setting", "open"),
)

__all__ = ["INPUTS", "KEYS", "NAMES", "Diagnostic", "Files", "outcome"]


def rich() -> Files:
    """Two notes that link to each other and guard each other, a third that hangs on, a banner."""
    return Files(
        {
            "notes/a": "Alpha\nb c\nb\nbody of a",
            "notes/b": "Beta\na\nc\nbody of b",
            "notes/c": "Gamma\nd\n\nbody of c",
            "banner": "Hello",
        },
        open="yes",
    )


def told(keys: list[QueryKey]) -> list[str]:
    """Keys as they print."""
    return [str(key) for key in keys]
