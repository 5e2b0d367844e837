"""Where holes and findings stand: lines and columns of the file, from 1, in code points."""

from __future__ import annotations

import re

import pytest
from show import ARABIC

from sitegen.core.body import Block, Citation, FactRef, Image, Link, Part, Parts
from sitegen.core.markdown import parse_body, parse_inline
from sitegen.errors import Span

FIRST_LINE = 7


def holes(parts: Parts) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Link | FactRef | Citation | Image):
            found.append(part)
        if isinstance(part, Block):
            found += [
                *holes(tuple(it for item in part.items for it in item.parts)),
                *holes(tuple(it for asked, answer in part.pairs for it in (*asked.parts, *answer))),
                *holes(part.parts),
            ]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "نص [[a]] و{fact:b} [^c] [س](entity:d) ![ص](e.jpg)",
        "سطر\nثانٍ [[a|كلمات]]\n   وثالث {fact:b}",
        "- بند [[a]]\n  وتتمة {fact:b}\n\n  - داخلي [[c]]\nوكسول [[d]]",
        "> قول [[a]]\n> ثم {fact:b}\nوكسول [[c]]\n\n> - بند [^d]",
        "١. بند [[a]]\n٢. ثانٍ {fact:b}\n\n   فقرة [^c]",
        "| أ [[a]] | {fact:b|ب ج} |\n|---|---|\n| س \\| ص [[c|د]] | [^e] |\n|[[f]]|`x\\|y` [[g]]|",
        "- |أ|\n  |-|\n  |[[a]]|",
        "## عنوان [[a]] {#x}\n\n## آخر {fact:b} ##\n\nعنوان [[c]]\n---",
        ":::known\n- بند [[a]]\n  وتتمة {fact:b}\n:::\n\n:::timeline\n- 2023-05: لقاء [[c]]\n:::",
        ":::qa\nس: سؤال [[a]]؟\nج: جواب {fact:b}\nوتتمة [^c]\n:::",
        ":::changed date=2023\nنص [[a]]\n\n- بند {fact:b}\n:::",
        "**مهم [[a]] و*{fact:b}* ~~[^c]~~**",
        "\\* [[a]] &amp; {fact:b} `code` <https://example.com> [[c]]",
        "[نص](https://example.com) [[a]]\n[ref] [[b]]\n\n[ref]: https://example.com\nنص [[c]]",
        "نص\tبجدولة [[a]]\n\n-\tبند\t[[b]]",
        "😀 نص [[a]]",
    ],
)
def test_a_hole_stands_where_it_is_written(text: str) -> None:
    """The stretch given is exactly the source of the reference."""
    lines = text.split("\n")
    found = holes(parse_body(text, "x.md", FIRST_LINE, ARABIC).body.parts)
    assert found
    for hole in found:
        assert not isinstance(hole, Block)
        source = lines[hole.line - FIRST_LINE][hole.column - 1 : hole.end_column - 1]
        match hole:
            case Link(target=name) | FactRef(fact=name) | Citation(source=name) | Image(src=name):
                assert name in source
        assert source[0] in "[{!"
        assert source[-1] in "]})"


def test_a_reference_over_two_lines_ends_with_the_first() -> None:
    """A span is of one line; what goes on below is not part of it."""
    (link,) = holes(parse_body("نص [[oman|سلطنة\nعُمان]]", "x.md", 1, ARABIC).body.parts)
    assert isinstance(link, Link)
    assert (link.line, link.column, link.end_column) == (1, 4, 16)


def test_windows_line_ends_move_nothing() -> None:
    """CRLF counts as one line end."""
    text = "نص\r\n\r\nنص [[oman]]\r\n"
    (link,) = holes(parse_body(text, "x.md", 1, ARABIC).body.parts)
    assert isinstance(link, Link)
    assert (link.line, link.column) == (3, 4)


def test_a_finding_shows_its_line() -> None:
    """The excerpt is the whole source line, for the caret below it."""
    (finding,) = parse_body("نص\n\n- نص <b> نص", "a/x.md", 11, ARABIC).diagnostics
    assert finding.at == Span("a/x.md", 13, 6, 9)
    assert finding.excerpt == "- نص <b> نص"


@pytest.mark.parametrize("quotes", [0, 1])
def test_a_field_as_it_stands_has_exact_columns(quotes: int) -> None:
    """Plain and quoted scalars are traced to the character."""
    text = "عن {fact:x}"
    at = Span("x.md", 4, 9, 9 + len(text) + 2 * quotes)
    (hole,) = holes(parse_inline(text, at, ARABIC).parts)
    assert isinstance(hole, FactRef)
    assert (hole.line, hole.column, hole.end_column) == (4, 12 + quotes, 20 + quotes)


