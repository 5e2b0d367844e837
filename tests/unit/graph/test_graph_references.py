"""References that mean nothing: each is found where it stands, front matter or body, with a way out."""

from __future__ import annotations

import pytest
from small_site import OMAN, SmallSite, article, entity, marked, speaks

from sitegen.messages import severity

FACT = "fordow-2023: {label: نسبة, value: 83.7%, sources: [wire]}\n"
DAY = "talks-day: {label: اللقاء, value: 2023-05-08, sources: [wire]}\n"
SCALES = "levels: {label: سلم, thresholds: [{label: سقف, value: '3.67'}]}\n"

# code; the body of the article; line of it, column and words of the finding; a word of the message or hint
IN_BODIES = [
    ("R201", "قبل {fact:fordow-2024} بعد", (1, 5), "{fact:fordow-2024}", "fordow-2023"),
    ("R201", "سطر\n\nثم [84%](fact:fordow-2032) بعد", (3, 4), "[84%](fact:fordow-2032)", "fordow-2023"),
    ("R201", ":::facts\n- fordow-202\n:::", (2, 3), "fordow-202", "fordow-2023"),
    ("R201", ":::timeline\n- talks-dya\n:::", (2, 3), "talks-dya", "talks-day"),
    ("R203", "نص.[^wier]", (1, 4), "[^wier]", "wire"),
    ("R203", "[البرقية](source:wier)", (1, 1), "[البرقية](source:wier)", "wire"),
    ("R204", "إلى [[omna]] ثم", (1, 5), "[[omna]]", "oman"),
    ("R204", "إلى [[عومان|السلطنة]]", (1, 5), "[[عومان|السلطنة]]", "عُمان"),
    ("R204", "إلى [هناك](../articles/omna.md)", (1, 5), "[هناك](../articles/omna.md)", "oman"),
    ("R204", ":::who\n- omna\n:::", (2, 3), "omna", "oman"),
    ("R206", "في {fact:fordow-2023.day}", (1, 4), "{fact:fordow-2023.day}", "as_of"),
    ("R214", "حتى {fact:fordow-2023.as_of}", (1, 5), "{fact:fordow-2023.as_of}", "as_of"),
    ("R207", ":::gauge scale=level\n- fordow-2023\n:::", (1, 1), ":::gauge scale=level", "levels"),
    ("R208", "![ميناء](harbor.jpg)", (1, 1), "![ميناء](harbor.jpg)", "harbour.jpg"),
    ("R209", "إلى [السلطنة](term:oman)", (1, 5), "[السلطنة](term:oman)", "entity"),
    ("R210", ":::gauge scale=levels\n- talks-day\n:::", (2, 3), "talks-day", "اللقاء"),
    ("R215", ":::timeline\n- fordow-2023\n:::", (2, 3), "fordow-2023", "نسبة"),
    ("R216", ":::quote use=talks-day\n:::", (1, 1), ":::quote use=talks-day", "اللقاء"),
    (
        "R211",
        "إلى [هناك](../entities/oman.md#none)",
        (1, 5),
        "[هناك](../entities/oman.md#none)",
        "oman.md#none",
    ),
]


def site(body: str = "", extra: str = "", **more: str) -> SmallSite:
    return SmallSite(
        {
            "articles/a.md": article(body, extra=extra),
            "entities/oman.md": OMAN,
            "facts/file.yaml": FACT + DAY,
            "scales.yaml": SCALES,
            "media/harbour.jpg": b"\xff\xd8",
            **more,
        }
    )


@pytest.mark.parametrize(("code", "body", "place", "words", "way"), IN_BODIES)
def test_a_reference_of_a_body_that_means_nothing(
    code: str, body: str, place: tuple[int, int], words: str, way: str
) -> None:
    """It is an error at its line and column, with the nearest candidates, in both languages."""
    finding = site(body).only()
    assert (finding.code, finding.at.path) == (code, "content/articles/a.md")
    assert (finding.at.line - 6, finding.at.column) == place
    assert marked(finding) == words
    assert way in dict(finding.args).values() or any(way in it for it in dict(finding.args).values())
    assert severity(finding) == "error"
    speaks(finding)


