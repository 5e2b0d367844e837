"""The settings of a site: `content/site.yaml`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.core.article import Checks
from sitegen.core.values import FuzzyDate


class MenuItem(Struct, frozen=True):
    label: str
    url: str


class Author(Struct, frozen=True):
    name: str
    url: str = ""


class Site(Struct, frozen=True, kw_only=True):
    """What holds for every page."""

    title: str
    tagline: str = ""
    description: str = ""
    base_url: str  # "https://example.org" or with a path; no trailing slash
    lang: str = "ar"
    digits: Literal["latn", "arab", "locale"] = "locale"
    percent_side: Literal["cldr", "left"] = "cldr"
    months: Literal["locale", "levant", "both"] = "locale"
    quotes: Literal["keep", "guillemets"] = "keep"
    content_as_of: FuzzyDate | None = None  # a frozen site: the day that counts as today
    corrections_email: str = ""
    publisher: str = ""
    menu: tuple[MenuItem, ...] = ()
    authors: dict[str, Author] = {}
    editor_note: str = ""
    checks: Checks = Checks()
