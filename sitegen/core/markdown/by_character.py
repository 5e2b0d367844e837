"""markdown-it's two loops, over lines and within them, trying at each place only rules that its character can begin.

A rule that is not listed here may begin anywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

_BLOCKS = {
    "fence": "`~",
    "colon_block": ":",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "heading": "#",
}
_OF_LINES = ("table", "lheading")  # what takes a second line, and begins anywhere
_INLINES = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "wikilink": "[",
    "fact": "{",
    "citation": "[",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
}
_CLOSING = "]}"  # where words in brackets end, so that text may not run over them

Rule = TypeVar("Rule", bound=Callable[..., bool])


def _rules_by_character(ruler: Ruler[Rule], starts: Mapping[str, str]) -> defaultdict[str, list[Rule]]:
    """The active rules for each character, in order; those that begin anywhere for all others."""
    rules = list(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
    found: defaultdict[str, list[Rule]] = defaultdict(
        lambda: [rule for name, rule in rules if name not in starts]
    )
    for char in set("".join(starts.values())):
        found[char] = [rule for name, rule in rules if char in starts.get(name, char)]
    return found


class BlockParser(ParserBlock):
    """Blocks, line by line."""

    starts = frozenset("".join(_BLOCKS.values()))

    def prepare(self) -> None:
        """Settle the rules; to be called when they are complete."""
        self.rules = _rules_by_character(self.ruler, _BLOCKS)
        known = zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True)
        self.of_a_line = [rule for name, rule in known if name not in (*_BLOCKS, *_OF_LINES)]

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 (as the base class)
        """Push the tokens of the lines from `startLine` to before `endLine`."""
        line, deepest = startLine, state.md.options.maxNesting
        blank = False  # whether an empty line came before
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= deepest:
                state.line = endLine
                break
            first = state.src[state.bMarks[line] + state.tShift[line]]
            alone = first not in self.starts and (line + 1 >= endLine or state.isEmpty(line + 1))
            for rule in self.of_a_line if alone else self.rules[first]:
                if rule(state, line, endLine, False):
                    break
            state.tight = not blank
            line = state.line
            if line - 1 < endLine and state.isEmpty(line - 1):  # a paragraph in a list takes the one after it
                blank = True
            if line < endLine and state.isEmpty(line):
                blank = True
                state.line = line = line + 1


class InlineParser(ParserInline):
    """Inline content, from one character that means something to the next."""

    def prepare(self) -> None:
        """Settle the rules; to be called when they are complete."""
        self.ruler.disable("text")
        self.rules = _rules_by_character(self.ruler, _INLINES)
        self.terminator_re = re.compile(f"[{re.escape(''.join([*self.rules, *_CLOSING]))}]")

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Push the tokens of `src`."""
        if src and self.terminator_re.search(src) is None:
            tokens.append(Token("text", "", 0, content=src))
            return tokens
        return super().parse(src, md, env, tokens)

    def tokenize(self, state: StateInline) -> None:
        """Push the tokens of the source from `state.pos` to before `state.posMax`."""
        src, end = state.src, state.posMax
        search = self.terminator_re.search
        deepest = state.md.options.maxNesting
        while state.pos < end:
            start = state.pos
            match = search(src, start, end)
            stop = match.start() if match else end
            if stop > start:
                state.append_pending(src[start:stop])
                state.pos = stop
                continue
            for rule in self.rules[src[start]] if state.level < deepest else ():
                if rule(state, False):
                    break
            else:
                state.append_pending(src[start])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 (named by the base class)
        """Step over what would be one token, or one character."""
        start = state.pos
        if start in state.cache:
            state.pos = state.cache[start]
            return
        match = self.terminator_re.search(state.src, start, state.posMax)
        stop = match.start() if match else state.posMax
        if state.level >= state.md.options.maxNesting:
            state.pos = state.posMax + 1
        elif stop > start:
            state.pos = stop
        else:
            state.level += 1
            for rule in self.rules[state.src[start]]:
                if rule(state, True):
                    break
            else:
                state.pos += 1
            state.level -= 1
        state.cache[start] = state.pos
