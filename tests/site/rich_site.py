"""A small site in which everything refers to everything, and the world of the engine around it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path

from sitegen.engine.db import InputKey
from sitegen.shell.files import theme_folder

SITE = "content/site.yaml"
SOURCES = "content/sources.yaml"
SCALES = "content/scales.yaml"
REGISTRY = "content/facts/sample.yaml"
TALKS = "content/facts/talks.yaml"
MUSCAT = "content/articles/muscat-talks.md"
SAMPLE = "content/articles/fordow-sample.md"
DRAFT = "content/articles/next-round.md"
FUTURE = "content/articles/anniversary.md"
OMAN = "content/entities/oman.md"
IRAN = "content/entities/iran.md"
ENVOY = "content/entities/badr-albusaidi.md"
AGENCY = "content/entities/iaea.md"
TERM = "content/terms/enrichment.md"
TOPIC = "content/topics/nuclear-file.md"
TOPIC_OMAN = "content/topics/oman-mediation.md"
PICTURE = "content/media/harbour.jpg"
FOOTER = "templates/partials/footer.html"
WORDS = "templates/own/words.html"
DEEP = "templates/own/deep.html"
SMALL = "templates/own/small.html"
TERM_PAGE = "templates/pages/term.html"
STRINGS = "templates/strings/ar.yaml"
CSS = "templates/assets/css/site.css"
DOT = "templates/assets/img/dot.svg"

CONTENT = {
    SITE: """\
title: "الملفّ المفتوح"
tagline: "أخبار معقّدة مشروحة"
description: "وقائع ومصادرها."
base_url: "https://example.org/files"
lang: ar
publisher: "الملفّ المفتوح"
paginate: 1
corrections_email: "corrections@example.org"
authors:
  desk: {name: "القسم السياسي"}
menu:
  - {label: "عن الموقع", url: "https://example.org/about"}
""",
    SOURCES: """\
ap-2023-02-28:
  title: "تقرير عن جسيمات في منشأة"
  publisher: "وكالة أنباء"
  date: "2023-02-28"
  kind: agency
  url: "https://example.com/ap"
iaea-2023-02:
  title: "التقرير الفصلي"
  publisher: "الوكالة"
  date: "2023-02-28"
  kind: official
""",
    SCALES: """\
uranium-enrichment:
  label: "نسبة التخصيب"
  unit: "%"
  range: ["0", "100"]
  display: curated
  thresholds:
    - {ref: weapons-grade, label: "صالح للسلاح"}
    - {value: "20", label: "عالي التخصيب"}
""",
    REGISTRY: """\
particles-reported:
  label: "النسبة المتداولة قبل التقرير"
  value: "84%"
  scale: uranium-enrichment
  subject: iran
  property: particles
  certainty: reported
  status: superseded
  superseded_by: particles
  sources: [ap-2023-02-28]
particles:
  label: "أعلى تخصيب في الجسيمات"
  value: "≤ 83.7%"
  scale: uranium-enrichment
  subject: iran
  property: particles
  as_of: "2023-01-22"
  attribution: iaea
  supersedes: particles-reported
  sources: [iaea-2023-02, ap-2023-02-28]
  note: "جسيمات لا مخزون."
weapons-grade:
  label: "الصالح للسلاح اصطلاحاً"
  value: "~90%"
  scale: uranium-enrichment
  property: weapons-grade
  sources: [ap-2023-02-28]
intention:
  label: "هل كان التخصيب مقصوداً"
  type: text
  value: "خلاف"
  subject: iran
  certainty: disputed
  positions:
    - {by: iran, says: "تقلّبات غير مقصودة", sources: [ap-2023-02-28]}
    - {by: iaea, says: "سؤال مفتوح", sources: [iaea-2023-02]}
  sources: [ap-2023-02-28]
""",
    TALKS: """\
sample-date:
  label: "أخذ العيّنة"
  value: "2023-01-22"
  subject: iran
  attribution: iaea
  sources: [iaea-2023-02]
muscat-date:
  label: "اللقاء في مسقط"
  value: "2023-05-08~"
  subject: oman
  certainty: reported
  sources: [ap-2023-02-28]
  tags: [oman-mediation]
internal-note:
  label: "رقم للتحرير"
  value: "7 يوم"
  visibility: internal
  sources: [ap-2023-02-28]
""",
    MUSCAT: """\
