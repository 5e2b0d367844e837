"""Acceptance cases of Arabic typesetting that Markdown answers for, by their numbers."""

from __future__ import annotations

from sitegen.core.body import Html
from sitegen.core.markdown import parse_body
from sitegen.locale import get_locale


def html(text: str) -> str:
    body = parse_body(text, "content/articles/x.md", 1, get_locale("ar")).body
    return "".join(part.html for part in body.parts if isinstance(part, Html))


def test_case_17_a_column_set_to_the_left_starts_where_the_line_starts() -> None:
    """`:--` is the start of the line and `--:` its end, whatever side that is; never left or right."""
    table = html("| أ | ب |\n|:--|--:|\n| ج | د |\n")
    assert table.count('class="align-start"') == 2
    assert table.count('class="align-end"') == 2
    assert "left" not in table
    assert "right" not in table
    assert "style=" not in table


def test_case_33_strong_words_begin_after_a_proclitic() -> None:
    """`لـ**"أكسيوس"**` is strong although CommonMark sees no word border there."""
    assert html('قال لـ**"أكسيوس"** أمس') == "<p>قال لـ<strong>&#34;أكسيوس&#34;</strong> أمس</p>\n"
