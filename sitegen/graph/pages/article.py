"""The page of an article. What is built first is numbered first: the order here is the order a reader meets it."""

from __future__ import annotations

from sitegen.core.article import Article, Correction
from sitegen.engine.db import Db
from sitegen.graph.assets import media_path
from sitegen.graph.composing import Composer
from sitegen.graph.facts import dispute_view, fact_link, use_view
from sitegen.graph.figures import fact_entries, timeline_view
from sitegen.graph.links import backlinks, links_of, related
from sitegen.graph.people import article_card, mention_views, more_places, party_views, term_views
from sitegen.graph.queries import article, site
from sitegen.graph.texts import shown_body
from sitegen.graph.things import card
from sitegen.graph.timelines import LEAST, MOST_MOMENTS, timeline
from sitegen.graph.views import (
    ArticleView,
    ChangeView,
    CorrectionView,
    LinkView,
    PictureView,
    QuestionView,
    TimelineView,
    TocView,
)
from sitegen.text import percent_encoded


def article_page(c: Composer, path: str) -> ArticleView:
    """Everything the template of an article shows."""
    it = article(c.db, path)
    assert it is not None
    shown = article_card(c, card(c.db, path))
    text = shown_body(c.db, "article", path)
    answer = c.inline("article", path, "answer")
    why = c.inline("article", path, "why_it_matters")
    facts = tuple(
        view
        for use in sorted(it.facts, key=lambda one: (not one.featured, one.order))
        if (view := use_view(c, use))
    )
    known = tuple(c.inline("article", path, f"known.{n}") for n in range(len(it.known)))
    unknown = tuple(c.inline("article", path, f"unknown.{n}") for n in range(len(it.unknown)))
    disputed = tuple(dispute_view(c, one.question, one.fact, one.note) for one in it.disputed)
    filled = c.fill(text.parts)
    mini = _timeline(c, it)
    questions = tuple(
        QuestionView(c.inline("article", path, f"qa.{n}.q"), c.inline("article", path, f"qa.{n}.a"))
        for n in range(len(it.qa))
    )
    c.cite_all(it.sources)
    linking = backlinks(c.db, f"thing:{it.id}")
    return ArticleView(
        card=shown,
        title=c.words(it.title),
        kind=it.kind,
        summary=c.words(it.summary),
        answer=answer,
        why_it_matters=why,
        as_of=c.date(it.as_of),
        published=c.day(it.published),
        updated=c.day(it.updated or it.published),
        authors=authors(c, it.authors),
        toc=tuple(TocView(one.level, one.id, c.fill(one.parts, quiet=True)) for one in text.headings),
        body=filled,
        facts=facts,
        known=known,
        unknown=unknown,
        disputed=disputed,
        parties=party_views(c, it.parties),
        people=party_views(c, it.people),
        questions=questions,
        terms=term_views(c, links_of(c.db, "article", path)),
        timeline=mini,
        sources=tuple(c.sources.values()),
        corrections=tuple(correction_view(c, one) for one in it.corrections),
        changes=tuple(ChangeView(c.date(one.date), c.words(one.note), None) for one in it.changes),
        related=tuple(article_card(c, card(c.db, other)) for other in related(c.db, path)),
        backlinks=mention_views(c, linking.shown),
        more_backlinks=more_places(c, linking),
        picture=picture_view(c, it),
        topics=shown.topics,
        withdrawn=it.status == "withdrawn",
    )


def bylines(db: Db, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of authors as plain text."""
    known = site(db).authors
    return tuple(known[name].name if name in known else name for name in names)


def authors(c: Composer, names: tuple[str, ...]) -> tuple[LinkView, ...]:
    """Bylines: ids of `authors` in site.yaml, or names as they are."""
    known = site(c.db).authors
    return tuple(
        LinkView(known[name].url, c.words(known[name].name)) if name in known else LinkView("", c.words(name))
        for name in names
    )


def correction_view(c: Composer, it: Correction, page: LinkView | None = None) -> CorrectionView:
    links = tuple(link for id in it.facts if (link := fact_link(c, id)))
    return CorrectionView(c.date(it.date), it.severity, c.words(it.was), c.words(it.now), links, page)


def picture_view(c: Composer, it: Article) -> PictureView | None:
    """The lead picture; None when the article has none."""
    if it.image is None:
        return None
    url = media_path(c.db, it.image.src)
    if not url:
        return None
    return PictureView(
        c.root + percent_encoded(url), it.image.alt, c.words(it.image.credit), c.words(it.image.caption), 0, 0
    )


def _timeline(c: Composer, it: Article) -> TimelineView | None:
    whose = c.find(it.timeline) if it.timeline else None
    if whose is None:
        return None
    chosen = timeline(c.db, whose.id)[-MOST_MOMENTS:]
    url = c.href(f"timelines/{whose.id}/") if len(chosen) >= LEAST else ""
    return timeline_view(c, fact_entries(c, chosen), c.words(whose.name), url, "timeline-lead")