---
title: "محادثات مسقط غير المباشرة"
short_title: "محادثات مسقط"
slug: muscat-talks
summary: "رسائل عبر وسيط واحد."
answer: "نقلت [[oman|عُمان]] الرسائل في {fact:muscat-date}."
published: "2025-09-01"
updated: "2025-10-20"
as_of: "2025-10-31"
authors: [desk]
topics: [oman-mediation, nuclear-file]
timeline: oman-mediation
related: [fordow-sample]
image: {src: harbour.jpg, alt: "مرفأ"}
parties:
  - {ref: oman, role: "الوسيط"}
  - {ref: iran}
people:
  - {ref: badr-albusaidi, role: "وزير الخارجية"}
facts:
  - use: muscat-date
  - use: particles
    label: "ما كان على الطاولة"
known:
  - "عُقد اللقاء في {fact:muscat-date}."
unknown:
  - "من حضر من جانب [[iran]]؟"
sources: [ap-2023-02-28]
changes:
  - {date: "2025-10-20", note: "إضافة موعد."}
---

## كيف جرت؟ {#how}

تنقّل [[badr-albusaidi|الوزير]] بين غرفتين ولم يلتقِ الطرفان.[^ap-2023-02-28]

لا وثيقة منشورة عن اللقاء.

كان مستوى [[enrichment|التخصيب]] أول الموضوعات، بعد خبر [83.7%](fact:particles) الذي يشرحه مقال [[fordow-sample|العيّنة]].

:::timeline use=oman-mediation
- 2023-05-20: تسريب أول.
:::

:::who
- oman
- badr-albusaidi
:::
""",
    SAMPLE: """\
---
title: "عيّنة فوردو"
slug: fordow-sample
summary: "جسيمات لا مخزون."
answer: "بلغت الجسيمات {fact:particles}."
published: "2025-08-01"
topics: [nuclear-file]
aliases: ["/old/sample/", "/sample.html"]
parties: [iran, iaea]
facts:
  - use: particles
  - use: sample-date
  - use: intention
  - label: "مدّة القياس"
    value: "30 يوم"
    sources: [iaea-2023-02]
disputed:
  - {question: "هل كان مقصوداً؟", fact: intention}
qa:
  - q: "هل هي كمية؟"
    a: "لا، بل [83.7%](fact:particles) في جسيمات."
corrections:
  - {date: "2025-08-10", was: "84%", now: "83.7%", facts: [particles]}
---

## ماذا وُجد؟

