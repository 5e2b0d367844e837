"""Entities, terms and articles as lists and cards show them, and the sentences that mention a page."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.core.article import Party
from sitegen.graph.composing import Composer
from sitegen.graph.links import Backlink, Backlinks
from sitegen.graph.things import Card, Hub, Thing, thing
from sitegen.graph.views import ArticleCardView, EntityView, LinkView, MentionView, TermView
from sitegen.graph.wording import NOTHING
from sitegen.text import percent_encoded


def entity_view(c: Composer, it: Thing, party: Party | None = None) -> EntityView:
    """An entity, with the part it plays where it plays one."""
    return EntityView(
        id=it.id,
        url=c.href(it.url),
        kind=it.entity_kind,
        name=c.words(it.name),
        short=c.words(it.short),
        name_en=it.english,
        summary=c.words(it.summary),
        role=c.words((party.role if party else "") or it.role),
        side=party.side if party else "",
        during=c.date(party.during) if party else NOTHING,
    )


def party_views(c: Composer, parties: tuple[Party, ...]) -> tuple[EntityView, ...]:
    """Those who take part, in the order the editor gives."""
    return tuple(
        entity_view(c, it, party) for party in parties if (it := c.find(party.ref)) and it.kind == "entity"
    )


def entity_views(c: Composer, refs: tuple[str, ...]) -> tuple[EntityView, ...]:
    return party_views(c, tuple(Party(ref) for ref in refs))


def term_view(c: Composer, it: Thing) -> TermView:
    return TermView(it.id, c.href(it.url), c.words(it.name), it.english, c.words(it.summary))


def term_views(c: Composer, refs: tuple[str, ...]) -> tuple[TermView, ...]:
    return tuple(term_view(c, it) for ref in refs if (it := c.find(ref)) and it.kind == "term")


def hub_link(c: Composer, it: Hub) -> LinkView:
    return LinkView(c.href(it.url) if it.url else "", c.words(it.name))


def article_card(c: Composer, it: Card) -> ArticleCardView:
    return ArticleCardView(
        url=c.href(it.url),
        title=c.words(it.title),
        short_title=c.words(it.short_title),
        kind=it.kind,
        summary=c.words(it.summary),
        as_of=c.date(it.as_of),
        updated=c.day(it.updated),
        published=c.day(it.published),
        topics=tuple([hub_link(c, hub) for hub in it.topics]),
        ribbon=it.ribbon,
    )


def mention_views(c: Composer, found: tuple[Backlink, ...]) -> tuple[MentionView, ...]:
    """Sentences of other pages, each with a link to where it stands."""
    views = []
    for it in found:
        page = thing(c.db, it.kind, it.path)
        fragment = f"#{percent_encoded(it.heading)}" if it.heading else ""
        link = LinkView(
            c.href(page.url) + fragment, c.words(page.name), page.lang if page.lang != c.lang else ""
        )
        views.append(MentionView(link, c.fill(it.parts, quiet=True)))
    return tuple(views)


def more_places(c: Composer, found: Backlinks) -> Markup:
    """In how many more places there are such sentences; empty when all are shown."""
    return c.count(found.more, "count_more_places") if found.more else NOTHING
