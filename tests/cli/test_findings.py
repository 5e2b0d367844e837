"""How findings look: one place, one sentence, one excerpt that points at the right character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cli.findings import FSI, PDI, as_github, as_text, excerpt, tally, visible, width
from sitegen.errors import Diagnostic, Span, diagnostic


def finding(text: str, column: int, end: int = 0) -> Diagnostic:
    return diagnostic("C107", Span("content/x.md", 12, column, end), text, url="/x/", suggestion="/y/")


def test_text_is_place_excerpt_and_hint() -> None:
    """The form of a finding, to the character."""
    assert as_text(finding("    value: 837%", 12, 16), "en").replace("\x1b[31m\x1b[1m", "") == (
        "content/x.md:12:12: error[C107]\x1b[0m: no page has the address /x/\n"
        f"   12 | {FSI}    value: 837%{PDI}\n"
        "      |            ^^^^\n"
        "   \x1b[1mhint:\x1b[0m did you mean /y/? public/sitemap.xml lists the pages that are built"
    )


def test_what_is_no_file_has_no_line() -> None:
    """An address, a name or a folder stands alone; a place in a file has its line and column."""
    assert as_text(diagnostic("C107", Span("/x/"), url="/x/", suggestion=""), "en").startswith("/x/: ")
    assert as_text(diagnostic("O201", Span("out"), entry="x"), "en").startswith("out: ")
    assert as_text(diagnostic("C205", Span("content/x"), nearest=""), "en").startswith("content/x: ")
    assert as_text(diagnostic("C201", Span("content/x.md")), "en").startswith("content/x.md:1:1: ")
    assert as_text(diagnostic("C107", Span("x", 2), url="/x/", suggestion=""), "en").startswith("x:2:1: ")


@pytest.mark.parametrize(
    ("text", "column", "end", "carets"),
    [
        ("abc", 2, 3, " ^"),
        ("abc", 2, 0, " ^"),
        ("abc", 4, 0, "   ^"),
        ("مُحَمَّد ك", 10, 11, "     ^"),  # vowel marks take no room
        ("日本語x", 4, 5, "      ^"),  # wide letters take two columns
        ("日本語", 2, 4, "  ^^^^"),
        ("a\tb", 3, 4, "  ^"),
        ("", 1, 0, "^"),
    ],
)
def test_carets_stand_below_what_is_meant(text: str, column: int, end: int, carets: str) -> None:
    """Columns count code points; carets are placed by what a terminal shows."""
    assert excerpt(finding(text, column, end))[1] == f"      | {carets}"


def test_long_lines_are_cut_around_the_place() -> None:
    """A line of any length shows as one that fits, with the stretch in it."""
    first, second = excerpt(finding("a" * 5_000_000 + "XY" + "b" * 5_000_000, 5_000_001, 5_000_003))
    line = first.partition(FSI)[2].rstrip(PDI)
    caret = second.partition("| ")[2]
    assert len(line) < 110
    assert line[caret.index("^") : len(caret)] == "XY"


@given(
    st.text(st.characters() | st.sampled_from("\x1b\u202e\u2066\u2069\u2028")),
    st.integers(1, 300),
    st.integers(0, 300),
)
def test_an_excerpt_never_steers_the_terminal(text: str, column: int, end: int) -> None:
    """Whatever a file holds, its excerpt is one line without control characters, and balanced isolates of ours."""
    for line in excerpt(finding(text, column, end)):
        assert not any(ord(it) < 32 or 127 <= ord(it) < 160 for it in line)
        assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2028\u2029")
        assert (line.count(FSI), line.count(PDI)) in ((1, 1), (0, 0))


def test_escape_sequences_in_content_are_shown_not_obeyed() -> None:
    """An escape sequence in a file cannot recolour or clear the terminal."""
    assert visible("a\x1b[2Jb") == "a\ufffd[2Jb"


def test_github_commands_escape_what_would_end_them() -> None:
    """Colons, commas, percent signs and newlines cannot break out of a workflow command."""
    it = diagnostic("C107", Span("a,b:c.md", 3, 4), url="50%\n::error::x", suggestion="y")
    line = as_github(it, "en")
    assert line.startswith("::error file=a%2Cb%3Ac.md,line=3,col=4,title=C107::")
    assert "\n" not in line
    assert "50%25%0A" in line


def test_right_to_left_words_are_isolated_in_the_sentence() -> None:
    """An Arabic word in an English sentence does not reorder what stands around it."""
    it = diagnostic("C107", Span("x.md"), url="عنوان", suggestion="y")
    assert f"{FSI}عنوان{PDI}" in as_text(it, "en")


def test_findings_are_counted() -> None:
    """The last line counts by severity, worst first."""
    error, warning = finding("", 1), diagnostic("O310", Span("x"), reason="y")
    assert tally([warning, error, error]) == "2 errors, 1 warning"


def test_width_of_marks_and_wide_letters() -> None:
    """Marks take no column, wide letters two."""
    assert [width(it) for it in ("a", "مُ", "日", "\u2068", "")] == [1, 1, 2, 0, 0]
