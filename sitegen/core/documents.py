"""One function per kind of content file: bytes in, a value with every finding and every place out. Never raises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeAlias, TypeVar
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from sitegen.core.article import Article
from sitegen.core.binding import read_struct
from sitegen.core.config import Site
from sitegen.core.entities import Entity, Term, Topic
from sitegen.core.facts import Fact, Scale, Source
from sitegen.core.facts_reading import (
    needs_source,
    read_fact,
    with_sources,
)
from sitegen.core.frontmatter import Document, Items, Mark, Node, Pairs, Scalar, read_markdown, read_yaml
from sitegen.core.numbers import read_number
from sitegen.core.problem import problem
from sitegen.core.reading import BAD, Bad, Reading, join, wrong_shape
from sitegen.core.scalars import check_form
from sitegen.core.values import Number
from sitegen.core.words import SLUG
from sitegen.errors import Diagnostic, Span
from sitegen.text import is_slug

T = TypeVar("T")


class Parsed(Struct, Generic[T], frozen=True):
    """A content file after reading; `value` is None when an error makes it unusable."""

    path: str
    value: T | None
    diagnostics: tuple[Diagnostic, ...] = ()  # all of the file, in order of place
    places: dict[str, Mark] = {}  # "facts.0.use" -> where that value stands
    body: str = ""  # Markdown after the front matter
    body_line: int = 1  # the line on which it starts
    partial: T | None = (
        None  # without a value: what could be read, the rest "", for checks and not for showing
    )
    claims: tuple[str, ...] = ()  # without a value: the id and the names that others may know it by

    def place(self, key: str) -> Span | None:
        """Where the value at the dotted `key` stands, or the nearest thing around it that has a place."""
        while key and key not in self.places:
            key = key.rpartition(".")[0]
        at = self.places.get(key)
        return Span(self.path, at.line, at.column, at.end_column) if at else None


ParsedArticle: TypeAlias = Parsed[Article]
ParsedEntity: TypeAlias = Parsed[Entity]
ParsedTerm: TypeAlias = Parsed[Term]
ParsedTopic: TypeAlias = Parsed[Topic]
ParsedRegistry: TypeAlias = Parsed[tuple[Fact, ...]]
ParsedSources: TypeAlias = Parsed[tuple[Source, ...]]
ParsedScales: TypeAlias = Parsed[tuple[Scale, ...]]
ParsedSite: TypeAlias = Parsed[Site]


def parse_article(path: str, data: bytes, site_lang: str) -> ParsedArticle:
    """`content/articles/<slug>.md`. Facts that name no source take the article's."""

    def read(reading: Reading, root: Node) -> Article | Bad:
        given = _names_from_file(reading, root, path)
        article = read_struct(reading, root, Article, "", given)
        if isinstance(article, Bad):
            return article
        facts = (
            article.facts
            if article.common_knowledge
            else with_sources(reading, article.facts, article.sources)
        )
        return replace(article, facts=facts)

    return _parsed(read_markdown(path, data), read, site_lang)


def parse_entity(path: str, data: bytes, site_lang: str) -> ParsedEntity:
    """`content/entities/<id>.md`."""
    return _parsed(read_markdown(path, data), _reader(Entity, path), site_lang)


def parse_term(path: str, data: bytes, site_lang: str) -> ParsedTerm:
    """`content/terms/<id>.md`."""
    return _parsed(read_markdown(path, data), _reader(Term, path), site_lang)


def parse_topic(path: str, data: bytes, site_lang: str) -> ParsedTopic:
    """`content/topics/<id>.md`."""
    return _parsed(read_markdown(path, data), _reader(Topic, path), site_lang)


def parse_registry(path: str, data: bytes, site_lang: str) -> ParsedRegistry:
    """`content/facts/*.yaml`: facts as a list, or by id, with or without `facts:` above them. "0.label" is a place."""

    def read(reading: Reading, node: Node, where: str, known: str) -> Fact | Bad:
        fact = read_fact(reading, node, where, fact_id=known, registry=True)
        if isinstance(fact, Fact) and needs_source(fact):
            reading.report("P601", node.at, id=fact.id)
        return fact

    return _parsed(
        read_yaml(path, data), lambda reading, root: _collection(reading, root, "facts", read), site_lang
    )


def parse_sources(path: str, data: bytes, site_lang: str) -> ParsedSources:
    """`content/sources.yaml`: sources by id, or a list. "0.url" is a place."""

    def read(reading: Reading, node: Node, where: str, known: str) -> Source | Bad:
        return read_struct(reading, node, Source, where, {"id": known} if known else {})

    return _parsed(
        read_yaml(path, data), lambda reading, root: _collection(reading, root, "sources", read), site_lang
    )


def parse_scales(path: str, data: bytes, site_lang: str) -> ParsedScales:
    """`content/scales.yaml`: scales by id, or a list. "0.thresholds.1.ref" is a place."""

    def read(reading: Reading, node: Node, where: str, known: str) -> Scale | Bad:
        scale = read_struct(reading, node, Scale, where, {"id": known} if known else {})
        if isinstance(scale, Bad):
            return scale
        low, high = (read_number(it) for it in scale.range)
        if isinstance(low, Number) and isinstance(high, Number) and low.value >= high.value:
            reading.report("S127", node.at, value="–".join(scale.range))
        for index, mark in enumerate(scale.thresholds):
            if not (mark.value or mark.ref):
                reading.report("S103", reading.places[f"{where}.thresholds.{index}"], key="value")
        return scale

    return _parsed(
        read_yaml(path, data), lambda reading, root: _collection(reading, root, "scales", read), site_lang
    )


