"""Long lists: their pages, the way between them, and what pages show of lists that grow with the site."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import OMAN, SITE, SmallSite, article, entity

from sitegen.engine.db import InputKey
from sitegen.graph import links, paging, routes
from sitegen.graph.pages import lists
from sitegen.graph.site import render
from sitegen.graph.standing import newest

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def site_of(count: int, extra: str = "", body: str = "", **more: str) -> SmallSite:
    """A site of articles a01, a02 … of which the last is the newest; two to a page."""
    files = {
        f"articles/a{n:02}.md": article(body, f"مقال {n}", f"2025-01-{n:02}", extra)
        for n in range(1, count + 1)
    }
    return SmallSite({"site.yaml": f"{SITE}paginate: 2\n", **files, **more})


def listed(page: str) -> list[str]:
    """Addresses of the articles in a list."""
    return re.findall(r'<h\d class="teaser-title"><a href="([^"]+)"', page)


def element(page: str, name: str) -> Xml.Element:
    """The element of a class, parsed."""
    found = re.search(rf'<(\w+) class="{name}".*?</\1>', page, re.S)
    assert found
    return Xml.fromstring(found[0])


# -- pages of a list -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(6))
def test_every_article_stands_on_one_page_of_the_list_the_newest_first(count: int) -> None:
    """As many to a page as `paginate` says, and no page without articles but the first."""
    site = site_of(count)
    pages = [it for it in site.paths() if re.fullmatch(r"articles/(page/\d+/)?index\.html", it)]
    shown = [listed(site.page(it)) for it in pages]
    assert [it for page in shown for it in page] == [f"/articles/a{n:02}/" for n in range(count, 0, -1)]
    assert [len(it) for it in shown] == [2] * (count // 2) + [1] * (count % 2)
    assert pages == [f"articles/{f'page/{n}/' if n > 1 else ''}index.html" for n in range(1, len(pages) + 1)]


@pytest.mark.parametrize("written", ["2", "٢", "۲"])
def test_the_size_of_a_page_is_written_in_any_digits(written: str) -> None:
    site = site_of(3, **{"site.yaml": f"{SITE}paginate: {written}\n"})
    assert len(listed(site.page("articles/"))) == 2


@pytest.mark.parametrize("written", ["0", "-1", "2.5", "many", "12345"])
def test_a_page_holds_at_least_one_and_not_everything(written: str) -> None:
    """The setting is refused where it is written."""
    found = SmallSite({"site.yaml": f"{SITE}paginate: {written}\n"}).only()
    assert (found.at.path, found.at.line) == ("content/site.yaml", 4)


def test_a_page_of_a_list_leads_to_those_beside_it() -> None:
    """In its head for machines, and in words for readers."""
    page = site_of(5).page("articles/page/2/")
    for rel, url in (("prev", "/articles/"), ("next", "/articles/page/3/")):
        assert f'<link rel="{rel}" href="{url}">' in page
        assert re.search(rf'<a [^>]*href="{url}" rel="{rel}"', page)


def test_the_ends_of_a_list_lead_one_way() -> None:
    site = site_of(5)
    first, last = site.page("articles/"), site.page("articles/page/3/")
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last


def test_a_page_of_a_list_says_which_it_is() -> None:
    """In its title and crumbs from the second on, in its address for search engines, and among the numbers."""
    site = site_of(5)
    first, second = site.page("articles/"), site.page("articles/page/2/")
    assert "<title>الشروح – موقع</title>" in first
    assert "<title>الشروح – صفحة 2 – موقع</title>" in second
    assert '<link rel="canonical" href="https://example.org/articles/page/2/">' in second
    assert '<a href="/articles/page/2/" aria-label="صفحة 2" aria-current="page"><bdi>2</bdi></a>' in second
    assert re.search(r'<a href="/articles/">الشروح</a>.*?صفحة', second, re.S)


@pytest.mark.parametrize(
    ("lang", "words"), [("ar", "صفحة 2 من 3"), ("ar-EG", "صفحة ٢ من ٣"), ("en", "Page 2 of 3")]
)
def test_the_numbers_of_pages_are_isolated_in_the_digits_of_the_site(lang: str, words: str) -> None:
    site = site_of(5)
    site.files["content/site.yaml"] = f"{SITE}paginate: 2\n".replace("lang: ar", f"lang: {lang}").encode()
    position = element(site.page("articles/page/2/"), "pager-position")
    assert "".join(position.itertext()) == words
    numbers = [it for it in position.iter("bdi") if it.text]
    assert [it.text for it in numbers] == ([] if lang == "en" else re.findall(r"\d", words))


def test_a_list_of_one_page_has_no_pager() -> None:
    page = site_of(2).page("articles/")
    assert "pager" not in page
    assert 'rel="next"' not in page


def test_the_sitemap_and_links_by_path_know_the_pages_of_a_list() -> None:
    site = site_of(
        3, body="", **{"terms/t.md": "---\nterm: ل\ndefinition: م\n---\n[هنا](/articles/page/2/)\n"}
    )
    assert "<loc>https://example.org/articles/page/2/</loc>" in site.page("sitemap.xml")
    assert 'href="/articles/page/2/"' in site.page("terms/t/")


def test_other_long_lists_fall_into_pages_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups go on where a page breaks them."""
    monkeypatch.setattr(paging, "COMPACT", 2)
    days = "\n".join(
        f"f{n}: {{label: ح, value: 2023-05-0{n}, subject: oman, sources: [wire]}}" for n in range(1, 6)
    )
    site = SmallSite(
        {
            "entities/oman.md": OMAN,
            **{f"entities/e{n}.md": entity(f"دولة {n}") for n in range(2)},
            **{f"terms/t{n}.md": f"---\nterm: ل{n}\ndefinition: م\n---\n" for n in range(3)},
            **{f"topics/t{n}-topic.md": f"---\ntitle: م{n}\n---\n" for n in range(3)},
            "facts/f.yaml": days,
        }
    )
    found = [it.removesuffix("index.html") for it in site.paths() if "/page/" in it]
    assert found == [
        *("timelines/page/2/", "timelines/page/3/", "timelines/oman/page/2/", "timelines/oman/page/3/"),
        *("topics/page/2/", "entities/page/2/", "terms/page/2/"),
        *("facts/page/2/", "facts/page/3/", "facts-by-date/page/2/", "facts-by-date/page/3/"),
        *("facts-by-certainty/page/2/", "facts-by-certainty/page/3/"),
    ]
    for url in found:
        assert 'aria-current="page"' in site.page(url)
    assert 'href="/entities/oman/">' in site.page("facts/page/3/")
    assert "الخط الزمني: عُمان – صفحة 3" in site.page("timelines/oman/page/3/")


