"""Home and the lists: articles, entities, terms, topics, sources and timelines."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from sitegen.core.intervals import iso_time
from sitegen.graph.composing import Composer
from sitegen.graph.data_files import source
from sitegen.graph.facts import fact_views
from sitegen.graph.figures import fact_entries, timeline_view
from sitegen.graph.pages.article import correction_view
from sitegen.graph.pages.listed import of_whom
from sitegen.graph.pages.things import cards, changes, list_articles, whole_list
from sitegen.graph.paging import articles_url, length, liveliest_topics, on_page
from sitegen.graph.people import article_card, entity_view, term_view
from sitegen.graph.queries import paths, topic
from sitegen.graph.standing import lately, newest_few
from sitegen.graph.things import Card, thing
from sitegen.graph.timelines import longest_timelines
from sitegen.graph.views import (
    CorrectionView,
    EntityView,
    GroupView,
    HomeView,
    IndexPageView,
    LinkView,
    NavView,
    SourceView,
    TimelinePageView,
    TopicCardView,
)

MOST_ON_HOME = 12
MOST_TOPICS = 12
MOST_CORRECTIONS = 4
MOST_FIGURES = 3


def home_page(c: Composer) -> HomeView:
    """Everything the template of the home page shows."""
    shown = cards(c, newest_few(c.db, MOST_ON_HOME + 1))
    key_facts = dict.fromkeys(
        id for path in paths(c.db, "topic") if (it := topic(c.db, path)) for id in it.key_facts
    )
    return HomeView(
        lead=article_card(c, shown[0]) if shown else None,
        articles=tuple(article_card(c, it) for it in shown[1:]),
        topics=topic_cards(c, liveliest_topics(c.db, MOST_TOPICS)),
        all_topics=whole_list(c, "topics/") if length(c.db, "topics/") > MOST_TOPICS else None,
        changes=changes(c, cards(c, lately(c.db, "changed"))),
        corrections=_corrections(c, cards(c, lately(c.db, "corrected"))),
        key_facts=fact_views(c, tuple(key_facts)[:MOST_FIGURES]),
    )


def _corrections(c: Composer, shown: tuple[Card, ...]) -> tuple[CorrectionView, ...]:
    found = [(iso_time(one.date), it.id, one, it) for it in shown for one in it.corrections]
    found.sort(key=lambda entry: entry[:2], reverse=True)
    return tuple(
        correction_view(c, one, LinkView(c.href(it.url), c.words(it.short_title)))
        for _, _, one, it in found[:MOST_CORRECTIONS]
    )


def topic_cards(c: Composer, paths: Iterable[str]) -> tuple[TopicCardView, ...]:
    """Some topics as lists show them."""
    return tuple(
        TopicCardView(
            url=c.href(f"topics/{it.id}/"),
            title=c.words(it.title),
            summary=c.words(it.summary),
            as_of=c.date(it.as_of),
            count=c.count(length(c.db, articles_url("topics", it.id)), "count_articles"),
        )
        for path in paths
        if (it := topic(c.db, path))
    )


def topics_index(c: Composer, url: str, number: int) -> tuple[TopicCardView, ...]:
    """A page of all topics, in the order of their files."""
    return topic_cards(c, (path for _, path in on_page(c.db, url, number)))


def articles_index(c: Composer, url: str, number: int) -> IndexPageView:
    """A page of all articles or of those of a topic or a party, in the order of `paging`."""
    group = GroupView("all", Markup(""), "", articles=list_articles(c, url, number))
    count = c.count(length(c.db, url), "count_articles")
    return IndexPageView(of_whom(c, c.t["articles"], url), (group,), count, (), ())


def entities_index(c: Composer, url: str, number: int) -> IndexPageView:
    """A page of all entities by kind, each kind by name."""
    grouped: dict[str, list[EntityView]] = {}
    for kind, path in on_page(c.db, url, number):
        grouped.setdefault(kind, []).append(entity_view(c, thing(c.db, "entity", path)))
    groups = tuple(
        GroupView(kind, c.words(c.t[f"entities_{kind}"]), "", entities=tuple(members))
        for kind, members in grouped.items()
    )
    return IndexPageView(c.t["entities"], groups, c.count(length(c.db, url), "count_entities"), (), ())


def terms_index(c: Composer, url: str, number: int) -> IndexPageView:
    """A page of all terms by name."""
    shown = tuple(term_view(c, thing(c.db, "term", path)) for _, path in on_page(c.db, url, number))
    group = GroupView("all", Markup(""), "", terms=shown)
    return IndexPageView(c.t["terms"], (group,), c.count(length(c.db, url), "count_terms"), (), ())


def sources_index(c: Composer, url: str, number: int) -> IndexPageView:
    """All sources by kind."""
    grouped: dict[str, list[SourceView]] = {}
    for kind, id in on_page(c.db, url, number):
        if it := source(c.db, id):
            grouped.setdefault(kind, []).append(c.source_view(it))
    groups = tuple(
        GroupView(kind, c.words(c.t[f"sources_{kind}"]), "", sources=tuple(members))
        for kind, members in grouped.items()
    )
    downloads = (LinkView(c.href("sources.json"), Markup("JSON")),)
    return IndexPageView(c.t["sources"], groups, c.count(length(c.db, url), "count_sources"), (), downloads)


MOST_OTHERS = (
    30  # ways from a timeline to others: the longest, for each of them leads to its topic or its party
)


def timeline_page(c: Composer, url: str, number: int) -> TimelinePageView:
    """A page of the timeline of everything, of a topic or of an entity, and the ways to others."""
    facts = tuple(id for _, id in on_page(c.db, url, number))
    title = c.words(of_whom(c, c.t["timeline"], url))
    view = timeline_view(c, fact_entries(c, facts), title, c.href(url), "timeline")
    assert view is not None
    own = url.removeprefix("timelines/").removesuffix("/")
    others = longest_timelines(c.db, MOST_OTHERS)
    shown = others if own in ("", *others) else (own, *others)
    filters = (
        NavView(c.href("timelines/"), c.t["everything"], not own),
        *(NavView(c.href(f"timelines/{id}/"), it.short, id == own) for id in shown if (it := c.find(id))),
    )
    return TimelinePageView(view, filters, (LinkView(c.href("timeline.json"), Markup("JSON")),))
