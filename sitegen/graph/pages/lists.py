"""Home and the lists: articles, entities, terms, topics, sources and timelines."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.core.entities import EntityKind
from sitegen.core.intervals import iso_day
from sitegen.graph.composing import Composer
from sitegen.graph.data_files import sources
from sitegen.graph.facts import fact_views
from sitegen.graph.figures import fact_entries, timeline_view
from sitegen.graph.links import articles_with
from sitegen.graph.pages.article import correction_view
from sitegen.graph.pages.things import changes
from sitegen.graph.people import article_card, entity_view, term_view
from sitegen.graph.queries import Card, cards, paths, topic
from sitegen.graph.things import Thing, things
from sitegen.graph.timelines import timeline, timeline_ids
from sitegen.graph.views import (
    CorrectionView,
    GroupView,
    HomeView,
    IndexPageView,
    LinkView,
    NavView,
    TimelinePageView,
    TopicCardView,
)
from sitegen.text import collation_key

MOST_ON_HOME = 12
MOST_CORRECTIONS = 4
MOST_FIGURES = 3


def home_page(c: Composer) -> HomeView:
    """Everything the template of the home page shows."""
    shown = cards(c.db)
    key_facts = dict.fromkeys(
        id for path in paths(c.db, "topic") if (it := topic(c.db, path)) for id in it.key_facts
    )
    return HomeView(
        lead=article_card(c, shown[0]) if shown else None,
        articles=tuple(article_card(c, it) for it in shown[1 : MOST_ON_HOME + 1]),
        topics=topic_cards(c),
        changes=changes(c, shown),
        corrections=_corrections(c, shown),
        key_facts=fact_views(c, tuple(key_facts)[:MOST_FIGURES]),
    )


def _corrections(c: Composer, shown: tuple[Card, ...]) -> tuple[CorrectionView, ...]:
    found = [(iso_day(one.date), it.id, one, it) for it in shown for one in it.corrections]
    found.sort(key=lambda entry: entry[:2], reverse=True)
    return tuple(
        correction_view(c, one, LinkView(c.href(it.url), c.words(it.short_title)))
        for _, _, one, it in found[:MOST_CORRECTIONS]
    )


def topic_cards(c: Composer) -> tuple[TopicCardView, ...]:
    """All topics, in the order of their files."""
    return tuple(
        TopicCardView(
            url=c.href(f"topics/{it.id}/"),
            title=c.words(it.title),
            summary=c.words(it.summary),
            as_of=c.date(it.as_of),
            count=c.count(len(articles_with(c.db, f"topic:{it.id}")), "count_articles"),
        )
        for path in paths(c.db, "topic")
        if (it := topic(c.db, path))
    )


def articles_index(c: Composer) -> IndexPageView:
    """All articles, newest first."""
    shown = cards(c.db)
    group = GroupView("all", Markup(""), "", articles=tuple(article_card(c, it) for it in shown))
    return IndexPageView(c.t["articles"], (group,), c.count(len(shown), "count_articles"), (), ())


# The order in which a reader looks for them.
ENTITY_GROUPS: tuple[EntityKind, ...] = (
    "state",
    "organisation",
    "agency",
    "group",
    "person",
    "agreement",
    "event",
    "facility",
    "place",
    "media",
)


def by_name(found: tuple[Thing, ...]) -> list[Thing]:
    return sorted(found, key=lambda it: (collation_key(it.name), it.id))


def entities_index(c: Composer) -> IndexPageView:
    """All entities by kind, each kind by name."""
    found = by_name(things(c.db, "entity"))
    groups = []
    for kind in ENTITY_GROUPS:
        members = tuple(entity_view(c, it) for it in found if it.entity_kind == kind)
        if members:
            groups.append(GroupView(kind, c.words(c.t[f"entities_{kind}"]), "", entities=members))
    return IndexPageView(c.t["entities"], tuple(groups), c.count(len(found), "count_entities"), (), ())


def terms_index(c: Composer) -> IndexPageView:
    """All terms by name."""
    found = by_name(things(c.db, "term"))
    group = GroupView("all", Markup(""), "", terms=tuple(term_view(c, it) for it in found))
    return IndexPageView(c.t["terms"], (group,), c.count(len(found), "count_terms"), (), ())


SOURCE_GROUPS = ("official", "agency", "news", "reference", "academic", "media", "other")


def sources_index(c: Composer) -> IndexPageView:
    """All sources by kind, newest first."""
    found = sources(c.db).values()
    groups = []
    for kind in SOURCE_GROUPS:
        members = sorted((it for it in found if it.kind == kind), key=lambda it: it.id)
        members.sort(key=lambda it: iso_day(it.date) if it.date else "", reverse=True)
        if members:
            views = tuple(c.source_view(it) for it in members)
            groups.append(GroupView(kind, c.words(c.t[f"sources_{kind}"]), "", sources=views))
    downloads = (LinkView(c.href("sources.json"), Markup("JSON")),)
    return IndexPageView(c.t["sources"], tuple(groups), c.count(len(found), "count_sources"), (), downloads)


def timeline_title(c: Composer, id: str) -> str:
    """What a timeline page is called, as plain text."""
    whose = c.find(id) if id else None
    return f"{c.t['timeline']}{c.t['colon']} {whose.name}" if whose else c.t["timeline"]


def timeline_page(c: Composer, id: str) -> TimelinePageView:
    """The timeline of everything (""), of a topic or of an entity, and the ways to the others."""
    title = timeline_title(c, id)
    url = f"timelines/{id}/" if id else "timelines/"
    view = timeline_view(c, fact_entries(c, timeline(c.db, id)), c.words(title), c.href(url), "timeline")
    assert view is not None
    filters = [NavView(c.href("timelines/"), c.t["everything"], not id)]
    filters += [
        NavView(c.href(f"timelines/{it.id}/"), it.short, it.id == id)
        for other in timeline_ids(c.db)
        if (it := c.find(other))
    ]
    return TimelinePageView(view, tuple(filters), (LinkView(c.href("timeline.json"), Markup("JSON")),))
