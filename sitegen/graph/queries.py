"""From files to cards, in pipeline order: bytes → parsed documents → what the rest of the site may know of them.

Parsed values carry no positions, so moving a line in one file changes nothing for any other page. Pages see the
`Card` of an article, never the article of somebody else.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain
from typing import Literal, TypeAlias
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from sitegen.core import documents
from sitegen.core.article import Article
from sitegen.core.config import Site
from sitegen.core.entities import Entity, Term, Topic
from sitegen.core.intervals import instant, iso_day
from sitegen.core.values import FuzzyDate
from sitegen.engine.db import Db, query
from sitegen.errors import SiteError
from sitegen.locale import Locale, get_locale
from sitegen.messages import severity

Kind = Literal["article", "entity", "term", "topic"]
KINDS: tuple[Kind, ...] = ("article", "entity", "term", "topic")
Document: TypeAlias = Article | Entity | Term | Topic

FOLDERS: dict[Kind, str] = {
    "article": "content/articles",
    "entity": "content/entities",
    "term": "content/terms",
    "topic": "content/topics",
}
SITE_FILE = "content/site.yaml"
MEDIA_FOLDER = "content/media"


# -- files ---------------------------------------------------------------------------------------------


@query
def files(db: Db, folder: str, ending: str) -> tuple[str, ...]:
    """Paths of the files below `folder` whose names end in `ending`, in code-point order."""
    found: list[str] = []
    for name in db.list(folder):
        if name.endswith("/"):
            found.extend(files(db, posixpath.join(folder, name.rstrip("/")), ending))
        elif name.endswith(ending):
            found.append(posixpath.join(folder, name))
    return tuple(found)


def paths(db: Db, kind: Kind) -> tuple[str, ...]:
    """Content files of one kind."""
    return files(db, FOLDERS[kind], ".md")


@query
def parsed_site(db: Db) -> documents.ParsedSite:
    """`site.yaml` as read, with what is wrong with it."""
    return documents.parse_site(SITE_FILE, db.read(SITE_FILE))


@query
def site(db: Db) -> Site:
    """The settings of the site; a `SiteError` when they cannot be used."""
    parsed = parsed_site(db)
    if parsed.value is None:
        raise SiteError(*(it for it in parsed.diagnostics if severity(it) == "error"))
    base_url = db.setting("base_url") or parsed.value.base_url
    # Where the site is deployed to is nothing that a page could show.
    return replace(parsed.value, base_url=base_url.rstrip("/"), deploy={})


@query(eager=True)
def site_lang(db: Db) -> str:
    """The language of the site."""
    return site(db).lang


@query
def locale_of(db: Db, lang: str) -> Locale:
    """How pages in `lang` ("" is the site's language) write numbers and dates."""
    config = site(db)
    return get_locale(
        lang or config.lang, digits=config.digits, months=config.months, percent_side=config.percent_side
    )


# -- documents -----------------------------------------------------------------------------------------


@query(persist=False)
def parsed_article(db: Db, path: str) -> documents.ParsedArticle:
    return documents.parse_article(path, db.read(path) or b"", site_lang(db))


@query(persist=False)
def parsed_entity(db: Db, path: str) -> documents.ParsedEntity:
    return documents.parse_entity(path, db.read(path) or b"", site_lang(db))


@query(persist=False)
def parsed_term(db: Db, path: str) -> documents.ParsedTerm:
    return documents.parse_term(path, db.read(path) or b"", site_lang(db))


@query(persist=False)
def parsed_topic(db: Db, path: str) -> documents.ParsedTopic:
    return documents.parse_topic(path, db.read(path) or b"", site_lang(db))


AnyParsed = documents.ParsedArticle | documents.ParsedEntity | documents.ParsedTerm | documents.ParsedTopic


def parsed(db: Db, kind: Kind, path: str) -> AnyParsed:
    """A content file as read, with what is wrong with it."""
    match kind:
        case "article":
            return parsed_article(db, path)
        case "entity":
            return parsed_entity(db, path)
        case "term":
            return parsed_term(db, path)
        case "topic":
            return parsed_topic(db, path)


@query(eager=True)
def article(db: Db, path: str) -> Article | None:
    """The front matter of an article, or None while it has errors."""
    return parsed_article(db, path).value


@query(eager=True)
def entity(db: Db, path: str) -> Entity | None:
    """An entity, or None while it has errors."""
    return parsed_entity(db, path).value


@query(eager=True)
def term(db: Db, path: str) -> Term | None:
    """A term, or None while it has errors."""
    return parsed_term(db, path).value


@query(eager=True)
def topic(db: Db, path: str) -> Topic | None:
    """A topic, or None while it has errors."""
    return parsed_topic(db, path).value


def front_matter(db: Db, kind: Kind, path: str) -> Document | None:
    """The front matter of a content file, or None while it has errors."""
    match kind:
        case "article":
            return article(db, path)
        case "entity":
            return entity(db, path)
        case "term":
            return term(db, path)
        case "topic":
            return topic(db, path)


def page_lang(db: Db, kind: Kind, path: str) -> str:
    """The language a page is written in."""
    found = article(db, path) if kind == "article" else None
    return (found.lang if found else "") or site_lang(db)


# -- identity and visibility --------------------------------------------------------------------------


@query
def today(db: Db) -> str:
    """The ISO day that counts as today: the freeze of a frozen site, else the clock's."""
    frozen = site(db).content_as_of
    return iso_day(frozen) if frozen else db.setting("today")


Ribbon = Literal["", "draft", "future"]


class Identity(Struct, frozen=True):
    """What a content file answers to, and whether it is for the public: all that most of the others ask of it."""

    kind: Kind
    path: str
    id: str
    url: str  # relative to the root of the site
    names: tuple[str, ...] = ()
    old: tuple[str, ...] = ()  # addresses it had before, relative to the root of the site
    has_facts: bool = False  # whether facts are written in it that others may name
    ribbon: Ribbon = ""  # why it is not for the public yet


@query(eager=True)
def identity(db: Db, kind: Kind, path: str) -> Identity | None:
    """Id, address and names of a content file that can be read."""
    match front_matter(db, kind, path):
        case Article() as found:
            old = tuple(it.lstrip("/") for it in found.aliases)
            has_facts = any(use.fact and use.fact.id for use in found.facts)
            url = f"articles/{found.slug}/"
            return Identity(kind, path, found.id, url, (), old, has_facts, _ribbon(db, found))
        case Topic(id=id, title=title):
            return Identity(kind, path, id, f"topics/{id}/", (title,))
        case Entity(id=id) as named:
            own = (*named.name.values(), *named.short.values())
            return Identity(kind, path, id, f"entities/{id}/", _names(own, named.aliases))
        case Term(id=id) as word:
            return Identity(kind, path, id, f"terms/{id}/", _names(word.term.values(), word.aliases))
        case _:
            return None


def _names(own: Iterable[str], aliases: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    found = chain(own, *aliases.values())
    return tuple(dict.fromkeys(normalize("NFC", name) for name in found if name))


def _ribbon(db: Db, found: Article) -> Ribbon:
    if found.draft or found.status in ("draft", "review"):
        return "draft"
    if found.status == "embargoed" and found.embargo_until is None:
        return "future"
    awaited = (found.published, found.embargo_until)
    return "future" if any(not has_come(db, it) for it in awaited if it) else ""


def ribbon(db: Db, path: str) -> Ribbon | None:
    """Why an article is not for the public yet: "draft", "future", or "" when it is; None while it has errors."""
    known = identity(db, "article", path)
    return known.ribbon if known else None


def has_come(db: Db, moment: FuzzyDate) -> bool:
    """Whether a day or, where an hour is written, that hour has come.

    The setting `now` (RFC 3339 in UTC) is read only where the hour decides, so that other builds do not depend on
    it. Where it is not set, an hour has come when its day is over everywhere: sooner would be a leak.
    """
    day = iso_day(moment)
    start = moment.start or moment.end
    if start is None or start.hour is None or site(db).content_as_of:
        return day <= today(db)
    here = date.fromisoformat(today(db))
    distance = (here - date.fromisoformat(day)).days
    if abs(distance) > 1:
        return distance > 0
    now = db.setting("now")
    return instant(start) <= datetime.fromisoformat(now) if now else False


def visible(db: Db, path: str) -> bool:
    """Whether this build shows an article."""
    match ribbon(db, path):
        case None:
            return False
        case "":
            return True
        case "draft":
            return bool(db.setting("drafts"))
        case "future":
            return bool(db.setting("future"))


@query(eager=True)
def articles(db: Db) -> tuple[str, ...]:
    """Paths of the articles this build shows."""
    return tuple(path for path in paths(db, "article") if visible(db, path))


@query
def left_out(db: Db) -> tuple[int, int]:
    """How many articles this build does not show because they are drafts, and because their day has not come."""
    hidden = [ribbon(db, path) for path in paths(db, "article") if not visible(db, path)]
    return hidden.count("draft"), hidden.count("future")
