"""What an edit of the sample site renders, and what it changes: no file more than it must.

Two sets are told apart. *Changed* are the files whose bytes differ; they are exactly those that show what was edited.
*Rendered* are those worked out again. Often the two are the same. They differ where a page reads more than it shows:

- what links to an entity, a term or a topic reads its names and its summary, whichever of them the page shows;
- what lists an article reads all that other pages may know of it;
- every page reads all the words of the theme in its language, and its templates to the last comment;
- a page is rendered again when the lines of its own Markdown move in the file.

A file rendered to the same bytes is not written again.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from sample_site import CONTENT, Sample, containing, plain_line
from site_command import lay, run, stamps

FORDOW = "content/facts/fordow-sample.yaml"
SAMPLE = "content/articles/fordow-sample.md"
OMAN = "content/entities/oman.md"
AMMAN = "content/entities/amman.md"
UF6 = "content/terms/uf6.md"
SOURCES = "content/sources.yaml"
TOC = "theme/partials/toc.html"
ARABIC = "theme/strings/ar.yaml"
CSS = "theme/assets/css/site.css"

# What runs when nothing but the words of a body change; no listing, no index, no other page.
OF_A_BODY = {
    *("parsed_article", "parsed_entity", "parsed_term", "parsed_topic"),
    *("article", "entity", "term", "topic", "parsed_text", "sentences", "facts_shown", "answer"),
    *("alone", "file_problems", "render"),
}


def sources_of(*folders: str) -> list[str]:
    """Content files by folder."""
    found = [path for folder in folders for path in (CONTENT / folder).rglob("*.md")]
    return sorted(f"content/{path.relative_to(CONTENT)}" for path in found)


def page_of(path: str) -> str:
    """Where the page of a content file stands in the output."""
    return path.removeprefix("content/").removesuffix(".md") + "/index.html"


def html(outputs: dict[str, bytes]) -> set[str]:
    return {path for path in outputs if path.endswith(".html")}


# -- bodies ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sources_of("articles", "entities", "terms", "topics"))
def test_an_edit_of_a_body_renders_exactly_one_page(sample: Sample, path: str) -> None:
    """A sentence that refers to nothing is nobody else's concern."""
    text = sample.text(path)
    line = plain_line(text)
    *words, last = line.split() or [""]
    new = text.replace(line, " ".join((*words, "مضافة", last))) if line else f"{text}\n\nجملة مضافة.\n"
    with sample.written({path: new.encode()}) as change:
        assert change.rendered == change.changed == {page_of(path)}
        assert change.ran <= OF_A_BODY


def test_a_body_that_moves_in_its_file_renders_its_own_page_alone_and_changes_nothing(sample: Sample) -> None:
    with sample.edited(SAMPLE, "kind: explainer\n", "# شرح\n\nkind: explainer\n") as change:
        assert change.rendered == {page_of(SAMPLE)}
        assert change.changed == set()


def test_a_sentence_with_a_link_renders_its_page_and_those_that_quote_it(sample: Sample) -> None:
    with sample.edited(SAMPLE, "مسح مفتشو [[iaea|", "مسحت فرق [[iaea|") as change:
        assert change.rendered == change.changed == containing(change.after, "مسحت فرق")
        quoting = {page_of("entities/iaea.md"), page_of("entities/fordow.md")}
        assert change.changed == {page_of(SAMPLE), "facts/fordow-sample-date/index.html", *quoting}


def test_the_command_renders_one_page_for_a_body_edited_since_its_last_run(
    sample: Sample, tmp_path: Path
) -> None:
    """Between two processes as within one."""
    content = {path: data for path, data in sample.world.files.items() if path.startswith("content/")}
    site = lay(tmp_path, content)
    first = run(site)
    assert first["reused"] == 0
    assert first["rendered"] > first["pages"]  # the style sheets, feeds and exports too
    before = stamps(site)
    lay(site, {SAMPLE: sample.text(SAMPLE).replace("والصيغة محسوبة بدقة.", "والصيغة محسوبة.").encode()})
    assert run(site)["rendered"] == 1
    written = {path for path, it in stamps(site).items() if it != before[path]}
    assert written == {page_of(SAMPLE), ".sitegen/manifest.json"}


# -- facts -------------------------------------------------------------------------------------------------


class Edit(NamedTuple):
    """Words put in the place of others, and the marks by which outputs that show the new ones can be told."""

    path: str
    old: str
    new: str
    marks: tuple[str, ...]


VALUES = {
    "a percentage": Edit(FORDOW, 'value: "≤ 83.7%"', 'value: "≤ 81.37%"', ("81.37",)),
    "a quantity": Edit("content/facts/enrichment.yaml", 'value: "25 kg"', 'value: "26.125 kg"', ("26.125",)),
    "a text": Edit(FORDOW, "تقلّبات غير مقصودة أثناء", "تقلّبات عابرة أثناء", ("تقلّبات عابرة",)),
    # A date moves what stands in order of time; whatever does so shows the date as well.
    "a date": Edit(
        FORDOW,
        '"2023-01-22"\n  subject',
        '"2023-01-18"\n  subject',
        ("18 يناير 2023", "2023-01-18", '"month": 1,\n    "day": 18'),
    ),
    "a scale's landmark": Edit(
        "content/facts/enrichment.yaml", '"~90%"\n  scale', '"~91.25%"\n  scale', ("91.25",)
    ),
}