def test_links_lead_to_the_page_on_which_a_source_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """From texts, from facts that name it, and from sources that relay it."""
    monkeypatch.setattr(paging, "SOURCES", 1)
    site = SmallSite(
        {
            "sources.yaml": "a: {title: أ}\nb: {title: ب, via: c}\nc: {title: ج}\n",
            "facts/f.yaml": "f: {label: ح, value: 1%, sources: [b]}\n",
            "terms/t.md": "---\nterm: ل\ndefinition: م\n---\n[هنا](source:c) و[هناك](/sources/page/2/#b)\n",
        }
    )
    assert [site.page(f"sources/{it}").count('<li class="source"') for it in ("", "page/2/", "page/3/")] == [
        1
    ] * 3
    assert 'id="c"' in site.page("sources/page/3/")
    assert 'href="/sources/page/3/#c"' in site.page("terms/t/")
    assert 'href="/sources/page/2/#b"' in site.page("facts/")
    assert 'href="/sources/page/3/#c"' in site.page("sources/page/2/")
    assert site.shown() == []


def test_a_place_on_the_wrong_page_of_sources_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "SOURCES", 1)
    term = "---\nterm: ل\ndefinition: م\n---\n[هنا](/sources/#b)\n"
    site = SmallSite({"sources.yaml": "a: {title: أ}\nb: {title: ب}\n", "terms/t.md": term})
    assert site.shown() == ["terms/t.md:5:1 R211"]


