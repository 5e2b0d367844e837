"""An article: what an editor writes in the front matter of `content/articles/<slug>.md`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.core.facts import Cited, FactUse
from sitegen.core.values import FactId, FuzzyDate, Slug
from sitegen.core.words import Code, Inline, Lang, MediaPath, OldPath, Ref

ArticleKind = Literal["explainer", "news", "factcheck", "page"]
ArticleStatus = Literal["draft", "review", "embargoed", "published", "archived", "withdrawn"]


class Party(Struct, frozen=True, omit_defaults=True):
    """Someone who takes part in the story; `people` use the same shape."""

    ref: Ref
    role: str = ""
    side: str = ""
    during: FuzzyDate | None = None


class Picture(Struct, frozen=True, omit_defaults=True):
    """The picture at the head of an article."""

    src: MediaPath
    alt: str
    credit: str = ""
    caption: str = ""


class Question(Struct, frozen=True, omit_defaults=True):
    """A question and its answer, both inline Markdown."""

    q: Inline
    a: Inline


class Dispute(Struct, frozen=True, omit_defaults=True):
    """A question on which the sources disagree."""

    question: Inline
    fact: FactId = FactId("")
    note: Inline = ""


class Correction(Struct, frozen=True, omit_defaults=True):
    """An error that was in the article, and what is right."""

    date: FuzzyDate
    was: Inline
    now: Inline
    severity: Literal["typo", "clarification", "correction", "retraction"] = "correction"
    facts: tuple[FactId, ...] = ()


class Change(Struct, frozen=True, omit_defaults=True):
    """A substantial change, not a correction."""

    date: FuzzyDate
    note: Inline


class Allowed(Struct, frozen=True, omit_defaults=True):
    """A finding the editor accepts, with the reason and the day the exception ends."""

    code: Code
    match: str
    reason: str
    until: FuzzyDate


class Checks(Struct, frozen=True, omit_defaults=True):
    """What the checks are told."""

    allow: tuple[Allowed, ...] = ()


class Article(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """An explainer and the facts it uses."""

    id: Slug  # file name unless written
    slug: Slug
    title: str
    short_title: str = ""
    kind: ArticleKind = "explainer"
    lang: Lang = ""
    summary: str
    answer: Inline = ""
    why_it_matters: Inline = ""
    status: ArticleStatus = "published"
    draft: bool = False
    embargo_until: FuzzyDate | None = None
    published: FuzzyDate
    updated: FuzzyDate | None = None
    as_of: FuzzyDate | None = None
    review_by: FuzzyDate | None = None
    authors: tuple[Ref, ...] = ()
    editors: tuple[Ref, ...] = ()
    translations: dict[str, Slug] = {}
    aliases: tuple[OldPath, ...] = ()  # they redirect here
    topics: tuple[Ref, ...] = ()
    timeline: Ref = ""
    related: tuple[Ref, ...] = ()
    image: Picture | None = None
    parties: tuple[Party, ...] = ()
    people: tuple[Party, ...] = ()
    facts: tuple[FactUse, ...] = ()
    known: tuple[Inline, ...] = ()
    unknown: tuple[Inline, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    qa: tuple[Question, ...] = ()
    sources: tuple[Cited, ...] = ()
    corrections: tuple[Correction, ...] = ()
    changes: tuple[Change, ...] = ()
    checks: Checks = Checks()
    common_knowledge: bool = False
