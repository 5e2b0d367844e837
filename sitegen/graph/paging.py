"""Long lists: what stands in each in which order, and the pages that it falls into.

A list is known by the address of its first page. A page asks for its own items and for the length of the list, so that
it is made again when these change and not for what stands on another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.engine.db import Db, query
from sitegen.graph import orders
from sitegen.graph.links import articles_with, ranks
from sitegen.graph.orders import Item
from sitegen.graph.queries import entity, paths, site, topic
from sitegen.graph.registry import facts_about, facts_said
from sitegen.graph.standing import noted_last
from sitegen.graph.things import resolve
from sitegen.graph.timelines import timeline

COMPACT = 200  # to a page, of what is looked up rather than read: names, facts, moments
SOURCES = 500  # to a page: a link to one moves when it comes to stand on another
FACTS_SHOWN = 50  # on the page of whom they are about; the others follow in a list of their own

# -- pages of a list -----------------------------------------------------------------------------------


@query
def on_page(db: Db, url: str, number: int) -> tuple[Item, ...]:
    """What stands on one page of a list, counted from 1."""
    most = page_size(db, url)
    return in_order(db, url)[(number - 1) * most : number * most]


@query
def length(db: Db, url: str) -> int:
    """How many items a list has."""
    return len(in_order(db, url))


def page_size(db: Db, url: str) -> int:
    """How many items of a list stand on a page."""
    if url == "sources/":
        return SOURCES
    return int(site(db).paginate) if url.endswith("articles/") else COMPACT


def page_count(db: Db, url: str) -> int:
    """Into how many pages a list falls; an empty list has one."""
    return max(1, -(-length(db, url) // page_size(db, url)))


def page_url(url: str, number: int) -> str:
    """The address of a page of a list."""
    return url if number == 1 else f"{url}page/{number}/"


_LATER = re.compile(r"(.+/)page/([0-9]+)/")


def list_and_number(url: str) -> tuple[str, int]:
    """The list and the number of a page, by its address."""
    later = _LATER.fullmatch(url)
    return (later[1], int(later[2])) if later else (url, 1)


def pages_of(db: Db, url: str) -> list[str]:
    """Addresses of the pages of a list."""
    return [page_url(url, number) for number in range(1, page_count(db, url) + 1)]


WIDTH = 7  # page numbers that stand side by side on a telephone


def numbers_around(number: int, count: int) -> list[int]:
    """The numbers to show on one of `count` pages: first, last and those around it; 0 where some are left out."""
    if count <= WIDTH:
        return list(range(1, count + 1))
    inner = WIDTH - 2
    start = min(max(1, number - inner // 2), count - inner + 1)
    if start <= 2:
        return [*range(1, inner + 1), 0, count]
    if start + inner >= count:
        return [1, 0, *range(count - inner + 1, count + 1)]
    return [1, 0, number - 1, number, number + 1, 0, count]


# -- lists ---------------------------------------------------------------------------------------------


@query
def in_order(db: Db, url: str) -> tuple[Item, ...]:
    """All items of the list at `url`; () for the list of a thing that there is not."""
    if url in orders.LISTS:
        return tuple(orders.LISTS[url](db))
    section, id, *name = url.removesuffix("/").split("/")
    match section, name:
        case "timelines", _:
            return _plain(timeline(db, id))
        case "entities", ["facts"]:
            about = (("facts_about", it) for it in facts_about(db, id))
            return (*about, *(("facts_said", it) for it in facts_said(db, id)))
        case "entities", _:
            return _plain(articles_with(db, f"party:{id}"))
        case _:
            return _plain(_reading_order(db, id))


def _plain(keys: Iterable[str]) -> tuple[Item, ...]:
    return tuple(("", key) for key in keys)


def _reading_order(db: Db, id: str) -> Iterable[str]:
    """Paths of a topic's articles as the editor orders them, the others behind, newest first."""
    hub = topic(db, resolve(db, id).path)
    named = [
        known.path
        for ref in (hub.reading_order if hub else ())
        if (known := resolve(db, ref)).id and known.kind == "article"
    ]
    return dict.fromkeys((*named, *articles_with(db, f"topic:{id}")))


@query(persist=False)
def source_numbers(db: Db) -> dict[str, int]:
    """The page that each source stands on."""
    return {id: place // SOURCES + 1 for place, (_, id) in enumerate(in_order(db, "sources/"))}


@query
def source_place(db: Db, id: str) -> str:
    """Where a source stands in the list of all, relative to the root of the site."""
    return f"{page_url('sources/', source_numbers(db).get(id, 1))}#{id}"


@query
def changed_in(db: Db, url: str) -> tuple[str, ...]:
    """Paths of the articles of a list in which the latest changes were noted."""
    return noted_last(db, "changed", (path for _, path in in_order(db, url)))


@query
def liveliest_topics(db: Db, most: int) -> tuple[str, ...]:
    """Files of the topics that the newest articles belong to, as many as asked for, in the order of the files."""
    places = ranks(db)
    newest = {
        path: min((places[it] for it in articles_with(db, f"topic:{hub.id}")[:1]), default=len(places))
        for path in paths(db, "topic")
        if (hub := topic(db, path))
    }
    chosen = set(sorted(newest, key=lambda path: newest[path])[:most])
    return tuple(path for path in newest if path in chosen)


@query
def long_lists(db: Db) -> tuple[str, ...]:
    """Addresses of the lists that go on where the page of a topic or an entity shows no more."""
    hubs = [hub for path in paths(db, "topic") if (hub := topic(db, path))]
    named = [it for path in paths(db, "entity") if (it := entity(db, path))]
    owners = [*(("topics", it.id) for it in hubs), *(("entities", it.id) for it in named)]
    found = [url for owner in owners if page_count(db, url := articles_url(*owner)) > 1]
    found += [facts_url(it.id) for it in named if has_many_facts(db, it.id)]
    return tuple(found)


def articles_url(section: str, id: str) -> str:
    """Where all articles of a topic or of a party are listed."""
    return f"{section}/{id}/articles/"


def facts_url(id: str) -> str:
    """Where all facts about an entity or according to it are listed."""
    return f"entities/{id}/facts/"


def has_many_facts(db: Db, id: str) -> bool:
    """Whether there are more facts about an entity or according to it than its page shows."""
    return max(len(facts_about(db, id)), len(facts_said(db, id))) > FACTS_SHOWN
