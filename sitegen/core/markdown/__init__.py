"""Markdown: a body or a field in, HTML with holes and findings out. One rule, one function."""

from sitegen.core.markdown.blocks import BLOCKS as BLOCKS
from sitegen.core.markdown.blocks import BlockKind as BlockKind
from sitegen.core.markdown.lines import unlined as unlined
from sitegen.core.markdown.parse import ParsedBody as ParsedBody
from sitegen.core.markdown.parse import ParsedInline as ParsedInline
from sitegen.core.markdown.parse import parse_body as parse_body
from sitegen.core.markdown.parse import parse_inline as parse_inline
from sitegen.core.markdown.plain import plain_text as plain_text
