"""What is wrong is told once, as long as it is so, of however many files and pages it is found out."""

from __future__ import annotations

from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.shell.preview.findings import ENOUGH, Findings

TEMPLATE = Span("templates/pages/article.html", 3)


def on(page: str, name: str = "x") -> tuple[Diagnostic, ...]:
    """The same mistake in a template, met on a page."""
    return (diagnostic("T405", TEMPLATE, name=name, page=page),)


def pages(found: Findings) -> list[str]:
    """The pages of which mistakes are told."""
    return [dict(it.args)["page"] for it in found.all]


def test_a_cause_is_told_of_the_first_page_it_was_met_on() -> None:
    """When that page can be made, of the next; each page knows its own; other mistakes at the place are others."""
    found = Findings()
    for page in ("b", "a", "c"):
        found.of_page(page, on(page))
    assert pages(found) == ["b"]
    assert found.on("c") == on("c")
    found.of_page("b", ())
    assert pages(found) == ["a"]
    found.of_page("d", on("d", name="y"))
    assert pages(found) == ["a", "d"]
    found.of_pages_in({"d"})
    assert pages(found) == ["d"]


def test_a_cause_of_very_many_pages_is_gone_as_soon_as_some_can_be_made() -> None:
    """The others need not be made first; should one of them still fail, it is told again."""
    found = Findings()
    names = [f"{n:03}" for n in range(500)]
    for page in names:
        found.of_page(page, on(page))
    assert list(found.witnesses()) == names[:ENOUGH]
    for page in found.witnesses():
        found.of_page(page, ())
    assert found.all == ()
    found.of_page(names[-1], on(names[-1]))
    assert pages(found) == names[-1:]


def test_what_a_file_says_now_counts_more_than_what_all_said_before() -> None:
    """Until all are checked again."""
    old, new, other = (diagnostic("R204", Span(path)) for path in ("a.md", "a.md", "b.md"))
    found = Findings()
    found.of_content((old, other))
    found.of_file("a.md", ())
    assert found.all == (other,)
    found.of_content((new, other))
    assert found.all == (new, other)
