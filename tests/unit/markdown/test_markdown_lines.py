"""Lines that blocks tell for previews can be taken out again without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from show import ARABIC

from sitegen.core.markdown import parse_body, unlined

CONTENT = Path(__file__).parents[3] / "content"
TEXTS = {
    **{it.name: it.read_text("utf-8").split("---\n", 2)[-1] for it in sorted(CONTENT.glob("*/*.md"))},
    "a liar": 'نصّ data-line="7"\n\n`<p data-line="7">` و[س](https://example.com "t data-line=\\"7\\"")\n\n```\n data-line="7"\n```\n',
    "blocks in blocks": ":::changed\n- أ\n\n  ب {fact:x}\n\n| أ |\n| - |\n| ب |\n:::\n\n:::qa\nس: سؤال؟\nج: - جواب\n:::\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_without_its_lines_a_body_is_what_is_published(text: str) -> None:
    """For every text of the sample site, and for texts that look like lines themselves."""
    lined = parse_body(text, "a.md", 10, ARABIC, lined=True)
    published = parse_body(text, "a.md", 10, ARABIC)
    assert (unlined(lined.body), lined.diagnostics) == (published.body, published.diagnostics)
