"""Short ways to write content files in tests."""

from __future__ import annotations

from typing import Any

from sitegen.core.article import Article
from sitegen.core.documents import (
    Parsed,
    parse_article,
    parse_entity,
    parse_registry,
    parse_scales,
    parse_site,
    parse_sources,
    parse_term,
    parse_topic,
)
from sitegen.core.facts import Fact
from sitegen.errors import Diagnostic

PATH = "content/articles/sample.md"
REQUIRED = "title: عنوان\nsummary: ملخص\npublished: 2025-10-31\nsources: [a-source]\n"
PARSERS: dict[str, Any] = {
    "article": lambda data: parse_article(PATH, data, "ar"),
    "entity": lambda data: parse_entity("content/entities/oman.md", data, "ar"),
    "term": lambda data: parse_term("content/terms/snapback.md", data, "ar"),
    "topic": lambda data: parse_topic("content/topics/file.md", data, "ar"),
    "facts": lambda data: parse_registry("content/facts/iran.yaml", data, "ar"),
    "sources": lambda data: parse_sources("content/sources.yaml", data, "ar"),
    "scales": lambda data: parse_scales("content/scales.yaml", data, "ar"),
    "site": lambda data: parse_site("content/site.yaml", data),
}
MARKDOWN = ("article", "entity", "term", "topic")


def article(extra: str = "", head: str = REQUIRED, body: str = "") -> Parsed[Article]:
    """An article whose front matter is `head` and then `extra` (from line 6 on)."""
    return PARSERS["article"](f"---\n{head}{extra}\n---\n{body}".encode())


def facts(text: str) -> Parsed[tuple[Fact, ...]]:
    """A registry file."""
    return PARSERS["facts"](text.encode())


def fact(rest: str) -> Fact:
    """The one fact of a registry whose fact says `rest`; it must be without findings."""
    parsed = facts(f"- {{id: x, label: عنوان, sources: [a], {rest}}}")
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return parsed.value[0]


def codes(parsed: Parsed[Any]) -> list[str]:
    """The codes of all findings, in order."""
    return [it.code for it in parsed.diagnostics]


def only(parsed: Parsed[Any]) -> Diagnostic:
    """The one finding."""
    assert len(parsed.diagnostics) == 1, codes(parsed)
    return parsed.diagnostics[0]


def where(finding: Diagnostic) -> tuple[int, int, int]:
    """Line, first column, column after the last."""
    return finding.at.line, finding.at.column, finding.at.end_column
