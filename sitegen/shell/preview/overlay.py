"""What is wrong, in words for the overlay: in the site's language, with place, excerpt and way out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace

from sitegen.errors import Diagnostic
from sitegen.messages import Language, hint, sentence, severity
from sitegen.shell.preview.findings import cause
from sitegen.text import strip_directional

MOST_SHOWN = 200
WIDTH = 120  # characters of an excerpt
_FSI, _PDI = "\u2068", "\u2069"

LABELS: dict[Language, dict[str, str]] = {
    "ar": {
        "title": "أخطاء في الموقع",
        "more": "وغيرها: {count}",
        "stale": "تظهر تحت هذه النافذة آخر نسخة سليمة من الصفحة.",
        "close": "إخفاء",
        "open": "افتح في المحرّر",
        "hint": "المخرج",
        "page": "الصفحة",
        "template": "القالب",
        "lost": "انقطع الاتصال بالمعاينة؛ تُعاد المحاولة",
        "copied": "نُسخ الموضع",
        "refused": "تعذّر فتح المحرّر",
    },
    "en": {
        "title": "Errors in the site",
        "more": "and {count} more",
        "stale": "Below this is the last good version of the page.",
        "close": "Hide",
        "open": "Open in the editor",
        "hint": "Way out",
        "page": "Page",
        "template": "Template",
        "lost": "The preview cannot be reached; trying again",
        "copied": "Place copied",
        "refused": "The editor could not be opened",
    },
}


def language(lang: str) -> Language:
    """The language of messages for a site in `lang`; English where there are none."""
    return "ar" if lang.split("-")[0] == "ar" else "en"


class Own(NamedTuple):
    """What a page is made from, and why it cannot be made."""

    file: str = ""
    wrong: tuple[Diagnostic, ...] = ()


def worded(findings: Iterable[Diagnostic], lang: Language, own: Own) -> dict[str, Any]:
    """The errors among the findings with the words around them: first those of the page in front, then by file."""
    wrong = {cause(it): it for it in own.wrong}
    errors = [wrong.get(cause(it), it) for it in findings if severity(it) == "error"]
    errors.sort(key=lambda it: (cause(it) not in wrong, it.at.path != own.file))
    labels = LABELS[lang]
    more = labels["more"].format(count=len(errors) - MOST_SHOWN) if len(errors) > MOST_SHOWN else ""
    return {
        "lang": lang,
        "dir": "rtl" if lang == "ar" else "ltr",
        "labels": labels,
        "errors": [_finding(it, lang) for it in errors[:MOST_SHOWN]],
        "count": len(errors),
        "more": more,
    }


def _finding(it: Diagnostic, lang: Language) -> dict[str, Any]:
    before, marked, after = _excerpt(it)
    args = tuple((name, f"{_FSI}{strip_directional(value)}{_PDI}") for name, value in it.args)
    isolated = replace(it, args=args)
    known = dict(it.args)
    return {
        "file": it.at.path,
        "line": it.at.line,
        "column": it.at.column,
        "code": it.code,
        "message": sentence(isolated, lang),
        "hint": hint(isolated, lang),
        "before": before,
        "marked": marked,
        "after": after,
        # A template fails on some page: page → template → line → what was not there.
        "page": known.get("page", "") if it.code.startswith("T40") else "",
    }


def _excerpt(it: Diagnostic) -> tuple[str, str, str]:
    """The source line around the stretch that is meant, in three pieces; a long line is cut."""
    text = it.excerpt
    start = min(max(it.at.column - 1, 0), len(text))
    end = min(max(it.at.end_column - 1, start), len(text))
    first = max(0, start - WIDTH // 2) if len(text) > WIDTH else 0
    last = min(len(text), max(end, first + WIDTH)) if end - start < WIDTH else start + WIDTH
    end = min(end, last)
    before, marked, after = (
        strip_directional(part) for part in (text[first:start], text[start:end], text[end:last])
    )
    return ("…" if first else "") + before, marked, after + ("…" if last < len(text) else "")
