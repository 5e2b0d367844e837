"""Files that nothing reads are named, with the names under which they would be read."""

from __future__ import annotations

import pytest
from small_site import SmallSite

from sitegen.messages import hint


def warned(*paths: str) -> list[tuple[str, str, str]]:
    """Code, path and way out of what is said of files at these paths of the content."""
    found = SmallSite(dict.fromkeys(paths, "")).problems()
    return [(it.code, it.at.path, hint(it)) for it in found if it.code in ("C205", "C206")]


@pytest.mark.parametrize(
    ("path", "code", "at", "way"),
    [
        ("entites/x.md", "C205", "content/entites", "did you mean entities? "),
        ("drawings/x.svg", "C205", "content/drawings", "content is read from articles, "),
        ("articles/x.markdown", "C206", "content/articles/x.markdown", "call it x.md"),
        ("articles/sub/X.MD", "C206", "content/articles/sub/X.MD", "call it X.md"),
        ("facts/x.yml", "C206", "content/facts/x.yml", "call it x.yaml"),
        ("sources.yml", "C206", "content/sources.yml", "call it sources.yaml"),
        ("site.YAML", "C206", "content/site.YAML", "call it site.yaml"),
        ("odd.yaml", "C206", "content/odd.yaml", "call it site.yaml, sources.yaml, scales.yaml"),
        ("notes.markdown", "C206", "content/notes.markdown", "call it notes.md"),
    ],
)
def test_what_nothing_reads_is_named(path: str, code: str, at: str, way: str) -> None:
    """A folder by its name, a file by its ending; each with what was probably meant."""
    ((said, place, hinted),) = warned(path)
    assert (said, place) == (code, at)
    assert hinted.startswith(way)


def test_files_in_their_places_and_notes_for_editors_are_left_alone() -> None:
    """Neither the guide beside the content, nor pictures, nor anything that no one would take for content."""
    assert warned("README.md", "scales.yaml", "media/x.yaml", "articles/x.jpg", "articles/sub/x.txt") == []
