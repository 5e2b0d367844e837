"""Who refers to whom: backlinks with their sentences, uses of facts, related articles, timelines, series."""

from __future__ import annotations

from small_site import OMAN, SmallSite, article, entity

from sitegen.core.markdown.plain import plain_text
from sitegen.engine.db import InputKey
from sitegen.graph.composing import Composer
from sitegen.graph.links import backlinks, facts_shown, links_of, members, related, used_in
from sitegen.graph.pages.facts import by_date
from sitegen.graph.people import term_views
from sitegen.graph.registry import chain, facts_about, facts_said, series
from sitegen.graph.site import render, routes
from sitegen.graph.texts import parsed_text
from sitegen.graph.timelines import timeline, timeline_ids

DAYS = """\
late: {label: لاحق, value: 2023-06-01, subject: oman, sources: [wire]}
early: {label: سابق, value: 2023-05-08, subject: iran, attribution: oman, sources: [wire], tags: [file]}
month: {label: شهر, value: 2023-05, subject: iran, sources: [wire]}
meeting: {label: لقاء, type: event, value: لقاء, date: 2023-05-20, parties: [oman, qatar], sources: [wire]}
share: {label: نسبة, value: 60%, subject: iran, sources: [wire]}
"""
THINGS = {
    "entities/oman.md": OMAN,
    "entities/iran.md": entity("إيران"),
    "entities/qatar.md": entity("قطر"),
    "topics/file.md": "---\ntitle: الملف\n---\n",
}


def said(site: SmallSite, key: str) -> list[tuple[str, str, str]]:
    """Page, heading and words of each sentence that refers to `key`."""
    return [
        (it.path.removeprefix("content/"), it.heading, plain_text(it.parts))
        for it in backlinks(site.db, key).shown
    ]


def test_a_backlink_is_the_sentence_that_refers() -> None:
    """The sentence alone, with the heading it stands under; the page's own sentences do not count."""
    site = SmallSite(
        {
            "articles/a.md": article(
                "قبل. زارت الوفود [[oman|مسقط]] سراً. بعد.\n\n## قسم\n\nثم [[oman]] ثانيةً.\n"
            ),
            "entities/oman.md": OMAN + "عن [[oman]] نفسها.\n",
            "terms/word.md": "---\nterm: كلمة\ndefinition: معنى\n---\nقالتها [[oman|عُمان]].\n",
        }
    )
    assert said(site, "thing:oman") == [
        ("articles/a.md", "", "زارت الوفود مسقط سراً."),
        ("articles/a.md", "قسم", "ثم oman ثانيةً."),
        ("terms/word.md", "", "قالتها عُمان."),
    ]


def test_backlinks_come_from_front_matter_too() -> None:
    """The answer is read before the body, and so is listed before it."""
    extra = 'answer: "الجواب عند [[oman|الوسيط]]."\nknown: ["يُعرف عن [[oman|الوسيط]] أمر."]\n'
    site = SmallSite({"articles/a.md": article("وفي [[oman|المتن]].", extra=extra), "entities/oman.md": OMAN})
    words = [text for _, _, text in said(site, "thing:oman")]
    assert words == ["الجواب عند الوسيط.", "يُعرف عن الوسيط أمر.", "وفي المتن."]


def test_hidden_articles_link_nowhere() -> None:
    """A draft's sentence is on no page."""
    site = SmallSite({"articles/a.md": article("[[oman]]", extra="draft: true\n"), "entities/oman.md": OMAN})
    assert said(site, "thing:oman") == []


