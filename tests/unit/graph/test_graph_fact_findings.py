"""Facts against the words around them, against each other, and where they may stand at all."""

from __future__ import annotations

import pytest
from small_site import OMAN, SmallSite, article, marked, speaks

from sitegen.messages import severity

SHARE = "share: {label: نسبة, value: 83.7%, sources: [wire]}\n"
OLD = "old: {label: نسبة, value: 60%, sources: [wire], status: superseded, superseded_by: share}\n"
VOID = "void: {label: نسبة, value: 60%, sources: [wire], status: retracted}\n"
SECRET = "secret: {label: نسبة, value: 60%, sources: [wire], visibility: internal}\n"
SCALES = "levels: {label: سلم, thresholds: [{label: سقف, value: '3.67'}]}\n"


def site(body: str = "", extra: str = "", facts: str = SHARE, **more: str) -> SmallSite:
    """A site with one article, whose body begins on line 7, and a registry."""
    return SmallSite(
        {
            "articles/a.md": article(body, extra=extra),
            "entities/oman.md": OMAN,
            "facts/file.yaml": facts,
            "scales.yaml": SCALES,
            **more,
        }
    )


@pytest.mark.parametrize(
    "body",
    [
        "قيل [60%](fact:share) هنا",
        "قيل {fact:share|ستون، أي 60%} هنا",
        ":::timeline\n- 2023-05: قيل [60%](fact:share) هنا\n:::",
        ":::changed\nقيل [60%](fact:share) هنا\n:::",
        ":::known\n- قيل [60%](fact:share) هنا\n:::",
        ":::qa\nس: كم؟\nج: قيل [60%](fact:share) هنا\n:::",
    ],
)
def test_words_that_say_another_number(body: str) -> None:
    """The words of a reference may not contradict the fact, in prose and in every block (D401)."""
    finding = site(body).only()
    assert finding.code == "D401"
    assert dict(finding.args) == {"said": "60", "fact": "share", "label": "نسبة"}
    assert "fact:share" in marked(finding)
    speaks(finding)


def test_words_that_round_the_number() -> None:
    """84 for 83.7 is rounding, and a number of the label is a name."""
    facts = "share: {label: نقاء عينة الستين 60%, value: 83.7%, sources: [wire]}\n"
    assert site("[نحو 84%](fact:share) و[عينة 60%](fact:share)", facts=facts).shown() == []


def test_words_of_front_matter_that_say_another_number() -> None:
    """Drift is found in the answer of an article too, at its column."""
    finding = site(extra='answer: "قيل [60%](fact:share)"\n').only()
    assert (finding.code, finding.at.line, marked(finding)) == ("D401", 6, "[60%](fact:share)")


PLACES = [
    ("{fact:%s}", ""),
    (":::facts\n- %s\n:::", ""),
    (":::gauge scale=levels\n- %s\n:::", ""),
    ("", "facts: [{use: %s}]\n"),
    ("", "answer: عن {fact:%s}\n"),
    ("", "disputed: [{question: سؤال, fact: %s}]\n"),
]


@pytest.mark.parametrize(("body", "extra"), PLACES)
@pytest.mark.parametrize(
    ("code", "facts", "id", "grade"),
    [("F305", OLD, "old", "warning"), ("F306", VOID, "void", "error"), ("W801", SECRET, "secret", "error")],
)
def test_facts_that_must_not_be_shown(
    body: str, extra: str, code: str, facts: str, id: str, grade: str
) -> None:
    """Superseded facts are a warning, retracted and internal ones an error, wherever an article shows them."""
    finding = site(body.replace("%s", id), extra.replace("%s", id), SHARE + facts).only()
    assert (finding.code, severity(finding)) == (code, grade)
    assert id in marked(finding)
    speaks(finding)


@pytest.mark.parametrize(
    "body",
    [
        ":::changed\nكان {fact:%s}\n:::",
        ":::correction\nكان {fact:%s}\n:::",
        ":::timeline\n- 2023: {fact:%s}\n:::",
    ],
)
def test_histories_may_show_what_no_longer_holds(body: str) -> None:
    """Blocks of changes, corrections and timelines tell of superseded and retracted facts, but of no internal one."""
    assert site(body.replace("%s", "old"), facts=SHARE + OLD).shown() == []
    assert site(body.replace("%s", "void"), facts=SHARE + VOID).shown() == []
    assert site(body.replace("%s", "secret"), facts=SHARE + SECRET).only().code == "W801"


