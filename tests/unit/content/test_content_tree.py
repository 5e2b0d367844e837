"""YAML as positioned text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.core import frontmatter
from sitegen.core.frontmatter import Items, Pairs, PureParser, Scalar, read_markdown, read_yaml
from sitegen.messages import hint, sentence


def _root(yaml: str) -> Pairs:
    document = read_yaml("x.yaml", yaml.encode())
    assert document.found == []
    assert isinstance(document.root, Pairs)
    return document.root


def _at(yaml: str, key: str) -> tuple[str, int, int, int]:
    node = _root(yaml).get(key)
    assert isinstance(node, Scalar)
    return node.text, node.at.line, node.at.column, node.at.end_column


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("k: word", ("word", 1, 4, 8)),
        ("k: 'word'", ("word", 1, 4, 10)),
        ("a: 1\nk:   عُمان  # note", ("عُمان", 2, 6, 11)),
        ("😀: 1\nk: 😀 x", ("😀 x", 2, 4, 7)),
        ("k: >-\n\n  first\n  second\n", ("\nfirst second", 3, 3, 8)),
        ("k: |\n  one\n", ("one\n", 2, 3, 6)),
        ("k: one\n  two", ("one two", 1, 4, 0)),
        ('k: "a\n  b"', ("a b", 1, 4, 0)),
        ("k:", ("", 1, 3, 0)),
    ],
)
def test_a_scalar_stands_where_an_editor_shows_it(yaml: str, place: tuple[str, int, int, int]) -> None:
    """Lines and columns from 1, columns in code points; a block begins at its first written line."""
    assert _at(yaml, "k") == place


def test_places_count_from_the_top_of_the_file() -> None:
    """The line --- is line 1, and the body knows its own first line."""
    document = read_markdown("x.md", b"---\na: 1\nb: {c: 2}\n---\nbody\nmore")
    assert isinstance(document.root, Pairs)
    inner = document.root.get("b")
    assert isinstance(inner, Pairs)
    found = inner.get("c")
    assert isinstance(found, Scalar)
    assert (found.at.line, found.at.column) == (3, 8)
    assert (document.body, document.body_line) == ("body\nmore", 5)


@pytest.mark.parametrize("prefix", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_byte_order_mark_and_line_ends_move_nothing(prefix: bytes, end: bytes) -> None:
    """What an editor hides does not shift columns or lines."""
    document = read_markdown(
        "x.md", prefix + end.join([b"---", b"a: 1", "k: عُمان".encode(), b"---", b"x", b"y"])
    )
    assert isinstance(document.root, Pairs)
    node = document.root.get("k")
    assert isinstance(node, Scalar)
    assert (node.at.line, node.at.column, node.at.end_column) == (3, 4, 9)
    assert (document.body, document.body_line) == ("x\ny", 5)


def test_the_style_of_a_scalar_is_kept() -> None:
    """Only a plain scalar can be absent."""
    root = _root("a: ~\nb: '~'\nc: null\nd: ''\ne:\n")
    styles = {key.text: (value.plain, value.absent) for key, value in root.pairs if isinstance(value, Scalar)}
    assert styles == {
        "a": (True, True),
        "b": (False, False),
        "c": (True, True),
        "d": (False, False),
        "e": (True, True),
    }


@pytest.mark.parametrize(
    ("yaml", "code", "line", "column"),
    [
        ("t: a: b", "S107", 1, 5),
        ("k: ?", "S134", 1, 4),
        ("k: - x", "S136", 1, 4),
        ("k: 'open", "S137", 1, 4),
        ('k: "open\nnext: 1', "S137", 1, 4),
        ('k: "\\q"', "S138", 1, 5),
        ("k: > 5%", "S139", 1, 6),
        ("k: [a, b", "S140", 1, 4),
        ("k: {a: b", "S141", 1, 4),
        ("k: @name", "S142", 1, 4),
        ("k: `code`", "S142", 1, 4),
        ("k: %60", "S142", 1, 4),
        ("a: 1\nwords\nb: 2", "S143", 2, 1),
        ('k: "a" b', "S144", 1, 8),
        ("- a\nb: 1", "S144", 2, 1),
        ("\tk: 1", "S108", 1, 1),
        ("k:\n  - a\n\t- b", "S108", 3, 1),
        ("a: &x 1", "S109", 1, 4),
        ("a: *x", "S109", 1, 4),
        ("a: !!python/object:os.system 1", "S109", 1, 4),
        ("a: !tag 1", "S109", 1, 4),
        ("<<: {a: 1}", "S109", 1, 1),
        ("%TAG ! tag:x,2000:\n---\na: 1", "S109", 1, 1),
        ("a: 1\n---\nb: 1", "S132", 2, 1),
        ("? [a, b]\n: c", "S133", 1, 3),
        ("{{a: 1}: b}", "S133", 1, 2),
        ("a: \x01", "S131", 1, 4),
        ("a: x\u2028y", "S131", 1, 5),
        ("a: x\x85y", "S131", 1, 5),
        ("a: x\ufeffy", "S131", 1, 5),
        ('a: "\\0"', "S131", 1, 4),
        ('a: "\\x1b[31m"', "S131", 1, 4),
        ('a: "\\u2028"', "S131", 1, 4),
    ],
)
@pytest.mark.parametrize("parser", [frontmatter.PARSER, PureParser])
def test_a_yaml_error_has_a_code_and_a_place(
    yaml: str, code: str, line: int, column: int, parser: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both parsers lead to the same finding, with a sentence and a way out in both languages."""
    monkeypatch.setattr(frontmatter, "PARSER", parser)
    first = min(read_yaml("x.yaml", yaml.encode()).found)
    # The pure parser points behind the backslash, libyaml at it.
    slack = 1 if code == "S138" else 0
    assert (first.code, first.at.line) == (code, line)
    assert 0 <= first.at.column - column <= slack
    for language in ("en", "ar"):
        assert sentence(first, language)
        assert hint(first, language)


