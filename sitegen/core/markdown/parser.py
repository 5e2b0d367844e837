"""The one Markdown parser: CommonMark with tables and strikethrough, and the rules of this package."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from sitegen.core.markdown.arabic_list import arabic_digits, arabic_list
from sitegen.core.markdown.by_character import BlockParser, InlineParser
from sitegen.core.markdown.colon_block import colon_block
from sitegen.core.markdown.definition import definition
from sitegen.core.markdown.emphasis import emphasis
from sitegen.core.markdown.heading import heading_id
from sitegen.core.markdown.located import autolink, backticks, html_inline, image, link
from sitegen.core.markdown.nesting import DEEPEST, nesting
from sitegen.core.markdown.reference import citation, fact, wikilink
from sitegen.core.markdown.shortcut import inline as inline_content
from sitegen.core.markdown.table import table

_INTERRUPTS = ["paragraph", "reference", "blockquote", "list"]


class SiteMarkdown(MarkdownIt):
    """Addresses stay as written until they are judged, so that a refused one is reported and not printed as text."""

    def __init__(self) -> None:
        super().__init__("zero")
        self.inline: InlineParser = InlineParser()
        self.block: BlockParser = BlockParser()
        self.configure("commonmark", {"maxNesting": DEEPEST + 8, "html": True})

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (named by the base class)
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def normalize(state: StateCore) -> None:
    """Only what cannot be in a page; line ends are those of `Page.lines` already."""
    state.src = state.src.replace("\0", "\ufffd")


@cache
def parser() -> SiteMarkdown:
    """The parser; it keeps nothing between texts, so one serves all (`env["page"]` must be the `Page`)."""
    md = SiteMarkdown()
    # Raw HTML is recognised in order to be reported; it is never passed on.
    md.disable(["html_block"])
    md.enable(["table", "strikethrough"])
    block, inline, core = md.block.ruler, md.inline.ruler, md.core.ruler
    block.before("table", "nesting", nesting)
    block.at("table", table, {"alt": ["paragraph", "reference"]})
    block.at("reference", definition)
    block.before("fence", "colon_block", colon_block, {"alt": _INTERRUPTS})
    inline.at("emphasis", emphasis)
    inline.at("backticks", backticks)
    inline.at("link", link)
    inline.at("image", image)
    inline.at("autolink", autolink)
    inline.at("html_inline", html_inline)
    inline.before("link", "wikilink", wikilink)
    inline.before("link", "fact", fact)
    inline.before("link", "citation", citation)
    core.at("normalize", normalize)
    core.at("inline", inline_content)
    core.before("block", "arabic_list", arabic_list)
    core.after("block", "arabic_digits", arabic_digits)
    core.after("arabic_digits", "heading_id", heading_id)
    core.disable("text_join")  # escaped characters stay apart, so that leftover markup can be told from them
    md.block.prepare()
    md.inline.prepare()
    return md
