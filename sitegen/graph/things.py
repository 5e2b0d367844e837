"""The one namespace of things with a page: what an id or an alias means, and what a link to it shows."""

from __future__ import annotations

from typing import Literal
from unicodedata import normalize

from msgspec import Struct

from sitegen.core.article import Change, Correction
from sitegen.core.entities import EntityKind
from sitegen.core.values import FuzzyDate
from sitegen.engine.db import Db, query
from sitegen.graph.queries import (
    KINDS,
    Kind,
    Ribbon,
    article,
    articles,
    entity,
    identity,
    parsed,
    paths,
    site_lang,
    term,
    topic,
)
from sitegen.text import nearest, normalise


@query(eager=True)
def claims(db: Db, kind: Kind, path: str) -> tuple[str, ...]:
    """The id and the names of a content file that cannot be used."""
    return parsed(db, kind, path).claims


class Names(Struct, frozen=True):
    """Everything that has a page, by id, by exact name and by folded name; names may be shared."""

    by_id: dict[str, tuple[Kind, str]]
    by_name: dict[str, tuple[str, ...]]
    by_fold: dict[str, tuple[str, ...]]
    hidden: tuple[str, ...]  # ids of articles this build leaves out
    unread: tuple[str, ...]  # ids and names of files whose errors leave them without a value
    # Files whose id another has: kind, path, id, path of the other.
    twins: tuple[tuple[Kind, str, str, str], ...]


@query(persist=False)
def names(db: Db) -> Names:
    """The namespace of the site."""
    shown = set(articles(db))
    by_id: dict[str, tuple[Kind, str]] = {}
    by_name: dict[str, list[str]] = {}
    by_fold: dict[str, list[str]] = {}
    owners: dict[str, str] = {}  # the first file of each id
    hidden, twins = [], []
    unread: set[str] = set()
    for kind in KINDS:
        for path in paths(db, kind):
            known = identity(db, kind, path)
            if known is None:
                unread.update(claims(db, kind, path))
                continue
            if (first := owners.setdefault(known.id, path)) != path:
                twins.append((kind, path, known.id, first))
            if kind == "article" and path not in shown:
                hidden.append(known.id)
                continue
            by_id.setdefault(known.id, (kind, path))
            for name in known.names:
                by_name.setdefault(name, []).append(known.id)
            for key in dict.fromkeys(normalise(name) for name in known.names):
                by_fold.setdefault(key, []).append(known.id)
    return Names(
        by_id,
        {name: tuple(ids) for name, ids in by_name.items()},
        {name: tuple(ids) for name, ids in by_fold.items()},
        tuple(hidden),
        tuple(sorted(unread)),
        tuple(twins),
    )


class Resolved(Struct, frozen=True):
    """What a reference means; `id` is "" when it means nothing, and then `candidates` are the nearest or the rivals."""

    id: str = ""
    kind: Kind = "entity"
    path: str = ""
    trouble: str = ""  # "", unknown, ambiguous, hidden, unread
    candidates: tuple[str, ...] = ()


@query
def resolve(db: Db, text: str) -> Resolved:
    """The thing that an id, a name or an alias stands for."""
    known = names(db)
    ids: tuple[str, ...]
    if text in known.by_id:
        ids = (text,)
    elif text in known.hidden:
        return Resolved(trouble="hidden")
    else:
        ids = known.by_name.get(normalize("NFC", text)) or known.by_fold.get(normalise(text)) or ()
    if len(ids) == 1:
        kind, path = known.by_id[ids[0]]
        return Resolved(ids[0], kind, path)
    if ids:
        return Resolved(trouble="ambiguous", candidates=ids)
    if text in known.unread or normalize("NFC", text) in known.unread:
        return Resolved(trouble="unread")
    return Resolved(trouble="unknown", candidates=_near(known, text))