def test_an_internal_fact_stays_inside() -> None:
    """A topic and a scale may not show it, an article not even its own; the registry may know of it."""
    topic = "---\ntitle: ملف\nkey_facts: [secret]\n---\n"
    assert site(facts=SHARE + SECRET, **{"topics/t.md": topic}).only().code == "W801"
    scales = "levels: {label: سلم, thresholds: [{label: سقف, ref: secret}]}\n"
    assert site(facts=SHARE + SECRET, **{"scales.yaml": scales}).only().code == "W801"
    own = site(extra="facts:\n  - {label: سر, value: 3%, visibility: internal}\n").only()
    assert (own.code, own.at.line) == ("W801", 7)
    told = SHARE.replace("}", ", superseded_by: secret, status: superseded}") + SECRET
    known = site(facts=told)
    assert known.shown() == []
    for path in ("facts/share/", "facts/", "facts.json", "facts.csv", "atom.xml", ""):
        assert "secret" not in known.page(path)
    assert "facts/secret/index.html" not in known.paths()


def pair(a: str, b: str) -> str:
    """Two facts of one measure."""
    key = "label: ن, subject: oman, property: p, sources: [wire]"
    return f"one: {{{key}, {a}}}\ntwo: {{{key}, {b}}}\n"


@pytest.mark.parametrize(
    ("a", "b", "code"),
    [
        ("value: 60%", "value: 83.7%", "F301"),
        ("value: 202 kg", "value: 202.8 kg", "F301"),
        ("value: 60%", "value: 83.7%, certainty: reported", "F307"),
        ("value: 84%", "value: 83.7%", "F302"),
        ("value: 2025-09-27", "value: 2025-09-28", "F304"),
        ("value: 2025-09-27, tz: UTC", "value: 2025-09-28, tz: UTC", "F301"),
        ("value: 2025-09-20", "value: 2025-09-28", "F301"),
        ("value: 60%, as_of: '2023'", "value: 83.7%", "F301"),
        ("value: 300 kg, basis: UF6", "value: 202 kg, basis: U", None),
        ("value: 2023-05", "value: 2023-05-08", None),
        ("value: 60%, as_of: '2022'", "value: 83.7%, as_of: '2023'", None),
        ("value: 60%, equivalent_to: two", "value: 83.7%", None),
        ("value: 60%, status: superseded", "value: 83.7%", None),
        ("value: ≤ 90%", "value: 83.7%", None),
        ("value: 60%, measure: m", "value: 83.7%", None),
    ],
)
def test_facts_that_contradict_each_other(a: str, b: str, code: str | None) -> None:
    """Facts of one subject, property, measure, unit, basis and day agree, or are said to differ by rounding."""
    found = site(facts=pair(a, b)).problems()
    assert [it.code for it in found] == ([code] if code else [])
    for it in found:
        assert (it.at.path, it.at.line) == ("content/facts/file.yaml", 2)
        assert dict(it.args)["other"] == "one"
        speaks(it)


def test_facts_without_a_key_are_never_compared() -> None:
    """Without subject and property nobody says that two facts are about the same thing."""
    facts = "one: {label: ن, value: 60%, sources: [wire]}\ntwo: {label: ن, value: 84%, sources: [wire]}\n"
    assert site(facts=facts).shown() == []


def test_facts_of_one_subject_under_two_names_are_compared() -> None:
    """An alias is as good as the id."""
    facts = pair("value: 60%", "value: 84%").replace(
        "two: {label: ن, subject: oman", "two: {label: ن, subject: عُمان"
    )
    assert site(facts=facts).only().code == "F301"


def test_days_that_move_are_no_dates() -> None:
    """An explainer names the day; the place is that of the words, in the body and in the answer (T501)."""
    found = site("وقع في الشهر الماضي.\n\nولا يزال حالياً.", extra='answer: "وقع أمس"\n').problems()
    assert [(it.code, it.at.line, marked(it)) for it in found] == [
        ("T501", 6, "أمس"),
        ("T501", 8, "الشهر الماضي"),
        ("T501", 10, "حالياً"),
    ]
    speaks(found[0])


@pytest.mark.parametrize("extra", ["kind: news\n", "lang: en\n"])
def test_news_may_say_yesterday(extra: str) -> None:
    """Only explainers outlive the day they are written on, and only Arabic is read for it."""
    assert site("وقع أمس.", extra=extra).shown() == []


def test_a_timeline_is_in_the_order_of_time() -> None:
    """An entry that lies wholly before one above it is a slip, in the order or in the date (T503)."""
    ordered = ":::timeline\n- 2023: سنة\n- 2023-05-08: يوم\n- 2023-05: شهر\n- 2023-06/2024: مدة\n:::"
    assert site(ordered).shown() == []
    finding = site(":::timeline\n- 2023-05-08: يوم\n- 2022-06: شهر\n:::").only()
    assert (finding.code, finding.at.line) == ("T503", 9)
    assert "شهر" in marked(finding)
    speaks(finding)


@pytest.mark.parametrize(
    "body",
    [
        ":::timeline\n- 2023-13: نص\n:::",
        ":::timeline use=oman from=2023-13\n:::",
        ":::changed since=2023-13\nنص\n:::",
    ],
)
def test_a_date_of_a_block_is_a_date(body: str) -> None:
    """What is no date is not silently left out."""
    assert [it.code for it in site(body).problems()] == ["S110"]
