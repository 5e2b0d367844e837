"""Who may see what, and when: drafts, days to come, embargoes to the hour."""

from __future__ import annotations

import json

import pytest
from small_site import SmallSite, article

from sitegen.core.edtf import parse_date
from sitegen.core.values import FuzzyDate
from sitegen.graph.queries import has_come, ribbon, today, visible
from sitegen.graph.standing import newest

PATH = "content/articles/a.md"
OWN = "facts:\n  - {id: own, label: خاص, value: 3%}\n"


def site(extra: str = "", published: str = "2025-01-10", **settings: str) -> SmallSite:
    return SmallSite({"articles/a.md": article(extra=extra, published=published)}, **settings)


@pytest.mark.parametrize(
    ("extra", "published", "expected"),
    [
        ("", "2025-10-31", ""),
        ("", "2025-11-01", "future"),
        ("", "2025-10", ""),
        ("", "2025-11", "future"),
        ("", "2025", ""),
        ("draft: true\n", "2025-01-01", "draft"),
        ("status: draft\n", "2025-01-01", "draft"),
        ("status: review\n", "2026-01-01", "draft"),
        ("status: embargoed\n", "2025-01-01", "future"),
        ("status: embargoed\nembargo_until: 2025-10-31\n", "2025-01-01", ""),
        ("embargo_until: 2025-11-01\n", "2025-01-01", "future"),
        ("embargo_until: 2025-01-01\n", "2025-11-01", "future"),
        ("status: archived\n", "2025-01-01", ""),
        ("status: withdrawn\n", "2025-01-01", ""),
    ],
)
def test_why_an_article_is_not_for_the_public(extra: str, published: str, expected: str) -> None:
    """Today is 31 October 2025. Of two days the later decides."""
    shown = site(extra, published)
    assert ribbon(shown.db, PATH) == expected
    assert visible(shown.db, PATH) == (expected == "")


@pytest.mark.parametrize(
    ("extra", "setting"), [("draft: true\n", "drafts"), ("embargo_until: 2025-11-01\n", "future")]
)
def test_what_is_held_back_is_shown_on_request(extra: str, setting: str) -> None:
    """With a ribbon, hidden from search engines, and not in feeds, exports and sitemap."""
    held = extra + OWN
    assert "articles/a/index.html" not in site(held).paths()
    shown = site(held, **{setting: "1"})
    page = shown.page("articles/a/")
    assert 'class="ribbon"' in page
    assert 'name="robots" content="noindex"' in page
    for path in ("atom.xml", "facts.json", "facts.csv", "sitemap.xml"):
        assert "articles/a/" not in shown.page(path)
        assert "خاص" not in shown.page(path)


def test_a_frozen_site_stands_at_its_day() -> None:
    """The freeze counts as today, whatever the clock says."""
    frozen = SmallSite(
        {
            "site.yaml": "title: موقع\nbase_url: https://example.org\ncontent_as_of: 2025-06-30\n",
            "articles/a.md": article(published="2025-07-01"),
        }
    )
    assert today(frozen.db) == "2025-06-30"
    assert newest(frozen.db) == ()
    assert "setting" not in [key.kind for key, _ in frozen.db.inputs() if key[1] == "today"]


@pytest.mark.parametrize(
    ("moment", "now", "expected"),
    [
        ("2025-10-31T18:00Z", "2025-10-31T17:59+00:00", False),
        ("2025-10-31T18:00Z", "2025-10-31T18:00+00:00", True),
        ("2025-10-31T18:00+04:00", "2025-10-31T14:00+00:00", True),
        ("2025-10-31T23:00-05:00", "2025-11-01T03:00+00:00", False),
        ("2025-10-31T18:00Z", "", False),
        ("2025-10-30T23:00-05:00", "", False),
        ("2025-10-29T18:00Z", "", True),
        ("2025-11-02T00:00+14:00", "2025-11-01T11:00+00:00", False),
    ],
)
def test_an_hour_is_waited_for(moment: str, now: str, expected: bool) -> None:
    """Never a minute early, in any zone; without a clock the day must be over everywhere."""
    day = parse_date(moment)
    assert isinstance(day, FuzzyDate)
    assert has_come(site(now=now).db, day) is expected


def test_the_clock_is_read_only_where_the_hour_decides() -> None:
    """Else every build would depend on it and nothing would ever be unchanged."""
    for extra, reads in (
        ("embargo_until: 2025-10-20T18:00Z\n", False),
        ("embargo_until: 2025-10-31T18:00Z\n", True),
    ):
        shown = site(extra, now="2025-10-31T20:00+00:00")
        assert visible(shown.db, PATH)
        assert ("now" in [key.name for key, _ in shown.db.inputs()]) is reads


def test_a_withdrawn_article_stays_with_a_notice() -> None:
    """Its page answers, tells that it is withdrawn, and is not for search engines."""
    shown = site("status: withdrawn\n")
    page = shown.page("articles/a/")
    assert 'class="notice"' in page
    assert 'content="noindex"' in page
    assert "articles/a/" not in shown.page("sitemap.xml")


def test_facts_of_a_draft_are_not_known() -> None:
    """They come with the article that writes them."""
    assert "خاص" in json.loads(site(OWN).bytes("facts.json"))["facts"][0]["label"]
    assert json.loads(site("draft: true\n" + OWN).bytes("facts.json"))["facts"] == []
