"""The fonts are small, free, and can print every word of the interface."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

FONTS = ("vazirmatn-regular.woff2", "vazirmatn-bold.woff2")
LANGUAGES = ("ar", "en", "fa", "he", "ur")
HEBREW = set(range(0x0590, 0x0600))  # set in the reader's own font
BREAKS = {0x0A}


@pytest.mark.parametrize("name", FONTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_font_has_every_letter_of_the_interface(theme: Path, name: str, lang: str) -> None:
    """No word of `strings/` falls out of the text font (case 45)."""
    text = (theme / "strings" / f"{lang}.yaml").read_text(encoding="utf-8")
    codes = {ord(it) for line in text.splitlines() if not line.startswith("#") for it in line}
    missing = codes - set(TTFont(theme / "assets/fonts" / name).getBestCmap()) - BREAKS
    assert {hex(it) for it in (missing - HEBREW if lang == "he" else missing)} == set()


@pytest.mark.parametrize("name", FONTS)
def test_the_font_has_what_articles_need(theme: Path, name: str) -> None:
    """Harakat, three sets of digits, Persian and Urdu letters, quotes, dashes, percent signs and basic Latin."""
    needed = (
        "ًٌٍَُِّْٰٱـءآأؤإئةىپچژگکیٹڈڑںھہےۓ"
        + "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
        + "«»–—…٪٫٬،؛؟%‹›“”‘’·•×°€−≤≥≈\u200c\u200d\u200e\u200f"
    )
    codes = set(TTFont(theme / "assets/fonts" / name).getBestCmap())
    assert [it for it in needed + "".join(map(chr, range(0x20, 0x7F))) if ord(it) not in codes] == []


@pytest.mark.parametrize("name", FONTS)
def test_letters_join_and_marks_stand_in_place(theme: Path, name: str) -> None:
    """The cut kept the features that shape Arabic and the digits of equal width."""
    font = TTFont(theme / "assets/fonts" / name)
    features = {
        it.FeatureTag for table in ("GSUB", "GPOS") for it in font[table].table.FeatureList.FeatureRecord
    }
    assert {"init", "medi", "fina", "rlig", "mark", "mkmk", "kern", "tnum"} <= features


def test_fonts_stay_within_their_budget(theme: Path) -> None:
    """Both weights together weigh at most 50 KB."""
    assert sum((theme / "assets/fonts" / it).stat().st_size for it in FONTS) <= 50 * 1024


def test_the_licence_travels_with_the_fonts(theme: Path) -> None:
    """The SIL Open Font License stands beside the files and inside them."""
    assert "SIL OPEN FONT LICENSE" in (theme / "assets/fonts/OFL.txt").read_text("utf-8").upper()
    for name in FONTS:
        assert "Open Font License" in str(TTFont(theme / "assets/fonts" / name)["name"].getDebugName(13))
