"""The templates keep to the Content Security Policy and cannot be talked into writing foreign HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

THEME = Path(__file__).parents[3] / "templates"
NAMES = sorted(it.relative_to(THEME).as_posix() for it in THEME.rglob("*.html"))
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.S)


class Tags(HTMLParser):
    """All start tags of a template with their attributes; what Jinja writes stands as `§`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[str] = []
        self.feed(JINJA.sub(lambda it: "§" if it[0].startswith("{{") else "", text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.raw.append(self.get_starttag_text() or "")


def read(name: str) -> str:
    return (THEME / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_inline_style_script_or_handler(name: str) -> None:
    """Nothing needs `unsafe-inline`: no style element or attribute, no code, no on… attribute."""
    for tag, attributes in Tags(read(name)).found:
        assert tag != "style"
        assert [it for it in attributes if it == "style" or it.startswith("on")] == []
        if tag == "script":
            assert "src" in attributes or attributes.get("type") == "application/ld+json"
        assert not any(
            (value or "").strip().lower().startswith("javascript:") for value in attributes.values()
        )


@pytest.mark.parametrize("name", NAMES)
def test_every_attribute_with_a_value_is_quoted(name: str) -> None:
    """Data cannot break out of an attribute: each value stands between double quotes."""
    for tag in Tags(read(name)).raw:
        bare = re.sub(r'"[^"]*"', '""', tag)
        assert not re.search(r'=(?!")', bare), tag


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_declared_safe(name: str) -> None:
    """Only the program decides what is finished HTML."""
    assert not re.search(r"\|\s*safe\b|autoescape|Markup", read(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_address_outside(name: str) -> None:
    """A page loads nothing from elsewhere; outside links come from the content."""
    assert "//" not in re.sub(r"\{#.*?#\}", "", read(name), flags=re.S)


@pytest.mark.parametrize("name", NAMES)
def test_drawings_are_hidden_or_named(name: str) -> None:
    """An svg is either an image with a name or hidden from assistive technology; nested ones belong to theirs."""
    text = read(name)
    for tag in re.findall(r"<svg[^>]*>", JINJA.sub("§", text)):
        named = 'role="img"' in tag and "aria-labelledby=" in tag
        hidden = 'aria-hidden="true"' in tag
        nested = 'overflow="visible"' in tag
        assert named or hidden or nested, tag


@pytest.mark.parametrize("name", NAMES)
def test_words_in_drawings_have_a_direction(name: str) -> None:
    """SVG text does not reorder with its surroundings: each one says its direction."""
    assert [
        tag for tag in re.findall(r"<text[^>]*>", JINJA.sub("§", read(name))) if "direction=" not in tag
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_templates_speak_only_through_strings(name: str) -> None:
    """No template holds a word of its own: what readers see comes from the content or from `strings/`."""
    text = re.sub(r"<[^>]*>", " ", JINJA.sub(" ", read(name)))
    assert re.findall(r"[^\W\d_]{2,}", text) == []
