"""Hidden and directional characters of a body, in prose and in code."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from markdown_it.token import Token

from sitegen.core.markdown.page import Page, Place
from sitegen.text import audit, audit_body


def report_controls(
    page: Page, text: str, tokens: Sequence[Token], lang: str, field: Token | None = None
) -> None:
    """Report what is hidden in `text`; in code nothing may be, since it would be read otherwise than it runs.

    `text` is the whole of what `page` is made of, or the content of `field`.
    """
    findings = audit_body(text, lang)
    if not findings:
        return
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    for finding in findings:
        index = bisect_right(starts, finding.offset) - 1
        column = finding.offset - starts[index] + 1
        place = (
            page.place(field, finding.offset, finding.offset + 1)
            if field
            else Place(page.first_line + index, column, column + 1)
        )
        page.report(finding.code, place, char=finding.label)
    for line, code in _code(tokens):
        for finding in audit(code)[:1]:
            if finding.char not in "\n\t":
                place = (
                    page.everywhere or (field and page.place(field, 0, len(text))) or page.whole_line(line)
                )
                page.report("B156", place, char=finding.label)


def _code(tokens: Sequence[Token]) -> Iterator[tuple[int, str]]:
    """The pieces of code with the lines (from 0) of the blocks they stand in."""
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.type in ("fence", "code_block"):
            yield from enumerate(token.content.split("\n"), line + (token.type == "fence"))
        for child in token.children or ():
            if child.type == "code_inline":
                yield line, child.content