@pytest.mark.parametrize(
    ("text", "lines", "column"),
    [
        ("نص طويل\nعن {fact:x} ثم\n", ["  نص طويل", "  عن {fact:x} ثم"], 3),
        ("نص طويل عن {fact:x} ثم", ["a: نص طويل", "", "   عن {fact:x} ثم", "b: c"], 4),
        ("نص طويل عن {fact:x} ثم", ["a: 'نص طويل", "   عن {fact:x} ثم'"], 4),
        ("نص طويل\n\n  عن {fact:x}\n", ["  نص طويل", "", "    عن {fact:x}", "---"], 3),
    ],
)
def test_a_field_of_several_lines_is_traced_through_them(text: str, lines: list[str], column: int) -> None:
    """A block, or a scalar that goes on below: each reference is found on its own line."""
    (hole,) = holes(parse_inline(text, Span("x.md", 4, column), ARABIC, lines).parts)
    assert isinstance(hole, FactRef)
    line = lines[hole.line - 4]
    assert line[hole.column - 1 : hole.end_column - 1] == "{fact:x}"


def test_a_reference_over_two_lines_of_a_field_ends_with_the_first() -> None:
    """Also where YAML has put a space in the place of the line end."""
    at = Span("x.md", 4, 3, 16)
    (hole,) = holes(
        parse_inline("نص {fact:x|كلمات أخرى}", at, ARABIC, ["  نص {fact:x|كلمات", "  أخرى}"]).parts
    )
    assert isinstance(hole, FactRef)
    assert (hole.line, hole.column, hole.end_column) == (4, 6, 19)


def test_a_field_with_escapes_is_meant_as_a_whole() -> None:
    """Text that is not written as it reads cannot be traced."""
    at = Span("x.md", 4, 9, 11)
    (hole,) = holes(parse_inline("نص طويل\nعن {fact:x}", at, ARABIC, ['a: "نص طويل\\nعن {fact:x}"']).parts)
    assert isinstance(hole, FactRef)
    assert (hole.line, hole.column, hole.end_column) == (4, 9, 11)


def test_a_hidden_character_of_a_field_is_found_in_it() -> None:
    """Its column is that of the file, not of the text."""
    text = "نص \u202eخفي"
    (finding,) = parse_inline(text, Span("x.md", 4, 9, 9 + len(text)), ARABIC).diagnostics
    assert (finding.code, finding.at.line, finding.at.column) == ("B150", 4, 12)


def test_blocks_tell_their_lines_when_asked() -> None:
    """Each block element begins with the line of the file that it comes from; nothing else differs."""
    text = "فقرة.\n\n## عنوان\n\n- بند\n- بند\n\n:::changed\nنصّ.\n:::\n\n| أ |\n| --- |\n| ب |\n"
    lined = parse_body(text, "a.md", 10, ARABIC, lined=True).body
    plain = parse_body(text, "a.md", 10, ARABIC).body
    told = str(lined)
    assert re.findall(r'<(\w+)[^>]* data-line="(\d+)"', told) == [
        ("p", "10"),
        ("h2", "12"),
        ("ul", "14"),
        ("li", "14"),
        ("li", "15"),
        ("p", "18"),
        ("tr", "21"),
        ("tr", "23"),
    ]
    assert re.sub(r' data-line="\d+"', "", told) == str(plain)


@pytest.mark.parametrize(
    ("text", "code", "places"),
    [
        ("قال **كلمة** ثم ** سائب", "B110", [(1, 17, "**")]),
        ("`[[x]]` ثم [[oman] هنا", "B111", [(1, 12, "[[")]),
        ("\\** و** هنا", "B110", [(1, 6, "**")]),
        ("&#42;&#42; و ** هنا", "B110", [(1, 14, "**")]),
        ("سطر `**`  \n  ثم `a\nb` ** هنا", "B110", [(3, 4, "**")]),
        ("[**كلمة**](https://example.com/**) ** هنا", "B110", [(1, 36, "**")]),
        ("[[a|**كلمة** ** هنا]] ~~س~~ ~~ ثم", "B110", [(1, 14, "**"), (1, 29, "~~")]),
        ("<https://example.com/**> ** هنا", "B110", [(1, 26, "**")]),
        ("![**](a.jpg) [^**] ** هنا", "B110", [(1, 20, "**")]),
        ("_س_ *ص* ***ع*** ** و ** ثم", "B110", [(1, 17, "**"), (1, 22, "**")]),
        ("> - **س** ثم\n>   ** هنا", "B110", [(2, 5, "**")]),
        ("نص [مرجع][غائب] ثم [آخر][]", "B112", [(1, 4, "[مرجع][غائب]"), (1, 20, "[آخر][]")]),
        ("[](#س) [{fact:x}](#س)", "B103", [(1, 1, "[](#س)")]),
        ("[**مهم**][غائب] \\[أ]\\[ب]", "B112", [(1, 9, "][غائب]")]),
        ("[أ][ب] و[أ][] و[أ] و[ج][أ]\n\n[أ]: https://example.com\n[ب]: https://example.com", "B112", []),
    ],
)
def test_markup_that_is_left_over_is_found_where_it_stands(
    text: str, code: str, places: list[tuple[int, int, str]]
) -> None:
    """The same signs earlier on, in code, in an address or where they do mark something, are not what is meant."""
    lines = text.split("\n")
    found = [it.at for it in parse_body(text, "x.md", 1, ARABIC).diagnostics if it.code == code]
    assert [
        (at.line, at.column, lines[at.line - 1][at.column - 1 : at.end_column - 1]) for at in found
    ] == places
