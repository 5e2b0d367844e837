"""What may happen to the rich site: edits that can be made and unmade in any order, new files, and damage."""

from __future__ import annotations

from typing import NamedTuple

import rich_site as at


class Edit(NamedTuple):
    """A file in which `a` stands and `b` may stand instead, or the other way round."""

    path: str
    a: str
    b: str


BODIES = (
    Edit(at.MUSCAT, "لا وثيقة منشورة عن اللقاء.", "لا وثيقة عن اللقاء حتى اليوم."),
    Edit(at.MUSCAT, "\n## كيف جرت؟", "\n\nتمهيد.\n\n## كيف جرت؟"),  # what refers to something moves
    Edit(at.MUSCAT, "{#how}", "{#way}"),  # a heading that another page links to
    Edit(at.MUSCAT, "[^ap-2023-02-28]\n", "[^iaea-2023-02]\n"),
    Edit(at.MUSCAT, "[[fordow-sample|العيّنة]]", "[[nobody|العيّنة]]"),
    Edit(at.MUSCAT, "[83.7%](fact:particles)", "[12%](fact:particles)"),
    Edit(at.MUSCAT, "[[enrichment|التخصيب]]", "تخصيب عالٍ"),
    Edit(at.MUSCAT, ":::who\n- oman", ":::who\n- iran"),
    Edit(at.SAMPLE, "[[iaea|الوكالة]]", "لا أحد"),
    Edit(at.SAMPLE, "- weapons-grade\n", "- sample-date\n"),  # not a number
    Edit(at.SAMPLE, ":::facts\n- particles", ":::facts\n- particles-reported"),
    Edit(at.SAMPLE, ":::glossary", ":::glosary"),
    Edit(at.OMAN, "جارة [[iran|إيران]].", "جارة [[طهران]]، وفيها ![مرفأ](media:harbour.jpg)."),
    Edit(at.TERM, "يذكره مقال [[fordow-sample]]", "يذكره مقال [[muscat-talks]]"),
    Edit(at.TOPIC_OMAN, "[[muscat-talks]]", "[[next-round]]"),
)
FRONT_MATTER = (
    Edit(at.MUSCAT, 'title: "محادثات مسقط غير المباشرة"', 'title: "لقاء مسقط"'),
    Edit(at.MUSCAT, 'short_title: "محادثات مسقط"', 'short_title: "مسقط"'),
    Edit(at.MUSCAT, "slug: muscat-talks", "slug: muscat"),
    Edit(at.MUSCAT, "topics: [oman-mediation, nuclear-file]", "topics: [oman-mediation]"),
    Edit(at.MUSCAT, 'updated: "2025-10-20"', 'updated: "2025-07-01"'),
    Edit(at.MUSCAT, "src: harbour.jpg", "src: port.jpg"),
    Edit(at.MUSCAT, "timeline: oman-mediation", "timeline: nuclear-file"),
    Edit(at.MUSCAT, "- {ref: iran}", "- {ref: iaea}"),
    Edit(at.MUSCAT, "answer: ", "anwser: "),
    Edit(at.MUSCAT, "authors: [desk]", "lang: en\nauthors: [desk]"),
    Edit(at.SAMPLE, 'aliases: ["/old/sample/", "/sample.html"]', 'aliases: ["/older/sample/"]'),
    Edit(
        at.SAMPLE, 'aliases: ["/old/sample/", ', 'aliases: ["/articles/muscat-talks/", '
    ),  # one address, two owners
    Edit(at.SAMPLE, 'published: "2025-08-01"', 'published: "2025-13-01"'),
    Edit(at.SAMPLE, 'summary: "جسيمات لا مخزون."', 'summary: "جسيمات."'),
    Edit(at.SAMPLE, 'was: "84%"', 'was: "84 في المئة"'),
    Edit(at.SAMPLE, "parties: [iran, iaea]", "parties: [طهران]"),
    Edit(at.DRAFT, "draft: true", "draft: false"),
    Edit(at.FUTURE, 'published: "2026-01-15"', 'published: "2025-01-15"'),
)
FACTS = (
    Edit(at.REGISTRY, 'value: "≤ 83.7%"', 'value: "≤ 83.9%"'),
    Edit(at.REGISTRY, 'label: "أعلى تخصيب في الجسيمات"', 'label: "أعلى نسبة في الجسيمات"'),
    Edit(at.REGISTRY, 'note: "جسيمات لا مخزون."', 'note: "ملاحظة."'),
    Edit(at.REGISTRY, "superseded_by: particles\n", "superseded_by: weapons-grade\n"),
    Edit(at.REGISTRY, "supersedes: particles-reported\n", ""),
    Edit(at.REGISTRY, "status: superseded", "status: retracted"),
    Edit(at.REGISTRY, "certainty: disputed", "certainty: reported"),
    Edit(at.REGISTRY, "attribution: iaea", "attribution: nobody"),
    Edit(at.REGISTRY, 'value: "~90%"', 'value: "900%"'),
    Edit(at.REGISTRY, "\nweapons-grade:", "\nweapons-level:"),
    Edit(at.TALKS, "\nmuscat-date:", "\nparticles:"),  # a twin
    Edit(at.TALKS, "visibility: internal", "visibility: public"),
    Edit(at.TALKS, 'value: "2023-05-08~"', 'value: "2023-06"'),
    Edit(at.TALKS, "subject: oman", "subject: iran"),
    Edit(at.TALKS, "tags: [oman-mediation]", "tags: [nuclear-file]"),
)
THINGS = (
    Edit(at.OMAN, 'name: {ar: "سلطنة عُمان"', 'name: {ar: "عُمان"'),
    Edit(at.OMAN, '["السلطنة"]', '["مسقط الرسمية"]'),
    Edit(at.OMAN, '["السلطنة"]', '["السلطنة", "طهران"]'),  # two things of one name
    Edit(at.OMAN, "id: oman", "id: sultanate"),
    Edit(at.OMAN, "kind: state", "kind: place"),
    Edit(at.OMAN, 'summary: "دولة خليجية وسيطة."', 'summary: "وسيط."'),
    Edit(at.IRAN, 'aliases: {ar: ["طهران"]}', "aliases: {}"),
    Edit(at.IRAN, "id: iran", "id: enrichment"),  # an id of two files
    Edit(at.ENVOY, "org: oman", "org: iran"),
    Edit(at.AGENCY, 'ar: "الوكالة الدولية"', 'ar: "الوكالة الذرية"'),
    Edit(at.TERM, 'definition: "رفع نسبة اليورانيوم-235."', 'definition: "رفع النسبة."'),
    Edit(at.TERM, 'ar: "التخصيب"', 'ar: "تخصيب اليورانيوم"'),
    Edit(at.TERM, "ref: iaea", "ref: iran"),
    Edit(at.TOPIC, 'title: "الملف النووي"', 'title: "الملف"'),
    Edit(at.TOPIC, "key_facts: [particles, sample-date]", "key_facts: [sample-date]"),
    Edit(at.TOPIC, "reading_order: [fordow-sample, muscat-talks]", "reading_order: [muscat-talks]"),
    Edit(at.TOPIC_OMAN, "id: oman-mediation", "id: mediation"),
    Edit(at.TOPIC_OMAN, 'summary: "قناة هادئة."', "summary: قناة."),
)
DATA = (
    Edit(at.SOURCES, 'title: "التقرير الفصلي"', 'title: "تقرير فبراير"'),
    Edit(at.SOURCES, 'publisher: "وكالة أنباء"', 'publisher: "وكالة"'),
    Edit(at.SOURCES, "\niaea-2023-02:", "\niaea-2023:"),
    Edit(at.SOURCES, "kind: official", "kind: academic"),
    Edit(at.SCALES, 'label: "عالي التخصيب"', 'label: "عالٍ"'),
    Edit(at.SCALES, "display: curated", "display: linear"),
    Edit(at.SCALES, "ref: weapons-grade", "ref: particles"),
    Edit(at.SCALES, "uranium-enrichment:", "uranium:"),
    Edit(at.SITE, 'title: "الملفّ المفتوح"', 'title: "الملفّ"'),
    Edit(at.SITE, "https://example.org/files", "https://example.org"),
    Edit(at.SITE, "lang: ar\n", "lang: ar-EG\ndigits: arab\n"),
    Edit(at.SITE, "lang: ar\n", "lang: en\n"),
    Edit(at.SITE, "lang: ar\n", "lang: ar\nmonths: levant\n"),
    Edit(at.SITE, "lang: ar\n", 'lang: ar\ncontent_as_of: "2026-02-01"\n'),
    Edit(at.SITE, 'desk: {name: "القسم السياسي"}', 'desk: {name: "القسم"}'),
    Edit(at.SITE, "paginate: 1\n", "paginate: 2\n"),
    Edit(at.SITE, "tagline: ", "tagline_: "),
    Edit(at.SITE, "base_url: ", "base: "),
    Edit(at.SITE, "عن الموقع", "عنّا"),
)
THEME = (
    Edit(at.DEEP, "<b>{{ text }}</b>", "<i>{{ text }}</i>"),
    Edit(at.DEEP, "<b>{{ text }}</b>", "<b>{{ txet }}</b>"),
    Edit(at.DEEP, "macro deep(text)", "macro deeper(text)"),
    Edit(at.DEEP, "{{ text }}", "{% include 'own/none.html' %}"),
    Edit(at.DEEP, "{{ text }}", "{% import 'own/words.html' as all %}{{ text }}"),  # imports in a circle
    Edit(at.DEEP, "{% endmacro %}", "{% endmakro %}"),
    Edit(at.WORDS, "{{ site.tagline }}", "{{ site.description }}"),
    Edit(at.WORDS, "own/deep.html", "own/deeper.html"),
    Edit(at.WORDS, "{{ site.tagline }}", "{{ 1 // 0 }}"),
    Edit(at.SMALL, "{{ words.deep(page.title) }}", "{{ words.deep(page.url) }}"),
    Edit(at.SMALL, "{{ words.deep(page.title) }}", "{{ page.title|no_such_filter }}"),
    Edit(at.FOOTER, "<footer>", "<footer class=own>{% set n = namespace(x=1) %}{{ n.x }}"),
    Edit(at.TERM_PAGE, 'extends "base.html"', 'extends "bare.html"'),
    Edit(at.TERM_PAGE, "{{ term.body }}", "{{ term.boddy }}"),
    Edit(at.TERM_PAGE, "{% endblock %}", '{% include "pages/term.html" %}{% endblock %}'),  # without end
    Edit(at.STRINGS, 'facts: "الوقائع كلها"', 'facts: "وقائع"'),
    Edit(at.STRINGS, "facts: ", "sources: "),
    Edit(at.STRINGS, 'facts: "الوقائع كلها"', "facts: [1, 2]"),
    Edit(at.STRINGS, "facts: ", 'count_articles_other: ""\nfacts: '),
    Edit(at.CSS, "dot.svg", "none.svg"),
    Edit(at.CSS, "body {", "html {"),
    Edit(at.DOT, "<svg/>", "<svg></svg>"),
)
EDITS = (*BODIES, *FRONT_MATTER, *FACTS, *THINGS, *DATA, *THEME)

