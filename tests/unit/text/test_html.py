"""HTML from plain text, as MarkupSafe has it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from sitegen.text import escaped, marked

TEXTS = st.text(st.sampled_from("&<>'\"a؟é\u2066\U0001f600 ")) | st.text()


@given(TEXTS)
def test_text_is_escaped_as_markupsafe_escapes_it(text: str) -> None:
    assert escaped(text) == str(escape(text))


@given(TEXTS)
def test_what_is_marked_is_markup_of_the_same_characters(text: str) -> None:
    assert type(marked(text)) is Markup
    assert marked(text) == Markup(text)
