"""What surrounds every page: the site's head and foot, breadcrumbs, structured data."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from sitegen.core import structured
from sitegen.core.structured import JsonLd, Named
from sitegen.engine.db import Db, query
from sitegen.graph.assets import asset_path, theme_assets
from sitegen.graph.composing import Composer
from sitegen.graph.data_files import FACTS_FOLDER, parsed_sources
from sitegen.graph.queries import articles, files, paths, site
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
from sitegen.text import percent_encoded, truncate

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


def site_view(c: Composer, head: Head) -> SiteView:
    """The site as every template sees it; the section that a page belongs to is the first of its crumbs."""
    config = site(c.db)
    there = sections(c.db)
    own = head.crumbs[0][0] if head.crumbs else ""
    nav = [NavView(c.href(url), c.t[name], url == own) for url, name in SECTIONS.items() if url in there]
    nav += [NavView(it.url, it.label, False) for it in config.menu]
    listed = {url: c.href(url) if url in there else "" for url in SECTIONS}
    return SiteView(
        title=config.title,
        tagline=c.words(config.tagline),
        description=c.words(config.description),
        lang=c.locale.lang,
        dir=c.locale.direction,
        home=c.root,
        nav=tuple(nav),
        publisher=config.publisher,
        corrections_email=config.corrections_email,
        as_of=c.date(config.content_as_of),
        assets=assets_view(c),
        feed=c.href("atom.xml"),
        lists=ListsView(
            articles=listed["articles/"],
            topics=listed["topics/"],
            entities=listed["entities/"],
            terms=listed["terms/"],
            timeline=listed["timelines/"],
            facts=listed["facts/"],
            sources=listed["sources/"],
        ),
    )


_FIRST_WEIGHTS = ("regular", "400", "bold", "700")  # as the file names of fonts call them


def assets_view(c: Composer) -> AssetsView:
    """Hashed addresses of the theme's files; fonts of the text and of headlines are loaded ahead."""

    def address(name: str) -> str:
        return c.root + percent_encoded(asset_path(c.db, name))

    fonts = (it for it in theme_assets(c.db) if it.startswith("fonts/") and it.endswith(".woff2"))
    first = [it for it in fonts if any(weight in it.lower() for weight in _FIRST_WEIGHTS)]
    return AssetsView(
        css=address("css/site.css"),
        js=address("js/site.js"),
        icon=address("icon.svg"),
        fonts=tuple(address(it) for it in first),
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
        lang=c.locale.lang,
        dir=c.locale.direction,
        crumbs=tuple(CrumbView(c.href(url), c.words(text)) for url, text in crumbs),
        alternates=head.alternates,
        json_ld=Markup(structured.script(*nodes)) if nodes else Markup(""),
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
