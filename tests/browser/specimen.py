"""Articles that no reader sees: every awkward order of characters, in every awkward place."""

from __future__ import annotations

ARABIC_PATH = "/مقالات-قديمة/عيّنة/"

# Where a number may stand: after Arabic, first, alone, after Latin, after a number, in brackets, in quotation marks.
CONTEXTS = ("بلغت {} فيها", "{} نص", "{}", "وكالة IAEA {}", "العدد 5 {}", "نص ({})", "«{}» نص")

# As written -> as it must be seen, from left to right, wherever it stands.
SEEN = {
    "90%": "90%",
    "-5.2": "-5.2",
    "3.67%–20%": "20%–3.67%",
    "2015–2018": "2018–2015",
    "2023-05-08": "2023-05-08",
    "+971 4 123-4567": "+971 4 123-4567",
    "$5.3": "$5.3",
}
SEEN_IN_INDIC_DIGITS = {"90%": "٪٩٠", "3.67%–20%": "٪٢٠–٪٣٫٦٧", "2023-05-08": "2023-05-08"}

# Whole lines as they must be seen.
LINES = {
    "انظر https://example.com/ar/أخبار/ايران/.": ".https://example.com/ar/رابخأ/ناريا/ رظنا",
    "وكالة IAEA: 13 فبراير 2018": "2018 رياربف 13 :IAEA ةلاكو",
    "قال موقع Axios.": ".Axios عقوم لاق",
    "الاتفاق (JCPOA)": ")JCPOA( قافتالا",
    "مجموعة 5+1": "5+1 ةعومجم",
}

_HEAD = """---
title: "{title}"
slug: {slug}
lang: {lang}
summary: "{summary}"
answer: "لا جواب هنا، بل [83.7%](fact:fordow-particles-2023) و3.67%–20%."
status: draft
published: "2025-10-20"
as_of: "2025-10-31"
topics: [iran-nuclear-file]
aliases: ["{alias}"]
facts: [{{use: fordow-particles-2023}}]
sources: [iaea-2023-02]
---

"""

_JOINED = """\
## حروف متصلة {#joined}

ب[[oman|سلطنة]]

و[[centrifuge|الطرد]]

كـ**الصلب**

## شيفرة {#code}

اكتب `a < b && c > 5%` ثم احفظ.

```
if a < b: print("50%")
```
"""

_FIGURES = """\
## جدول ورسم {#figures}

| القيمة | المعنى |
|--------|--------|
| 3.67%–20% | مدى 2015–2018 |

:::gauge scale=uranium-enrichment
- enrichment-60-level
- jcpoa-enrichment-cap
- fordow-particles-2023 {.highlight}
- weapons-grade-threshold
- natural-uranium
- highly-enriched-threshold
:::
"""


def _lines(texts: list[str], title: str) -> str:
    return "\n\n".join([f"## {title}", *texts]) + "\n\n"


def _article(slug: str, lang: str, title: str, alias: str, *parts: str) -> str:
    head = _HEAD.format(title=title, slug=slug, lang=lang, summary="نسبة 90% بين 2015–2018.", alias=alias)
    return head + "\n".join(parts)


def _everywhere(numbers: dict[str, str]) -> list[str]:
    return [context.format(number) for number in numbers for context in CONTEXTS]


FILES = {
    "articles/specimen.md": _article(
        "specimen",
        "ar",
        "عيّنة 90% من الحروف: 3.67%–20%",
        ARABIC_PATH,
        _lines(_everywhere(SEEN), "أرقام {#numbers}"),
        _lines(list(LINES), "أسطر {#lines}"),
        _JOINED,
        _FIGURES,
    ),
    "articles/specimen-eg.md": _article(
        "specimen-eg",
        "ar-EG",
        "عيّنة 90% بأرقام أخرى",
        "/old-specimen-eg/",
        _lines(_everywhere(SEEN_IN_INDIC_DIGITS), "أرقام {#numbers}"),
    ),
}
