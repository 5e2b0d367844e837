"""However an editor saves, the preview shows what was saved."""

from __future__ import annotations

import pytest
from saving import STYLES, Save
from serving import ARTICLE, PAGE, Served


@pytest.mark.parametrize("save", STYLES, ids=lambda it: it.__name__)
def test_a_save_is_shown(preview: Served, save: Save) -> None:
    """The page has the new words; no error remains of what was seen on the way."""
    words = f"saved {save.__name__}"
    old = preview.read(ARTICLE)
    with preview.listening() as until:
        save(preview.folder / ARTICLE, f"{old}\n{words}\n")
        until(lambda: words in preview.get(PAGE).text)
        until(lambda: not preview.errors())
