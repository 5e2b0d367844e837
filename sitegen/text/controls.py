"""Characters that nobody sees: cleaned from source text, and named when they do harm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from msgspec import Struct

_LINE_ENDS = "\u2028\u2029\u0085"
_REMOVED = "\ufeff\u200b\u2060\u2061\u2062\u2063\u2064\u00ad"
_FORMS = "\ufb50-\ufd3d\ufd40-\ufdf9\ufdfb-\ufdfc\ufdfe-\ufdff\ufe70-\ufefc"  # without the ornaments FD3E/F, FDFA, FDFD
_UNCLEAN = re.compile(f"[{_REMOVED}{_FORMS}]")
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_BIDI = "\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(
    f"[{_CONTROLS}{_BIDI}{_REMOVED}{_LINE_ENDS}\u200c\u200d\u206a-\u206f\ufff9-\ufffb\ufffe\uffff]"
)
_SUSPECT_IN_BODY = re.compile(
    f"[{_CONTROLS}{_BIDI}{_LINE_ENDS}\u200c\u206a-\u206fکی\ufff9-\ufffb\ufffe\uffff]"
)
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")

_OVERRIDES = "\u202d\u202e"
_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b"
_MARKS = "\u200e\u200f\u061c"


class Cleaned(Struct, frozen=True):
    """Source text fit to be parsed; `offsets` leads back to the raw text and is empty when nothing moved."""

    text: str
    offsets: tuple[int, ...] = ()

    def raw(self, offset: int) -> int:
        """Where the character at `offset` of `text` stands in the raw text (code points)."""
        return self.offsets[min(offset, len(self.offsets) - 1)] if self.offsets else offset


class Finding(Struct, frozen=True, order=True):
    """An invisible or look-alike character at `offset` (code points), with the code of its message."""

    offset: int
    char: str
    code: str  # of sitegen.messages; its one argument is `char` = `label`

    @property
    def label(self) -> str:
        """The character by number and name: "U+200F RIGHT-TO-LEFT MARK"."""
        return label(self.char)


def label(char: str) -> str:
    """`char` by number and Unicode name: "U+200F RIGHT-TO-LEFT MARK"."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'CONTROL CHARACTER')}"


def clean(raw: str) -> Cleaned:
    """`raw` in NFC without BOM, zero-width spaces, word joiners and soft hyphens, with presentation forms unfolded.

    Line ends are left alone, so that line numbers hold; columns go back through `Cleaned.raw`.
    """
    if _UNCLEAN.search(raw) is None and unicodedata.is_normalized("NFC", raw):
        return Cleaned(raw)
    pieces: list[str] = []
    offsets: list[int] = []
    for start, cluster in _clusters(raw):
        kept = "".join(_unfolded(char) for char in cluster if char not in _REMOVED)
        kept = unicodedata.normalize("NFC", kept)
        pieces.append(kept)
        offsets.extend(start + min(i, len(cluster) - 1) for i in range(len(kept)))
    offsets.append(len(raw))
    return Cleaned("".join(pieces), tuple(offsets))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Starters with the characters that may compose with them, in order, with their offsets."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (
            unicodedata.combining(text[at]) or text[at] in _REMOVED or "ᅡ" <= text[at] <= "ᇿ"
        ):
            yield start, text[start:at]
            start = at


def _unfolded(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if _UNCLEAN.match(char) else char


def audit(text: str) -> tuple[Finding, ...]:
    """Every invisible or directional character of a key, slug, URL, id or piece of code: all are errors (S150)."""
    if _HIDDEN.search(text) is None:
        return ()
    return tuple(Finding(hit.start(), hit.group(), "S150") for hit in _HIDDEN.finditer(text))


def audit_body(text: str, lang: str = "ar") -> tuple[Finding, ...]:
    """What is hidden in prose, in order of place.

    B150 an override (error), B151 an embedding or isolate not closed in its paragraph, or a closer without an opener
    (error), B152 a directional mark (info), B153 a control character or line separator (error), B154 a zero-width
    non-joiner and B155 Persian ک ی in Arabic (warnings; only when `lang` is "ar").
    """
    if _SUSPECT_IN_BODY.search(text) is None:
        return ()
    found: list[Finding] = []
    start = 0
    for end in [*(it.end() for it in _PARAGRAPH_END.finditer(text)), len(text)]:
        found.extend(_audit_paragraph(text, start, end, lang))
        start = end
    return tuple(sorted(found))


def _audit_paragraph(text: str, start: int, end: int, lang: str) -> Iterator[Finding]:
    opened: list[Finding] = []
    for hit in _SUSPECT_IN_BODY.finditer(text, start, end):
        char = hit.group()
        finding = Finding(hit.start(), char, "B151")
        if char in _ISOLATES or char in _EMBEDDINGS:
            opened.append(finding)
        elif char in "\u2069\u202c":
            kind = _ISOLATES if char == "\u2069" else _EMBEDDINGS + _OVERRIDES
            if opened and opened[-1].char in kind:
                opened.pop()
            else:
                yield finding
        elif char in _OVERRIDES:
            opened.append(finding)
            yield Finding(hit.start(), char, "B150")
        elif char in "\u200cکی":
            if lang == "ar":
                yield Finding(hit.start(), char, "B154" if char == "\u200c" else "B155")
        else:
            yield Finding(hit.start(), char, "B152" if char in _MARKS else "B153")
    # An override is reported once, as such.
    yield from (it for it in opened if it.char not in _OVERRIDES)


def xml_text(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids (controls, lone surrogates, U+FFFE, U+FFFF)."""
    return _NOT_XML.sub("", text)


def strip_directional(text: str) -> str:
    """`text` without bidi controls and marks, for slugs, search and words put inside isolates."""
    return _DIRECTIONAL.sub("", text)


_DIRECTIONAL = re.compile(f"[{_BIDI}\u206a-\u206f]")