def test_a_fact_is_used_wherever_an_article_shows_it() -> None:
    """In front matter, prose, lists, gauges, timelines and disputes; not in what is not shown."""
    ways = {
        "use": ("", "facts: [{use: share}]\n"),
        "prose": ("هي {fact:share}.", ""),
        "answer": ("", "answer: هي {fact:share}.\n"),
        "list": (":::facts\n- share\n:::", ""),
        "gauge": (":::gauge scale=levels\n- share\n:::", ""),
        "dispute": ("", "disputed: [{question: سؤال, fact: share}]\n"),
        "timeline": (":::timeline\n- late\n- 2023-06: هي {fact:share}\n:::", ""),
        "unused": ("لا شيء", ""),
        "draft": ("{fact:share}", "draft: true\n"),
    }
    files = {f"articles/{name}.md": article(body, extra=extra) for name, (body, extra) in ways.items()}
    scales = "levels: {label: سلم, thresholds: [{label: سقف, value: '3.67'}]}\n"
    site = SmallSite({**files, **THINGS, "facts/f.yaml": DAYS, "scales.yaml": scales})
    users = {path.rpartition("/")[2].removesuffix(".md") for path in used_in(site.db, "share")}
    assert users == set(ways) - {"unused", "draft"}
    assert facts_shown(site.db, "content/articles/timeline.md") == ("share", "late")


def test_while_texts_are_unread_a_page_needs_its_own_alone() -> None:
    """It lacks the sentences of others; facts are counted where front matter uses them; all is told of later."""
    files = {
        "articles/a.md": article("كلام", extra="facts: [{use: share}]\n"),
        "articles/b.md": article("جملة عن [[a]] و{fact:late}.", extra="facts: [{use: share}]\n"),
    }
    site = SmallSite({**files, **THINGS, "facts/f.yaml": DAYS}, unread_texts="1")
    (page,) = [it for it in routes(site.db) if it.key == "content/articles/a.md"]
    assert "جملة" not in render(site.db, page).decode()
    assert used_in(site.db, "share") == ("content/articles/a.md", "content/articles/b.md")
    assert {it.args[1] for it in site.db.ran if it.query == parsed_text.name} == {"content/articles/a.md"}
    site.settings["unread_texts"] = ""
    site.db.refresh([InputKey("setting", "unread_texts")])
    assert used_in(site.db, "late") == ("content/articles/b.md",)
    assert render(site.db, page) == render(SmallSite({**files, **THINGS, "facts/f.yaml": DAYS}).db, page)
    assert "جملة" in render(site.db, page).decode()


def test_related_articles_share_facts_before_parties() -> None:
    """Those the editor names, then by what is shared; a fact weighs more than a party; never the article itself."""
    both = "parties: [oman, iran]\ntopics: [file]\n"
    files = {
        "articles/a.md": article(extra=f"facts: [{{use: share}}]\n{both}related: [named]\n"),
        "articles/fact.md": article(extra="facts: [{use: share}]\nparties: [oman]\n"),
        "articles/party.md": article(extra="parties: [oman, iran]\n"),
        "articles/topic.md": article(extra="topics: [الملف]\n"),
        "articles/named.md": article(),
        "articles/alone.md": article(),
    }
    site = SmallSite({**files, **THINGS, "facts/f.yaml": DAYS})
    names = [path.rpartition("/")[2] for path in related(site.db, "content/articles/a.md")]
    assert names == ["named.md", "fact.md", "party.md", "topic.md"]
    assert related(site.db, "content/articles/alone.md") == ()


def test_of_articles_that_share_as_much_the_first_by_their_paths_are_related() -> None:
    site = SmallSite(
        {**{f"articles/{name}.md": article(extra="parties: [oman]\n") for name in "hgfedcba"}, **THINGS}
    )
    names = [path.rpartition("/")[2] for path in related(site.db, "content/articles/c.md")]
    assert names == ["a.md", "b.md", "d.md", "e.md"]


