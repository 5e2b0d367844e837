"""What is taken apart at once is read as what the rules would make of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from sitegen.core.markdown.inline import InlineReader
from sitegen.core.markdown.page import Page
from sitegen.core.markdown.parser import parser
from sitegen.core.markdown.pieces import Piece, Words
from sitegen.core.markdown.shortcut import pieces_of
from sitegen.errors import Diagnostic
from sitegen.locale import get_locale

PIECES = (
    *(
        "كلمة",
        " ",
        "  ",
        "\n",
        " \n",
        "\n ",
        "\t",
        "word",
        "5",
        "َ",
        ".",
        "،",
        "«",
        "»",
        "(",
        ")",
        ":::",
        "-",
        "|",
        "!",
    ),
    *("*", "**", "***", "_", "~~", "`", "\\", "&amp;", "<", "[", "]", "{", "}", "[[", "]]", "](", "[^"),
    *(
        "*مهم*",
        "**مهم جدا**",
        "*a*",
        "**b c**",
        "*a|b*",
        "[[iran]]",
        "[[iran|إيران]]",
        "[[ iran | ]]",
        "[[a#b|*c*]]",
    ),
    *(
        "[[ ]]",
        "[[iran |بلد]]",
        "{fact:share}",
        "{fact:share.label|نسبة}",
        "{fact:share.as_of}",
        "`U-235 & <b>`",
        "`ك`",
        "` a `",
        "{حقيقة:share| }",
        "{fact:}",
        "{fact: }",
    ),
    *(
        "[^wam]",
        "[^wam]:",
        "[^و]",
        "[نص](article:x)",
        "[نص](term:x#y)",
        "[*نص*](entity:x)",
        "[نص|ثان](fact:x)",
    ),
    *("[نص](http://a.b)", "[نص](javascript:x)", "[نص]", "[](fact:x)", "[ ](fact:x)"),
)


def read(content: str, *, at_once: bool) -> tuple[list[Piece], tuple[Diagnostic, ...]]:
    """The pieces of a paragraph but for empty words, and what was found."""
    page = Page("a.md", content.split("\n"), 1)
    token = Token("inline", "", 0, content=content, map=[0, 1])
    if at_once:
        token.meta["pieces"] = pieces_of(content)
    else:
        token.children = parser().inline.parse(content, parser(), {"page": page}, [])
    pieces = InlineReader(page, get_locale("ar")).read_token(token)
    return [it for it in pieces if it != Words("")], page.diagnostics()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "كلمات فقط، بلا شيء: 5.2% منها | هنا",
        "*أول* ثم **ثان**.",
        "**أول**",
        "سطر\nوسطر *مهم*\n**وآخر**",
        "[[iran]] و[[iran|إيران]] و{fact:share}، {fact:share.label|نسبة}[^wam] و[نص](article:x)",
        "**أول** [[iran]] **ثان**",
        "غاز `UF6` عند {fact:share.as_of|يومه}",
    ],
)
def test_the_most_common_form_is_taken_apart_at_once(content: str) -> None:
    assert pieces_of(content) is not None
    assert read(content, at_once=True) == read(content, at_once=False)


@settings(deadline=None, max_examples=1500)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_whatever_is_taken_apart_at_once_is_read_as_by_the_rules(content: str) -> None:
    if pieces_of(content) is not None:
        assert read(content, at_once=True) == read(content, at_once=False)
