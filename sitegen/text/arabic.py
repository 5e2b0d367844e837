"""Arabic as readers search and sort it: folded letters, stripped marks, proclitics, the article."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"  # harakat and Koranic marks
_UNSEEN = "\u0640\u200b-\u200f\u061c\u202a-\u202e\u2060-\u206f\ufeff\u00ad"  # tatweel, joiners, controls
_DROPPED = re.compile(f"[{_MARKS}{_UNSEEN}]+")
_SAME = {
    "ا": "أإآٱ",
    "ي": "ىیېے",
    "ك": "کڪ",
    "ه": "ةۀہھە",
    "ء": "ؤئ",
    ".": "٫",
    "%": "٪",
}
_FOLD: dict[int, str] = {ord(written): letter for letter, variants in _SAME.items() for written in variants}
_FOLD |= {ord(zero) + i: str(i) for zero in "٠۰" for i in range(10)}
_FOLLOWS = f"\u0300-\u036f{_MARKS}{_UNSEEN}"
_CLUSTER = re.compile(f"[^{_FOLLOWS}][{_FOLLOWS}]*|.", re.DOTALL)

_ARTICLE_IS_ROOT = re.compile(  # names that only look as if they began with the article
    "ال(?:ماني|باني|اسك|كترون|كسند|كسي|ياس|يزابيت|زاس|تزام|تقاء|تقاط|تهاب|تماس|تفاف|تحاق|تباس|تئام|تواء|تهام|تفات|تجاء|تحام|هام$|هام )"
)
_SORT_AS = {"پ": "ب", "ڤ": "ف", "چ": "ج", "ژ": "ز", "گ": "ك", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ں": "ن"}
_SORT = {ord(letter): base + "\uffff" for letter, base in _SORT_AS.items()} | {
    ord("ء"): "ا",
    ord("ؤ"): "و",
    ord("ئ"): "ي",
}
_NUMBER = re.compile(r"\d+")

_SHORTEST_STEM = 4  # letters left after a proclitic; shorter stems match by accident
_PROCLITICS = re.compile("(?P<and>[وف])?(?:(?P<lil>لل)|(?P<prep>[بكلس])?(?P<al>ال)?)")


class Folded(Struct, frozen=True):
    """A folded text and, for each of its characters and its end, the offset in the original."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original that `text[start:end]` was folded from (marks after a letter belong to it)."""
        return self.offsets[start], self.offsets[end]


def normalise(text: str) -> str:
    """`text` folded for search and matching: NFKC, lower case, no harakat, tatweel or controls, أإآ->ا, ى ی->ي,
    ة->ه, ک->ك, ؤ ئ->ء, digits and number signs in ASCII.

    Two spellings that a reader takes for the same word come out equal. Idempotent.
    """
    if text.isascii():
        return text.lower()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    # An accent may have found its letter when what stood between them was dropped.
    return unicodedata.normalize("NFC", bare.translate(_FOLD).lower())


def normalise_with_offsets(text: str) -> Folded:
    """`normalise(text)` for NFC `text`, with the way back to the original."""
    if text.isascii():
        return Folded(text.lower(), tuple(range(len(text) + 1)))
    letters: list[str] = []
    offsets: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        folded = normalise(cluster.group())
        letters.append(folded)
        offsets.extend([cluster.start()] * len(folded))
    offsets.append(len(text))
    return Folded("".join(letters), tuple(offsets))


def without_proclitics(word: str) -> tuple[str, ...]:
    """What `word` may be when its proclitics (و ف، ب ك ل س، ال) are taken off, longest first; `word` is normalised.

    "وبالدوحه" -> ("وبالدوحه", "بالدوحه", "الدوحه", "دوحه"); "للولايات" also gives "الولايات". A stem has at least 4
    letters; `word` itself always comes first. Whether a stem is right only a list of known names can tell.
    """
    found = [word]
    match = _PROCLITICS.match(word)
    assert match is not None  # every part is optional
    if match["and"]:
        found.append(word[1:])
    at = len(match["and"] or "")
    if match["lil"]:
        found += [word[at + 1 :], "ال" + word[at + 2 :], word[at + 2 :]]
    else:
        if match["prep"]:
            at += 1
            found.append(word[at:])
        if match["al"]:
            found.append(word[at + 2 :])
    return tuple(dict.fromkeys(it for it in found if it == word or len(it) >= _SHORTEST_STEM))


def collation_key(text: str) -> tuple[str, str]:
    """Sort key of a title or name: alphabetical without the article ال and without marks, numbers by value.

    The written form settles ties, so that the order is total. ألمانيا and الكترون keep their ال: it is no article.
    """
    bare = _DROPPED.sub("", unicodedata.normalize("NFC", text)).strip("«»\"'()[] ")
    if bare.startswith("ال") and len(bare) > 3 and not _ARTICLE_IS_ROOT.match(bare):
        bare = bare[2:]
    # Hamza on a seat sorts as its seat, unlike in search, where it is one letter.
    key = normalise(bare.translate(_SORT))
    return _NUMBER.sub(lambda digits: digits.group().zfill(12), key), text