مسح مفتشو [[iaea|الوكالة]] سطوحاً في {fact:sample-date}.[^iaea-2023-02] ثم انتقل السؤال إلى [[muscat-talks#how|مسقط]].

:::gauge scale=uranium-enrichment
- particles {.highlight}
- weapons-grade
:::

:::facts
- particles
- intention
:::

:::glossary
- enrichment
:::
""",
    DRAFT: """\
---
title: "الجولة المقبلة"
slug: next-round
summary: "مسودة."
draft: true
published: "2025-10-01"
topics: [oman-mediation]
parties: [oman]
---

تستضيفها [[oman|السلطنة]] بعد [[muscat-talks]].
""",
    FUTURE: """\
---
title: "بعد عام"
slug: anniversary
summary: "يُنشر لاحقاً."
published: "2026-01-15"
topics: [oman-mediation]
facts:
  - use: muscat-date
---

مرّ عام على [[muscat-talks|لقاء مسقط]].
""",
    OMAN: """\
---
id: oman
kind: state
name: {ar: "سلطنة عُمان", en: "Oman"}
short: {ar: "عُمان"}
aliases: {ar: ["السلطنة"]}
role_in_file: "الوسيط"
summary: "دولة خليجية وسيطة."
---

جارة [[iran|إيران]].
""",
    IRAN: """\
---
id: iran
kind: state
name: {ar: "إيران", en: "Iran"}
aliases: {ar: ["طهران"]}
summary: "طرف في الملف."
sources: [ap-2023-02-28]
---

تخضع منشآتها لتفتيش [[iaea]].
""",
    ENVOY: """\
---
id: badr-albusaidi
kind: person
name: {ar: "بدر البوسعيدي", en: "Badr Albusaidi"}
summary: "وزير الخارجية العُماني."
positions:
  - {role: "وزير الخارجية", org: oman, during: "2020/.."}
---
""",
    AGENCY: """\
---
id: iaea
kind: agency
name: {ar: "الوكالة الدولية", en: "IAEA"}
summary: "جهة التحقّق."
---
""",
    TERM: """\
---
id: enrichment
term: {ar: "التخصيب", en: "enrichment"}
definition: "رفع نسبة اليورانيوم-235."
not_to_confuse:
  - {ref: iaea, why: "جهة لا عملية"}
sources: [iaea-2023-02]
---

بلغ في [[iran|إيران]] مستوى يذكره مقال [[fordow-sample]].
""",
    TOPIC: """\
---
id: nuclear-file
title: "الملف النووي"
summary: "من الاتفاق إلى العيّنة."
state_of_play: "أعلى ما رُصد {fact:particles}."
as_of: "2025-10-31"
key_facts: [particles, sample-date]
reading_order: [fordow-sample, muscat-talks]
parties: [iran, iaea]
open_questions:
  - "ماذا عن [[enrichment|التخصيب]]؟"
terms: [enrichment]
---

ملف طويل.
""",
    TOPIC_OMAN: """\
---
id: oman-mediation
title: "وساطة عُمان"
summary: "قناة هادئة."
parties: [oman]
---

يبدأ بلقاء [[muscat-talks]].
""",
    PICTURE: "not quite a picture",
}

TEMPLATES = {
    FOOTER: """\
{% from "own/words.html" import motto %}
<footer>{{ motto(site, t) }}{% include "own/small.html" %}</footer>
""",
    WORDS: """\
{% from "own/deep.html" import deep %}
{% macro motto(site, t) %}<p>{{ deep(site.title) }}{{ t.colon }} {{ site.tagline }}</p>{% endmacro %}
""",
    DEEP: "{% macro deep(text) %}<b>{{ text }}</b>{% endmacro %}\n",
    SMALL: """\
{% import "own/deep.html" as words %}
<small>{{ words.deep(page.title) }}</small>{% include "own/none.html" ignore missing %}
""",
    TERM_PAGE: """\
{% extends "base.html" %}
{% block main %}
<h1>{{ term.card.term }}</h1><p>{{ term.card.definition }}</p>{{ term.body }}
{% include "own/" ~ term.card.id ~ ".html" ignore missing %}
{% for it in term.backlinks %}<q>{{ it.sentence }}</q>{% endfor %}
{% endblock %}
""",
    STRINGS: 'facts: "الوقائع كلها"\n',
    CSS: 'body { background: url("../img/dot.svg") }\n@font-face { src: url(../fonts/vazirmatn-bold.woff2) }\n',
    DOT: "<svg/>",
}


def files() -> dict[str, bytes]:
    """The site's own files by path."""
    return {path: text.encode() for path, text in (CONTENT | TEMPLATES).items()}


def theme() -> dict[str, bytes]:
    """The theme that comes with sitegen."""
    root = Path(theme_folder())
    return {
        f"theme/{it.relative_to(root)}": it.read_bytes() for it in sorted(root.rglob("*")) if it.is_file()
    }


class Inputs:
    """The world of a db, in memory."""

    def __init__(self, files: Mapping[str, bytes], settings: Mapping[str, str]) -> None:
        self.files = dict(files)
        self.settings = dict(settings)
        self._folders = listings(self.files)

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def list(self, folder: str) -> tuple[str, ...]:
        return self._folders.get(folder.rstrip("/"), ())

    def setting(self, name: str) -> str:
        return self.settings.get(name, "")

    def put(self, changes: Mapping[str, bytes | None]) -> list[InputKey]:
        """Write files and delete those that are None; returns the inputs that may have changed."""
        before = self._folders
        for path, data in changes.items():
            if data is None:
                self.files.pop(path, None)
            else:
                self.files[path] = data
        self._folders = listings(self.files)
        folders = [
            it for it in before.keys() | self._folders if before.get(it, ()) != self._folders.get(it, ())
        ]
        return [*(InputKey("read", path) for path in changes), *(InputKey("list", it) for it in folders)]

    def set(self, name: str, value: str) -> list[InputKey]:
        """Change a setting; returns the input that has changed."""
        self.settings[name] = value
        return [InputKey("setting", name)]


def listings(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names by folder, as a scan of the disk gives them."""
    found: dict[str, set[str]] = {}
    for path in paths:
        name = path
        while name:
            folder, child = posixpath.split(name)
            found.setdefault(folder, set()).add(f"{child}/" if name != path else child)
            name = folder
    return {folder: tuple(sorted(names)) for folder, names in found.items()}
