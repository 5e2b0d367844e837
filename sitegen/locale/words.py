"""The few words that numbers and dates need, by language."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from sitegen.locale.tags import Locale

Bound = Literal["exact", "about", "up_to", "at_least", "less_than", "more_than", "range"]


class Words(Struct, frozen=True):
    """Phrases with `{}` where the number or date goes."""

    about: str
    up_to: str
    at_least: str
    less_than: str
    more_than: str
    interval: str  # two places
    since: str
    until: str
    uncertain: str
    utc: str  # "00:00 UTC"
    yes: str
    no: str
    unknown: str


_WORDS = {
    "ar": Words(
        about="نحو {}",
        up_to="حتى {}",
        at_least="لا يقل عن {}",
        less_than="أقل من {}",
        more_than="أكثر من {}",
        interval="من {} إلى {}",
        since="منذ {}",
        until="حتى {}",
        uncertain="{} (غير مؤكد)",
        utc="{} بتوقيت غرينتش",
        yes="نعم",
        no="لا",
        unknown="غير معروف",
    ),
    "fa": Words(
        about="حدود {}",
        up_to="حداکثر {}",
        at_least="دست‌کم {}",
        less_than="کمتر از {}",
        more_than="بیش از {}",
        interval="از {} تا {}",
        since="از {}",
        until="تا {}",
        uncertain="{} (نامطمئن)",
        utc="{} به وقت گرینویچ",
        yes="بله",
        no="خیر",
        unknown="نامعلوم",
    ),
    "ur": Words(
        about="تقریباً {}",
        up_to="{} تک",
        at_least="کم از کم {}",
        less_than="{} سے کم",
        more_than="{} سے زیادہ",
        interval="{} سے {} تک",
        since="{} سے",
        until="{} تک",
        uncertain="{} (غیر مصدقہ)",
        utc="{} گرینچ وقت",
        yes="ہاں",
        no="نہیں",
        unknown="نامعلوم",
    ),
    "he": Words(
        about="בערך {}",
        up_to="עד {}",
        at_least="לפחות {}",
        less_than="פחות מ־{}",
        more_than="יותר מ־{}",
        interval="מ־{} עד {}",
        since="מאז {}",
        until="עד {}",
        uncertain="{} (לא ודאי)",
        utc="{} שעון גריניץ׳",
        yes="כן",
        no="לא",
        unknown="לא ידוע",
    ),
    "en": Words(
        about="about {}",
        up_to="up to {}",
        at_least="at least {}",
        less_than="less than {}",
        more_than="more than {}",
        interval="{} to {}",
        since="since {}",
        until="until {}",
        uncertain="{} (uncertain)",
        utc="{} UTC",
        yes="yes",
        no="no",
        unknown="unknown",
    ),
}
_SIGNS = Words(  # for languages we have no words of
    about="≈ {}",
    up_to="≤ {}",
    at_least="≥ {}",
    less_than="< {}",
    more_than="> {}",
    interval="{} – {}",
    since="{} –",
    until="– {}",
    uncertain="{} (?)",
    utc="{} UTC",
    yes="✓",
    no="✗",
    unknown="?",
)


def words(locale: Locale) -> Words:
    """The phrases of the locale's language; mathematical signs where we have none."""
    return _WORDS.get(locale.language, _SIGNS)


def bounded(text: str, bound: Bound, locale: Locale) -> str:
    """`text` with its bound in words: "نحو 90%", "حتى 300 كغ"; a range says its bounds itself."""
    match bound:
        case "exact" | "range":
            return text
        case "about":
            return words(locale).about.format(text)
        case "up_to":
            return words(locale).up_to.format(text)
        case "at_least":
            return words(locale).at_least.format(text)
        case "less_than":
            return words(locale).less_than.format(text)
        case "more_than":
            return words(locale).more_than.format(text)