# code; a line of front matter; the words that are marked
IN_FRONT_MATTER = [
    ("R201", "facts: [{use: fordow-2024}]", "fordow-2024"),
    ("R201", "disputed: [{question: سؤال, fact: fordow-2024}]", "fordow-2024"),
    ("R203", "sources: [wire, wier]", "wier"),
    ("R204", "topics: [nowhere]", "nowhere"),
    ("R204", "parties: [oman, omna]", "omna"),
    ("R204", "related: [b]", "b"),
    ("R204", "translations: {en: b}", "b"),
    ("R208", "image: {src: harbor.jpg, alt: ميناء}", "harbor.jpg"),
    ("R209", "topics: [oman]", "oman"),
    ("R204", "facts: [{label: وسيط, value: '[[omna]]'}]", "'[[omna]]'"),
    ("R204", "facts: [{label: ن, value: 3%, subject: omna}]", "omna"),
    ("R207", "facts: [{label: ن, value: 3%, scale: level}]", "level"),
    ("R204", "facts: [{label: ن, type: event, value: لقاء, place: omna}]", "omna"),
    (
        "R203",
        "facts: [{label: ن, type: quote, value: قال, original: {text: said, lang: en, via: wier}}]",
        "wier",
    ),
    (
        "R204",
        "facts: [{label: ن, type: party, certainty: disputed, value: '[[oman]]',"
        " positions: [{by: omna, says: لا}, {by: oman, says: نعم}]}]",
        "omna",
    ),
]


@pytest.mark.parametrize(("code", "line", "words"), IN_FRONT_MATTER)
def test_a_reference_of_front_matter_that_means_nothing(code: str, line: str, words: str) -> None:
    """It is an error at the value itself."""
    head = article().replace("sources: [wire]\n", "" if line.startswith("sources") else "sources: [wire]\n")
    found = site(**{"articles/a.md": head.replace("published", f"{line}\npublished")}).only()
    assert (found.code, found.at.path, found.at.line) == (code, "content/articles/a.md", 4)
    assert marked(found) == words
    speaks(found)


def test_a_reference_in_a_text_of_the_front_matter_is_found_where_it_stands() -> None:
    """The column is that of the reference in the line, with and without quotation marks."""
    extra = 'answer: "عن [[omna]] جواب"\nwhy_it_matters: عن {fact:nothing} جواب\n'
    found = site(extra=extra).problems()
    assert [(it.code, it.at.line, marked(it)) for it in found] == [
        ("R204", 6, "[[omna]]"),
        ("R201", 7, "{fact:nothing}"),
    ]


def test_a_reference_in_a_block_of_text_is_found_where_it_stands() -> None:
    """Folded or literal, drift of a number included."""
    extra = "answer: >-\n  سطر\n  عن [[omna]]\nwhy_it_matters: |\n  سطر\n  ثم [60%](fact:fordow-2023).\n"
    found = site(extra=extra).problems()
    assert [(it.code, it.at.line, marked(it)) for it in found] == [
        ("R204", 8, "[[omna]]"),
        ("D401", 11, "[60%](fact:fordow-2023)"),
    ]


def test_a_reference_of_another_file_is_found_there() -> None:
    """Registry, sources, scales, entities, terms and topics refer too."""
    found = site(
        **{
            "facts/file.yaml": FACT + DAY + "x: {label: ن, value: 3%, sources: [wier], superseded_by: y}\n",
            "sources.yaml": "wire: {title: برقية, via: wier}\n",
            "scales.yaml": "levels: {label: سلم, thresholds: [{label: س, ref: z, sources: [wier]}]}\n",
            "entities/iran.md": entity("إيران", extra="parent: omna\n"),
            "terms/word.md": "---\nterm: كلمة\ndefinition: معنى\nnot_to_confuse: [{ref: wrod}]\n---\n",
            "topics/file.md": "---\ntitle: ملف\nkey_facts: [fordow-2024]\n---\n",
        }
    ).shown()
    assert found == [
        "entities/iran.md:4:9 R204",
        "facts/file.yaml:3:36 R203",
        "facts/file.yaml:3:58 R201",
        "scales.yaml:1:51 R201",
        "scales.yaml:1:64 R203",
        "sources.yaml:1:27 R203",
        "terms/word.md:4:24 R204",
        "topics/file.md:3:13 R201",
    ]


