"""Addresses: slugs, heading ids, path components and their percent-encoding."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

from sitegen.text.controls import strip_directional

SlugStyle = Literal["ascii", "arabic"]

LONGEST_ASCII_SLUG = 80  # characters
LONGEST_ARABIC_SLUG = 120  # bytes of UTF-8
LONGEST_COMPONENT = 255  # bytes of UTF-8: what file systems take; 128 Arabic letters are one byte too many

_ASCII_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_ASCII = re.compile(r"[^a-z0-9]+")
_STRIPPED = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200d\u2060-\u2064\ufeff\u00ad]"
)
_NOT_WORD = re.compile(r"[^\w\s-]|_(?=$)")
_GAP = re.compile(r"[\s-]+")


def is_slug(text: str, style: SlugStyle = "ascii") -> bool:
    """Whether `text` may be the last part of an address: `[a-z0-9-]{1,80}` without doubled or outer hyphens.

    Style "arabic" also takes what `arabic_slug` would leave unchanged (NFC, no marks, at most 120 bytes).
    """
    if _ASCII_SLUG.fullmatch(text):
        return len(text) <= LONGEST_ASCII_SLUG
    return style == "arabic" and bool(text) and arabic_slug(text) == text


def slugify(text: str) -> str:
    """An ASCII slug proposed from the Latin letters and digits of `text`; "" when there are none to build on.

    Arabic is not romanised: without vowels the result is noise, so the author has to choose.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = _NOT_ASCII.sub("-", plain.replace("'", "")).strip("-")
    if len(words) > LONGEST_ASCII_SLUG:
        words = words[: LONGEST_ASCII_SLUG + 1].rpartition("-")[0] or words[:LONGEST_ASCII_SLUG]
    return words


def arabic_slug(text: str) -> str:
    """`text` as a slug in its own letters: NFC, no harakat, tatweel, controls or punctuation, whole words, ≤ 120 bytes.

    A single word that is longer is cut at a letter. "" when `text` has no letter or digit.
    """
    words = _words(text)
    size = 0
    kept: list[str] = []
    for word in words.split("-") if words else []:
        size += len(word.encode()) + (1 if kept else 0)
        if size > LONGEST_ARABIC_SLUG:
            break
        kept.append(word)
    return "-".join(kept) or words.encode()[:LONGEST_ARABIC_SLUG].decode(errors="ignore")


def _words(text: str) -> str:
    """The words of `text` in lower case, joined by hyphens, without marks and punctuation."""
    stripped = strip_directional(_STRIPPED.sub("", unicodedata.normalize("NFC", text)))
    lowered = unicodedata.normalize("NFC", stripped.lower())
    return _GAP.sub("-", _NOT_WORD.sub("", lowered)).strip("-")


def is_path_component(name: str) -> bool:
    """Whether `name` can be a folder or file of the output: not empty, no slash or NUL, at most 255 bytes."""
    return (
        name not in ("", ".", "..")
        and not set(name) & {"/", "\0"}
        and len(name.encode()) <= LONGEST_COMPONENT
    )


@lru_cache(1 << 14)
def percent_encoded(path: str) -> str:
    """A decoded URL path as it must stand in href, sitemap and feeds: NFC, UTF-8, upper-case hex; slashes stay."""
    return quote(unicodedata.normalize("NFC", path), safe="/-._~!$&'()*+,;=:@")


def heading_id(text: str) -> str:
    """The id of a heading: its words in NFC joined by "-", without harakat, tatweel, controls and punctuation.

    "section" when nothing is left. Not unique: see `HeadingIds`.
    """
    return _words(text) or "section"


class HeadingIds:
    """Gives each heading of one page an id of its own: الأطراف, then الأطراف-2, الأطراف-3."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def claim(self, explicit: str) -> bool:
        """Reserve an id that the author wrote (`{#id}`); False if it is taken already."""
        fresh = explicit not in self._taken
        self._taken.add(explicit)
        return fresh

    def make(self, text: str) -> str:
        """A new id for the heading `text`."""
        base = chosen = heading_id(text)
        count = self._next.get(base, 1)
        while chosen in self._taken:
            count += 1
            chosen = f"{base}-{count}"
        self._next[base] = count
        self._taken.add(chosen)
        return chosen
