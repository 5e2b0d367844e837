"""What surrounds every page: the site's head and foot, breadcrumbs, structured data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from sitegen.core import structured
from sitegen.core.structured import JsonLd, Named
from sitegen.engine.db import Db, query
from sitegen.graph.assets import asset_path, theme_assets
from sitegen.graph.composing import Composer, root
from sitegen.graph.data_files import FACTS_FOLDER, parsed_sources
from sitegen.graph.queries import articles, files, locale_of, paths, site
from sitegen.graph.strings import strings
from sitegen.graph.timelines import LEAST, timeline
from sitegen.graph.views import (
    AlternateView,
    AssetsView,
    CrumbView,
    ListsView,
    NavView,
    PagerView,
    PageView,
    SiteView,
)
from sitegen.graph.wording import NOTHING, Wording
from sitegen.text import marked, percent_encoded, truncate

# URL, name in the theme's strings
SECTIONS = {
    "articles/": "articles",
    "topics/": "topics",
    "timelines/": "timeline",
    "entities/": "entities",
    "terms/": "terms",
    "facts/": "facts",
    "sources/": "sources",
}
DESCRIPTION = 200  # characters


@query
def sections(db: Db) -> tuple[str, ...]:
    """URLs of the lists that have something in them."""
    full = {
        "articles/": bool(articles(db)),
        "topics/": bool(paths(db, "topic")),
        "timelines/": len(timeline(db, "")) >= LEAST,
        "entities/": bool(paths(db, "entity")),
        "terms/": bool(paths(db, "term")),
        "facts/": bool(files(db, FACTS_FOLDER, ".yaml")),
        "sources/": bool(parsed_sources(db).value),
    }
    return tuple(url for url, there in full.items() if there)


class Head(Struct, kw_only=True):
    """What a page says of itself, before it becomes a `PageView`."""

    kind: str
    url: str
    title: str
    description: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()  # URL, text; home is put before them
    alternates: tuple[AlternateView, ...] = ()
    nodes: Sequence[JsonLd] = ()
    image: str = ""
    image_alt: str = ""
    published: str = ""
    modified: str = ""
    ribbon: str = ""
    robots: str = ""
    pager: PagerView | None = None


class Surroundings(Struct, frozen=True, cache_hash=True):
    """What all pages of a language have around them."""

    title: str
    tagline: str  # HTML, as the next two
    description: str
    as_of: str
    publisher: str
    corrections_email: str
    home: str
    nav: tuple[tuple[str, str, str], ...]  # section ("" of what the menu adds), URL, text
    assets: AssetsView


@query
def surroundings(db: Db, lang: str) -> Surroundings:
    """What pages in `lang` have around them."""
    config, home, locale = site(db), root(db), locale_of(db, lang)
    c = Wording(locale, strings(db, locale.language))
    nav = [(url, home + percent_encoded(url), c.t[SECTIONS[url]]) for url in sections(db)]
    return Surroundings(
        title=config.title,
        tagline=str(c.words(config.tagline)),
        description=str(c.words(config.description)),
        as_of=str(c.date(config.content_as_of)),
        publisher=config.publisher,
        corrections_email=config.corrections_email,
        home=home,
        nav=(*nav, *(("", it.url, it.label) for it in config.menu)),
        assets=_assets(db, home),
    )


_FIRST_WEIGHTS = ("regular", "400", "bold", "700")  # as the file names of fonts call them


def _assets(db: Db, home: str) -> AssetsView:
    """Hashed addresses of the theme's files; fonts of the text and of headlines are loaded ahead."""

    def address(name: str) -> str:
        return home + percent_encoded(asset_path(db, name))

    fonts = (it for it in theme_assets(db) if it.startswith("fonts/") and it.endswith(".woff2"))
    first = [it for it in fonts if any(weight in it.lower() for weight in _FIRST_WEIGHTS)]
    return AssetsView(
        css=address("css/site.css"),
        js=address("js/site.js"),
        icon=address("icon.svg"),
        fonts=tuple(address(it) for it in first),
    )


def site_view(c: Composer, head: Head) -> SiteView:
    """The site as every template sees it; the section that a page belongs to is the first of its crumbs."""
    own = head.crumbs[0][0] if head.crumbs else ""
    return _site_view(surroundings(c.db, c.lang), c.lang, c.locale.direction, own)


@lru_cache(1 << 8)
def _site_view(it: Surroundings, lang: str, dir: str, own: str) -> SiteView:
    listed = {SECTIONS[section]: url for section, url, _ in it.nav if section}
    return SiteView(
        title=it.title,
        tagline=marked(it.tagline),
        description=marked(it.description),
        lang=lang,
        dir=dir,
        home=it.home,
        nav=tuple(NavView(url, text, section == own != "") for section, url, text in it.nav),
        publisher=it.publisher,
        corrections_email=it.corrections_email,
        as_of=marked(it.as_of),
        assets=it.assets,
        feed=f"{it.home}atom.xml",
        lists=ListsView(**listed),
    )


def page_view(c: Composer, head: Head) -> PageView:
    """A page as every template sees it."""
    crumbs = [("", c.t["to_home_short"]), *head.crumbs] if head.crumbs else []
    trail = tuple(Named(c.absolute(url), text) for url, text in crumbs)
    nodes = [*head.nodes, *([structured.breadcrumbs(trail)] if trail else [])]
    return PageView(
        kind=head.kind,
        url=c.href(head.url),
        canonical=c.absolute(head.url),
        title=head.title,
        description=truncate(head.description, DESCRIPTION),
        lang=c.lang,
        dir=c.locale.direction,
        crumbs=tuple(CrumbView(c.href(url), c.words(text)) for url, text in crumbs),
        alternates=head.alternates,
        json_ld=marked(structured.script(*nodes)) if nodes else NOTHING,
        image=head.image,
        image_alt=head.image_alt,
        published=head.published,
        modified=head.modified,
        ribbon=head.ribbon,
        robots=head.robots,
        pager=head.pager,
        locale=c.locale.open_graph,
        digits=c.locale.digits,
    )
