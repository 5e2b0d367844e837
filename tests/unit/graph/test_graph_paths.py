"""Links by path: each leads to what stands at the whole of its path, or is an error at its place."""

from __future__ import annotations

import re

import pytest
from small_site import OMAN, SmallSite, article, built_in, entity, marked, speaks

from sitegen.graph import site as whole
from sitegen.graph.destinations import SECTIONS
from sitegen.graph.queries import Kind

FACTS = """\
early: {label: سابق, value: 2023-05-08, subject: iran, sources: [wire]}
late: {label: لاحق, value: 2023-06-01, subject: iran, sources: [wire]}
secret: {label: سر, value: 3%, sources: [wire], visibility: internal}
"""


def site(body: str = "", extra: str = "", **more: str | bytes) -> SmallSite:
    return SmallSite(
        {
            "articles/a.md": article(body, extra=extra),
            "articles/why.md": article(
                "## قسم\n\n> ## ضمن اقتباس\n\n:::known\n- أمر\n:::", extra="aliases: [/old/]\n"
            ),
            "articles/sub/deep.md": article("نص"),
            "articles/moved.md": article(extra="slug: elsewhere\n"),
            "entities/oman.md": OMAN,
            "entities/iran.md": entity("إيران"),
            "facts/f.yaml": FACTS,
            "media/harbour.jpg": b"\xff\xd8",
            **more,
        }
    )


def hrefs(page: str) -> list[str]:
    """The addresses of the links in the text of a page that have the word «رابط»."""
    return re.findall(r'<a[^>]* href="([^"]*)"[^>]*>رابط</a>', page)


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("/", "/"),
        ("../", "/articles/"),
        ("../..", "/"),
        ("/articles/", "/articles/"),
        ("/articles/why/", "/articles/why/"),
        ("../why/#قسم", "/articles/why/#%D9%82%D8%B3%D9%85"),
        ("../why/index.html", "/articles/why/"),
        ("/articles/elsewhere/", "/articles/elsewhere/"),
        ("moved.md", "/articles/elsewhere/"),
        ("sub/deep.md", "/articles/deep/"),
        ("./why.md#known-1", "/articles/why/#known-1"),
        ("why.md#ضمن-اقتباس", "/articles/why/#%D8%B6%D9%85%D9%86-%D8%A7%D9%82%D8%AA%D8%A8%D8%A7%D8%B3"),
        ("why.md#sources", "/articles/why/#sources"),
        ("../entities/oman.md", "/entities/oman/"),
        ("../../entities/oman/", "/entities/oman/"),
        ("/entities/iran/", "/entities/iran/"),
        ("/timelines/iran/", "/timelines/iran/"),
        ("/facts/", "/facts/"),
        ("/facts/late/", "/facts/late/"),
        ("/facts-by-date/", "/facts-by-date/"),
        ("/sources/#wire", "/sources/#wire"),
        ("/facts.json", "/facts.json"),
        ("/atom.xml", "/atom.xml"),
        ("/old/", "/old/"),
    ],
)
def test_a_path_leads_to_what_stands_there(path: str, href: str) -> None:
    """Pages, lists, timelines, feeds, exports, old addresses; files of the content by their folder."""
    assert hrefs(site(f"[رابط]({path})").page("articles/a/")) == [href]


@pytest.mark.parametrize("path", ["/media/harbour.jpg", "../media/harbour.jpg"])
def test_a_picture_is_linked_by_the_name_it_has_in_the_content(path: str) -> None:
    """It is published under a name with a digest that no author could write."""
    shown = site(f"[رابط]({path})")
    (href,) = hrefs(shown.page("articles/a/"))
    assert re.fullmatch(r"/media/harbour\.[0-9a-f]{10}\.jpg", href)
    assert href[1:] in shown.paths()


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/timelines/oman/", "/entities/oman/"),
        ("/nope/deep/why/", "/articles/why/"),
        ("../../x/oman.md", "../entities/oman.md"),
        ("/entities/why/", "/articles/why/"),
        ("oman.md", "../entities/oman.md"),
        ("deep.md", "sub/deep.md"),
        ("/articles/why.md", "why.md"),
        ("/articles/moved/", "/articles/deep/"),
        ("/articles/why", "/articles/why/"),
        ("../../../facts/", "/facts/"),
        ("/facts/secret/", "/facts/late/"),
        ("/fact.json", "/facts.json"),
        ("?x=1", "/articles/a/"),
    ],
)
def test_a_path_at_which_nothing_stands_is_an_error(path: str, near: str) -> None:
    """Its last name alone does not make it lead anywhere; the nearest paths are told."""
    finding = site(f"إلى [رابط]({path}) ثم").only()
    assert (finding.code, marked(finding)) == ("R204", f"[رابط]({path})")
    assert near in dict(finding.args)["nearest"].split(", ")
    speaks(finding)


