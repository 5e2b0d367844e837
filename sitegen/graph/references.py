"""Every reference a file makes and whether it means something: ids, names, facts, sources, scales, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from sitegen.core.article import Article
from sitegen.core.body import Block, Citation, FactRef, Image, Link, Parts
from sitegen.core.entities import Entity, Term, Topic
from sitegen.core.facts import Cited, Fact
from sitegen.core.values import Agreement, Event, Parties, Person, Place, Quotation, Value
from sitegen.engine.db import Db, query
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.graph.assets import media
from sitegen.graph.composing import FIELDS
from sitegen.graph.figures import number_of
from sitegen.graph.links import target_of
from sitegen.graph.queries import Kind, body, parsed_scales, source, sources
from sitegen.graph.registry import fact, fact_index
from sitegen.graph.things import resolve
from sitegen.text import nearest

Document: TypeAlias = Article | Entity | Term | Topic


class Reference(Struct, frozen=True):
    """What is referred to, as what, and where that stands: a place of the front matter or a span of the body."""

    target: str
    as_: str  # thing entity term article topic fact number source scale picture field heading
    place: str = ""
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
                yield from _one(twin.see, "entity", f"ambiguous.{n}.see")
            yield from _cited(it.sources, "sources")
        case Term():
            for n, other in enumerate(it.not_to_confuse):
                yield from _one(other.ref, "thing", f"not_to_confuse.{n}.ref")
            yield from _cited(it.sources, "sources")
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
            yield from in_fact(use.fact, f"facts.{n}")
    for n, dispute in enumerate(it.disputed):
        yield from _one(dispute.fact, "fact", f"disputed.{n}.fact")
    for n, correction in enumerate(it.corrections):
        yield from _many(correction.facts, "fact", f"corrections.{n}.facts")
    if it.image:
        yield Reference(it.image.src, "picture", "image.src")
    yield from _cited(it.sources, "sources")


def in_fact(it: Fact, place: str) -> Iterator[Reference]:
    """References of a fact that stands at `place`."""
    for name in ("subject", "attribution", "via"):
        yield from _one(getattr(it, name), "entity", f"{place}.{name}")
    for name in ("supersedes", "superseded_by", "equivalent_to"):
        yield from _one(getattr(it, name), "fact", f"{place}.{name}")
    yield from _one(it.scale, "scale", f"{place}.scale")
    yield from _cited(it.sources, f"{place}.sources")
    for n, position in enumerate(it.positions):
        yield from _one(position.by, "entity", f"{place}.positions.{n}.by")
        yield from _cited(position.sources, f"{place}.positions.{n}.sources")
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
        case Event(parties=parties):
            yield from _many(parties, "entity", f"{place}.parties")
        case Quotation(speaker=speaker):
            yield from _one(speaker, "entity", f"{place}.speaker")
        case _:
            pass


def _one(ref: str, as_: str, place: str) -> Iterator[Reference]:
    if ref:
        yield Reference(ref, as_, place)


def _many(refs: tuple[str, ...], as_: str, place: str) -> Iterator[Reference]:
    for n, ref in enumerate(refs):
        yield Reference(ref, as_, f"{place}.{n}")


def _cited(found: tuple[Cited, ...], place: str) -> Iterator[Reference]:
    for n, it in enumerate(found):
        yield from _one(it.ref, "source", f"{place}.{n}.ref")


# -- bodies --------------------------------------------------------------------------------------------


def in_parts(parts: Parts) -> Iterator[Reference]:
    """References of a body, blocks included."""
    for part in parts:
        match part:
            case Link():
                at = (part.line, part.column, part.end_column)
                if part.scheme == "source":
                    yield Reference(part.target, "source", "", *at)
                else:
                    as_ = part.scheme if part.scheme in ("entity", "term", "article", "topic") else "thing"
                    yield Reference(target_of(part), as_, "", *at)
                    if part.fragment:
                        yield Reference(f"{target_of(part)}#{part.fragment}", "heading", "", *at)
            case FactRef():
                yield Reference(part.fact, "fact", "", part.line, part.column, part.end_column)
                if part.field:
                    yield Reference(part.field, "field", "", part.line, part.column, part.end_column)
            case Citation():
                yield Reference(part.source, "source", "", part.line, part.column, part.end_column)
            case Image():
                yield Reference(part.src, "picture", "", part.line, part.column, part.end_column)
            case Block():
                yield from _in_block(part)
            case _:
                pass


# What each line of a block's list names.
ITEMS = {"facts": "fact", "gauge": "number", "who": "entity", "glossary": "term"}


def _in_block(it: Block) -> Iterator[Reference]:
    args = dict(it.args)
    at = (it.line, it.column, it.end_column)
    for name, as_ in (
        ("use", "fact" if it.name == "quote" else "thing"),
        ("party", "entity"),
        ("scale", "scale"),
    ):
        if name in args:
            yield Reference(args[name], as_, "", *at)
    yield from (Reference(ref, "source", "", *at) for ref in args.get("source", "").split())
    if speaker := args.get("speaker"):
        yield Reference(speaker, "entity", "", *at)
    for item in it.items:
        if it.name in ITEMS:
            yield Reference(item.text, ITEMS[it.name], "", item.line, item.column, item.end_column)
        elif it.name == "timeline" and not item.parts:
            yield Reference(item.text, "fact", "", item.line, item.column, item.end_column)
        else:
            yield from in_parts(item.parts)
    for question, answer in it.pairs:
        yield from in_parts(question.parts)
        yield from in_parts(answer)
    yield from in_parts(it.parts)


def fact_refs(parts: Parts) -> Iterator[FactRef]:
    """The facts that prose uses. Blocks that tell a history may show what no longer holds."""
    for part in parts:
        match part:
            case FactRef():
                yield part
            case Block(name=name) if name not in ("changed", "correction", "timeline"):
                for item in part.items:
                    yield from fact_refs(item.parts)
                for question, answer in part.pairs:
                    yield from fact_refs(question.parts)
                    yield from fact_refs(answer)
                yield from fact_refs(part.parts)
            case _:
                pass


# -- verdicts ------------------------------------------------------------------------------------------


def verdict(db: Db, it: Reference, at: Span, excerpt: str) -> Diagnostic | None:
    """What is wrong with a reference, or None."""

    def finding(code: str, **args: object) -> Diagnostic:
        return diagnostic(code, at, excerpt, target=it.target, **args)

    match it.as_:
        case "fact" | "number":
            found = fact(db, it.target)
            if found is None:
                return finding("R201", nearest=_near(it.target, tuple(fact_index(db))))
            if it.as_ == "number" and number_of(found.value) is None:
                return finding("R210", label=found.label)
        case "source":
            if source(db, it.target) is None:
                return finding("R203", nearest=_near(it.target, tuple(sources(db))))
        case "scale":
            scales = tuple(one.id for one in parsed_scales(db).value or ())
            if it.target not in scales:
                return finding("R207", nearest=_near(it.target, scales))
        case "picture":
            if it.target not in media(db):
                return finding("R208", nearest=_near(it.target, media(db)))
        case "field":
            if it.target not in FIELDS:
                return finding("R206", fields=", ".join(FIELDS))
        case "heading":
            return _heading(db, it, finding("R211", nearest=""))
        case _:
            return _thing(db, it, at, excerpt)
    return None


def _near(word: str, candidates: tuple[str, ...]) -> str:
    return ", ".join(nearest(word, candidates)) or "–"


def _thing(db: Db, it: Reference, at: Span, excerpt: str) -> Diagnostic | None:
    known = resolve(db, it.target)
    args = {"target": it.target, "nearest": ", ".join(known.candidates) or "–"}
    match known.trouble:
        case "unknown":
            return diagnostic("R204", at, excerpt, **args)
        case "ambiguous":
            return diagnostic("R202", at, excerpt, **args)
        case "hidden":
            return diagnostic("R205", at, excerpt, target=it.target)
    wanted = it.as_
    if wanted != "thing" and known.kind != wanted:
        return diagnostic("R209", at, excerpt, target=it.target, kind=known.kind, wanted=wanted)
    return None


@query
def heading_ids(db: Db, kind: Kind, path: str) -> tuple[str, ...]:
    """Fragments that a page's body answers to."""
    return tuple(it.id for it in body(db, kind, path).headings)


def _heading(db: Db, it: Reference, finding: Diagnostic) -> Diagnostic | None:
    target, _, fragment = it.target.partition("#")
    known = resolve(db, target)
    if not known.id or fragment in heading_ids(db, known.kind, known.path):
        return None
    return finding
