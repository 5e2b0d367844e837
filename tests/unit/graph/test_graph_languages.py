"""Languages, directions and digits of whole pages."""

from __future__ import annotations

import re

import pytest
from small_site import OMAN, SITE, SmallSite, article, entity, visible

BODY = """\
في 8 مايو 2023 بلغت النسبة 83.7%، بين 20% و60% (أي 3.67–20%)، وهي {fact:share} حتى {fact:share.as_of}.[^wire]

| السنة | الكمية |
|---|---|
| 2015 | 300 كغ |

1. أول
2. ثان

:::timeline
- day
- 2023-06-02: لقاء 2 من 5
:::

:::gauge scale=levels
- share
:::

وهنا `code 42` و{fact:weight} و{fact:funds}.
"""
FACTS = """\
share: {label: نسبة 2023, value: 83.7%, subject: oman, property: p, as_of: 2023-05-08, scale: levels, sources: [wire]}
earlier: {label: نسبة 2022, value: 60%, subject: oman, property: p, as_of: "2022", sources: [wire]}
day: {label: اللقاء 1, value: 2023-05-08, subject: oman, sources: [wire]}
night: {label: اللقاء 2, value: 2023-05-09T21:30+04:00, subject: oman, sources: [wire]}
weight: {label: وزن, value: 5060.5 kg, sources: [wire], as_of: 2023-05}
funds: {label: أموال, value: 6 مليار دولار, sources: [wire]}
"""
SCALES = 'levels: {label: سلم, range: ["0", "100"], thresholds: [{label: "سقف 2015", value: "3.67"}, {label: حد, value: "90"}]}\n'


def config(lang: str, more: str = "") -> str:
    return f"title: موقع\nbase_url: https://example.org\nlang: {lang}\n{more}"


def root(html: str) -> tuple[str, str]:
    """Language and direction of a page."""
    found = re.search('<html lang="([^"]*)" dir="([^"]*)"', html)
    assert found
    return found[1], found[2]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("ar", ("ar", "rtl")),
        ("ar-SA", ("ar-SA", "rtl")),
        ("fa", ("fa", "rtl")),
        ("ur", ("ur", "rtl")),
        ("he", ("he", "rtl")),
        ("he_IL", ("he-IL", "rtl")),
        ("en", ("en", "ltr")),
        ("fr", ("fr", "ltr")),
    ],
)
def test_the_direction_follows_the_script(lang: str, expected: tuple[str, str]) -> None:
    """Every page of a site, its error page and its feed."""
    shown = SmallSite({"site.yaml": config(lang), "articles/a.md": article("text"), "entities/oman.md": OMAN})
    for path in shown.paths():
        if path.endswith(".html"):
            assert root(shown.page(path)) == expected, path
    assert f'xml:lang="{expected[0]}"' in shown.page("atom.xml")


@pytest.mark.parametrize("path", ["site.yaml", "articles/a.md"])
def test_a_language_that_nobody_knows_is_an_error(path: str) -> None:
    """At its place, in the settings and in an article."""
    files = {"site.yaml": config("tlh")} if path == "site.yaml" else {path: article(extra="lang: tlh\n")}
    finding = SmallSite(files).only()
    assert (finding.code, finding.at.path) == ("S163", f"content/{path}")


def test_an_article_in_another_language_has_its_own() -> None:
    """Its page, the words of the theme on it, the links to it, and its entry in the feed."""
    english = article("See [[a]].", title="Talks", extra="lang: en\ntranslations: {ar: a}\n")
    shown = SmallSite(
        {"articles/en.md": english, "articles/a.md": article("انظر [[en]].", extra="related: [en]\n")}
    )
    page = shown.page("articles/en/")
    assert root(page) == ("en", "ltr")
    assert "Skip to content" in page
    assert '<link rel="alternate" hreflang="ar" href="https://example.org/articles/a/"' in page
    assert root(shown.page("articles/a/")) == ("ar", "rtl")
    assert '<div dir="ltr" lang="en">' in shown.page("atom.xml").replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(
    ("settings", "digits", "strangers"),
    [
        (config("ar", "digits: arab\n"), "٠-٩", "0-9۰-۹"),
        (config("ar-EG"), "٠-٩", "0-9۰-۹"),
        (config("fa"), "۰-۹", "0-9٠-٩"),
        (config("ar"), "0-9", "٠-٩۰-۹"),
        (config("ar-EG", "digits: latn\n"), "0-9", "٠-٩۰-۹"),
    ],
)
def test_a_page_has_one_system_of_digits(settings: str, digits: str, strangers: str) -> None:
    """In prose, facts, tables, lists, gauges, timelines, citations and dates of every kind of page."""
    extra = """\
updated: 2025-03-01
as_of: 2025-02
answer: "الجواب 83.7% في 2023"
known: ["بلغت 60% في 2022"]
facts: [{use: share}, {use: weight}, {عدد الجولات: 5 جولة}]
timeline: oman
topics: [file]
corrections: [{date: 2025-02-01, was: "60%", now: "83.7%"}]
changes: [{date: 2025-03-01, note: "إضافة 2 من 3"}]
"""
    shown = SmallSite(
        {
            "site.yaml": settings,
            "articles/a.md": article(BODY, title="مقال 2023: بين 20% و60%", extra=extra),
            "articles/b.md": article("[[a]] في 5 جولات"),
            "entities/oman.md": OMAN,
            "entities/min.md": entity(
                "وزير", "person", 'positions: [{role: وزير, org: oman, during: "2015/2019"}]\n'
            ),
            "topics/file.md": "---\ntitle: ملف 2015\nas_of: 2025-02\nkey_facts: [share]\n---\n",
            "facts/f.yaml": FACTS,
            "scales.yaml": SCALES,
        }
    )
    own, foreign = re.compile(f"[{digits}]"), re.compile(f"[^\\s]*[{strangers}][^\\s]*")
    for path in shown.paths():
        if path.endswith(".html"):
            text = visible(shown.page(path))
            text = re.sub(r"https?://\S+|[A-Za-z]+[+-]?[0-9:]+", "", text)  # addresses and Latin words: UTC+4
            assert foreign.findall(text) == [], path
    assert own.search(visible(shown.page("articles/a/")))


def test_a_language_without_words_is_a_warning() -> None:
    """For the site at its setting, for an article at its key; words of the site's own settle it."""
    foreign = SmallSite({"site.yaml": SITE.replace("lang: ar", "lang: fr")})
    assert foreign.shown() == ["site.yaml:3:7 C108"]
    files = {"articles/a.md": article(extra="lang: de\n")}
    assert SmallSite(files).shown() == ["articles/a.md:6:7 C108"]
    assert SmallSite({**files, "templates/strings/de.yaml": "facts: Fakten\n"}).shown() == []
