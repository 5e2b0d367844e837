"""Inline rules for references to the site: `[[target|words]]`, `{fact:id|words}` and `[^source]`.

They only record what is written and where; whether it exists is known when the page is rendered.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

SEPARATOR = r"\\?\|"  # `\|` as other tools ask for in tables
_WIKILINK = re.compile(
    rf"\[\[(?P<target>(?:[^\[\]|\\]|\\(?!\|))+)(?:{SEPARATOR}(?P<words>(?:[^\[\]]|\[(?!\[)|\](?!\]))*))?\]\]"
)
_FACT = re.compile(
    rf"\{{(?:fact|حقيقة):(?P<target>(?:[^{{}}|\n\\]|\\(?!\|))*)(?:{SEPARATOR}(?P<words>[^{{}}]*))?\}}"
)
_CITATION = re.compile(r"\[\^(?P<source>[^\[\]\s^]+)\]")

REFERENCES = re.compile(
    f"{_WIKILINK.pattern.replace('?P<target>', '').replace('?P<words>', '')}"
    f"|{_FACT.pattern.replace('?P<target>', '').replace('?P<words>', '')}"
)
"""References that may hold a `|`, for the table rule."""


def wikilink(state: StateInline, silent: bool) -> bool:
    """`[[oman]]`, `[[oman|السلطنة]]`, `[[عُمان]]`, `[[oman#history]]`."""
    return _reference(state, silent, _WIKILINK, "[[", "link")


def fact(state: StateInline, silent: bool) -> bool:
    """`{fact:id}`, `{fact:id.field}`, `{fact:id|words}`; `حقيقة` serves as well."""
    return _reference(state, silent, _FACT, "{", "fact")


def _reference(state: StateInline, silent: bool, pattern: re.Pattern[str], lead: str, name: str) -> bool:
    start, end = state.pos, state.posMax
    if not state.src.startswith(lead, start):
        return False
    match = pattern.match(state.src, start, end)
    if match is None or not match["target"].strip():
        return False
    if not silent:
        token = state.push(f"{name}_open", "a", 1)
        token.meta = {"target": " ".join(match["target"].split()), "at": match.span()}
        if match["words"] and match["words"].strip():
            token.meta["words"] = match.start("words")
            state.pos, state.posMax = match.span("words")
            state.linkLevel += 1
            state.md.inline.tokenize(state)
            state.linkLevel -= 1
        state.push(f"{name}_close", "a", -1)
    state.pos, state.posMax = match.end(), end
    return True


def citation(state: StateInline, silent: bool) -> bool:
    """`[^source-id]`; a definition in the body (`[^id]: …`) is marked, since sources live in a file of their own."""
    if not state.src.startswith("[^", state.pos):
        return False
    match = _CITATION.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        starts_line = match.start() == 0 or state.src[match.start() - 1] == "\n"
        token.meta = {
            "source": match["source"],
            "at": match.span(),
            "definition": starts_line and state.src.startswith(":", match.end()),
        }
    state.pos = match.end()
    return True