@given(st.integers(1, 30).flatmap(lambda count: st.tuples(st.integers(1, count), st.just(count))))
def test_the_numbers_shown_are_the_ends_and_those_around(place: tuple[int, int]) -> None:
    """In one line of a telephone; what is left out is never a single page."""
    number, count = place
    shown = paging.numbers_around(number, count)
    pages = [it for it in shown if it]
    assert len(shown) == min(count, paging.WIDTH)
    assert pages == sorted(set(pages))
    assert {1, count, *range(max(1, number - 1), min(count, number + 1) + 1)} <= set(pages)
    for place_, it in enumerate(shown):
        if not it:
            assert shown[place_ + 1] - shown[place_ - 1] > 2
        elif place_ and shown[place_ - 1]:
            assert it == shown[place_ - 1] + 1


@given(st.from_regex(r"[a-z]+/([a-z]+/articles/)?", fullmatch=True), st.integers(1, 9999))
def test_a_page_is_known_by_its_address(url: str, number: int) -> None:
    assert paging.list_and_number(paging.page_url(url, number)) == (url, number)


# -- lists on the pages of things ----------------------------------------------------------------------


def test_a_topic_shows_the_first_page_of_its_articles_and_the_way_to_all() -> None:
    """In the reading order of the editor."""
    hub = "---\ntitle: الملف\nreading_order: [a01]\n---\n"
    site = site_of(5, "topics: [file]\n", **{"topics/file.md": hub})
    assert listed(site.page("topics/file/")) == ["/articles/a01/", "/articles/a05/"]
    assert re.search(r'<a href="/topics/file/articles/">كل الشروح \(.*?5.*?\)</a>', site.page("topics/file/"))
    page = site.page("topics/file/articles/page/2/")
    assert listed(page) == ["/articles/a04/", "/articles/a03/"]
    assert "<title>الشروح: الملف – صفحة 2 – موقع</title>" in page
    crumbs = re.findall(r'<a href="([^"]+)"', page[page.index("crumbs") : page.index("</ol>")])
    assert crumbs == ["/", "/topics/", "/topics/file/", "/topics/file/articles/"]


def test_an_entity_shows_the_first_page_of_its_articles_and_the_way_to_all() -> None:
    site = site_of(3, "parties: [oman]\n", **{"entities/oman.md": OMAN})
    assert listed(site.page("entities/oman/")) == ["/articles/a03/", "/articles/a02/"]
    assert 'href="/entities/oman/articles/"' in site.page("entities/oman/")
    assert listed(site.page("entities/oman/articles/page/2/")) == ["/articles/a01/"]


def test_what_fits_on_the_page_of_a_thing_has_no_list_of_its_own() -> None:
    site = site_of(2, "parties: [oman]\n", **{"entities/oman.md": OMAN})
    assert "كل الشروح" not in site.page("entities/oman/")
    assert not [it for it in site.paths() if it.startswith("entities/oman/articles")]


def test_an_entity_shows_some_of_very_many_facts_and_the_way_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "FACTS_SHOWN", 2)
    monkeypatch.setattr("sitegen.graph.pages.things.FACTS_SHOWN", 2)
    about = "\n".join(f"f{n}: {{label: ح{n}, value: {n}%, subject: oman, sources: [wire]}}" for n in range(3))
    said = "\ns: {label: قول, value: 9%, attribution: oman, sources: [wire]}\n"
    site = SmallSite({"entities/oman.md": OMAN, "facts/f.yaml": about + said})
    shown = site.page("entities/oman/")
    assert 'href="/facts/f1/"' in shown
    assert 'href="/facts/f2/"' not in shown
    assert 'href="/entities/oman/facts/"' in shown
    page = site.page("entities/oman/facts/")
    assert [it in page for it in ("/facts/f0/", "/facts/f2/", "/facts/s/")] == [True] * 3
    assert "حقائق عن: عُمان" in page
    assert "حقائق بحسب: عُمان" in page


