"""What holds for every text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from show import ARABIC

from sitegen.core.body import Block, Html, Parts
from sitegen.core.markdown import parse_body, parse_inline, plain_text
from sitegen.errors import Span
from sitegen.locale import get_locale
from sitegen.messages import hint, sentence

PIECES = st.sampled_from(
    [
        *"*_~`[](){}<>|:!#-+^\\\"'«»=&;.؟\n\t ",
        "**", "[[", "]]", "{fact:", "[^", "](", ":::", ":::facts", ":::qa", "\n\n", "\n- ", "\n> ", "\n١. ", "\n## ",
        "|-|-|\n", "| ", "```\n", "entity:", "https://x.y", "نص", "لـ", "83.7%", "2023-05-08", "س: ", "ج: ", "{#x}",
        "<b>", "<!--", "\u2067", "\u202e", "\u200f", "😀", "a", "\r\n", "\x00",
    ]
)  # fmt: skip
MARKUP = st.lists(PIECES, max_size=60).map("".join)
WORDS = st.lists(st.text("ابتجدهوزحطيكلمنABC", min_size=1, max_size=8), min_size=1, max_size=30)


@given(MARKUP | st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    """Whatever is written, there is a body, and every finding can be said."""
    for finding in (
        *parse_body(text, "x.md", 1, ARABIC).diagnostics,
        *parse_inline(text, Span("x.md"), ARABIC).diagnostics,
    ):
        assert sentence(finding, "ar")
        assert hint(finding, "en") is not None
        assert 1 <= finding.at.line <= text.count("\n") + text.count("\r") + 1
        assert 1 <= finding.at.column <= len(finding.excerpt) + 1 or not finding.excerpt


@given(MARKUP)
def test_the_same_text_gives_the_same_body(text: str) -> None:
    """The parser keeps nothing from one text to the next."""
    assert parse_body(text, "x.md", 1, ARABIC) == parse_body(text, "x.md", 1, ARABIC)


@given(WORDS, st.randoms(use_true_random=False))
def test_no_word_is_lost(words: list[str], random: object) -> None:
    """Every word of a paragraph is in the output, in order."""
    text = plain_text(parse_body(" ".join(words), "x.md", 1, ARABIC).body.parts)
    assert text.split() == words


@given(
    WORDS,
    st.lists(
        st.sampled_from([" ", "\n", "\n\n", "\n- ", "\n> ", "\n## ", " **", "** ", "\n١. "]), min_size=30
    ),
)
def test_no_word_is_lost_between_blocks(words: list[str], gaps: list[str]) -> None:
    """Words of different blocks stay, and never touch."""
    text = "".join(word + gap for word, gap in zip(words, gaps, strict=False))
    shown = plain_text(parse_body(text, "x.md", 1, get_locale("en")).body.parts)
    assert re.findall(r"\w+", re.sub(r"[\d*]+", " ", shown)) == words


class _Balance(HTMLParser):
    """Fails on an end tag that does not close the element opened last."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
        if tag not in ("br", "hr"):
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag


def balanced(parts: Parts) -> bool:
    checker = _Balance()
    for part in parts:
        if isinstance(part, Html):
            checker.feed(part.html)
        elif isinstance(part, Block):
            assert balanced(part.parts)
            assert all(balanced(item.parts) for item in part.items)
            assert all(balanced(answer) for _, answer in part.pairs)
    checker.close()
    return checker.opened == []


@given(MARKUP)
def test_every_element_is_closed(text: str) -> None:
    """In the body, in each sentence and in each heading; no handler and no style ever gets through."""
    body = parse_body(text, "x.md", 1, ARABIC).body
    assert balanced(body.parts)
    for it in (*body.sentences, *body.headings):
        assert balanced(it.parts)


@given(MARKUP)
def test_ids_of_headings_are_unique(text: str) -> None:
    """However often they repeat and whatever the author wrote."""
    ids = [it.id for it in parse_body(text, "x.md", 1, ARABIC).body.headings]
    assert len(ids) == len(set(ids))
    assert all(ids)
