"""The settings of a site: `content/site.yaml`."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.core.article import Checks
from sitegen.core.destinations import Destination
from sitegen.core.values import FuzzyDate
from sitegen.core.words import Email, Lang, LinkTarget, PageSize, WebUrl


class MenuItem(Struct, frozen=True):
    """An entry of the site's menu."""

    label: str
    url: LinkTarget


class Author(Struct, frozen=True):
    """Someone, or a desk, who signs articles."""

    name: str
    url: WebUrl = ""


class Site(Struct, frozen=True, kw_only=True):
    """What holds for every page."""

    title: str
    tagline: str = ""
    description: str = ""
    base_url: WebUrl  # "https://example.org" or with a path; no trailing slash
    lang: Lang = "ar"
    digits: Literal["latn", "arab", "locale"] = "locale"
    percent_side: Literal["cldr", "left"] = "cldr"
    months: Literal["locale", "levant", "both"] = "locale"
    quotes: Literal["keep", "guillemets"] = "keep"
    content_as_of: FuzzyDate | None = None  # a frozen site: the day that counts as today
    paginate: PageSize = "24"  # articles to a page of a list
    corrections_email: Email = ""
    publisher: str = ""
    menu: tuple[MenuItem, ...] = ()
    authors: dict[str, Author] = {}
    editor_note: str = ""
    checks: Checks = Checks()
    deploy: dict[str, Destination] = {}
