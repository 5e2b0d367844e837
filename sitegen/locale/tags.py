"""From a language tag to a `Locale`: direction by script, digits by region. Babel is asked only about rare tags."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from msgspec import Struct

Direction = Literal["rtl", "ltr"]
Digits = Literal["latn", "arab", "arabext"]
DigitChoice = Literal["locale", "latn", "arab"]
Months = Literal["locale", "levant", "both"]
PercentSide = Literal["cldr", "left"]

_TAG = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?", re.I)
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg", "Samr", "Mand"})
_SCRIPTS = {"ar": "Arab", "fa": "Arab", "ur": "Arab", "he": "Hebr", "en": "Latn"}
_ARABIC_WITH_ARAB_DIGITS = "BH DJ EG ER IL IQ JO KM KW LB MR OM PS QA SA SD SO SS SY TD YE"
_REGIONS = {  # tags that need no look-up; all others are checked against Babel's list
    "ar": frozenset(f"001 AE DZ EH LY MA TN {_ARABIC_WITH_ARAB_DIGITS}".split()),
    "fa": frozenset({"IR", "AF"}),
    "ur": frozenset({"PK", "IN"}),
    "he": frozenset({"IL"}),
    "en": frozenset({"US", "GB"}),
}
_DEFAULT_DIGITS: dict[tuple[str, str], Digits] = {
    **{("ar", region): "arab" for region in _ARABIC_WITH_ARAB_DIGITS.split()},
    **dict.fromkeys((("fa", ""), ("fa", "IR"), ("fa", "AF"), ("ur", "IN")), "arabext"),
}


class UnknownLocaleError(ValueError):
    """No language goes by this tag."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


class Locale(Struct, frozen=True, cache_hash=True):
    """How a page writes: made by `get_locale`, compared by value, cheap to pass around."""

    tag: str  # BCP 47, for `lang`: "ar", "ar-EG", "he-IL"
    language: str
    script: str  # ISO 15924: "Arab", "Hebr", "Latn"
    territory: str  # ISO 3166 alpha-2 or UN M.49, or ""
    digits: Digits
    months: Months = "locale"
    percent_side: PercentSide = "cldr"

    @property
    def lang(self) -> str:
        """The value of `lang` in HTML."""
        return self.tag

    @property
    def direction(self) -> Direction:
        """The value of `dir` in HTML; it follows the script."""
        return "rtl" if self.script in _RTL_SCRIPTS else "ltr"

    @property
    def babel_tag(self) -> str:
        """The name Babel knows the locale by."""
        return self.tag.replace("-", "_")

    @property
    def open_graph(self) -> str:
        """The value of `og:locale`: "ar_AR" for plain Arabic, as the platform lists it."""
        common = {"ar": "AR", "fa": "IR", "ur": "PK", "he": "IL", "en": "US"}
        region = self.territory or common.get(self.language, "")
        return f"{self.language}_{region}" if region else self.language


@cache
def get_locale(
    tag: str,
    digits: DigitChoice = "locale",
    months: Months = "locale",
    percent_side: PercentSide = "cldr",
) -> Locale:
    """The locale of a tag such as "ar", "ar-EG", "ar_LB", "he_IL", "en"; raises `UnknownLocaleError`.

    `digits`: "locale" is CLDR's choice for the region (ar: 90%, ar-EG: ٩٠٪), "latn" ASCII, "arab" the script's own
    (٩٠ in Arabic, ۹۰ in Persian and Urdu). `months`: "levant" writes أيار, "both" أيار/مايو (Arabic only).
    `percent_side`: "left" puts the sign left of ASCII digits too.
    """
    match = _TAG.fullmatch(tag.replace("_", "-"))
    if match is None:
        raise UnknownLocaleError(tag)
    language, region = match[1].lower(), (match[3] or "").upper()
    script = (match[2] or "").title()
    if script or (region and region not in _REGIONS.get(language, ())) or language not in _SCRIPTS:
        script, default = _ask_babel(tag, language, script, region)
    else:
        script, default = _SCRIPTS[language], _DEFAULT_DIGITS.get((language, region), "latn")
    canonical = "-".join(part for part in (language, (match[2] or "").title(), region) if part)
    return Locale(
        canonical, language, script, region, _digits(digits, language, script, default), months, percent_side
    )


def _digits(choice: DigitChoice, language: str, script: str, default: Digits) -> Digits:
    if choice == "latn":
        return "latn"
    if choice == "locale":
        return default
    if script != "Arab":
        return "latn"  # Hebrew and Latin scripts have no other digits
    return "arab" if language == "ar" else "arabext"


def _ask_babel(tag: str, language: str, script: str, region: str) -> tuple[str, Digits]:
    """Script and usual digits of a tag outside the table."""
    from babel.core import Locale as BabelLocale
    from babel.core import get_global, get_locale_identifier
    from babel.localedata import exists

    if not exists(get_locale_identifier((language, region or None, script or None, None, None))):
        raise UnknownLocaleError(tag)
    found = BabelLocale(language, territory=region or None, script=script or None)
    likely = get_global("likely_subtags").get(f"{language}_{region}" if region else language) or ""
    likely = likely or get_global("likely_subtags").get(language) or ""
    parts = likely.split("_")
    script = script or found.script or (parts[1] if len(parts) > 1 else "Latn")
    usual = found.default_numbering_system
    return script, "arab" if usual == "arab" else "arabext" if usual == "arabext" else "latn"