def _near(known: Names, text: str) -> tuple[str, ...]:
    """Up to three ids and names like `text`, one for each thing: its id where that is alike."""
    found: dict[tuple[str, ...], str] = {}
    for name in nearest(text, (*known.by_id, *known.by_name), 9):
        if name in known.by_id:
            found[(name,)] = name
        else:
            found.setdefault(known.by_name[name], name)
    return tuple(found.values())[:3]


class Thing(Struct, frozen=True):
    """What a link to something shows: its names and a line about it (of an article, its card tells it)."""

    id: str
    kind: Kind
    url: str  # relative to the root of the site
    name: str
    short: str
    english: str
    summary: str
    entity_kind: EntityKind | Literal[""] = ""
    role: str = ""
    lang: str = ""


@query
def thing(db: Db, kind: Kind, path: str) -> Thing:
    """The thing that a content file describes, for links and lists."""
    lang = site_lang(db)
    match kind:
        case "article":
            it = card(db, path)
            return Thing(it.id, kind, it.url, it.title, it.short_title, "", "", lang=it.lang)
        case "topic":
            hub = topic(db, path)
            assert hub is not None
            return Thing(hub.id, kind, f"topics/{hub.id}/", hub.title, hub.title, "", hub.summary)
        case "entity":
            named = entity(db, path)
            assert named is not None
            name = in_language(named.name, lang)
            return Thing(
                named.id,
                kind,
                f"entities/{named.id}/",
                name,
                in_language(named.short, lang) or name,
                named.name.get("en", ""),
                named.summary,
                named.kind,
                named.role_in_file,
            )
        case "term":
            word = term(db, path)
            assert word is not None
            name = in_language(word.term, lang)
            return Thing(
                word.id, kind, f"terms/{word.id}/", name, name, word.term.get("en", ""), word.definition
            )


def in_language(texts: dict[str, str], lang: str) -> str:
    """The text in `lang`, else the one without a language, else the first there is."""
    base = lang.split("-")[0].split("_")[0]
    return texts.get(lang) or texts.get(base) or texts.get("") or next(iter(texts.values()), "")


def find(db: Db, text: str) -> Thing | None:
    """The thing that a reference stands for, or None."""
    known = resolve(db, text)
    return thing(db, known.kind, known.path) if known.id else None


class Hub(Struct, frozen=True):
    """A topic that an article belongs to, as links show it."""

    url: str  # relative to the root of the site; "" when there is no such topic
    name: str


class Card(Struct, frozen=True):
    """All that other pages may know of an article."""

    path: str
    id: str
    url: str  # relative to the root of the site: "articles/x/"
    title: str
    short_title: str
    kind: str
    lang: str
    summary: str
    published: FuzzyDate
    updated: FuzzyDate
    as_of: FuzzyDate | None
    topics: tuple[Hub, ...]
    authors: tuple[str, ...]
    ribbon: Ribbon
    changes: tuple[Change, ...]
    corrections: tuple[Correction, ...]


@query
def card(db: Db, path: str) -> Card:
    """The card of an article that can be read."""
    found, known = article(db, path), identity(db, "article", path)
    assert found is not None
    assert known is not None
    return Card(
        path=path,
        id=found.id,
        url=known.url,
        title=found.title,
        short_title=found.short_title or found.title,
        kind=found.kind,
        lang=found.lang or site_lang(db),
        summary=found.summary,
        published=found.published,
        updated=found.updated or found.published,
        as_of=found.as_of,
        topics=tuple(_hub(db, ref) for ref in found.topics),
        authors=found.authors,
        ribbon=known.ribbon,
        changes=found.changes,
        corrections=found.corrections,
    )


def _hub(db: Db, ref: str) -> Hub:
    known = find(db, ref)
    return Hub(known.url, known.short) if known else Hub("", ref)


@query
def things(db: Db, kind: Kind) -> tuple[Thing, ...]:
    """All things of one kind that this build shows, in the order of their files."""
    files_ = articles(db) if kind == "article" else paths(db, kind)
    return tuple(thing(db, kind, path) for path in files_ if identity(db, kind, path))
