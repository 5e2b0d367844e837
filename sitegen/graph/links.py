"""Who refers to whom: the link graph, aggregated once and projected page by page.

A sentence that refers to something is kept without its position, so typing above it changes no other page. While the
setting `unread_texts` is set, the graph is what front matter says of it, so that a preview can show its first page
before it has read every text.
"""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from itertools import chain

from msgspec import Struct

from sitegen.core.body import Block, FactRef, Link, Parts, Sentence
from sitegen.engine.db import Db, query
from sitegen.graph.addresses import resolve_link
from sitegen.graph.queries import KINDS, Kind, article, articles, entity, identity, paths
from sitegen.graph.standing import newest
from sitegen.graph.texts import body, parsed_text
from sitegen.graph.things import resolve


@query(eager=True)
def sentences(db: Db, kind: Kind, path: str) -> tuple[Sentence, ...]:
    """Sentences of a page that refer to something, front matter first, without positions."""
    text = parsed_text(db, kind, path)
    own = (it for one in text.inlines.values() for it in one.sentences)
    return (*own, *text.body.sentences)


class Mention(Struct, frozen=True, order=True):
    """A sentence of a page, by its number among the sentences that refer to something."""

    kind: Kind
    path: str
    sentence: int


@query(eager=True)
def mentions(db: Db, kind: Kind, path: str) -> dict[str, tuple[int, ...]]:
    """What a page's sentences refer to ("thing:oman", "fact:x") and in which of them."""
    found: dict[str, list[int]] = {}
    for number, it in enumerate(sentences(db, kind, path)):
        for key in dict.fromkeys(_targets(db, it.parts)):
            found.setdefault(key, []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _targets(db: Db, parts: Parts) -> list[str]:
    keys = []
    for part in parts:
        match part:
            case Link() if part.scheme != "source":
                if known := resolve_link(db, part).id if part.target else "":
                    keys.append(f"thing:{known}")
            case FactRef():
                keys.append(f"fact:{part.fact}")
            case _:
                pass
    return keys


@query(persist=False)
def link_graph(db: Db) -> dict[str, tuple[Mention, ...]]:
    """The sentences that refer to each thing and fact, in the order of the pages."""
    if db.setting("unread_texts"):
        return {}
    graph: dict[str, list[Mention]] = {}
    for kind in KINDS:
        for path in articles(db) if kind == "article" else paths(db, kind):
            if identity(db, kind, path) is None:
                continue
            for key, numbers in mentions(db, kind, path).items():
                graph.setdefault(key, []).extend(Mention(kind, path, number) for number in numbers)
    return {key: tuple(found) for key, found in graph.items()}


@query
def linkers(db: Db, key: str) -> tuple[Mention, ...]:
    """The sentences that refer to `key` ("thing:oman")."""
    return link_graph(db).get(key, ())


class Backlink(Struct, frozen=True):
    """A sentence of another page."""

    kind: Kind
    path: str
    heading: str
    parts: Parts


MOST_SHOWN = (
    50  # sentences that a page quotes of others: a thing that is named everywhere would quote the whole site
)


class Backlinks(Struct, frozen=True):
    """The sentences of other pages that a page quotes, and how many more there are."""

    shown: tuple[Backlink, ...]
    more: int


@query
def backlinks(db: Db, key: str) -> Backlinks:
    """The sentences that refer to `key`, with their words, in the order of the pages; of many the newest, newest first."""
    own = resolve(db, key.removeprefix("thing:")).path if key.startswith("thing:") else ""
    found = [it for it in linkers(db, key) if it.path != own]
    chosen = found
    if len(found) > MOST_SHOWN:
        places = ranks(db)  # of articles; what has none comes last
        chosen = nsmallest(MOST_SHOWN, found, key=lambda it: places.get(it.path, len(places)))
    shown = []
    for it in chosen:
        sentence = sentences(db, it.kind, it.path)[it.sentence]
        shown.append(Backlink(it.kind, it.path, sentence.heading, sentence.parts))
    return Backlinks(tuple(shown), len(found) - len(shown))


@query(persist=False)
def ranks(db: Db) -> dict[str, int]:
    """The places of the articles among the newest, from 0."""
    return {path: place for place, path in enumerate(newest(db))}


@query(persist=False)
def fact_users(db: Db) -> dict[str, tuple[str, ...]]:
    """Paths of the articles that show each fact, in front matter, in a sentence or in a block."""
    shown = facts_of_front_matter if db.setting("unread_texts") else facts_shown
    users: dict[str, list[str]] = {}
    for path in articles(db):
        for id in shown(db, path):
            users.setdefault(id, []).append(path)
    return {id: tuple(found) for id, found in users.items()}


def facts_of_front_matter(db: Db, path: str) -> tuple[str, ...]:
    """Ids of the facts that the front matter of an article lists, each once."""
    found = article(db, path)
    if found is None:
        return ()
    listed = (*(it.fact_id for it in found.facts), *(it.fact for it in found.disputed))
    return tuple(dict.fromkeys(id for id in listed if id))


@query(eager=True)
def facts_shown(db: Db, path: str) -> tuple[str, ...]:
    """Ids of the facts that an article shows, each once."""
    used = [*facts_of_front_matter(db, path)]
    said = (part for it in sentences(db, "article", path) for part in it.parts)
    used += [part.fact for part in said if isinstance(part, FactRef)]
    blocks = (part for part in body(db, "article", path).parts if isinstance(part, Block))
    return tuple(dict.fromkeys((*used, *(id for block in blocks for id in _in_block(block)))))


def _in_block(it: Block) -> list[str]:
    """Ids of the facts that a block lists; those of its sentences are counted as mentions."""
    match it.name:
        case "facts" | "gauge":
            return [item.text for item in it.items]
        case "timeline":
            return [item.text for item in it.items if not item.date]
        case "quote":
            return [id for name, id in it.args if name == "use"]
        case _:
            return []


@query
def used_in(db: Db, id: str) -> tuple[str, ...]:
    """Paths of the articles that show the fact `id`."""
    return fact_users(db).get(id, ())


@query
def use_count(db: Db, id: str) -> int:
    """How many articles show the fact `id`."""
    return len(used_in(db, id))


@query(persist=False)
def fact_topics(db: Db) -> dict[str, tuple[str, ...]]:
    """Ids of the topics of the articles that show each fact."""
    topics: dict[str, list[str]] = {}  # of each article
    for trait, found in kinship(db).items():
        lead, _, id = trait.partition(":")
        for path in found if lead == "topic" else ():
            topics.setdefault(path, []).append(id)
    return {
        id: tuple(sorted({topic for path in found for topic in topics.get(path, ())}))
        for id, found in fact_users(db).items()
    }


@query
def topics_with(db: Db, id: str) -> tuple[str, ...]:
    """Ids of the topics of the articles that show the fact `id`."""
    return fact_topics(db).get(id, ())


def parties_of(db: Db, path: str) -> tuple[str, ...]:
    """Ids of the entities that take part in an article's story."""
    return _of_trait(db, path, "party:")


def topics_of(db: Db, path: str) -> tuple[str, ...]:
    """Ids of the topics an article belongs to."""
    return _of_trait(db, path, "topic:")


def _of_trait(db: Db, path: str, lead: str) -> tuple[str, ...]:
    return tuple(it.removeprefix(lead) for it in traits(db, path) if it.startswith(lead))


@query(persist=False)
def kinship(db: Db) -> dict[str, tuple[str, ...]]:
    """By fact, party or topic ("fact:x", "party:iran", "topic:y"): paths of the articles that have it, newest first."""
    groups: dict[str, list[str]] = {}
    for path in newest(db):
        for key in traits(db, path):
            groups.setdefault(key, []).append(path)
    return {key: tuple(found) for key, found in groups.items()}


@query(eager=True)
def traits(db: Db, path: str) -> tuple[str, ...]:
    """What makes an article kin to another: facts, parties and topics; nothing while it has errors."""
    it = article(db, path)
    if it is None:
        return ()
    found = [f"fact:{id}" for use in it.facts if (id := use.fact_id)]
    named = (one.ref for one in (*it.parties, *it.people))
    found += [f"party:{id}" for ref in named if (id := resolve(db, ref).id)]
    found += [f"topic:{id}" for ref in it.topics if (id := resolve(db, ref).id)]
    return tuple(dict.fromkeys(found))


@query
def articles_with(db: Db, trait: str) -> tuple[str, ...]:
    """Paths of the articles with a trait ("party:iran", "topic:x"), newest first."""
    return kinship(db).get(trait, ())


WEIGHTS = {"fact": 3, "party": 1, "topic": 1}
WIDEST = 50  # articles of one trait that are weighed: kinship with all of a large site is kinship with none


@query
def related(db: Db, path: str) -> tuple[str, ...]:
    """Paths of up to four articles: those the editor names, then those that share most facts, parties and topics.

    Of a trait that very many share the newest `WIDEST` are weighed, so the work does not grow with the square of the
    site.
    """
    found = article(db, path)
    named = [
        known.path
        for ref in (found.related if found else ())
        if (known := resolve(db, ref)).id and known.kind == "article"
    ]
    scores = Counter(
        chain.from_iterable(
            articles_with(db, trait)[:WIDEST] * WEIGHTS[trait.partition(":")[0]] for trait in traits(db, path)
        )
    )
    count = 5 + len(named)
    least = sorted(scores.values(), reverse=True)[:count]
    best = [other for other, score in scores.items() if score >= least[-1]] if least else []
    kin = nsmallest(count, best, key=lambda other: (-scores[other], other))
    return tuple(it for it in dict.fromkeys((*named, *kin)) if it != path)[:4]


@query
def affiliates(db: Db) -> dict[str, tuple[str, ...]]:
    """By entity: ids of the entities that belong to it (its people, bodies and places)."""
    groups: dict[str, list[str]] = {}
    for path in paths(db, "entity"):
        it = entity(db, path)
        if it is None:
            continue
        owners = (it.parent, *it.member_of, *(post.org for post in it.positions))
        for owner in dict.fromkeys(id for ref in owners if ref and (id := resolve(db, ref).id)):
            groups.setdefault(owner, []).append(it.id)
    return {id: tuple(found) for id, found in groups.items()}


@query
def members(db: Db, id: str) -> tuple[str, ...]:
    """Ids of the entities that belong to the entity `id`."""
    return affiliates(db).get(id, ())


def links_of(db: Db, kind: Kind, path: str) -> tuple[str, ...]:
    """Ids of the things that a page's sentences link to, in order."""
    return tuple(key.removeprefix("thing:") for key in mentions(db, kind, path) if key.startswith("thing:"))
