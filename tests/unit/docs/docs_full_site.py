"""A site in which every key of the guide is written once, and what it says when one of them is left out."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

from sitegen.engine.db import Db, InputKey
from sitegen.graph import site
from sitegen.shell.files import theme_folder

Content = dict[str, Any]  # front matter or data by path
Route = tuple[str, tuple[str | int, ...]]  # a file, and the way to a mapping in it

CITED = {"ref": "agency", "locator": "ص 4", "quote_original": "as found"}
CONTENT: Content = {
    "content/site.yaml": {
        "title": "موقع",
        "tagline": "سطر تحت الاسم",
        "description": "وصف الموقع",
        "base_url": "https://example.org/files",
        "lang": "ar-EG",
        "digits": "latn",
        "percent_side": "left",
        "months": "levant",
        "quotes": "guillemets",
        "content_as_of": "2025-10-31",
        "paginate": "1",
        "corrections_email": "desk@example.org",
        "publisher": "الناشر",
        "menu": [{"label": "عنّا", "url": "/about/"}],
        "authors": {
            "desk": {"name": "القسم", "url": "https://example.org/desk"},
            "second": {"name": "المحرر الثاني"},
        },
        "editor_note": "ملاحظة في الذيل",
        "checks": {"allow": [{"code": "T501", "match": "كلمة", "reason": "سبب", "until": "2030-01-01"}]},
    },
    "content/sources.yaml": {
        "agency": {"title": "وكالة", "publisher": "الوكالة"},
        "report": {
            "title": "The report",
            "publisher": "دار النشر",
            "authors": ["المؤلفة"],
            "date": "2023-02-28",
            "accessed": "2024-01-01",
            "kind": "official",
            "url": "https://example.org/report",
            "archived": "https://example.org/archive",
            "lang": "en",
            "via": "agency",
            "note": "طبعة ثانية",
        },
    },
    "content/scales.yaml": {
        "ladder": {
            "label": "السلّم",
            "unit": "kg",
            "range": ["0", "200"],
            "display": "curated",
            "note": "المسافات لا تعني شيئاً",
            "thresholds": [
                {"label": "أول", "value": "5", "sources": ["report"]},
                {"label": "ثانٍ", "ref": "weight"},
                {"label": "ثالث", "value": "90"},
            ],
        },
        "straight": {"label": "مستقيم", "unit": "kg", "range": ["0", "200"]},
    },
    "content/facts/all.yaml": {
        "weight-old": {"label": "الوزن", "value": "40 kg", "sources": ["report"], "status": "superseded"},
        "weight-new": {"label": "الوزن", "value": "70 kg", "sources": ["report"]},
        "weight-twin": {"label": "الوزن على أساس آخر", "value": "50 kg", "sources": ["report"]},
        "other-way": {
            "label": "وزن بطريقة أخرى",
            "value": "61 kg",
            "subject": "oman",
            "property": "weight",
            "measure": "by-hand",
            "as_of": "2022",
            "sources": ["report"],
        },
        "weight": {
            "label": "وزن الجهاز",
            "type": "quantity",
            "value": "60",
            "bound": "about",
            "decimals": 1,
            "unit": "kg",
            "basis": "بلا غلاف",
            "subject": "oman",
            "property": "weight",
            "measure": "by-hand",
            "scale": "ladder",
            "as_of": "2023",
            "published": "2023-02-28",
            "valid": "2023/2024",
            "tz": "Asia/Muscat",
            "duration": "P15Y",
            "certainty": "reported",
            "attribution": "oman",
            "via": "agency-body",
            "sources": [CITED],
            "status": "superseded",
            "supersedes": "weight-old",
            "superseded_by": "weight-new",
            "equivalent_to": "weight-twin",
            "review_by": "2026-01-01",
            "review_every": "P90D",
            "note": "ملاحظة القارئ",
            "sensitive": True,
            "visibility": "public",
        },
        "straightened": {"label": "وزن مستقيم", "value": "20 kg", "scale": "straight", "sources": ["report"]},
        "known-widely": {"label": "أمر معروف", "value": "نعم", "common_knowledge": True},
        "dated": {
            "label": "يوم معروف",
            "value": "2023-05-08",
            "tz": "Asia/Muscat",
            "subject": "oman",
            "property": "day",
            "tags": ["talks-topic"],
            "sources": ["report"],
        },
        "dated-too": {
            "label": "اليوم نفسه في بلد آخر",
            "value": "2023-05-09",
            "tz": "Asia/Tokyo",
            "subject": "oman",
            "property": "day",
            "sources": ["report"],
        },
        "share": {"label": "النسبة", "value": "40%", "visibility": "internal", "sources": ["report"]},
        "dispute": {
            "label": "عدد الأجهزة",
            "type": "quantity",
            "unit": "device",
            "value": "5",
            "max": "9",
            "certainty": "disputed",
            "positions": [
                {"by": "oman", "says": "خمسة", "sources": ["report"]},
                {"by": "agency-body", "value": "9"},
            ],
            "sources": ["report"],
        },
        "worded": {"label": "نص فيه رقم", "type": "text", "value": "5 kg", "sources": ["report"]},
        "price": {"label": "الكلفة", "value": "6 مليار", "currency": "USD", "sources": ["report"]},
        "where": {
            "label": "المكان",
            "type": "place",
            "value": "مسقط",
            "lat": "23.6",
            "lon": "58.5",
            "sources": ["report"],
        },
        "who": {
            "label": "المبعوث",
            "type": "person",
            "ref": "envoy",
            "role": "وزير",
            "during": "2020/..",
            "sources": ["report"],
        },
        "said": {
            "label": "ما قاله",
            "type": "quote",
            "value": "لن نعود",
            "speaker": "envoy",
            "original": {"text": "We will not", "lang": "en", "via": "report"},
            "translation": "ours",
            "date": "2023-06-12",
            "sources": ["report"],
        },
        "deal": {
            "label": "الاتفاق",
            "type": "agreement",
            "ref": "accord",
            "parties": ["oman"],
            "signed": "2015-07-14",
            "in_force": "2015/2018",
            "sources": ["report"],
        },
        "meeting": {
            "label": "اللقاء",
            "type": "event",
            "value": "لقاء في مسقط",
            "date": "2023-05-08",
            "place": "muscat",
            "parties": ["oman", "agency-body"],
            "outcome": "بلا بيان",
            "sources": ["report"],
        },
    },
    "content/entities/oman.md": {
        "kind": "state",
        "name": {"ar": "سلطنة عُمان", "en": "Oman"},
        "short": {"ar": "عُمان"},
        "aliases": {"ar": ["السلطنة"]},
        "avoid": [{"text": "دولة عمان", "use": "سلطنة عُمان"}],
        "ambiguous": [{"text": "عمان", "not": "muscat", "see": "muscat"}],
        "wikidata": "Q842",
        "country": "OM",
        "member_of": ["agency-body"],
        "parent": "agency-body",
        "parties": ["envoy"],
        "positions": [{"role": "وسيط", "org": "agency-body", "during": "2020/.."}],
        "role_in_file": "وسيط بين طرفين",
        "date": "1970-07-23",
        "summary": "دولة خليجية",
        "sources": ["https://example.org/oman"],
    },
    "content/entities/agency-body.md": {"kind": "agency", "name": "وكالة الأنباء"},
    "content/entities/muscat.md": {"kind": "place", "name": "مسقط"},
    "content/entities/envoy.md": {"kind": "person", "name": "المبعوث"},
    "content/entities/accord.md": {"kind": "agreement", "name": "اتفاق"},
    "content/terms/word.md": {
        "term": {"ar": "كلمة", "en": "word"},
        "aliases": ["لفظة"],
        "definition": "وحدة من الكلام",
        "not_to_confuse": [{"ref": "other-word", "why": "تلك غير هذه"}],
        "sources": ["report"],
    },
    "content/terms/other-word.md": {"term": "كلام", "definition": "كلمات"},
    "content/topics/talks-topic.md": {
        "title": "ملف",
        "summary": "ما يجمعه الملف",
        "state_of_play": "أين وصلنا",
        "as_of": "2025-10-31",
        "key_facts": ["dated"],
        "reading_order": ["second-article", "main"],
        "parties": ["oman"],
        "open_questions": ["ماذا بعد؟"],
        "terms": ["word"],
    },
    "content/topics/other-topic.md": {"title": "ملف آخر"},
    "content/articles/second-article.md": {
        "title": "مقال ثانٍ",
        "summary": "خلاصة",
        "published": "2025-01-01",
        "lang": "en",
        "facts": [{"use": "dated"}],
    },
    "content/articles/third.md": {
        "title": "مقال ثالث",
        "summary": "خلاصة",
        "published": "2025-01-02",
        "topics": ["other-topic"],
    },
    "content/articles/fourth.md": {
        "title": "مقال رابع",
        "summary": "خلاصة",
        "published": "2025-01-03",
        "status": "archived",
    },
    "content/articles/hidden.md": {
        "title": "مسودة",
        "summary": "خلاصة",
        "published": "2025-01-03",
        "draft": True,
    },
    "content/articles/later.md": {
        "title": "لاحق",
        "summary": "خلاصة",
        "published": "2025-01-03",
        "embargo_until": "2025-12-01",
    },
    "content/articles/main.md": {
        "id": "main",
        "slug": "main-page",
        "title": "المقال",
        "short_title": "قصير",
        "kind": "factcheck",
        "lang": "ar-LB",
        "summary": "خلاصة المقال: 40%",
        "answer": "جواب",
        "why_it_matters": "لأنه مهم",
        "status": "withdrawn",
        "published": "2025-10-01",
        "updated": "2025-10-20",
        "as_of": "2025-10-19",
        "review_by": "2026-01-01",
        "authors": ["desk"],
        "editors": ["second"],
        "translations": {"en": "second-article"},
        "aliases": ["/old/main/"],
        "topics": ["talks-topic"],
        "timeline": "talks-topic",
        "related": ["third"],
        "image": {"src": "a.png", "alt": "منظر", "credit": "المصورة", "caption": "في الميناء"},
        "parties": [{"ref": "oman", "role": "طرف", "side": "أ", "during": "2023"}],
        "people": [{"ref": "envoy", "role": "مبعوث", "side": "ب", "during": "2024"}],
        "facts": [
            {"use": "weight", "id": "own-name", "label": "تسمية المقال", "note": "ملاحظته", "order": 2},
            {"use": "price", "order": 1},
            {"use": "where", "featured": False},
            {"label": "واقعة هنا", "value": "5 جهاز"},
        ],
        "known": ["ثابت"],
        "unknown": ["مجهول"],
        "disputed": [{"question": "كم؟", "fact": "dispute", "note": "خلاف"}],
        "qa": [{"q": "لماذا؟", "a": "هكذا"}],
        "sources": [CITED, {"url": "https://example.org/direct"}],
        "corrections": [
            {"date": "2025-10-05", "was": "كان", "now": "صار", "severity": "typo", "facts": ["weight"]}
        ],
        "changes": [{"date": "2025-10-06", "note": "زدنا"}],
        "checks": {"allow": [{"code": "T501", "match": "كلمة", "reason": "سبب", "until": "2030-01-01"}]},
        "common_knowledge": True,
    },
}
BODIES = {"content/articles/main.md": ":::quote use=said\n:::\n\n[[السلطنة]]\n"}
ENTITY = "content/entities/oman.md"
FACTS = "content/facts/all.yaml"
MAIN = "content/articles/main.md"
TERM = "content/terms/word.md"
TOPIC = "content/topics/talks-topic.md"

# Where a key of a table is written; a table may need more than one mapping to hold all of its keys.
PLACES: dict[str, tuple[Route, ...]] = {
    "site": (("content/site.yaml", ()),),
    "menu": (("content/site.yaml", ("menu", 0)),),
    "author": (("content/site.yaml", ("authors", "desk")),),
    "source": (("content/sources.yaml", ("report",)),),
    "scale": (("content/scales.yaml", ("ladder",)), ("content/scales.yaml", ("straight",))),
    "threshold": tuple(("content/scales.yaml", ("ladder", "thresholds", n)) for n in (0, 1)),
    "fact": tuple((FACTS, (id,)) for id in ("weight", "dated", "known-widely", "dispute", "share")),
    "value": tuple(
        (FACTS, (id,))
        for id in ("weight", "dispute", "worded", "price", "where", "who", "said", "deal", "meeting")
    ),
    "original": ((FACTS, ("said", "original")),),
    "position": tuple((FACTS, ("dispute", "positions", n)) for n in (0, 1)),
    "cited": ((FACTS, ("weight", "sources", 0)), (MAIN, ("sources", 1))),
    "entity": ((ENTITY, ()),),
    "post": ((ENTITY, ("positions", 0)),),
    "avoid": ((ENTITY, ("avoid", 0)),),
    "ambiguous": ((ENTITY, ("ambiguous", 0)),),
    "term": (("content/terms/word.md", ()),),
    "not-to-confuse": (("content/terms/word.md", ("not_to_confuse", 0)),),
    "topic": (("content/topics/talks-topic.md", ()),),
    "article": ((MAIN, ()), ("content/articles/hidden.md", ()), ("content/articles/later.md", ())),
    "party": ((MAIN, ("parties", 0)),),
    "picture": ((MAIN, ("image",)),),
    "question": ((MAIN, ("qa", 0)),),
    "dispute": ((MAIN, ("disputed", 0)),),
    "correction": ((MAIN, ("corrections", 0)),),
    "change": ((MAIN, ("changes", 0)),),
    "allowed": ((MAIN, ("checks", "allow", 0)),),
    "use": ((MAIN, ("facts", 0)), (MAIN, ("facts", 2))),
}


def at(content: Content, route: Route) -> dict[str, Any]:
    """The mapping that a route leads to."""
    found = content[route[0]]
    for step in route[1]:
        found = found[step]
    assert isinstance(found, dict)
    return found


def written(path: str, value: dict[str, Any]) -> bytes:
    """A content file: JSON is YAML with all its quotes."""
    lines = "".join(f"{key}: {json.dumps(it, ensure_ascii=False)}\n" for key, it in value.items())
    return (f"---\n{lines}---\n\n{BODIES.get(path, '')}" if path.endswith(".md") else lines).encode()


class World:
    """The inputs of the engine, from memory."""

    def __init__(self) -> None:
        theme = Path(theme_folder())
        self.files = {
            f"theme/{it.relative_to(theme).as_posix()}": it.read_bytes()
            for it in theme.rglob("*")
            if it.is_file()
        }
        self.files |= {path: written(path, value) for path, value in CONTENT.items()}
        self.files["content/media/a.png"] = b"picture"

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def list(self, folder: str) -> tuple[str, ...]:
        inner = (posixpath.relpath(it, folder) for it in self.files if it.startswith(f"{folder}/"))
        return tuple(sorted({f"{it.split('/')[0]}/" if "/" in it else it for it in inner}))

    def setting(self, name: str) -> str:
        return {"today": "2025-10-31", "now": "2025-10-31T12:00+00:00"}.get(name, "")


class Living:
    """The full site in one process; keys are left out and put back."""

    def __init__(self) -> None:
        self.world = World()
        self.db = Db(self.world)
        self.full = self.said()

    def said(self) -> dict[str, object]:
        """Everything a reader, a program or the author gets to see: every file of the output, and every finding."""
        findings = site.problems(self.db)
        return {"findings": [it.code for it in findings]} | {
            it.path: site.render(self.db, it) for it in site.routes(self.db)
        }

    def without(self, route: Route, key: str) -> Iterable[str]:
        """What differs from the full site when a key is left out of the mapping at `route`."""
        content = deepcopy(CONTENT)
        at(content, route).pop(key)
        path = route[0]
        self._put(path, written(path, content[path]))
        try:
            other = self.said()
        finally:
            self._put(path, written(path, CONTENT[path]))
        return sorted(it for it in self.full.keys() | other.keys() if self.full.get(it) != other.get(it))

    def _put(self, path: str, data: bytes) -> None:
        self.world.files[path] = data
        self.db.refresh([InputKey("read", path)])