@pytest.mark.parametrize("edit", VALUES.values(), ids=VALUES)
def test_a_new_value_of_a_shared_fact_changes_exactly_the_outputs_that_contain_it(
    sample: Sample, edit: Edit
) -> None:
    """Articles, the things it is about, fact pages, indexes and exports; nothing else is so much as rendered."""
    with sample.edited(edit.path, edit.old, edit.new) as change:
        assert not containing(change.before, *edit.marks)
        assert change.changed == containing(change.after, *edit.marks)
        assert change.rendered == change.changed
        assert {"facts.json", "facts.csv", "facts/index.html"} < change.changed


def test_a_fact_loses_its_old_value_everywhere(sample: Sample) -> None:
    """What showed the old value and nobody's own words for it shows it no more."""
    with sample.edited(FORDOW, "تقلّبات غير مقصودة أثناء", "تقلّبات عابرة أثناء") as change:
        old = containing(change.before, "تقلّبات غير مقصودة أثناء")
        assert old == change.changed
        assert not containing(change.after, "تقلّبات غير مقصودة أثناء")


# -- things, articles and sources --------------------------------------------------------------------------

EXACT = {
    "the name of a place": Edit(AMMAN, 'ar: "عمّان"', 'ar: "عمّان الأردن"', ("عمّان الأردن",)),
    "another name of an entity": Edit(OMAN, '["السلطنة"]', '["السلطنة", "مزون"]', ("مزون",)),
    "the summary of an article": Edit(SAMPLE, 'summary: "رصد', 'summary: "التقط رصد', ("التقط رصد",)),
    "the address of an article": Edit(
        SAMPLE, "slug: fordow-sample", "slug: sample-of-fordow", ("articles/sample-of-fordow",)
    ),
}


@pytest.mark.parametrize("edit", EXACT.values(), ids=EXACT)
def test_an_edit_renders_and_changes_exactly_what_shows_it(sample: Sample, edit: Edit) -> None:
    """A new address also takes the page at the old one away."""
    with sample.edited(edit.path, edit.old, edit.new) as change:
        gone = change.before.keys() - change.after.keys()
        assert change.changed == containing(change.after, *edit.marks) | gone
        assert change.rendered == change.changed - gone


WIDER = {
    "the short name of an entity": Edit(OMAN, 'ar: "عُمان"', 'ar: "عُمان الوسيطة"', ("عُمان الوسيطة",)),
    "the name of an entity": Edit(OMAN, 'ar: "سلطنة عُمان"', 'ar: "السلطنة الوسيطة"', ("السلطنة الوسيطة",)),
    "the summary of an entity": Edit(OMAN, 'summary: "دولة', 'summary: "جارة ودولة', ("جارة ودولة",)),
    "a term": Edit(UF6, 'ar: "سادس', 'ar: "سداسي', ("سداسي",)),
    "the definition of a term": Edit(UF6, 'definition: "مركّب', 'definition: "غاز مركّب', ("غاز مركّب",)),
    "the title of an article": Edit(SAMPLE, 'title: "عيّنة فوردو:', 'title: "مسحة فوردو:', ("مسحة فوردو:",)),
    "the short title of an article": Edit(
        SAMPLE, 'short_title: "عيّنة فوردو"', 'short_title: "مسحة فوردو"', ("مسحة فوردو",)
    ),
    "the label of a fact": Edit(FORDOW, 'label: "أخذ العيّنة', 'label: "جمع العيّنة', ("جمع العيّنة",)),
    "the title of a source": Edit(SOURCES, "وفي مرفقيه نص", "ومرفقاه نص", ("ومرفقاه نص",)),
}


@pytest.mark.parametrize("edit", WIDER.values(), ids=WIDER)
def test_an_edit_changes_exactly_what_shows_it_and_renders_what_refers_to_it(
    sample: Sample, edit: Edit
) -> None:
    """Pages that refer to a thing, but show less of it than they read, come out as they were."""
    with sample.edited(edit.path, edit.old, edit.new) as change:
        assert change.changed == containing(change.after, *edit.marks)
        assert change.changed <= change.rendered < html(change.after) | change.changed
        assert len(change.rendered) <= 50


def test_the_definition_of_a_term_renders_only_pages_that_link_to_it(sample: Sample) -> None:
    edit = WIDER["the definition of a term"]
    with sample.edited(edit.path, edit.old, edit.new) as change:
        assert change.rendered <= containing(change.before, "terms/uf6/")


def renamed(sample: Sample, name: str) -> dict[str, bytes | None]:
    """The article in a file of another name, with the id and the address that it had."""
    text = sample.text(SAMPLE).replace("slug: fordow-sample\n", "id: fordow-sample\nslug: fordow-sample\n")
    return {SAMPLE: None, f"content/articles/{name}.md": text.encode()}


