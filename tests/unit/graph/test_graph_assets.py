"""Files of the theme and pictures under names that change with what is in them."""

from __future__ import annotations

import re

import pytest
from small_site import SmallSite, article, speaks

from sitegen.graph.assets import asset_path, media_path, theme_assets

CSS = "templates/assets/css/site.css"
DOT = "templates/assets/img/dot.svg"


def test_a_name_changes_with_the_contents() -> None:
    """And with nothing else."""
    one = SmallSite({DOT: "<svg/>"})
    other = SmallSite({DOT: "<svg></svg>"})
    path = asset_path(one.db, "img/dot.svg")
    assert re.fullmatch(r"assets/img/dot\.[0-9a-f]{10}\.svg", path)
    assert path != asset_path(other.db, "img/dot.svg")
    assert asset_path(one.db, "css/site.css") == asset_path(other.db, "css/site.css")
    assert one.bytes(path) == b"<svg/>"


def test_a_style_sheet_asks_by_the_new_names() -> None:
    """In url(…) with any quotes and in @import; queries and fragments stay, data and comments are left alone."""
    css = """\
@import "more.css";
/* url(gone.png) */
a { background: url( '../img/dot.svg#a' ) }
b { background: url(data:image/png;base64,AA) url(#here) url("../img/dot.svg?v=1") }
"""
    site = SmallSite(
        {CSS: css, DOT: "<svg/>", "templates/assets/css/more.css": "i { background: url(../img/dot.svg) }"}
    )
    dot = asset_path(site.db, "img/dot.svg").removeprefix("assets/")
    more = asset_path(site.db, "css/more.css").removeprefix("assets/css/")
    assert (
        site.page(asset_path(site.db, "css/site.css"))
        == f"""\
@import "{more}";
/* url(gone.png) */
a {{ background: url("../{dot}#a") }}
b {{ background: url(data:image/png;base64,AA) url(#here) url("../{dot}?v=1") }}
"""
    )
    assert site.page(f"assets/css/{more}") == f'i {{ background: url("../{dot}") }}'


def test_the_name_of_a_style_sheet_changes_with_what_it_asks_for() -> None:
    """Or a browser would keep the old one for ever."""
    css = "a { background: url(../img/dot.svg) }"
    names = {
        asset_path(SmallSite({CSS: css, DOT: text}).db, "css/site.css") for text in ("<svg/>", "<svg></svg>")
    }
    assert len(names) == 2


@pytest.mark.parametrize(
    ("css", "line", "words"),
    [
        ("a {}\nb { background: url(../img/none.svg) }", 2, "../img/none.svg"),
        ("@import 'none.css';", 1, "none.css"),
        ("a { background: url(https://example.com/x.png) }", 1, "https://example.com/x.png"),
        ("a { background: url(//example.com/x.png) }", 1, "//example.com/x.png"),
        ("a { background: url(../../base.html) }", 1, "../../base.html"),
    ],
)
def test_a_style_sheet_asks_only_for_files_of_the_theme(css: str, line: int, words: str) -> None:
    """A missing file and another host are errors at the line, found with the content's."""
    finding = SmallSite({CSS: css}).only()
    assert (finding.code, finding.at.path, finding.at.line) == ("T408", CSS, line)
    assert dict(finding.args)["name"] == words
    speaks(finding)


def test_style_sheets_that_import_each_other_are_an_error() -> None:
    """Neither could have a name."""
    circle = {CSS: '@import "more.css";', "templates/assets/css/more.css": '\n@import "site.css";'}
    finding = SmallSite(circle).only()
    assert finding.code == "T409"
    assert set(dict(finding.args)["chain"].split(" → ")) == {"css/site.css", "css/more.css"}
    speaks(finding)
    assert SmallSite({CSS: "a { background: url(site.css) }"}).only().code == "T409"


def test_a_style_sheet_is_utf_8() -> None:
    """Anything else would be published garbled."""
    finding = SmallSite({CSS: b"a {}\n/* \xe9 */"}).only()
    assert (finding.code, finding.at.line) == ("T402", 2)


def test_only_what_pages_can_ask_for_is_published() -> None:
    """Licences and notes stay in the theme."""
    site = SmallSite({"templates/assets/notes.txt": "x", DOT: "<svg/>"})
    names = theme_assets(site.db)
    assert "img/dot.svg" in names
    assert all(not name.endswith(".txt") for name in names)


def test_pictures_have_hashed_names_too() -> None:
    """Folders and Arabic names kept; what is no picture is not published."""
    site = SmallSite(
        {
            "media/ports/ميناء.jpg": b"\xff\xd8",
            "media/notes.txt": "x",
            "articles/a.md": article("![ميناء](ports/ميناء.jpg)"),
        }
    )
    path = media_path(site.db, "ports/ميناء.jpg")
    assert re.fullmatch(r"media/ports/ميناء\.[0-9a-f]{10}\.jpg", path)
    assert [it for it in site.paths() if it.startswith("media/")] == [path]
    assert re.search(r'src="/media/ports/%D9%85[^"]*\.jpg"', site.page("articles/a/"))
    assert media_path(site.db, "none.jpg") == ""