def test_of_very_many_mentions_the_newest_are_shown_and_the_others_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An entity, a fact and an article that are named everywhere do not quote the whole site."""
    monkeypatch.setattr(links, "MOST_SHOWN", 2)
    facts = "f: {label: ح, value: 1%, sources: [wire]}\n"
    named = "زارت الوفود [[oman|مسقط]]، وفيها {fact:f}، انظر [[first]]."
    first = article(published="2024-01-01")
    more = {"entities/oman.md": OMAN, "facts/f.yaml": facts, "articles/first.md": first}
    site = site_of(5, body=named, **more)
    for url in ("entities/oman/", "facts/f/", "articles/first/"):
        page = site.page(url)
        assert re.findall(r'<p class="mention-page"><a href="/articles/(\w+)/', page) == ["a05", "a04"]
        assert "وفي" in "".join(element(page, "mentions-more").itertext())


def test_a_page_shows_the_latest_of_very_many_moments_and_the_way_to_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sitegen.graph.pages.things.MOST_MOMENTS", 2)
    monkeypatch.setattr("sitegen.graph.pages.article.MOST_MOMENTS", 2)
    days = "".join(
        f"f{n}: {{label: حدث {n}, value: 2023-05-0{n}, subject: oman, sources: [wire]}}\n"
        for n in range(1, 4)
    )
    site = site_of(1, "timeline: oman\n", **{"entities/oman.md": OMAN, "facts/f.yaml": days})
    for url in ("entities/oman/", "articles/a01/"):
        page = site.page(url)
        assert re.findall(r'<p class="moment-label"><a href="/facts/(\w+)/"', page) == ["f2", "f3"]
        assert 'href="/timelines/oman/"' in page
    assert site.page("timelines/oman/").count('class="moment-label"') == 3


def test_home_shows_the_liveliest_of_very_many_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that the newest articles belong to, and the way to all."""
    monkeypatch.setattr(lists, "MOST_TOPICS", 2)
    hubs = {f"topics/{id}.md": f"---\ntitle: ملف {id}\n---\n" for id in ("one", "two", "three")}
    site = site_of(1, "topics: [three]\n", **hubs)
    page = site.page("index.html")
    assert re.findall(r'href="/topics/(\w+)/"', page[page.index("front-topics") :]) == ["one", "three"]
    assert 'href="/topics/"' in page[page.index("front-topics") :]


def test_a_timeline_leads_to_the_longest_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """And to itself, however short."""
    monkeypatch.setattr(lists, "MOST_OTHERS", 1)
    days = "".join(
        f"f{n}: {{label: ح, value: 2023-05-0{n}, subject: {who}, sources: [wire]}}\n"
        for n, who in enumerate(("oman", "iran", "iran", "iran", "oman"), 1)
    )
    things = {"entities/oman.md": OMAN, "entities/iran.md": entity("إيران"), "facts/f.yaml": days}
    site = SmallSite(things)
    for url, expected in (("timelines/", ["iran"]), ("timelines/oman/", ["oman", "iran"])):
        page = site.page(url)
        assert re.findall(r'href="/timelines/(\w+)/"', element_text(page)) == expected


def element_text(page: str) -> str:
    """The way to other lists, as HTML."""
    return page[page.index('class="switch"') : page.index("</nav>", page.index('class="switch"'))]


