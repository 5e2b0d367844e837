"""Structs that may be written shorter than as a mapping: a source, a party, an author by name alone."""

from __future__ import annotations

from sitegen.core.article import Party
from sitegen.core.binding import SHORTHANDS, read_struct, reader_of
from sitegen.core.config import Author
from sitegen.core.facts import Cited
from sitegen.core.frontmatter import Node, Scalar
from sitegen.core.reading import Bad, Reading, join
from sitegen.core.scalars import check_form, read_text, unwrap
from sitegen.core.values import SourceId
from sitegen.core.words import SOURCE, Ref, WebUrl

_read_url, _read_ref = reader_of(WebUrl), reader_of(Ref)


def read_cited(reading: Reading, node: Node, path: str) -> Cited | Bad:
    """A source by id, by bare URL, or as a mapping with the place in it."""
    if isinstance(node, Scalar):
        text = read_text(reading, node, path)
        if isinstance(text, Bad):
            return text
        if "://" in text:
            url = _read_url(reading, node, path)
            reading.place(join(path, "url"), node.at)
            return url if isinstance(url, Bad) else Cited(url=url)
        reading.place(join(path, "ref"), node.at)
        wrong = check_form(text, SOURCE)
        return reading.refuse(wrong, node.at) if wrong else Cited(ref=SourceId(text))
    cited = read_struct(reading, node, Cited, path)
    if isinstance(cited, Cited) and not (cited.ref or cited.url):
        return reading.report("S103", node.at, key="ref")
    return cited


def read_party(reading: Reading, node: Node, path: str) -> Party | Bad:
    """Someone who takes part: `iran`, `[[iran]]`, or a mapping with the part played."""
    bare = unwrap(node)
    if isinstance(bare, Scalar):
        ref = _read_ref(reading, bare, path)
        reading.place(join(path, "ref"), bare.at)
        return ref if isinstance(ref, Bad) else Party(ref)
    return read_struct(reading, node, Party, path)


def read_author(reading: Reading, node: Node, path: str) -> Author | Bad:
    """An author by name alone, or as a mapping."""
    if isinstance(node, Scalar):
        name = read_text(reading, node, path)
        return name if isinstance(name, Bad) else Author(name)
    return read_struct(reading, node, Author, path)


SHORTHANDS[Cited] = read_cited
SHORTHANDS[Party] = read_party
SHORTHANDS[Author] = read_author
