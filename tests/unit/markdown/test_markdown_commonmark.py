"""The examples of the CommonMark specification, and what sitegen deliberately does otherwise.

The examples are read from the source archive of markdown-it-py in `.cache/` (they are not part of this repository):
`pip download --no-deps --no-binary markdown-it-py -d .cache markdown-it-py`.
"""

from __future__ import annotations

import html
import json
import re
import tarfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it.common.normalize_url import normalizeLink

from sitegen.core.body import Html, Image, Link, Part
from sitegen.core.markdown import ParsedBody, parse_body
from sitegen.locale import get_locale

ARCHIVES = sorted((Path(__file__).parents[3] / ".cache").glob("markdown_it_py-*.tar.gz"))
MEMBER = "tests/test_cmark_spec/commonmark.json"
ENGLISH = get_locale("en")

RAW_HTML = "raw HTML is reported and printed as text (B101)"
REFUSED = "the address is refused (B102)"
NO_ADDRESS = "a link needs an address (B114)"
WIKILINK = "[[…]] is a reference to the site"
MEDIA = "an image must be a file of content/media (B104)"
NESTED = "an image may not be the words of a reference to the site (B107)"

EXCEPTIONS: dict[int, str] = {
    **dict.fromkeys((21, 31, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 642, 643), RAW_HTML),
    **dict.fromkeys(range(148, 192), RAW_HTML),  # HTML blocks
    **dict.fromkeys((613, 614, 615, 616, 617, 623, *range(625, 632)), RAW_HTML),
    **dict.fromkeys((20, 202, 502, 603), f"{REFUSED}: browsers take a backslash for a slash"),
    **dict.fromkeys((596, 598, 599, 601), f"{REFUSED}: a scheme that is not on the list"),
    **dict.fromkeys((200, 485, 486, 487, 567), NO_ADDRESS),
    **dict.fromkeys((548, 559, 590), WIKILINK),
    **dict.fromkeys((572, 574, 575, 579, *range(581, 590), 591), MEDIA),
    **dict.fromkeys((517, 531), NESTED),
}  # fmt: skip


class Example(NamedTuple):
    number: int
    markdown: str
    html: str


@cache
def examples() -> tuple[Example, ...]:
    if not ARCHIVES:
        return ()
    with tarfile.open(ARCHIVES[-1]) as archive:
        name = next(it for it in archive.getnames() if it.endswith(MEMBER))
        member = archive.extractfile(name)
        assert member is not None
        return tuple(Example(it["example"], it["markdown"], it["html"]) for it in json.load(member))


needs_examples = pytest.mark.skipif(not ARCHIVES, reason="no archive of markdown-it-py in .cache/")


def joined(parsed: ParsedBody) -> str:
    """The body with its holes filled as CommonMark would."""
    return "".join(map(_filled, parsed.body.parts))


def _filled(part: Part) -> str:
    match part:
        case Html():
            return part.html
        case Link():
            address = part.target + (f"#{part.fragment}" if part.fragment else "")
            return f'<a href="{html.escape(normalizeLink(address))}">{part.html}</a>'
        case Image():
            title = f' title="{html.escape(part.title)}"' if part.title else ""
            image = f'<img src="{part.src}" alt="{html.escape(part.alt)}"{title}>'
            return f"<p>{image}</p>\n" if part.block else image
        case _:
            return repr(part)


def normal(markup: str, *, titles: bool) -> str:
    """`markup` without what CommonMark leaves open or sitegen adds: space, ids, direction, isolation."""
    markup = markup.replace(" />", ">").replace(' rel="external"', "").replace(' dir="ltr" tabindex="0"', "")
    markup = re.sub(r"</?bdi[^>]*>|</?time[^>]*>| dir=\"ltr\"", "", markup)
    markup = re.sub(r"(</?h)1\b", r"\g<1>2", markup)  # a body begins at the second level (B140)
    markup = re.sub(r'(<h\d) id="[^"]*"', r"\1", markup)
    if not titles:
        markup = re.sub(r'(<a href="[^"]*") title="[^"]*"', r"\1", markup)
    pieces = re.split(r"(<pre>.*?</pre>)", markup, flags=re.DOTALL)
    pieces[::2] = [
        re.sub(r"\s*(</?(?:p|ul|ol|li|blockquote|hr|h\d)\b[^>]*>)\s*", r"\1", it) for it in pieces[::2]
    ]
    return re.sub(r"&(?:quot|#34|#39|#x27);", "'", "".join(it.strip("\n") for it in pieces)).replace('"', "'")


def agrees(example: Example) -> bool:
    parsed = parse_body(example.markdown, "x.md", 1, ENGLISH)
    titles = "B106" not in {
        it.code for it in parsed.diagnostics
    }  # titles of links within the site are not shown
    return normal(joined(parsed), titles=titles) == normal(example.html, titles=titles)


@needs_examples
def test_the_examples_are_all_there() -> None:
    """Version 0.31 has 652."""
    assert len(examples()) == 652


@pytest.mark.parametrize(
    "example",
    [pytest.param(it, id=str(it.number)) for it in examples() if it.number not in EXCEPTIONS],
)
def test_an_example_gives_the_html_of_the_specification(example: Example) -> None:
    """CommonMark unless there is a reason."""
    assert agrees(example)


@pytest.mark.parametrize(
    "example", [pytest.param(it, id=str(it.number)) for it in examples() if it.number in EXCEPTIONS]
)
def test_an_exception_is_still_one_and_is_reported(example: Example) -> None:
    """The list holds only what differs, and the codes that it names are what an author gets to read."""
    parsed = parse_body(example.markdown, "x.md", 1, ENGLISH)
    assert not agrees(example)
    assert set(re.findall(r"B\d+", EXCEPTIONS[example.number])) <= {it.code for it in parsed.diagnostics}
