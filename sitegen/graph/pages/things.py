"""The pages of entities, terms and topics."""

from __future__ import annotations

from collections.abc import Iterable

from sitegen.core.entities import Entity, Term
from sitegen.core.intervals import iso_time
from sitegen.graph.composing import NO_LINK, Composer
from sitegen.graph.facts import fact_views
from sitegen.graph.figures import fact_entries, timeline_view
from sitegen.graph.links import backlinks, members
from sitegen.graph.paging import (
    FACTS_SHOWN,
    articles_url,
    changed_in,
    facts_url,
    has_many_facts,
    length,
    on_page,
    page_count,
)
from sitegen.graph.people import (
    article_card,
    entity_view,
    entity_views,
    mention_views,
    more_places,
    party_views,
    term_view,
    term_views,
)
from sitegen.graph.queries import entity, term, topic
from sitegen.graph.registry import facts_about, facts_said
from sitegen.graph.texts import shown_body
from sitegen.graph.things import Card, card, thing
from sitegen.graph.timelines import LEAST, MOST_MOMENTS, timeline
from sitegen.graph.views import (
    ArticleCardView,
    ChangeView,
    ContrastView,
    EntityPageView,
    LinkView,
    PostView,
    TermPageView,
    TimelineView,
    TopicPageView,
)
from sitegen.locale import number


def entity_page(c: Composer, path: str) -> EntityPageView:
    """Everything the template of an entity shows."""
    it = entity(c.db, path)
    assert it is not None
    text = c.fill(shown_body(c.db, "entity", path).parts)
    about, said = facts_about(c.db, it.id), facts_said(c.db, it.id)
    about_views, said_views = fact_views(c, about[:FACTS_SHOWN]), fact_views(c, said[:FACTS_SHOWN])
    own_timeline = _timeline(c, it.id)
    c.cite_all(it.sources)
    linking = backlinks(c.db, f"thing:{it.id}")
    listed = articles_url("entities", it.id)
    return EntityPageView(
        card=entity_view(c, thing(c.db, "entity", path)),
        aliases=tuple(c.words(name) for name in other_names(it, thing(c.db, "entity", path).name)),
        wikidata=f"https://www.wikidata.org/wiki/{it.wikidata}" if it.wikidata else "",
        body=text,
        posts=tuple(PostView(c.words(one.role), c.link(one.org), c.date(one.during)) for one in it.positions),
        parties=party_views(c, it.parties),
        member_of=c.links(it.member_of),
        members=entity_views(c, members(c.db, it.id)),
        parent=c.link(it.parent),
        date=c.date(it.date),
        about=about_views,
        said=said_views,
        all_facts=whole_list(c, facts_url(it.id)) if has_many_facts(c.db, it.id) else None,
        timeline=own_timeline,
        backlinks=mention_views(c, linking.shown),
        more_backlinks=more_places(c, linking),
        articles=list_articles(c, listed, 1),
        all_articles=_all_articles(c, listed),
        sources=tuple(c.sources.values()),
    )


def other_names(it: Entity, shown: str) -> tuple[str, ...]:
    """Names and aliases beside the one shown, each once."""
    named = [*it.short.values(), *(name for names in it.aliases.values() for name in names)]
    own = {shown, it.name.get("en", "")}
    return tuple(name for name in dict.fromkeys(named) if name not in own)


def _timeline(c: Composer, id: str) -> TimelineView | None:
    chosen = timeline(c.db, id)[-MOST_MOMENTS:]
    if len(chosen) < LEAST:
        return None
    whose = c.find(id)
    title = c.words(whose.name if whose else "")
    return timeline_view(c, fact_entries(c, chosen), title, c.href(f"timelines/{id}/"), "timeline")


def other_terms(it: Term, shown: str) -> tuple[str, ...]:
    """Aliases beside the word shown, each once."""
    named = dict.fromkeys(name for names in it.aliases.values() for name in names)
    return tuple(name for name in named if name != shown)


def term_page(c: Composer, path: str) -> TermPageView:
    """Everything the template of a term shows."""
    it = term(c.db, path)
    assert it is not None
    text = c.fill(shown_body(c.db, "term", path).parts)
    c.cite_all(it.sources)
    shown = thing(c.db, "term", path)
    linking = backlinks(c.db, f"thing:{it.id}")
    return TermPageView(
        card=term_view(c, shown),
        aliases=tuple(c.words(name) for name in other_terms(it, shown.name) if name != shown.english),
        body=text,
        not_to_confuse=tuple(
            ContrastView(c.link(one.ref) or NO_LINK, c.words(one.why)) for one in it.not_to_confuse
        ),
        backlinks=mention_views(c, linking.shown),
        more_backlinks=more_places(c, linking),
        sources=tuple(c.sources.values()),
    )


def topic_page(c: Composer, path: str) -> TopicPageView:
    """Everything the template of a topic hub shows."""
    it = topic(c.db, path)
    assert it is not None
    state = c.inline("topic", path, "state_of_play")
    key_facts = fact_views(c, it.key_facts)
    text = c.fill(shown_body(c.db, "topic", path).parts)
    listed = articles_url("topics", it.id)
    return TopicPageView(
        id=it.id,
        title=c.words(it.title),
        summary=c.words(it.summary),
        state_of_play=state,
        as_of=c.date(it.as_of),
        body=text,
        key_facts=key_facts,
        articles=list_articles(c, listed, 1),
        all_articles=_all_articles(c, listed),
        changes=changes(c, cards(c, changed_in(c.db, listed))),
        timeline=_timeline(c, it.id),
        parties=entity_views(c, it.parties),
        open_questions=tuple(
            c.inline("topic", path, f"open_questions.{n}") for n in range(len(it.open_questions))
        ),
        terms=term_views(c, it.terms),
        sources=tuple(c.sources.values()),
    )


def cards(c: Composer, paths: Iterable[str]) -> tuple[Card, ...]:
    """The cards of some articles."""
    return tuple(card(c.db, path) for path in paths)


def list_articles(c: Composer, url: str, number: int) -> tuple[ArticleCardView, ...]:
    """What stands on a page of a list of articles."""
    return tuple(article_card(c, card(c.db, path)) for _, path in on_page(c.db, url, number))


def _all_articles(c: Composer, url: str) -> LinkView | None:
    return whole_list(c, url) if page_count(c.db, url) > 1 else None


def whole_list(c: Composer, url: str) -> LinkView:
    """The way to a list of which a page shows some; its words are how many there are."""
    return LinkView(c.href(url), number(length(c.db, url), c.locale))


MOST_CHANGES = 8


def changes(c: Composer, cards: tuple[Card, ...]) -> tuple[ChangeView, ...]:
    """The latest changes that editors noted in some articles, newest first."""
    noted = [(iso_time(one.date), one, it) for it in cards for one in it.changes]
    noted.sort(key=lambda entry: (entry[0], entry[2].id), reverse=True)
    return tuple(
        ChangeView(c.date(one.date), c.words(one.note), LinkView(c.href(it.url), c.words(it.short_title)))
        for _, one, it in noted[:MOST_CHANGES]
    )