def test_a_timeline_is_in_the_order_of_time() -> None:
    """Dates and events, the vaguer first; per topic by tag or by the articles that use them, per party by part."""
    used = article("{fact:meeting}", extra="topics: [file]\n")
    site = SmallSite({"articles/a.md": used, **THINGS, "facts/f.yaml": DAYS})
    assert timeline(site.db, "") == ("month", "early", "meeting", "late")
    assert timeline(site.db, "file") == ("early", "meeting")
    assert timeline(site.db, "oman") == ("early", "meeting", "late")
    assert timeline(site.db, "iran") == ("month", "early")
    assert timeline(site.db, "qatar") == ("meeting",)
    assert timeline_ids(site.db) == ("file", "iran", "oman")


def test_facts_that_replaced_each_other_are_a_chain() -> None:
    """From the oldest to the newest, whichever of the two names the other; a circle ends."""
    facts = """\
two: {label: ن, value: 2%, sources: [wire], supersedes: one, superseded_by: three}
one: {label: ن, value: 1%, sources: [wire]}
three: {label: ن, value: 3%, sources: [wire]}
alone: {label: ن, value: 3%, sources: [wire]}
round: {label: ن, value: 3%, sources: [wire], superseded_by: about}
about: {label: ن, value: 3%, sources: [wire], superseded_by: round}
"""
    db = SmallSite({"facts/f.yaml": facts}).db
    assert chain(db, "one") == chain(db, "two") == chain(db, "three") == ("one", "two", "three")
    assert chain(db, "alone") == ()
    assert set(chain(db, "round")) == {"round", "about"}


def test_facts_of_one_measure_are_a_series_by_day() -> None:
    """Whichever name the subject is called by; undated ones come last."""
    facts = """\
b: {label: ن, value: 2%, subject: oman, property: p, as_of: 2023-05, sources: [wire]}
none: {label: ن, value: 2%, subject: oman, property: p, sources: [wire], certainty: reported}
a: {label: ن, value: 1%, subject: عُمان, property: p, as_of: '2022', sources: [wire]}
other: {label: ن, value: 1%, subject: oman, property: q, sources: [wire]}
"""
    site = SmallSite({"facts/f.yaml": facts, "entities/oman.md": OMAN})
    c = Composer(site.db, "", "facts/a/")
    assert by_date(c, series(site.db, "a")) == ("a", "b", "none")
    assert series(site.db, "other") == ()


def test_an_entity_has_the_facts_about_it_and_those_it_says() -> None:
    """By id and by alias."""
    facts = """\
a: {label: ن, value: 1%, subject: عُمان, sources: [wire]}
b: {label: ن, value: 1%, attribution: عُمان, sources: [wire]}
c: {label: ن, value: 1%, subject: oman, attribution: oman, sources: [wire], visibility: internal}
"""
    db = SmallSite({"facts/f.yaml": facts, "entities/oman.md": OMAN}).db
    assert facts_about(db, "oman") == ("a",)
    assert facts_said(db, "oman") == ("b",)


def test_people_and_bodies_belong_to_what_they_name() -> None:
    """By parent, membership or office."""
    site = SmallSite(
        {
            "entities/oman.md": OMAN,
            "entities/a.md": entity("وزارة", "agency", "parent: oman\n"),
            "entities/b.md": entity("وزير", "person", "positions: [{role: وزير, org: عُمان}]\n"),
            "entities/c.md": entity("آخر", "person"),
        }
    )
    assert members(site.db, "oman") == ("a", "b")


def test_the_terms_of_an_article_are_those_it_links_to() -> None:
    """In the order of the text, each once."""
    site = SmallSite(
        {
            "articles/a.md": article("[[second]] ثم [[first]] ثم [[second]] و[[oman]]"),
            "terms/first.md": "---\nterm: أول\ndefinition: معنى\n---\n",
            "terms/second.md": "---\nterm: ثان\ndefinition: معنى\n---\n",
            "entities/oman.md": OMAN,
        }
    )
    c = Composer(site.db, "", "articles/a/")
    shown = term_views(c, links_of(site.db, "article", "content/articles/a.md"))
    assert [it.id for it in shown] == ["second", "first"]