def test_a_path_that_leads_nowhere_is_no_link_on_a_page_shown_nonetheless() -> None:
    """A preview may show a page with errors; the words stay."""
    shown = site("إلى [رابط](/nope/) و[رابط](nope.md#x)")
    page = whole.render(shown.db, shown.route("articles/a/index.html")).decode()
    assert "إلى رابط ورابط" in page


def test_a_path_in_front_matter_counts_from_the_same_places() -> None:
    """An answer is text of the page like any other."""
    assert hrefs(site(extra='answer: "انظر [رابط](why.md)"\n').page("articles/a/")) == ["/articles/why/"]
    finding = site(extra='answer: "انظر [رابط](/why/)"\n').only()
    assert (finding.code, marked(finding)) == ("R204", "[رابط](/why/)")


def test_a_path_to_a_draft_is_an_error() -> None:
    """By its file it is known what it is; no page stands at its address."""
    draft = article(extra="draft: true\n")
    assert site("[رابط](b.md)", **{"articles/b.md": draft}).only().code == "R205"
    assert site("[رابط](/articles/b/)", **{"articles/b.md": draft}).only().code == "R204"


@pytest.mark.parametrize(
    ("link", "near"),
    [
        ("[رابط](#عنون)", "#عنوان"),
        ("[رابط](why.md#قسمم)", "#قسم"),
        ("[رابط](/sources/#wier)", "#wire"),
        ("[[why#قسمم|رابط]]", "#قسم"),
        ("[رابط](../#none)", ""),
    ],
)
def test_a_fragment_that_a_page_does_not_answer_to_is_an_error(link: str, near: str) -> None:
    """Also on the page itself; of lists it is not known what they answer to."""
    found = site(f"إلى {link} ثم\n\n## عنوان").problems()
    if not near:
        assert found == ()
        return
    (finding,) = found
    assert (finding.code, marked(finding)) == ("R211", link)
    assert dict(finding.args)["nearest"] == near
    speaks(finding)


@pytest.mark.parametrize("kind", SECTIONS)
def test_the_sections_that_fragments_may_name_are_those_of_the_theme(kind: Kind) -> None:
    """Each is an id that a template of the page or a part of it writes."""
    theme = {name: data.decode() for name, data in built_in().items() if name.endswith(".html")}
    page = theme[f"theme/pages/{kind}.html"]
    parts = re.findall(r"(?:from|include) \"(partials/[\w-]+\.html)\"", page)
    ids = set(re.findall(r'id="([\w-]+)"', page + "".join(theme[f"theme/{it}"] for it in parts)))
    assert set(SECTIONS[kind]) <= ids


def test_a_link_within_a_page_stays_in_it() -> None:
    """By `#`, by its own file or by its own name; to sections of the theme and ids of the author as well."""
    body = "[رابط](#x) [رابط](#sources) [رابط](a.md#x) [[a#x|رابط]] [رابط](/articles/a/#x) [[a|رابط]]\n\n## عنوان {#x}"
    assert hrefs(site(body).page("articles/a/")) == ["#x", "#sources", "#x", "#x", "#x"]


def test_a_sentence_quoted_on_another_page_keeps_its_links() -> None:
    """What counts from one page would lead elsewhere from another."""
    body = "عند [[oman]] انظر [رابط](#x) و[رابط](../why/) و[رابط](why.md)\n\n## عنوان {#x}"
    page = site(body).page("entities/oman/")
    assert hrefs(page) == ["/articles/a/#x", "/articles/why/", "/articles/why/"]


def test_a_link_within_a_page_is_no_mention() -> None:
    """A sentence that leads to its own page alone is quoted nowhere."""
    assert "انظر" not in site("انظر [رابط](#x).\n\n## عنوان {#x}").page("entities/oman/")


def test_a_site_in_a_folder_counts_paths_from_its_own_root() -> None:
    """As old addresses do; on the page they carry the folder."""
    config = "title: موقع\nbase_url: https://example.org/base\n"
    page = site("[رابط](/facts/) [رابط](../)", **{"site.yaml": config}).page("articles/a/")
    assert hrefs(page) == ["/base/facts/", "/base/articles/"]
