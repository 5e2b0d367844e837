"""The kinds of page: for each, the template, the object it gets, and what the page says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from msgspec import Struct

from sitegen.core import structured
from sitegen.core.intervals import iso, iso_day
from sitegen.core.structured import Named
from sitegen.engine.db import Db
from sitegen.graph.composing import Composer
from sitegen.graph.links import links_of, parties_of
from sitegen.graph.orders import FACT_ORDERS
from sitegen.graph.pages import facts, lists
from sitegen.graph.pages.article import article_page, bylines
from sitegen.graph.pages.frame import Head, page_view, site_view
from sitegen.graph.pages.listed import list_head, of_whom, trail
from sitegen.graph.pages.things import entity_page, other_names, other_terms, term_page, topic_page
from sitegen.graph.paging import list_and_number, on_page
from sitegen.graph.queries import (
    Kind,
    article,
    entity,
    page_lang,
    site,
    term,
    topic,
)
from sitegen.graph.registry import fact, fact_url
from sitegen.graph.routes import url_of
from sitegen.graph.templating import render_template
from sitegen.graph.things import Thing, card, thing
from sitegen.graph.timelines import date_of
from sitegen.graph.views import AlternateView, ArticleView, LinkView
from sitegen.graph.wording import stripped
from sitegen.text import strip_directional


class Page(Struct):
    """A page ready for its template, which sees `view` under the name `variable`."""

    template: str
    variable: str
    view: object
    head: Head


def html(db: Db, kind: str, key: str) -> bytes:
    """The page of a kind ("article", "facts", …) and key (a file, an id or a URL) as HTML in UTF-8."""
    thing_kind = cast(Kind, kind) if kind in ("article", "entity", "term", "topic") else None
    lang = page_lang(db, thing_kind, key) if thing_kind else ""
    it = thing(db, thing_kind, key) if thing_kind else None
    own = f"thing:{it.id}" if it else f"fact:{key}" if kind == "fact" else ""
    c = Composer(db, lang, it.url if it else url_of(db, kind, key), own, numbered=kind not in UNNUMBERED)
    page = PAGES[kind](c, key)
    context = {page.variable: page.view} if page.variable else {}
    return render_template(
        db,
        page.template,
        c.page,
        site=site_view(c, page.head),
        page=page_view(c, page.head),
        t=c.t,
        **context,
    )


# Lists name their sources in place: a number would lead to a list at the foot that they do not have.
UNNUMBERED = ("home", "facts", "articles", "entities", "terms", "topics", "sources", "timeline")


def _named(c: Composer, it: Thing) -> Named:
    others = {"article": "Article", "term": "DefinedTerm"}
    type = structured.ENTITY_TYPES[it.entity_kind] if it.entity_kind else others.get(it.kind, "Thing")
    return Named(c.absolute(it.url), it.name, type)


def _article(c: Composer, path: str) -> Page:
    it, shown, view = article(c.db, path), card(c.db, path), article_page(c, path)
    assert it is not None
    about = parties_of(c.db, path)
    others = tuple(id for id in links_of(c.db, "article", path) if id not in about)
    node = structured.article(
        structured.Published(
            url=c.absolute(shown.url),
            headline=it.title,
            description=it.summary,
            kind=it.kind,
            lang=c.lang,
            published=iso(it.published),
            modified=iso(shown.updated),
            publisher=site(c.db).publisher,
            authors=bylines(c.db, it.authors),
            image=_image(c, view),
            about=tuple(_named(c, one) for id in about if (one := c.find(id))),
            mentions=tuple(_named(c, one) for id in others if (one := c.find(id))),
            citations=tuple(
                (strip_directional(stripped(one.title)), one.publisher, one.url) for one in view.sources
            ),
            corrections=tuple((iso_day(one.date), f"{one.was} ← {one.now}") for one in it.corrections),
        )
    )
    crumbs = [("articles/", c.t["articles"])]
    crumbs += [(hub.url, hub.name) for hub in shown.topics[:1] if hub.url]
    head = Head(
        kind="article",
        url=shown.url,
        title=it.title,
        description=it.summary,
        crumbs=(*crumbs, (shown.url, shown.short_title)),
        alternates=_translations(c, it.translations),
        nodes=[node],
        image=_image(c, view),
        image_alt=it.image.alt if it.image else "",
        published=iso(it.published),
        modified=iso(shown.updated),
        ribbon=shown.ribbon,
        robots="noindex" if it.status == "withdrawn" or shown.ribbon else "",
    )
    return Page("pages/article.html", "article", view, head)


def _image(c: Composer, view: ArticleView) -> str:
    return c.absolute(view.picture.url.removeprefix(c.root)) if view.picture else ""


def _translations(c: Composer, translations: Mapping[str, str]) -> tuple[AlternateView, ...]:
    return tuple(
        AlternateView(lang, c.absolute(it.url), it.name)
        for lang, ref in translations.items()
        if (it := c.find(ref))
    )


def _entity(c: Composer, path: str) -> Page:
    it, shown = entity(c.db, path), thing(c.db, "entity", path)
    assert it is not None
    names = tuple(dict.fromkeys(name for name in (shown.english, *other_names(it, shown.name)) if name))
    view = entity_page(c, path)
    node = structured.entity(
        it.kind,
        c.absolute(shown.url),
        shown.name,
        names,
        it.summary,
        view.wikidata,
        iso_day(it.date) if it.date else "",
    )
    crumbs = (("entities/", c.t["entities"]), (shown.url, shown.short))
    head = Head(
        kind="entity", url=shown.url, title=shown.name, description=it.summary, crumbs=crumbs, nodes=[node]
    )
    return Page("pages/entity.html", "entity", view, head)


def _term(c: Composer, path: str) -> Page:
    it, shown = term(c.db, path), thing(c.db, "term", path)
    assert it is not None
    view = term_page(c, path)
    names = tuple(dict.fromkeys(name for name in (shown.english, *other_terms(it, shown.name)) if name))
    node = structured.defined_term(
        c.absolute(shown.url), shown.name, names, it.definition, c.absolute("terms/")
    )
    crumbs = (("terms/", c.t["terms"]), (shown.url, shown.name))
    head = Head(
        kind="term", url=shown.url, title=shown.name, description=it.definition, crumbs=crumbs, nodes=[node]
    )
    return Page("pages/term.html", "term", view, head)


def _topic(c: Composer, path: str) -> Page:
    it, shown = topic(c.db, path), thing(c.db, "topic", path)
    assert it is not None
    crumbs = (("topics/", c.t["topics"]), (shown.url, shown.name))
    nodes = [structured.web_page(c.absolute(shown.url), it.title, c.lang)]
    head = Head(
        kind="topic", url=shown.url, title=it.title, description=it.summary, crumbs=crumbs, nodes=nodes
    )
    return Page("pages/topic.html", "topic", topic_page(c, path), head)


def _timeline(c: Composer, key: str) -> Page:
    url, number = list_and_number(key)
    items = []
    for _, one in on_page(c.db, url, number):
        it = fact(c.db, one)
        day = date_of(it) if it else None
        if it and day:
            items.append((it.label, iso(day), c.absolute(fact_url(one))))
    title = of_whom(c, c.t["timeline"], url)
    own = [(url, title)] if url != "timelines/" else []
    head = list_head(c, "timeline", key, title, (("timelines/", c.t["timeline"]), *own))
    head.nodes = [structured.events(c.absolute(key), title, tuple(items))]
    return Page("pages/timeline.html", "timeline", lists.timeline_page(c, url, number), head)


def _fact(c: Composer, id: str) -> Page:
    view = facts.fact_page(c, id)
    it = fact(c.db, id)
    assert it is not None
    value = strip_directional(view.fact.text)
    title = f"{it.label}{c.t['colon']} {value}" if value else it.label
    crumbs = (("facts/", c.t["facts"]), (fact_url(id), it.label))
    nodes = [structured.web_page(c.absolute(fact_url(id)), it.label, c.lang)]
    head = Head(
        kind="fact",
        url=fact_url(id),
        title=title,
        description=it.note or facts.citation(c, it, view.fact),
        crumbs=crumbs,
        nodes=nodes,
    )
    return Page("pages/fact.html", "fact", view, head)


def _facts(c: Composer, key: str) -> Page:
    url, number = list_and_number(key)
    view = facts.facts_index(c, url, number)
    if url not in FACT_ORDERS:
        return Page("pages/facts.html", "index", view, list_head(c, "facts", key, view.title, trail(c, url)))
    config = site(c.db)
    downloads = (
        (c.absolute("facts.csv"), "text/csv"),
        (c.absolute("facts.json"), "application/json"),
    )
    name = f"{view.title} – {config.title}"
    own = [(url, c.t[FACT_ORDERS[url]])] if url != "facts/" else []
    head = list_head(c, "facts", key, view.title, (("facts/", c.t["facts"]), *own))
    head.nodes = [structured.dataset(c.absolute("facts/"), name, config.description, c.lang, downloads)]
    return Page("pages/facts.html", "index", view, head)


def _index(kind: str, build: Callable[[Composer, str, int], object]) -> Callable[[Composer, str], Page]:
    def page(c: Composer, key: str) -> Page:
        url, number = list_and_number(key)
        head = list_head(c, kind, key, of_whom(c, c.t[kind], url), trail(c, url))
        return Page(
            f"pages/{kind}.html", "topics" if kind == "topics" else "index", build(c, url, number), head
        )

    return page


def _home(c: Composer, key: str) -> Page:
    config = site(c.db)
    title = f"{config.title} – {config.tagline}" if config.tagline else config.title
    nodes = [structured.website(c.absolute(""), config.title, config.description, c.lang)]
    head = Head(
        kind="home", url="", title=title, description=config.description or config.tagline, nodes=nodes
    )
    return Page("pages/home.html", "home", lists.home_page(c), head)


def _not_found(c: Composer, key: str) -> Page:
    head = Head(kind="not-found", url="404.html", title=c.t["not_found"], robots="noindex")
    return Page("pages/not-found.html", "", None, head)


def _redirect(c: Composer, key: str) -> Page:
    target = c.find(key)
    assert target is not None
    head = Head(kind="redirect", url=target.url, title=target.name, robots="noindex")
    return Page("pages/redirect.html", "target", LinkView(c.href(target.url), c.words(target.name)), head)


PAGES: dict[str, Callable[[Composer, str], Page]] = {
    "article": _article,
    "entity": _entity,
    "term": _term,
    "topic": _topic,
    "timeline": _timeline,
    "fact": _fact,
    "facts": _facts,
    "articles": _index("articles", lists.articles_index),
    "entities": _index("entities", lists.entities_index),
    "terms": _index("terms", lists.terms_index),
    "topics": _index("topics", lists.topics_index),
    "sources": _index("sources", lists.sources_index),
    "home": _home,
    "not-found": _not_found,
    "redirect": _redirect,
}