def test_home_and_the_feed_tell_the_latest_changes_wherever_they_were_made() -> None:
    """In articles that stand deep in the list, and of one article more than one."""
    notes = {n: [f"2025-{n // 28 + 2:02}-{n % 28 + 1:02}"] for n in range(1, 26)}
    notes[1] += ["2025-06-01", "2025-06-03"]
    notes[2] += ["2025-06-02"]
    texts = {
        f"articles/a{n:02}.md": article(
            published=f"2025-01-{n:02}",
            extra="changes:\n" + "".join(f"  - {{date: {day}, note: في {day}}}\n" for day in days),
        )
        for n, days in notes.items()
    }
    site = SmallSite(texts)
    latest = sorted((day for days in notes.values() for day in days), reverse=True)
    feed = re.findall(r"<summary>في ([\d-]+)</summary>", site.page("changes.xml"))
    assert feed == latest[:20]
    home = re.findall(r'class="changes-date"><time datetime="([\d-]+)"', site.page("index.html"))
    assert home == latest[:8]


# -- the sitemap ---------------------------------------------------------------------------------------


def test_a_sitemap_of_too_many_pages_falls_into_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """No part is longer than the protocol allows, and together they are the whole."""
    site = site_of(5, **{"entities/oman.md": OMAN})
    whole = Xml.fromstring(site.bytes("sitemap.xml"))
    monkeypatch.setattr(routes, "MOST_IN_SITEMAP", 4)
    again = site_of(5, **{"entities/oman.md": OMAN})
    index = Xml.fromstring(again.bytes("sitemap.xml"))
    parts = [it.findtext(f"{MAP}loc") or "" for it in index.findall(f"{MAP}sitemap")]
    names = [it.removeprefix("https://example.org/") for it in parts]
    assert index.tag == f"{MAP}sitemapindex"
    assert names == [it for it in again.paths() if re.fullmatch(r"sitemap-\d+\.xml", it)]
    pages = [Xml.fromstring(again.bytes(it)).findall(f"{MAP}url") for it in names]
    assert max(len(it) for it in pages) <= 4
    assert [Xml.tostring(one) for it in pages for one in it] == [Xml.tostring(it) for it in whole]


# -- what an edit costs --------------------------------------------------------------------------------


def made_again(site: SmallSite, path: str, old: str, new: str) -> set[str]:
    """Pages that are made again once a file of the content says `new` for `old`."""

    def make_all() -> None:
        for route in routes.routes(site.db):
            render(site.db, route)

    make_all()
    text = site.files[f"content/{path}"].decode()
    site.files[f"content/{path}"] = text.replace(old, new).encode()
    site.db.refresh([InputKey("read", f"content/{path}")])
    make_all()
    return {key.args[0].path for key in site.db.ran if key.query == render.name}


def test_an_edited_title_makes_one_page_of_a_list_again() -> None:
    """And what else shows the title, but no page of the list on which it does not stand."""
    site = site_of(7)
    again = made_again(site, "articles/a03.md", "مقال 3", "مقال ثالث")
    assert again & {it for it in site.paths() if it.startswith("articles/page/")} == {
        "articles/page/3/index.html"
    }
    assert "articles/index.html" not in again
    assert not {newest.name, links.kinship.name} & {key.query for key in site.db.ran}


def test_an_article_that_moves_in_a_list_leaves_the_pages_behind_it_alone() -> None:
    site = site_of(8)
    again = made_again(site, "articles/a05.md", "2025-01-05", "2025-01-30")
    lists = {it for it in again if re.match(r"articles/(page|index)", it)}
    assert lists == {"articles/index.html", "articles/page/2/index.html"}


def test_a_note_of_a_change_deep_in_the_list_makes_no_list_again() -> None:
    """Home tells of it, the list does not show it."""
    site = site_of(8, "changes:\n  - {date: 2025-02-01, note: أول}\n")
    again = made_again(site, "articles/a01.md", "أول", "آخر")
    assert not {it for it in again if re.match(r"articles/page/[123]/", it)}
    assert "index.html" in again
