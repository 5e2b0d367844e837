"""Cut the theme's fonts from the full ones: `python .ci/fonts.py Vazirmatn-Regular.ttf Vazirmatn-Bold.ttf`.

The full files are those of Vazirmatn 33 (SIL Open Font License, see templates/assets/fonts/OFL.txt). Each is cut to
Arabic with its Persian and Urdu letters, Latin and punctuation, and written as woff2 beside the licence, together
with the metrics that the fallback faces of site.css repeat.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path(__file__).parent.parent / "templates" / "assets" / "fonts"
BUDGET = 50 * 1024  # bytes, both weights together

RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1: names in French and German, «», ×, ·, °
    (0x060C, 0x060C),  # ،
    (0x061B, 0x061F),  # ؛ ALM ؟
    (0x0621, 0x063A),
    (0x0640, 0x0652),  # tatweel, letters, harakat
    (0x0653, 0x0656),
    (0x0660, 0x0671),  # digits, ٪ ٫ ٬, dagger alef, alef wasla
    (0x0679, 0x0679),  # Urdu and Persian letters from here
    (0x067E, 0x067E),
    (0x0686, 0x0686),
    (0x0688, 0x0688),
    (0x0691, 0x0691),
    (0x0698, 0x0698),
    (0x06A9, 0x06A9),
    (0x06AF, 0x06AF),
    (0x06BA, 0x06BA),
    (0x06BE, 0x06BE),
    (0x06C0, 0x06C3),
    (0x06CC, 0x06CC),
    (0x06D2, 0x06D4),
    (0x06F0, 0x06F9),
    (0x2009, 0x2009),
    (0x200B, 0x200F),
    (0x2010, 0x2015),  # hyphens and dashes
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2026, 0x2026),
    (0x202F, 0x202F),
    (0x2030, 0x2030),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
    (0x2212, 0x2212),
    (0x2248, 0x2248),
    (0x2264, 0x2265),
    (0xFDFC, 0xFDFC),  # rial
    (0xFD3E, 0xFD3F),  # ornate parentheses
)
FEATURES = "ccmp locl isol init medi fina rlig calt liga mark mkmk kern curs rclt tnum"


def cut(full: Path) -> Path:
    """The woff2 written for the font file `full`."""
    font = TTFont(full, recalcTimestamp=False)  # the same bytes on every day
    options = Options(flavor="woff2", layout_features=FEATURES.split(), hinting=False, desubroutinize=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]  # the licence stays in the file
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
    subsetter.subset(font)
    target = TARGET / f"{full.stem.lower()}.woff2"
    font.flavor = "woff2"
    font.save(target)
    return target


def metrics(full: Path) -> str:
    """The ascent, descent and line gap of `full` in percent of the em, as site.css writes them."""
    font = TTFont(full, recalcTimestamp=False)  # the same bytes on every day
    em, lines = font["head"].unitsPerEm, font["hhea"]
    shares = (lines.ascent / em, -lines.descent / em, lines.lineGap / em)
    return "ascent {:.2%}, descent {:.2%}, line gap {:.2%}".format(*shares)


def main() -> None:
    """Write one woff2 for each font named on the command line and say what they weigh."""
    total = 0
    for name in sys.argv[1:]:
        target = cut(Path(name))
        total += target.stat().st_size
        sys.stdout.write(f"{target.name}: {target.stat().st_size} bytes, {metrics(Path(name))}\n")
    if total > BUDGET:
        raise SystemExit(f"{total} bytes: over the budget of {BUDGET}")


if __name__ == "__main__":
    main()
