"""Every reference a file makes: ids, names, facts, sources, scales, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from sitegen.core.article import Article
from sitegen.core.body import Block, Citation, FactRef, Image, Item, Link, Parts
from sitegen.core.entities import Entity, Term, Topic
from sitegen.core.facts import Cited, Fact
from sitegen.core.values import Agreement, Event, Parties, Person, Place, Quotation, Value
from sitegen.graph.queries import Document


class Reference(Struct, frozen=True, array_like=True, gc=False):
    """What is referred to, as what, and where that stands: a place of the front matter or a span of the body."""

    target: str
    as_: str  # thing entity term article topic fact number dated quote source scale picture field heading path said
    place: str = ""
    of: str = (
        ""  # the fact whose field is meant, the file in which a path is written, or what is said of a fact
    )
    past: bool = False  # told as history, where facts that no longer hold have their place
    line: int = 0
    column: int = 0
    end_column: int = 0


# -- front matter --------------------------------------------------------------------------------------


def in_front_matter(it: Document) -> Iterator[Reference]:
    """References of the fields of a content file."""
    match it:
        case Article():
            yield from _article(it)
        case Entity():
            yield from _many(it.member_of, "entity", "member_of")
            yield from _one(it.parent, "entity", "parent")
            for n, party in enumerate(it.parties):
                yield from _one(party.ref, "entity", f"parties.{n}.ref")
            for n, post in enumerate(it.positions):
                yield from _one(post.org, "entity", f"positions.{n}.org")
            for n, twin in enumerate(it.ambiguous):
                yield from _one(twin.not_, "entity", f"ambiguous.{n}.not")
                yield from _one(twin.see, "entity", f"ambiguous.{n}.see")
            yield from cited(it.sources, "sources")
        case Term():
            for n, other in enumerate(it.not_to_confuse):
                yield from _one(other.ref, "thing", f"not_to_confuse.{n}.ref")
            yield from cited(it.sources, "sources")
        case Topic():
            yield from _many(it.key_facts, "fact", "key_facts")
            yield from _many(it.reading_order, "article", "reading_order")
            yield from _many(it.parties, "entity", "parties")
            yield from _many(it.terms, "term", "terms")


def _article(it: Article) -> Iterator[Reference]:
    yield from _many(it.topics, "topic", "topics")
    yield from _many(it.related, "article", "related")
    yield from _one(it.timeline, "thing", "timeline")
    for lang, ref in it.translations.items():
        yield from _one(ref, "article", f"translations.{lang}")
    for name, people in (("parties", it.parties), ("people", it.people)):
        for n, party in enumerate(people):
            yield from _one(party.ref, "entity", f"{name}.{n}.ref")
    for n, use in enumerate(it.facts):
        yield from _one(use.use, "fact", f"facts.{n}.use")
        if use.fact:
            own = replace(use.fact, sources=()) if use.fact.sources == it.sources else use.fact
            yield from in_fact(own, f"facts.{n}")
    for n, dispute in enumerate(it.disputed):
        yield from _one(dispute.fact, "fact", f"disputed.{n}.fact")
    for n, correction in enumerate(it.corrections):
        for m, id in enumerate(correction.facts):
            yield Reference(id, "fact", f"corrections.{n}.facts.{m}", past=True)
    if it.image:
        yield Reference(it.image.src, "picture", "image.src")
    yield from cited(it.sources, "sources")


def in_fact(it: Fact, place: str) -> Iterator[Reference]:
    """References of a fact that stands at `place`."""
    for name in ("subject", "attribution", "via"):
        yield from _one(getattr(it, name), "entity", f"{place}.{name}")
    for name in ("supersedes", "superseded_by", "equivalent_to"):
        if id := getattr(it, name):
            yield Reference(id, "fact", f"{place}.{name}", past=True)
    yield from _one(it.scale, "scale", f"{place}.scale")
    yield from cited(it.sources, f"{place}.sources")
    for n, position in enumerate(it.positions):
        yield from _one(position.by, "entity", f"{place}.positions.{n}.by")
        yield from cited(position.sources, f"{place}.positions.{n}.sources")
        if position.value:
            yield from _in_value(position.value, f"{place}.positions.{n}")
    yield from _in_value(it.value, place)


def _in_value(value: Value, place: str) -> Iterator[Reference]:
    match value:
        case Parties(refs=refs):
            for ref in refs:
                yield Reference(ref, "thing", f"{place}.value")
        case Place(ref=ref) | Person(ref=ref):
            yield from _one(ref, "entity", f"{place}.ref")
        case Agreement(ref=ref, parties=parties):
            yield from _one(ref, "entity", f"{place}.ref")
            yield from _many(parties, "entity", f"{place}.parties")
        case Event(parties=parties, place=where):
            yield from _one(where, "entity", f"{place}.place")
            yield from _many(parties, "entity", f"{place}.parties")
        case Quotation(speaker=speaker, original_source=original):
            yield from _one(speaker, "entity", f"{place}.speaker")
            yield from _one(original, "source", f"{place}.original.via")
        case _:
            pass


def _one(ref: str, as_: str, place: str) -> Iterator[Reference]:
    if ref:
        yield Reference(ref, as_, place)


def _many(refs: tuple[str, ...], as_: str, place: str) -> Iterator[Reference]:
    for n, ref in enumerate(refs):
        yield Reference(ref, as_, f"{place}.{n}")


def cited(found: tuple[Cited, ...], place: str) -> Iterator[Reference]:
    """References of a list of sources that stands at `place`."""
    for n, it in enumerate(found):
        yield from _one(it.ref, "source", f"{place}.{n}.ref")


# -- bodies --------------------------------------------------------------------------------------------


def in_prose(parts: Parts) -> Iterator[Reference]:
    """References of prose, and what it says of facts in words of its own."""
    yield from in_parts(parts)
    for it in fact_refs(parts):
        if it.text:
            yield replace(at(it, it.fact, "said"), of=it.text)


def in_parts(parts: Parts, past: bool = False) -> Iterator[Reference]:
    """References of a body, blocks included; `past` when they are told as history."""
    for part in parts:
        match part:
            case Link() if part.scheme == "source":
                yield at(part, part.target, "source")
            case Link() if part.scheme == "path":
                yield replace(at(part, f"{part.target}#{part.fragment}", "path"), of=part.origin)
            case Link():
                as_ = part.scheme if part.scheme in ("entity", "term", "article", "topic") else "thing"
                yield at(part, part.target, as_)
                if part.fragment:
                    yield at(part, f"{part.target}#{part.fragment}", "heading")
            case FactRef():
                yield at(part, part.fact, "fact", past)
                if part.field:
                    yield replace(at(part, part.field, "field"), of=part.fact)
            case Citation():
                yield at(part, part.source, "source")
            case Image():
                yield at(part, part.src, "picture")
            case Block():
                yield from _in_block(part, past or part.name in HISTORIES)
            case _:
                pass


def at(
    part: Link | FactRef | Citation | Image | Block | Item, target: str, as_: str, past: bool = False
) -> Reference:
    return Reference(target, as_, past=past, line=part.line, column=part.column, end_column=part.end_column)


# Blocks that tell a history may show what no longer holds.
HISTORIES = ("changed", "correction", "timeline")
# What each line of a block's list names.
ITEMS = {"facts": "fact", "gauge": "number", "who": "entity", "glossary": "term"}


def _in_block(it: Block, past: bool) -> Iterator[Reference]:
    args = dict(it.args)
    for name, as_ in (
        ("use", "quote" if it.name == "quote" else "thing"),
        ("party", "entity"),
        ("scale", "scale"),
        ("speaker", "entity"),
    ):
        if name in args:
            yield at(it, args[name], as_, past)
    yield from (at(it, ref, "source") for ref in args.get("source", "").split())
    for item in it.items:
        if it.name in ITEMS:
            yield at(item, item.text, ITEMS[it.name], past)
        elif it.name == "timeline" and not item.date:
            yield at(item, item.text, "dated", past)
        else:
            yield from in_parts(item.parts, past)
    for question, answer in it.pairs:
        yield from in_parts(question.parts, past)
        yield from in_parts(answer, past)
    yield from in_parts(it.parts, past)


def fact_refs(parts: Parts) -> Iterator[FactRef]:
    """The facts that prose refers to."""
    for part in parts:
        match part:
            case FactRef():
                yield part
            case Block():
                for item in part.items:
                    yield from fact_refs(item.parts)
                for question, answer in part.pairs:
                    yield from fact_refs(question.parts)
                    yield from fact_refs(answer)
                yield from fact_refs(part.parts)
            case _:
                pass
