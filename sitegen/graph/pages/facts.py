"""The page of a fact and the lists of all facts."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from sitegen.core.charts import order_key
from sitegen.core.facts import Fact
from sitegen.graph.composing import Composer
from sitegen.graph.facts import fact_link, fact_view, fact_views
from sitegen.graph.figures import gauge_view
from sitegen.graph.links import backlinks
from sitegen.graph.people import mention_views
from sitegen.graph.queries import site
from sitegen.graph.registry import chain, fact, fact_url, public, public_facts, series
from sitegen.graph.timelines import date_of
from sitegen.graph.views import (
    FactPageView,
    FactView,
    GroupView,
    IndexPageView,
    LinkView,
    MentionView,
    NavView,
)
from sitegen.text import strip_directional


def fact_page(c: Composer, id: str) -> FactPageView:
    """Everything the template of a fact shows."""
    it = fact(c.db, id)
    assert it is not None
    view = fact_view(c, it)
    past = chain(c.db, id)
    others = tuple(one for one in series(c.db, id) if one not in past)
    return FactPageView(
        fact=view,
        value_long=c.value(it, "long"),
        gauge=gauge_view(c, it.scale, (id,), frozenset({id}), "gauge") if it.scale else None,
        history=fact_views(c, past),
        series=fact_views(c, by_date(c, others if others != (id,) else ())),
        equivalent=fact_link(c, it.equivalent_to) if public(c.db, it.equivalent_to) else None,
        mentions=_mentions(c, id),
        citation=c.words(citation(c, it, view)),
        report=_report(c, it),
        sources=tuple(c.sources.values()),  # last: what stands above has cited them
    )


def citation(c: Composer, it: Fact, view: FactView) -> str:
    """A line ready to copy: label, value, the date it holds for, site and address."""
    words = [f"{it.label}{c.t['colon']} {strip_directional(view.text)}"]
    if it.as_of:
        words.append(f"{c.t['as_of_day']} {strip_directional(c.date_text(it.as_of))}")
    words += [site(c.db).title, c.absolute(fact_url(it.id))]
    return f"{c.t['comma']} ".join(words)


def _report(c: Composer, it: Fact) -> str:
    address = site(c.db).corrections_email
    subject = f"{c.t['report_subject']}: {it.label} ({it.id})"
    return f"mailto:{address}?subject={quote(subject)}" if address else ""


def _mentions(c: Composer, id: str) -> tuple[MentionView, ...]:
    return mention_views(c, backlinks(c.db, f"fact:{id}"))


def by_date(c: Composer, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Facts by the day they hold for, undated ones last."""

    def key(id: str) -> tuple[bool, tuple[int, int]]:
        it = fact(c.db, id)
        day = it.as_of if it else None
        return day is None, order_key(day) if day else (0, 0)

    return tuple(sorted(ids, key=key))


# URL, name of the order in the theme's strings
ORDERS = (
    ("facts/", "sort_subject"),
    ("facts-by-date/", "sort_date"),
    ("facts-by-certainty/", "sort_certainty"),
)
CERTAINTIES = ("confirmed", "reported", "disputed", "unknown")


def facts_index(c: Composer, url: str) -> IndexPageView:
    """The list of all public facts in one of the `ORDERS`."""
    ids = public_facts(c.db)
    match url:
        case "facts-by-date/":
            groups = _groups_by_year(c, ids)
        case "facts-by-certainty/":
            groups = _groups_by_certainty(c, ids)
        case _:
            groups = _groups_by_subject(c, ids)
    downloads = (LinkView(c.href("facts.csv"), Markup("CSV")), LinkView(c.href("facts.json"), Markup("JSON")))
    sorts = tuple(NavView(c.href(where), c.t[name], where == url) for where, name in ORDERS)
    return IndexPageView(c.t["facts"], groups, c.count(len(ids), "count_facts"), sorts, downloads)


def _groups_by_subject(c: Composer, ids: tuple[str, ...]) -> tuple[GroupView, ...]:
    groups: dict[str, list[str]] = {}
    for id in ids:
        it = fact(c.db, id)
        groups.setdefault(it.subject if it else "", []).append(id)
    views = []
    ordered = sorted(groups.items(), key=lambda it: not it[0])  # facts about nobody come last
    for number, (subject, members) in enumerate(ordered, 1):
        whose = c.find(subject) if subject else None
        title = whose.name if whose else c.t["other_subjects"]
        address = c.href(whose.url) if whose else ""
        views.append(
            GroupView(f"group-{number}", c.words(title), address, facts=fact_views(c, tuple(members)))
        )
    return tuple(views)


def _groups_by_certainty(c: Composer, ids: tuple[str, ...]) -> tuple[GroupView, ...]:
    views = []
    for certainty in CERTAINTIES:
        members = tuple(id for id in ids if (it := fact(c.db, id)) and it.certainty == certainty)
        if members:
            views.append(
                GroupView(certainty, c.words(c.t[f"certainty_{certainty}"]), "", facts=fact_views(c, members))
            )
    return tuple(views)


def _groups_by_year(c: Composer, ids: tuple[str, ...]) -> tuple[GroupView, ...]:
    groups: dict[int, list[tuple[tuple[int, int], str]]] = {}
    for id in ids:
        it = fact(c.db, id)
        day = (date_of(it) or it.as_of) if it else None
        start = (day.start or day.end) if day else None
        groups.setdefault(start.year if start else 0, []).append((order_key(day) if day else (0, 0), id))
    views = []
    for year in sorted(groups, reverse=True):
        title = c.year(year) if year else c.t["without_date"]
        members = tuple(id for _, id in sorted(groups[year], reverse=True))
        views.append(GroupView(f"year-{year}", c.words(title), "", facts=fact_views(c, members)))
    return tuple(views)
