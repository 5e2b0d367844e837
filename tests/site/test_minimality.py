"""What an edit of the sample site renders, and what it changes: no file more than it must.

Two sets are told apart. *Changed* are the files whose bytes differ; they are exactly those that show what was edited.
*Rendered* are those worked out again; they may be a few more, since a page that reads a fact, a thing or a card of an
article is rendered again whichever field of it changed. Where that is so, the test says it.
"""

from __future__ import annotations

import pytest
from sample_site import CONTENT, Sample, containing, plain_line

PAGES = sorted(
    f"content/{path.relative_to(CONTENT)}"
    for folder in ("articles", "entities", "terms", "topics")
    for path in (CONTENT / folder).rglob("*.md")
)
FORDOW = "content/facts/fordow-sample.yaml"
SAMPLE = "content/articles/fordow-sample.md"


def page_of(path: str) -> str:
    """Where the page of a content file stands in the output."""
    return path.removeprefix("content/").removesuffix(".md") + "/index.html"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.removeprefix("content/"))
def test_an_edit_of_a_body_renders_exactly_one_page(sample: Sample, path: str) -> None:
    """A sentence that refers to nothing is nobody else's concern."""
    line = plain_line(sample.text(path))
    text = sample.text(path)
    words = line.split()
    new = (
        text.replace(line, " ".join((*words[:-1], "مضافة", words[-1])))
        if line
        else f"{text}\n\nجملة مضافة.\n"
    )
    with sample.written({path: new.encode()}) as change:
        assert change.rendered == change.changed == {page_of(path)}


# The edits name a new value that nothing else on the site says.
VALUES = (
    (FORDOW, 'value: "≤ 83.7%"', 'value: "≤ 81.37%"', "81.37"),
    (FORDOW, "تقلّبات غير مقصودة أثناء مرحلة انتقالية", "تقلّبات عابرة عند التشغيل", "تقلّبات عابرة"),
    ("content/facts/enrichment.yaml", 'value: "25 kg"', 'value: "26.125 kg"', "26.125"),
)


@pytest.mark.parametrize(("path", "old", "new", "shown"), VALUES, ids=[it[3] for it in VALUES])
def test_a_new_value_of_a_shared_fact_changes_exactly_the_outputs_that_contain_it(
    sample: Sample, path: str, old: str, new: str, shown: str
) -> None:
    with sample.edited(path, old, new) as change:
        assert not containing(change.before, shown)
        assert change.changed == containing(change.after, shown)
        assert {"facts.json", "facts.csv"} < change.changed <= change.rendered


REMARKS = (
    (FORDOW, '"84%"', " '84%'  # كما تُداول"),
    (FORDOW, "# عيّنة فوردو وجسيماتها\n", "\n# عيّنة فوردو\n\n"),
    ("content/sources.yaml", "# نصوص رسمية ووثائق\n", "# نصوص\n\n"),
    ("content/scales.yaml", 'range: ["0", "100"]', "range:   ['0', '100'] # بالمئة"),
    ("content/site.yaml", "lang: ar\n", "lang:   ar  # العربية\n\n"),
    ("content/entities/oman.md", "kind: state\n", "kind:   state  # دولة\n"),
    (SAMPLE, "kind: explainer\n", 'kind:   "explainer"  # شرح\n'),
)


@pytest.mark.parametrize(
    ("path", "old", "new"), REMARKS, ids=[f"{it[0]}-{n}" for n, it in enumerate(REMARKS)]
)
def test_spaces_quotes_and_comments_in_yaml_render_nothing(
    sample: Sample, path: str, old: str, new: str
) -> None:
    with sample.edited(path, old, new) as change:
        assert change.rendered == change.changed == set()
