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
from sitegen.graph.orders import FACT_ORDERS
from sitegen.graph.pages.listed import of_whom
from sitegen.graph.paging import length, on_page
from sitegen.graph.people import mention_views, more_places
from sitegen.graph.queries import site
from sitegen.graph.registry import chain, fact, fact_url, public, series
from sitegen.graph.views import (
    FactPageView,
    FactView,
    GroupView,
    IndexPageView,
    LinkView,
    NavView,
)
from sitegen.text import strip_directional


def fact_page(c: Composer, id: str) -> FactPageView:
    """Everything the template of a fact shows."""
    it = fact(c.db, id)
    assert it is not None
    view = fact_view(c, it)
    past = chain(c.db, id)
    using = backlinks(c.db, f"fact:{id}")
    others = tuple(one for one in series(c.db, id) if one not in past)
    return FactPageView(
        fact=view,
        value_long=c.value(it, "long"),
        gauge=gauge_view(c, it.scale, (id,), frozenset({id}), "gauge") if it.scale else None,
        history=fact_views(c, past),
        series=fact_views(c, by_date(c, others if others != (id,) else ())),
        equivalent=fact_link(c, it.equivalent_to) if public(c.db, it.equivalent_to) else None,
        mentions=mention_views(c, using.shown),
        more_mentions=more_places(c, using),
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


def by_date(c: Composer, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Facts by the day they hold for, undated ones last."""

    def key(id: str) -> tuple[bool, tuple[int, int]]:
        it = fact(c.db, id)
        day = it.as_of if it else None
        return day is None, order_key(day) if day else (0, 0)

    return tuple(sorted(ids, key=key))


def facts_index(c: Composer, url: str, number: int) -> IndexPageView:
    """A page of all public facts in one of the `FACT_ORDERS`, or of those about an entity and according to it."""
    grouped: dict[str, list[str]] = {}
    for group, id in on_page(c.db, url, number):
        grouped.setdefault(group, []).append(id)
    groups = []
    for place, (group, ids) in enumerate(grouped.items(), 1):
        name, title, address = _group(c, url, group, place)
        groups.append(GroupView(name, c.words(title), address, facts=fact_views(c, tuple(ids))))
    sorts: tuple[NavView, ...] = ()
    downloads: tuple[LinkView, ...] = ()
    title = c.t["facts"]
    if url in FACT_ORDERS:
        sorts = tuple(NavView(c.href(it), c.t[name], it == url) for it, name in FACT_ORDERS.items())
        downloads = (
            LinkView(c.href("facts.csv"), Markup("CSV")),
            LinkView(c.href("facts.json"), Markup("JSON")),
        )
    else:
        title = of_whom(c, title, url)
    return IndexPageView(title, tuple(groups), c.count(length(c.db, url), "count_facts"), sorts, downloads)


def _group(c: Composer, url: str, group: str, place: int) -> tuple[str, str, str]:
    """The anchor, the title and the address of a group of facts."""
    match url:
        case "facts-by-date/":
            return f"year-{group}", c.year(int(group)) if group != "0" else c.t["without_date"], ""
        case "facts-by-certainty/":
            return group, c.t[f"certainty_{group}"], ""
        case "facts/":
            whose = c.find(group) if group else None
            title = whose.name if whose else c.t["other_subjects"]
            return f"group-{place}", title, c.href(whose.url) if whose else ""
        case _:
            return group, of_whom(c, c.t[group], url), ""