def test_all_errors_of_a_file_come_together() -> None:
    """Mistakes of syntax, of fields and of references in one file are reported in one run, in order of place."""
    found = site("[[omna]] و{fact:no} و[^no]\n\n<b>نص</b>", "topcs: [x]\nupdated: 2023-13-01\n").shown()
    assert found == [
        "articles/a.md:6:1 S102",
        "articles/a.md:7:10 S110",
        "articles/a.md:9:1 R204",
        "articles/a.md:9:11 R201",
        "articles/a.md:9:22 R203",
        "articles/a.md:11:1 B101",
        "articles/a.md:11:6 B101",
    ]


def test_a_draft_may_refer_to_what_is_not_there_yet() -> None:
    """Its references are checked when it is shown; what else is wrong with it is said at once."""
    text = article("[[later]] و[60%](fact:fordow-2023)", extra="draft: true\n")
    assert site(**{"articles/a.md": text}).shown() == ["articles/a.md:8:12 D401"]
    shown = SmallSite({"articles/a.md": text, "facts/file.yaml": FACT}, drafts="1")
    assert shown.shown() == ["articles/a.md:8:1 R204", "articles/a.md:8:12 D401"]


def test_a_reference_to_a_draft_is_an_error() -> None:
    """A published page may not lead to one that this build leaves out."""
    draft = article(extra="draft: true\n")
    finding = site("إلى [[b]]", **{"articles/b.md": draft}).only()
    assert (finding.code, marked(finding)) == ("R205", "[[b]]")
    speaks(finding)


def test_ids_are_claimed_once() -> None:
    """Articles, entities, terms and topics share one namespace; facts have theirs."""
    found = site(
        extra="facts:\n  - {id: own, label: ن, value: 3%}\n  - {id: own, label: ن, value: 3%}\n",
        **{
            "terms/oman.md": "---\nterm: كلمة\ndefinition: معنى\n---\n",
            "entities/second.md": "---\nid: oman\nkind: state\nname: أخرى\n---\n",
            "facts/other.yaml": f"talks-week: {{label: ن, value: 3%, sources: [wire]}}\n{DAY}",
        },
    ).problems()
    assert [(it.code, it.at.path, it.at.line, marked(it)) for it in found] == [
        ("R213", "content/articles/a.md", 8, "own"),
        ("R212", "content/entities/second.md", 2, "oman"),
        ("R213", "content/facts/other.yaml", 2, "talks-day"),
        ("R212", "content/terms/oman.md", 1, ""),
    ]
    for it in found:
        speaks(it)


def test_what_can_be_read_of_a_file_is_checked_with_the_rest() -> None:
    """A wrong title hides none of the references of its file."""
    text = "---\ntitle: [a]\nsummary: ملخص\npublished: 2025-13-01\nparties: [omna]\nsources: [wire]\n---\nنص [[omna]]\n"
    shown = SmallSite({"articles/a.md": text, "entities/oman.md": OMAN}).shown()
    assert shown == [
        "articles/a.md:2:8 S104",
        "articles/a.md:4:12 S110",
        "articles/a.md:5:11 R204",
        "articles/a.md:8:4 R204",
    ]


@pytest.mark.parametrize("reference", ["oman", "عُمان", "Oman"])
def test_a_file_with_errors_is_the_only_one_to_blame(reference: str) -> None:
    """Its id and its names are known to the rest of the site, whatever else is wrong with it."""
    wrong = OMAN.replace("kind: state", "kind: stat")
    shown = SmallSite({"articles/a.md": article(f"نص [[{reference}]]"), "entities/oman.md": wrong}).shown()
    assert shown == ["entities/oman.md:2:7 S105"]


def test_an_article_blames_a_missing_source_once() -> None:
    """However many facts lean on it."""
    facts = "facts: [{الأول: 5%}, {الثاني: 6%}]\n"
    text = article(extra=facts).replace("[wire]", "[wier]")
    assert SmallSite({"articles/a.md": text}).shown() == ["articles/a.md:5:11 R203"]


def test_an_id_that_two_have_is_their_mistake_only() -> None:
    """Those who refer to one of them are not told that it is of another kind."""
    files = {"articles/oman.md": article(), "entities/oman.md": OMAN}
    text = article(extra="parties: [oman]\n")
    assert [it.code for it in SmallSite({**files, "articles/a.md": text}).problems()] == ["R212"]