TEXTS = at.files()
NEW = {
    "content/articles/short.md": b'---\ntitle: "\xd9\x82\xd8\xb5\xd9\x8a\xd8\xb1"\nsummary: "x"\npublished: "2025-10-25"\ntopics: [nuclear-file]\nfacts: [{use: particles}]\n---\n\n[[oman]]\n',
    "content/articles/twin.md": TEXTS[at.MUSCAT],
    "content/articles/sub/oman.md": TEXTS[at.DRAFT].replace(b"draft: true", b"draft: false"),
    "content/articles/notes.txt": b"not content",
    "content/entities/nobody.md": b"---\nkind: person\nname: N\n---\n",
    "content/entities/amman.md": '---\nid: amman\nkind: place\nname: {ar: "عمان"}\n---\n[[muscat-talks]]\n'.encode(),
    "content/terms/empty.md": b"",
    "content/topics/third.md": b'---\nid: third\ntitle: "T"\nparties: [oman]\n---\n',
    "content/facts/more.yaml": b'more:\n  label: "M"\n  value: "2023-07-01"\n  subject: oman\n  sources: [iaea-2023-02]\n',
    "content/media/port.jpg": b"port",
    "content/media/old/a.png": b"a",
    "templates/own/none.html": b"<p>{{ page.kind }}</p>",
    "templates/own/deeper.html": b"{% macro deep(text) %}<u>{{ text }}</u>{% endmacro %}",
    "templates/own/enrichment.html": b"<p>{{ t.terms }}</p>",
    "templates/bare.html": b"<html>{% block main %}{% endblock %}</html>",
    "templates/base.html": b"<html>{{ page.title }}{% block main %}{% endblock %}{% include 'partials/footer.html' %}",
    "templates/blocks/who.html": b"{% for it in block.entities %}{{ it.name }}{% endfor %}",
    "templates/partials/links.html": b"{% macro link(it) %}{{ it.text }}{% endmacro %}{% macro links(items, t) %}-{% endmacro %}",
    "templates/strings/en.yaml": b"nothing_here: Nothing\n",
    "templates/assets/js/site.js": b"'use strict'",
    "templates/assets/img/none.svg": b"<svg/>",
    "templates/assets/fonts/vazirmatn-bold.woff2": b"own",
}
PATHS = (*TEXTS, *NEW)

