"""An article: what an editor writes in the front matter of `content/articles/<slug>.md`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.core.facts import Cited, FactUse
from sitegen.core.values import FuzzyDate, Slug

ArticleKind = Literal["explainer", "news", "factcheck", "page"]
ArticleStatus = Literal["draft", "review", "embargoed", "published", "archived", "withdrawn"]


class Party(Struct, frozen=True):
    """Someone who takes part in the story; `people` use the same shape."""

    ref: str
    role: str = ""
    side: str = ""
    during: FuzzyDate | None = None


class Picture(Struct, frozen=True):
    src: str
    alt: str
    credit: str = ""
    caption: str = ""


class Question(Struct, frozen=True):
    """A question and its answer, both inline Markdown."""

    q: str
    a: str


class Dispute(Struct, frozen=True):
    question: str
    fact: str = ""
    note: str = ""


class Correction(Struct, frozen=True):
    date: FuzzyDate
    was: str
    now: str
    severity: Literal["typo", "clarification", "correction", "retraction"] = "correction"
    facts: tuple[str, ...] = ()


class Change(Struct, frozen=True):
    date: FuzzyDate
    note: str


class Allowed(Struct, frozen=True):
    """A finding the editor accepts, with the reason and the day the exception ends."""

    code: str
    match: str
    reason: str
    until: FuzzyDate


class Checks(Struct, frozen=True):
    allow: tuple[Allowed, ...] = ()


class Article(Struct, frozen=True, kw_only=True):
    """An explainer and the facts it uses; texts marked (inline) are inline Markdown with references."""

    id: Slug  # file name unless written
    slug: Slug
    title: str
    short_title: str = ""
    kind: ArticleKind = "explainer"
    lang: str = ""
    summary: str
    answer: str = ""  # (inline)
    why_it_matters: str = ""  # (inline)
    status: ArticleStatus = "published"
    draft: bool = False
    embargo_until: FuzzyDate | None = None
    published: FuzzyDate
    updated: FuzzyDate | None = None
    as_of: FuzzyDate | None = None
    review_by: FuzzyDate | None = None
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    translations: dict[str, str] = {}
    aliases: tuple[str, ...] = ()  # old paths that redirect here
    topics: tuple[str, ...] = ()
    timeline: str = ""
    related: tuple[str, ...] = ()
    image: Picture | None = None
    parties: tuple[Party, ...] = ()
    people: tuple[Party, ...] = ()
    facts: tuple[FactUse, ...] = ()
    known: tuple[str, ...] = ()  # (inline)
    unknown: tuple[str, ...] = ()  # (inline)
    disputed: tuple[Dispute, ...] = ()
    qa: tuple[Question, ...] = ()  # (inline)
    sources: tuple[Cited, ...] = ()
    corrections: tuple[Correction, ...] = ()
    changes: tuple[Change, ...] = ()
    checks: Checks = Checks()
    common_knowledge: bool = False
