"""What machines read: feeds, exports, sitemap, headers. Every file is parsed, none is compared by eye."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from small_site import OMAN, SmallSite, article, entity

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FACTS = """\
share: {label: نسبة, value: "≤ 83.70%", subject: عُمان, property: p, as_of: 2023-05, sources: [wire, "https://example.com/x"]}
funds: {label: أموال, value: 6 مليار دولار, attribution: عُمان, sources: [wire]}
day: {label: اللقاء, value: 2023-05~, sources: [wire], note: ملاحظة}
span: {label: المدة, type: event, value: محادثات, date: 2023-05-08/2023-06, sources: [wire]}
side: {label: خلاف, value: 60%, certainty: disputed, sources: [wire], positions: [{by: عُمان, says: لا}, {by: iran, value: 84%}]}
secret: {label: سر, value: 3%, visibility: internal, sources: [wire]}
"""
CHANGED = """\
updated: 2025-03-01
corrections:
  - {date: 2025-02-01, was: "60%", now: "83.7% & أكثر"}
changes:
  - {date: 2025-03-01, note: "إضافة <فقرة>"}
  - {date: 2025-03-01, note: "إضافة أخرى"}
"""


def site(**more: str) -> SmallSite:
    return SmallSite(
        {
            "articles/a.md": article("{fact:share}", title="60% & <ب>", extra=CHANGED),
            "articles/b.md": article(
                "نص", published="2025-02-02T09:00+04:00", extra='answer: "عن [[oman]]"\n'
            ),
            "articles/c.md": article("نص", extra="kind: page\n"),
            "entities/oman.md": OMAN,
            "entities/iran.md": entity("إيران"),
            "facts/f.yaml": FACTS,
            **more,
        }
    )


def texts(found: Xml.Element, name: str) -> list[str]:
    return [it.text or "" for it in found.iter(f"{ATOM}{name}")]


def test_the_feed_has_articles_by_last_change() -> None:
    """Newest first, with absolute ids and links; pages that are no articles are left out."""
    feed = Xml.fromstring(site().bytes("atom.xml"))
    entries = feed.findall(f"{ATOM}entry")
    assert [it.findtext(f"{ATOM}id") for it in entries] == [
        "https://example.org/articles/a/",
        "https://example.org/articles/b/",
    ]
    assert entries[0].findtext(f"{ATOM}title") == "\u206760% & <ب>\u2069"
    assert entries[1].findtext(f"{ATOM}title") == "مقال"
    assert texts(entries[1], "published") == ["2025-02-02T09:00:00+04:00"]
    for it in (*texts(feed, "updated"), *texts(feed, "published")):
        assert datetime.fromisoformat(it).tzinfo is not None
    assert feed.findtext(f"{ATOM}updated") == "2025-03-01T00:00:00Z"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"


def test_the_words_of_a_feed_stand_alone() -> None:
    """In the direction of their language; links lead to the site from anywhere."""
    feed = Xml.fromstring(site().bytes("atom.xml"))
    content = texts(feed, "content")[1]
    assert content.startswith('<div dir="rtl" lang="ar">')
    assert 'href="https://example.org/entities/oman/"' in content
    assert not re.search(r'(href|src)="/', content)


def test_changes_have_names_that_stay() -> None:
    """A later note renames no other; links lead to the list of changes, the ids are one each."""
    before = Xml.fromstring(site().bytes("changes.xml"))
    later = CHANGED.replace("changes:\n", 'changes:\n  - {date: 2025-04-01, note: "جديد"}\n')
    after = Xml.fromstring(site(**{"articles/a.md": article(extra=later)}).bytes("changes.xml"))
    ids = [it.findtext(f"{ATOM}id") for it in before.findall(f"{ATOM}entry")]
    assert sorted(map(str, ids)) == [
        "https://example.org/articles/a/#change-2025-03-01",
        "https://example.org/articles/a/#change-2025-03-01-2",
        "https://example.org/articles/a/#correction-2025-02-01",
    ]
    assert [it.findtext(f"{ATOM}id") for it in after.findall(f"{ATOM}entry")][1:] == ids
    links = {
        it.get("href") for entry in before.findall(f"{ATOM}entry") for it in entry.findall(f"{ATOM}link")
    }
    assert links == {"https://example.org/articles/a/#changes", "https://example.org/articles/a/#corrections"}
    assert "إضافة <فقرة>" in texts(before, "summary")


def test_feeds_of_nothing_are_feeds() -> None:
    """Valid, and the same every time."""
    empty = SmallSite({})
    for name in ("atom.xml", "changes.xml"):
        feed = Xml.fromstring(empty.bytes(name))
        assert feed.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
        assert feed.findall(f"{ATOM}entry") == []


def test_the_sitemap_lists_pages_for_search_engines() -> None:
    """Every page but stubs and the error page; articles with the day of their last change."""
    found = Xml.fromstring(
        site(**{"articles/d.md": article(extra="aliases: [/old/]\n")}).bytes("sitemap.xml")
    )
    pages = {it.findtext(f"{MAP}loc"): it.findtext(f"{MAP}lastmod") for it in found.findall(f"{MAP}url")}
    assert pages["https://example.org/articles/a/"] == "2025-03-01"
    assert pages["https://example.org/articles/b/"] == "2025-02-02"
    assert pages["https://example.org/"] is None
    assert {"https://example.org/entities/oman/", "https://example.org/facts/share/"} <= set(pages)
    assert not [it for it in pages if it is None or "old" in it or "404" in it or "secret" in it]


def test_robots_are_told_of_the_sitemap() -> None:
    """By its absolute address."""
    assert site().page("robots.txt").splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        "Sitemap: https://example.org/sitemap.xml",
    ]


def test_headers_are_strict() -> None:
    """No inline script or style, nothing from elsewhere; hashed files are kept for ever."""
    blocks = dict(it.split("\n", 1) for it in site().page("_headers").strip().split("\n\n"))
    policy = re.search("Content-Security-Policy: (.*)", blocks["/*"])
    assert policy
    rules = dict(it.split(" ", 1) for it in policy[1].split("; "))
    assert rules["default-src"] == "'none'"
    assert {rules[f"{it}-src"] for it in ("script", "style", "font", "img")} == {"'self'"}
    assert "unsafe" not in policy[1]
    for folder in ("/assets/*", "/media/*"):
        assert "immutable" in blocks[folder]
    assert "nosniff" in blocks["/*"]


def records(shown: SmallSite) -> dict[str, dict[str, Any]]:
    found = json.loads(shown.bytes("facts.json"), parse_float=Decimal, parse_int=Decimal)
    return {it["id"]: it for it in found["facts"]}


def test_the_facts_are_data() -> None:
    """Digit by digit, by ids, with who says it, where, and which articles use it; none that is internal."""
    found = records(site())
    assert list(found) == ["share", "funds", "day", "span", "side"]
    share = found["share"]
    assert (share["lexeme"], str(share["number"]), share["bound"], share["unit"]) == (
        "83.70",
        "83.70",
        "up_to",
        "%",
    )
    assert (share["lower"], str(share["upper"])) == (None, "83.705")
    assert (share["subject"], share["as_of"]) == ("oman", "2023-05")
    assert share["sources"] == ["wire", "https://example.com/x"]
    assert share["used_in"] == ["https://example.org/articles/a/"]
    assert share["url"] == "https://example.org/facts/share/"
    funds = found["funds"]
    assert (funds["lexeme"], funds["number"], funds["unit"]) == ("6000000000", 6_000_000_000, "USD")
    assert (funds["attribution"], funds["lower"]) == ("oman", 5_500_000_000)
    day = found["day"]
    assert [day[f"date{it}"] for it in ("", "_start", "_end", "_precision")] == [
        "2023-05~",
        "2023-05-01",
        "2023-05-31",
        "month",
    ]
    assert found["span"]["date_end"] == "2023-06-30"
    assert found["side"]["positions"] == [{"by": "oman", "says": "لا"}, {"by": "iran", "says": "84"}]


def test_the_table_says_the_same() -> None:
    """The columns of the CSV are the keys of the JSON and the fields of the data dictionary."""
    shown = site()
    data = shown.bytes("facts.csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    found = records(shown)
    package = json.loads(shown.bytes("datapackage.json"))
    fields = [it["name"] for it in package["resources"][0]["schema"]["fields"]]
    assert list(rows[0]) == list(found["share"]) == fields
    assert [it["id"] for it in rows] == list(found)
    assert (rows[0]["number"], rows[1]["number"]) == ("83.70", "6000000000")
    assert rows[4]["positions"] == "oman: لا; iran: 84"
    assert package["resources"][0]["path"] == "facts.csv"


def test_sources_and_entities_are_data() -> None:
    """In the order of their files."""
    shown = site(**{"terms/word.md": "---\nterm: كلمة\ndefinition: معنى\n---\n"})
    (source,) = json.loads(shown.bytes("sources.json"))["sources"]
    assert (source["id"], source["publisher"], source["date"]) == ("wire", "وكالة", "2023-06-01")
    things = json.loads(shown.bytes("entities.json"))["entities"]
    assert [(it["id"], it["type"], it["name_en"]) for it in things] == [
        ("iran", "state", None),
        ("oman", "state", "Oman"),
        ("word", "term", None),
    ]


def test_the_timeline_is_data() -> None:
    """As TimelineJS reads it: no part of a date that is not known."""
    events = json.loads(site().bytes("timeline.json"))["events"]
    assert [(it["unique_id"], it["start_date"], it.get("end_date")) for it in events] == [
        ("day", {"year": 2023, "month": 5}, None),
        ("span", {"year": 2023, "month": 5, "day": 8}, {"year": 2023, "month": 6}),
    ]


def nodes(html: str) -> dict[str, dict[str, Any]]:
    """The structured data of a page by type."""
    found = re.search('<script type="application/ld\\+json">(.*?)</script>', html)
    assert found
    graph = json.loads(found[1])["@graph"]
    return {it["@type"] if isinstance(it["@type"], str) else it["@type"][0]: it for it in graph}


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("articles/a/", "NewsArticle"),
        ("entities/oman/", "Country"),
        ("terms/word/", "DefinedTerm"),
        ("timelines/", "ItemList"),
        ("facts/", "Dataset"),
        ("", "WebSite"),
    ],
)
def test_pages_describe_themselves(path: str, kind: str) -> None:
    """With their absolute address, and breadcrumbs everywhere but at home."""
    found = nodes(site(**{"terms/word.md": "---\nterm: كلمة\ndefinition: معنى\n---\n"}).page(path))
    assert found[kind]["@id"] == f"https://example.org/{path}"
    assert ("BreadcrumbList" in found) == bool(path)


def test_an_article_describes_what_it_is_about() -> None:
    """Parties it is about, other things it mentions, sources it cites, what it corrects."""
    extra = CHANGED + "parties: [oman]\n"
    shown = site(
        **{"articles/a.md": article("عن [[oman]] و[[iran]].[^wire]", title="</script>", extra=extra)}
    )
    html = shown.page("articles/a/")
    found = nodes(html)["NewsArticle"]
    assert found["headline"] == "</script>"
    assert [(it["@type"], it["@id"]) for it in found["about"]] == [
        ("Country", "https://example.org/entities/oman/")
    ]
    assert [it["name"] for it in found["mentions"]] == ["إيران"]
    assert found["citation"][0]["url"] == "https://example.com/wire"
    assert found["correction"][0]["datePublished"] == "2025-02-01"
    assert found["dateModified"] == "2025-03-01"
    assert found["inLanguage"] == "ar"


def test_nothing_tells_when_it_was_made() -> None:
    """The same content gives the same bytes on any day."""
    one, other = site(), site()
    other.settings["today"] = "2026-05-05"
    for path in one.paths():
        assert one.bytes(path) == other.bytes(path), path