DAMAGE = (
    b"",
    b"\xff\xfe\x00",
    b"---\n",
    b"---\n---\n",
    b"--- [\n---\n",
    b"a: {b: [\n",
    b"- 1\n- 2\n",
    b"id: x\nid: y\n",
    b"{% if %}",
    b"{{ nothing.at.all }}",
    b'{% extends "base.html" %}{% block main %}{{ super() }}{% endblock %}',
    b'{% include "base.html" %}',
    b"\xef\xbb\xbf{{ t.facts }}\r\n",
)

# Pieces of which bodies are made up.
PIECES = (
    "فقرة.",
    "## عنوان",
    "## عنوان {#way}",
    "[[oman]]",
    "[[السلطنة]]",
    "[[عمان]]",
    "[[muscat-talks#how]]",
    "[[next-round]]",
    "[رقم](fact:particles)",
    "{fact:particles.as_of}",
    "{fact:internal-note}",
    "{fact:more}",
    "كلام.[^iaea-2023-02]",
    "![مرفأ](media:port.jpg)",
    "[نص](source:iaea-2023-02)",
    ":::facts\n- particles\n:::",
    ":::quote speaker=oman source=ap-2023-02-28\nقول\n:::",
    ":::timeline use=nuclear-file party=iran\n:::",
    ":::changed since=2025-10-01\nتغيّر {fact:particles-reported}.\n:::",
    ":::qa\nس: سؤال [[iran]]؟\nج: جواب.\n:::",
    "| أ | ب |\n|---|---|\n| [[oman]] | 2 |",
    "<b>x</b>",
    ":::",
    "***",
)


def toggled(edit: Edit, data: bytes | None) -> bytes:
    """The file with the edit made or, where it was made, unmade; the original file where neither stands."""
    text = (data or b"").decode("utf-8", errors="replace")
    if edit.b and edit.b in text:
        return text.replace(edit.b, edit.a).encode()
    if edit.a in text:
        return text.replace(edit.a, edit.b).encode()
    return TEXTS[edit.path]
