"""Addresses: one file each, old ones redirected, two claims to one found at the line that makes the second."""

from __future__ import annotations

import re

import pytest
from small_site import OMAN, SmallSite, article, marked, speaks


def site(extra: str = "", base_url: str = "https://example.org", **more: str) -> SmallSite:
    config = f"title: موقع\nbase_url: {base_url}\n"
    return SmallSite({"site.yaml": config, "articles/a.md": article("نص", extra=extra), **more})


def test_every_kind_of_page_has_its_place() -> None:
    """Folders with an index.html, so that addresses end in a slash."""
    facts = """\
x: {label: ن, value: 2023-05-08, subject: oman, sources: [wire]}
y: {label: ن, value: 2023-05-09, subject: oman, sources: [wire], property: p}
"""
    paths = site(
        **{
            "entities/oman.md": OMAN,
            "terms/word.md": "---\nterm: كلمة\ndefinition: معنى\n---\n",
            "topics/file.md": "---\ntitle: ملف\n---\n",
            "facts/f.yaml": facts,
        }
    ).paths()
    pages = [path for path in paths if path.endswith(".html")]
    assert sorted(pages) == [
        "404.html",
        "articles/a/index.html",
        "articles/index.html",
        "entities/index.html",
        "entities/oman/index.html",
        "facts-by-certainty/index.html",
        "facts-by-date/index.html",
        "facts/index.html",
        "facts/x/index.html",
        "facts/y/index.html",
        "index.html",
        "sources/index.html",
        "terms/index.html",
        "terms/word/index.html",
        "timelines/index.html",
        "timelines/oman/index.html",
        "topics/file/index.html",
        "topics/index.html",
    ]


def test_lists_of_nothing_are_not_made() -> None:
    """And nothing leads to them."""
    empty = SmallSite({"sources.yaml": ""})
    pages = [path for path in empty.paths() if path.endswith(".html")]
    assert sorted(pages) == ["404.html", "index.html"]
    assert "facts/" not in empty.page("")


def test_an_article_stands_at_its_slug() -> None:
    """The id stays what it is."""
    shown = site("slug: elsewhere\n", **{"articles/b.md": article("[[a]]")})
    assert "articles/elsewhere/index.html" in shown.paths()
    assert 'href="/articles/elsewhere/"' in shown.page("articles/b/")


@pytest.mark.parametrize(
    ("alias", "stub"),
    [
        ("/old/name/", "old/name/index.html"),
        ("/old/name", "old/name/index.html"),
        ("/old.html", "old.html"),
        ("/قديم/", "قديم/index.html"),
    ],
)
def test_an_old_address_leads_to_the_new_one(alias: str, stub: str) -> None:
    """A stub page for every host, a rule for those that redirect; both percent-encoded."""
    shown = site(f"aliases: [{alias}]\n", "https://example.org/base")
    page = shown.page(stub)
    assert '<meta http-equiv="refresh" content="0; url=/base/articles/a/">' in page
    assert '<link rel="canonical" href="https://example.org/base/articles/a/">' in page
    rule = shown.page("_redirects")
    assert re.fullmatch(r"/base/[!-~]+ /base/articles/a/ 301\n", rule)


def test_signs_of_an_old_address_are_no_holes_of_a_rule() -> None:
    """Hosts take * and : in a rule for anything."""
    assert site("aliases: ['/old/*/', '/a/:b/']\n").page("_redirects") == (
        "/old/%2A/ /articles/a/ 301\n/a/%3Ab/ /articles/a/ 301\n"
    )


OTHER = article(extra="aliases: [/old/]\n")


@pytest.mark.parametrize(
    ("extra", "more", "line", "words", "other"),
    [
        ("slug: b\n", {"articles/b.md": article()}, 5, "", "content/articles/a.md"),
        (
            "aliases: [/articles/b/]\n",
            {"articles/b.md": article()},
            6,
            "/articles/b/",
            "content/articles/b.md",
        ),
        ("aliases: [/articles/a/]\n", {}, 6, "/articles/a/", "content/articles/a.md"),
        ("aliases: [/old/, /Old]\n", {}, 6, "/Old", "content/articles/a.md"),
        ("aliases: [/404.html]\n", {}, 6, "/404.html", "404.html"),
        ("aliases: [/]\n", {}, 6, "/", "index.html"),
        ("aliases: [/404.html/x/]\n", {}, 6, "/404.html/x/", "404.html"),
    ],
)
def test_two_claims_to_one_address(
    extra: str, more: dict[str, str], line: int, words: str, other: str
) -> None:
    """Also in other letter case, also where a file would have to be a folder; the author's own claim is at fault."""
    finding = site(extra, **more).only()
    assert finding.code == "O901"
    assert dict(finding.args)["other"] == other
    if words:
        assert (finding.at.path, finding.at.line, marked(finding)) == ("content/articles/a.md", line, words)
    speaks(finding)


def test_two_articles_with_one_old_address() -> None:
    """The second of them is at fault."""
    finding = site("aliases: [/old/]\n", **{"articles/b.md": OTHER}).only()
    assert (finding.code, finding.at.path, marked(finding)) == ("O901", "content/articles/b.md", "/old/")
    assert dict(finding.args)["other"] == "content/articles/a.md"


def test_a_site_in_a_folder_of_its_host() -> None:
    """Every address carries the path of `base_url`; nothing leads past it."""
    shown = site(
        base_url="https://example.org/base/",
        **{"entities/oman.md": OMAN, "articles/b.md": article("[[oman]]")},
    )
    for path in shown.paths():
        if path.endswith(".html"):
            html = shown.page(path)
            addresses = re.findall(r'(?:href|src)="([^"]*)"', html)
            assert addresses
            for it in addresses:
                assert it.startswith(("/base/", "#", "https://")), (path, it)
                assert not it.startswith("https://example.org/") or it.startswith("https://example.org/base/")
    for path in ("sitemap.xml", "robots.txt", "atom.xml", "facts.json", "entities.json"):
        for it in re.findall(r"https://example\.org[^\s\"<&]*", shown.page(path)):
            assert it.startswith("https://example.org/base/"), (path, it)
    assert "\n/base/assets/*\n" in shown.page("_headers")


def test_the_address_of_the_site_can_be_set_for_a_run() -> None:
    """A preview on another host needs no change of files."""
    shown = SmallSite({"articles/a.md": article()}, base_url="https://preview.example.net/x/")
    assert '<link rel="canonical" href="https://preview.example.net/x/articles/a/">' in shown.page(
        "articles/a/"
    )
