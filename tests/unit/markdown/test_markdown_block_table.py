"""The table of `:::` blocks, which the documentation and the theme read."""

from __future__ import annotations

from typing import get_args

import pytest

from sitegen.core.body import Block
from sitegen.core.markdown import BLOCKS, BlockKind, parse_body
from sitegen.core.markdown.blocks import BlockName
from sitegen.locale import get_locale

SAMPLES = {
    "ids": "- a",
    "events": "- 2023: نص",
    "items": "- نص",
    "questions": "س: أ؟\nج: ب.",
    "markdown": "نص",
}


def test_every_block_of_the_body_is_described() -> None:
    """The names are those that a `Block` may have."""
    assert [kind.name for kind in BLOCKS] == list(get_args(BlockName))


def test_no_name_means_two_blocks() -> None:
    """Names and aliases are distinct, as are the arguments of a block."""
    names = [name for kind in BLOCKS for name in (kind.name, *kind.aliases)]
    assert len(names) == len(set(names))
    for kind in BLOCKS:
        arguments = [name for it in kind.arguments for name in (it.name, it.alias)]
        assert len(arguments) == len(set(arguments))


@pytest.mark.parametrize("kind", BLOCKS, ids=lambda it: it.name)
def test_every_name_and_argument_is_understood(kind: BlockKind) -> None:
    """In English and in Arabic, with the same result."""
    locale = get_locale("ar")
    english = " ".join(f'{it.name}="قيمة ما"' for it in kind.arguments)
    arabic = " ".join(f"{it.alias}=«قيمة ما»" for it in kind.arguments)
    found = []
    for name, args in [(kind.name, english), *((alias, arabic) for alias in kind.aliases)]:
        parsed = parse_body(f":::{name} {args}\n{SAMPLES[kind.form]}\n:::", "x.md", 1, locale)
        assert parsed.diagnostics == ()
        (block,) = parsed.body.parts
        assert isinstance(block, Block)
        assert block.name == kind.name
        found.append((block.args, plain(block)))
    assert all(it == found[0] for it in found)
    assert found[0][0] == tuple((it.name, "قيمة ما") for it in kind.arguments)


def plain(block: Block) -> tuple[object, ...]:
    return (*(it.text for it in block.items), *(asked.text for asked, _ in block.pairs), len(block.parts))
