"""Inline content of the most common form, taken apart by one expression.

Words, line ends, `*words*` and `**words**` with spaces around them, code in ASCII, `[[target|words]]`,
`{fact:id.field|words}`, `[^source]` and `[words](scheme:id)`, one after the other, mean what they would mean if the parser went from rule to rule, which
costs several times as much.
"""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore

_SIGNS = r"\n!&*<\[\\\]_`{}~"
_WORDS = rf"[^{_SIGNS}|]+"  # characters that begin nothing, and do not part a target from its words
_SIGN = re.compile(f"[{_SIGNS}]")
_TARGET = rf"[^{_SIGNS}|\s][^{_SIGNS}|]*"
_PIECE = re.compile(
    rf"(?P<text>[^{_SIGNS}]+)|(?P<line>(?<! )\n(?![ \t]))"
    rf"|(?<![^ \n])(?P<stars>\*\*?)(?P<stressed>[^\W_](?:[^{_SIGNS}]*[^\W_])?)(?P=stars)(?=[ \n.,،؛:؟)»]|$)"
    r"|(?<!`)`(?P<code>[!-_a-~](?:[ -_a-~]*[!-_a-~])?)`(?!`)"
    rf"|\[\[(?P<link>{_TARGET})(?:\|(?P<linked>{_WORDS}))?\]\]"
    rf"|\{{(?:fact|حقيقة):(?P<fact>{_TARGET}(?:_{_WORDS})*)(?:\|(?P<stated>{_WORDS}))?\}}"
    rf"|\[\^(?P<source>[\w-]+)\](?!:)|\[(?P<words>[^{_SIGNS}]+)\]\((?P<address>[a-z]+:[\w#-]+)\)"
)


def pieces_of(content: str) -> list[re.Match[str]] | None:
    """What `content` consists of, one after the other, or None when it is not of that form.

    The last group of each is one of text, line, stressed, code, link or linked, fact or stated, source, address. Words
    alone are not taken apart.
    """
    if ":::" in content:  # left over from a block, and reported
        return None
    if _SIGN.search(content) is None:
        return []
    found: list[re.Match[str]] = []
    end = 0
    for match in _PIECE.finditer(content):
        if match.start() != end:
            return None
        end = match.end()
        found.append(match)
    return found if end == len(content) else None


def inline(state: StateCore) -> None:
    """Core rule `inline`: content of the common form has its pieces in `meta`, any other is parsed.

    Headings are always parsed, for their ids are made of tokens.
    """
    heading = False
    for token in state.tokens:
        if token.type == "inline":
            pieces = None if heading else pieces_of(token.content)
            if pieces is None:
                token.children = []
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            else:
                token.meta["pieces"] = pieces
        heading = token.type == "heading_open"