def test_a_renamed_file_that_keeps_id_address_and_place_changes_nothing(sample: Sample) -> None:
    """Nobody sees the name of a file, only the order of names; pages that count or list by file are rendered."""
    with sample.written(renamed(sample, "fordow-samples")) as change:
        assert change.changed == set()


def test_a_file_renamed_out_of_its_place_changes_the_order_of_those_who_mention_the_same(
    sample: Sample,
) -> None:
    """Sentences about a thing stand in the order of the files they come from, and so do articles that use a fact."""
    with sample.written(renamed(sample, "zz-fordow-sample")) as change:
        assert change.changed <= containing(change.before, "articles/fordow-sample/")
        assert all(sorted(change.before[path]) == sorted(change.after[path]) for path in change.changed)


def test_a_new_article_renders_itself_and_the_lists_it_stands_in(sample: Sample) -> None:
    text = '---\ntitle: "جديد"\nsummary: "ملخّص"\npublished: "2025-10-30"\n---\n\nنصّ.\n'
    with sample.written({"content/articles/new.md": text.encode()}) as change:
        lists = {"articles/index.html", "atom.xml", "index.html", "sitemap.xml"}
        assert change.rendered == change.changed == {"articles/new/index.html", *lists}


# -- spaces and comments -----------------------------------------------------------------------------------

REMARKS = (
    Edit(FORDOW, '"84%"', " '84%'  # كما تُداول", ()),
    Edit(FORDOW, "# عيّنة فوردو وجسيماتها\n", "\n# عيّنة فوردو\n\n", ()),
    Edit(SOURCES, "# نصوص رسمية ووثائق\n", "# نصوص\n\n", ()),
    Edit("content/scales.yaml", 'range: ["0", "100"]', "range:   ['0', '100'] # بالمئة", ()),
    Edit("content/site.yaml", "lang: ar\n", "lang:   ar  # العربية\n\n", ()),
    Edit(ARABIC, "# Dates\n", "# Days\n\n", ()),
    Edit(OMAN, "kind: state\n", "kind:   state  # دولة\n", ()),
    Edit(SAMPLE, "kind: explainer\n", 'kind:   "explainer"  # شرح\n', ()),
)


@pytest.mark.parametrize("edit", REMARKS, ids=[f"{it.path}-{n}" for n, it in enumerate(REMARKS)])
def test_spaces_quotes_and_comments_in_yaml_render_nothing(sample: Sample, edit: Edit) -> None:
    with sample.edited(edit.path, edit.old, edit.new) as change:
        assert change.rendered == change.changed == set()


# -- the theme ---------------------------------------------------------------------------------------------


def test_a_partial_renders_the_pages_whose_template_reaches_it(sample: Sample) -> None:
    """A table of contents stands on articles only."""
    with sample.edited(TOC, "<nav", "<nav data-new") as change:
        assert change.rendered == change.changed == containing(change.after, "<nav data-new")
        assert change.changed == {page_of(path) for path in sources_of("articles")}


def test_a_comment_in_a_partial_renders_its_pages_and_changes_nothing(sample: Sample) -> None:
    with sample.written({TOC: f"{{# الفهرس #}}{sample.text(TOC)}".encode()}) as change:
        assert change.rendered == {page_of(path) for path in sources_of("articles")}
        assert change.changed == set()


def test_the_template_of_a_kind_renders_the_pages_of_that_kind(sample: Sample) -> None:
    path = "theme/pages/term.html"
    with sample.written(
        {path: sample.text(path).replace("<article", "<article data-new").encode()}
    ) as change:
        assert change.rendered == change.changed == {page_of(path) for path in sources_of("terms")}


def test_a_style_sheet_changes_its_hashed_file_and_the_pages_that_name_it(sample: Sample) -> None:
    with sample.written({CSS: f"{sample.text(CSS)}\n".encode()}) as change:
        (old,) = change.before.keys() - change.after.keys()
        (new,) = change.after.keys() - change.before.keys()
        assert change.changed == {old, new} | containing(change.before, old)
        assert change.rendered == change.changed - {old}


def test_a_word_of_the_theme_changes_exactly_the_pages_that_show_it(sample: Sample) -> None:
    """All pages of the language are rendered: each of them reads the words as a whole."""
    with sample.edited(ARABIC, 'why_it_matters: "لماذا يهمّ"', 'why_it_matters: "لماذا يعنينا"') as change:
        assert change.changed == containing(change.after, "لماذا يعنينا")
        assert change.changed <= {page_of(path) for path in sources_of("articles")}
        assert html(change.after) <= change.rendered <= html(change.after) | {"changes.xml", "atom.xml"}


def test_words_in_a_language_of_no_page_render_nothing(sample: Sample) -> None:
    persian = "theme/strings/fa.yaml"
    with sample.written({persian: sample.text(persian).replace("منابع", "سرچشمه‌ها").encode()}) as change:
        assert change.rendered == change.changed == set()