def parse_site(path: str, data: bytes | None) -> ParsedSite:
    """`content/site.yaml`; a missing file (None) is a finding like any other."""
    if data is None:
        return Parsed(path, None, (Diagnostic(Span(path), "S160"),))

    def read(reading: Reading, root: Node) -> Site | Bad:
        site = read_struct(reading, root, Site, "")
        return site if isinstance(site, Bad) else replace(site, base_url=site.base_url.rstrip("/"))

    return _parsed(read_yaml(path, data), read, "")


def _parsed(document: Document, read: Callable[[Reading, Node], Any], lang: str) -> Parsed[Any]:
    """Read the tree of `document`, if it has one, and gather all that was found."""
    reading = Reading(document.source, lang)
    value = None
    if document.root is not None:
        result = read(reading, document.root)
        value = None if result is BAD else result
    found = tuple(sorted({*document.found, *reading.found}))
    partial, claims = (reading.partial, _claims(document)) if value is None else (None, ())
    return Parsed(
        document.source.path,
        value,
        found,
        reading.places,
        document.body,
        document.body_line,
        partial,
        claims,
    )


_NAMING = ("id", "slug", "name", "short", "term", "title", "aliases")


def _claims(document: Document) -> tuple[str, ...]:
    """What a file that cannot be used would be called: others who refer to it are not to blame."""
    found = [_stem(document.source.path)]
    if isinstance(document.root, Pairs):
        waiting = [node for key in _NAMING if (node := document.root.get(key))]
        while waiting:
            node = waiting.pop(0)
            match node:
                case Scalar():
                    found.append(node.text)
                case Items():
                    waiting += node.items
                case Pairs():
                    waiting += [value for _, value in node.pairs]
    return tuple(dict.fromkeys(normalize("NFC", it) for it in found))


def _reader(cls: type[T], path: str) -> Callable[[Reading, Node], T | Bad]:
    """Reads a struct whose id is the name of its file unless it is written."""

    def read(reading: Reading, root: Node) -> T | Bad:
        stem = _stem(path)
        written = isinstance(root, Pairs) and root.get("id") is not None
        given = {"id": stem if written or is_slug(stem) else _unfit(reading, stem, "id")}
        return read_struct(reading, root, cls, "", given)

    return read


def _stem(path: str) -> str:
    """The name of a file without its ending."""
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    return name[:dot] if 0 < dot < len(name) - 1 else name


def _unfit(reading: Reading, stem: str, key: str) -> Bad:
    return reading.report("S162", Mark(1, 1), name=stem, key=key)


def _names_from_file(reading: Reading, root: Node, path: str) -> dict[str, Any]:
    """`id` and `slug` of an article: each is the file's name unless written; an unfit name needs `slug`."""
    stem = _stem(path)
    written = {
        key: node.text for key in ("id", "slug") if isinstance(root, Pairs) and (node := _text(root.get(key)))
    }
    fallback = stem if is_slug(stem) else ""
    names: dict[str, Any] = {
        "id": fallback or written.get("slug", ""),
        "slug": written.get("id", "") or fallback,
    }
    if not written and not fallback:
        names = dict.fromkeys(names, _unfit(reading, stem, "slug"))
    return names


def _text(node: Node | None) -> Scalar | None:
    return node if isinstance(node, Scalar) and not node.absent else None


Item: TypeAlias = Callable[[Reading, Node, str, str], Any]


def _collection(reading: Reading, root: Node, name: str, read: Item) -> tuple[Any, ...] | Bad:
    """The members of a data file, whether listed or by id; two of one id are S101."""
    if isinstance(root, Pairs) and [key.text for key, _ in root.pairs] == [name]:
        root = root.pairs[0][1]
    if isinstance(root, Scalar):
        return () if root.absent else wrong_shape(reading, root, "mapping")
    entries = (
        ((key, node) for key, node in root.pairs)
        if isinstance(root, Pairs)
        else ((None, it) for it in root.items)
    )
    members: list[Any] = []
    lines: dict[str, int] = {}
    for key, node in entries:
        where = str(len(members))
        reading.place(where, node.at)
        if key is not None and not _is_name(reading, key, node, where):
            continue
        member = read(reading, node, where, key.text if key is not None else "")
        if isinstance(member, Bad):
            continue
        at = reading.places[join(where, "id")]
        if member.id in lines:
            reading.report("S101", at, key=member.id, first=lines[member.id])
            continue
        lines[member.id] = at.line
        members.append(member)
    return tuple(members)


def _is_name(reading: Reading, key: Scalar, node: Node, where: str) -> bool:
    """Whether `key` can be an id, and is the one that its member writes, if it writes one."""
    reading.place(join(where, "id"), key.at)
    wrong = check_form(key.text, SLUG)
    own = node.get("id") if isinstance(node, Pairs) else None
    if wrong is None and isinstance(own, Scalar) and own.text != key.text:
        wrong = problem("S161", key=key.text, id=own.text)
    if wrong is not None:
        reading.refuse(wrong, key.at)
    return wrong is None
