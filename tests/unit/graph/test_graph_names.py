"""The one namespace: what an id, a name or an alias means, and who may be meant."""

from __future__ import annotations

import pytest
from small_site import SmallSite, article, entity, marked, speaks

from sitegen.graph.things import Resolved, find, resolve

TWO_CITIES = {
    "entities/oman.md": '---\nkind: state\nname: {ar: "عُمان", en: Oman}\naliases: [السلطنة]\n---\n',
    "entities/amman.md": '---\nkind: place\nname: {ar: "عمّان", en: Amman}\n---\n',
}


@pytest.mark.parametrize(
    "written", ["oman", "عُمان", "Oman", "السلطنة", "oman ".strip(), "السُلطنة", "سلطنة".join(["ال", ""])]
)
def test_a_thing_answers_to_id_name_and_alias(written: str) -> None:
    """Exactly as written first, then as a reader would take it."""
    known = resolve(SmallSite(TWO_CITIES).db, written)
    assert (known.id, known.kind, known.path) == ("oman", "entity", "content/entities/oman.md")


def test_harakat_tell_names_apart() -> None:
    """عُمان and عمّان are two things; without marks either may be meant, and that is an error with both ids."""
    site = SmallSite({**TWO_CITIES, "articles/a.md": article("[[عُمان]] و[[عمّان]] و[[عمان]]")})
    assert resolve(site.db, "عمّان").id == "amman"
    assert resolve(site.db, "عمان") == Resolved(trouble="ambiguous", candidates=("amman", "oman"))
    finding = site.only()
    assert (finding.code, marked(finding), dict(finding.args)["nearest"]) == (
        "R202",
        "[[عمان]]",
        "amman, oman",
    )
    speaks(finding)


def test_a_name_in_decomposed_letters_is_the_same_name() -> None:
    """أ written as ا and a combining hamza is the same letter."""
    site = SmallSite({"entities/x.md": entity("أكسيوس", "media")})
    assert resolve(site.db, "أكسيوس").id == "x"


def test_an_id_goes_before_a_name() -> None:
    """A thing whose name is another one's id does not take it away."""
    site = SmallSite({**TWO_CITIES, "terms/word.md": "---\nterm: oman\ndefinition: معنى\n---\n"})
    assert resolve(site.db, "oman").kind == "entity"


def test_every_kind_is_in_the_namespace() -> None:
    """Articles by id, topics by title too, terms by their words."""
    site = SmallSite(
        {
            "articles/a.md": article(),
            "topics/file.md": "---\ntitle: الملف\n---\n",
            "terms/snap.md": '---\nterm: {ar: "الزناد", en: snapback}\ndefinition: معنى\n---\n',
        }
    )
    found = {name: resolve(site.db, name).kind for name in ("a", "الملف", "الزناد", "snapback")}
    assert found == {"a": "article", "الملف": "topic", "الزناد": "term", "snapback": "term"}
    assert resolve(site.db, "مقال").trouble == "unknown"  # titles of articles are no names


def test_drafts_are_hidden_not_unknown() -> None:
    """The author learns that the article is there but not shown."""
    files = {"articles/a.md": article(extra="draft: true\n")}
    assert resolve(SmallSite(files).db, "a") == Resolved(trouble="hidden")
    assert resolve(SmallSite(files, drafts="1").db, "a").kind == "article"


def test_an_unknown_name_brings_the_nearest() -> None:
    """At most three, ids and names together."""
    assert resolve(SmallSite(TWO_CITIES).db, "omna").candidates == ("oman",)
    assert resolve(SmallSite(TWO_CITIES).db, "nothing-like-it").candidates == ()


def test_a_thing_is_called_by_the_language_of_the_site() -> None:
    """The short name is for links, the English name stands beside it."""
    text = '---\nkind: agency\nname: {ar: "الوكالة الدولية", en: IAEA}\nshort: {ar: "الوكالة"}\n---\n'
    arabic = find(SmallSite({"entities/x.md": text}).db, "x")
    english = find(SmallSite({"entities/x.md": text, "site.yaml": _english()}).db, "x")
    assert arabic is not None
    assert english is not None
    assert (arabic.name, arabic.short, arabic.english) == ("الوكالة الدولية", "الوكالة", "IAEA")
    assert english.name == "IAEA"


def _english() -> str:
    return "title: Site\nbase_url: https://example.org\nlang: en\n"