@pytest.mark.parametrize("parser", [frontmatter.PARSER, PureParser])
def test_a_lone_surrogate_never_becomes_text(parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    """An escape that is half a character is an error with either parser."""
    monkeypatch.setattr(frontmatter, "PARSER", parser)
    assert read_yaml("x.yaml", rb'a: "\ud800"').found


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "a:\n"])
def test_depth_ends_before_the_parser_does(opener: str) -> None:
    """25 KB of brackets crash YAML loaders; here the seventeenth level is an error with its place."""
    if opener == "a:\n":
        yaml = "".join(" " * depth + "a:\n" for depth in range(300))
    else:
        yaml = opener * (25_000 // len(opener))
    found = read_yaml("x.yaml", yaml.encode()).found
    assert [it.code for it in found] == ["S116"]
    assert found[0].at.line == (17 if opener == "a:\n" else 1)


def test_sixteen_levels_are_allowed() -> None:
    """The limit itself is fine."""
    document = read_yaml("x.yaml", ("[" * 16 + "]" * 16).encode())
    assert document.found == []
    assert isinstance(document.root, Items)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "S119"),
        (b"text only", "S119"),
        (b"\n---\na: 1\n---\n", "S119"),
        (b"+++\na = 1\n+++\n", "S119"),
        (b"---\na: 1\n", "S130"),
        (b"---", "S130"),
        (b"\xff\xfe-\x00-\x00", "S118"),
        (b"\xfe\xff\x00-", "S118"),
        ("---\ntitle: عنوان\n---".encode("cp1256"), "S118"),
        (b"---\na: \x00\n---\n", "S131"),
        (b"---\na: " + b"x" * 70_000 + b"\n---\n", "S117"),
        (b"---\na: 1\n---\n" + b"x" * 600_000, "S117"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, code: str) -> None:
    """Encoding, size and the lines around the front matter."""
    assert [it.code for it in read_markdown("x.md", data).found] == [code]


def test_a_wrong_byte_has_a_place() -> None:
    """Line and column count what comes before it."""
    (finding,) = read_markdown("x.md", "---\r\nعُم".encode() + b"\xc3\n").found
    assert (finding.code, finding.at.line, finding.at.column) == ("S118", 2, 4)


def test_a_data_file_may_be_larger_than_front_matter() -> None:
    """A registry of thousands of facts is one file."""
    yaml = "".join(f"k{number}: {'x' * 50}\n" for number in range(3000))
    assert len(yaml) > frontmatter.MAX_FRONT_MATTER
    assert len(_root(yaml).pairs) == 3000


def test_an_excerpt_is_the_line_unless_it_is_huge() -> None:
    """A place far inside a long line shows nothing rather than the wrong part."""
    near = read_yaml("x.yaml", b"a: &x 1 # " + b"y" * 5000).found[0]
    assert near.excerpt.startswith("a: &x 1")
    assert len(near.excerpt) == 400
    far = read_yaml("x.yaml", b'"' + b"y" * 900 + b'": &x 1').found[0]
    assert far.excerpt == ""


_PIECES = st.sampled_from(
    [
        "a",
        "k: ",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "\n    ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        '"',
        "#",
        " #x",
        "عُمان",
        "😀",
        ">-\n",
        "|\n",
        "\t",
        "~",
    ]
)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_both_parsers_see_the_same_tree(yaml: str) -> None:
    """Where libyaml is missing, nothing changes but the speed."""
    document = read_yaml("x.yaml", yaml.encode())
    fast = frontmatter.PARSER
    frontmatter.PARSER = PureParser
    try:
        other = read_yaml("x.yaml", yaml.encode())
    finally:
        frontmatter.PARSER = fast
    if not any(it.code.startswith(("S10", "S13", "S14")) for it in document.found + other.found):
        assert document.root == other.root
