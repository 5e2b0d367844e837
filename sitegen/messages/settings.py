"""C: configuration."""

from __future__ import annotations

from sitegen.messages.message import Message

MESSAGES: dict[str, Message] = {
    "C101": Message(
        "error",
        "there is no site here",
        "لا موقع هنا",
        "make one with `sitegen new site DIR`, or name its folder with -C",
        "أنشئ موقعاً بـ `sitegen new site DIR`، أو سمِّ مجلده بـ -C",
    ),
    "C103": Message(
        "error",
        "this file exists already and is left as it is",
        "هذا الملف موجود ويبقى كما هو",
        "choose another name",
        "اختر اسماً آخر",
    ),
    "C104": Message(
        "error",
        "“{name}” cannot be a name in an address",
        "لا يصلح «{name}» اسماً في عنوان",
        "use small Latin letters, digits and single hyphens: {suggestion}",
        "استعمل حروفاً لاتينية صغيرة وأرقاماً وشرطات مفردة: {suggestion}",
    ),
    "C105": Message(
        "error",
        "the folder is not empty",
        "المجلد ليس فارغاً",
        "name a folder that is new or empty",
        "سمِّ مجلداً جديداً أو فارغاً",
    ),
    "C107": Message(
        "error",
        "no page has the address {url}",
        "لا صفحة بالعنوان {url}",
        "⟨did you mean {suggestion}? ⟩public/sitemap.xml lists the pages that are built",
        "⟨هل تقصد {suggestion}؟ ⟩الصفحات المبنية في public/sitemap.xml",
    ),
    "C108": Message(
        "warning",
        "the theme has no words in “{lang}”: its own words on such pages will be English",
        "ليس في القالب كلمات بلغة «{lang}»: ستكون كلماته في تلك الصفحات بالإنجليزية",
        "write templates/strings/{lang}.yaml with the keys of the built-in templates/strings/en.yaml",
        "اكتب templates/strings/{lang}.yaml بمفاتيح الملف المدمج templates/strings/en.yaml",
    ),
    "C109": Message(
        "error",
        "the id “{id}” is taken: this file has it",
        "المعرّف «{id}» مستعمل: هو لهذا الملف",
        "choose another one",
        "اختر غيره",
    ),
    "C110": Message(
        "error",
        "there is no source “{id}”",
        "لا مصدر بالمعرّف «{id}»",
        "add it to content/sources.yaml first⟨; nearest: {nearest}⟩",
        "أضفه أولاً إلى content/sources.yaml⟨؛ الأقرب: {nearest}⟩",
    ),
    "C111": Message(
        "error",
        "this is the address of no executor",
        "ليس هذا عنوان منفّذ مهام",
        "give one of {ways}",
        "اكتب واحداً من هذه: {ways}",
    ),
    "C201": Message(
        "error",
        "symbolic links are not followed",
        "لا تُتبع الروابط الرمزية",
        "put the file itself here",
        "ضع الملف نفسه هنا",
    ),
    "C202": Message(
        "error", "this is neither a file nor a folder", "هذا ليس ملفاً ولا مجلداً", "remove it", "احذفه"
    ),
    "C203": Message(
        "error",
        "the name of this file is not valid UTF-8",
        "اسم هذا الملف ليس UTF-8 سليماً",
        "rename it",
        "غيّر اسمه",
    ),
    "C204": Message(
        "error",
        "two files have this name once written in the same Unicode form (NFC)",
        "لملفين هذا الاسم نفسه بعد توحيد صيغة يونيكود (NFC)",
        "rename one of them",
        "غيّر اسم أحدهما",
    ),
    "C205": Message(
        "warning",
        "nothing reads this folder",
        "لا يقرأ شيء هذا المجلد",
        "⟨did you mean {nearest}? ⟩content is read from articles, entities, terms, topics, facts and media",
        "⟨هل تقصد {nearest}؟ ⟩يُقرأ المحتوى من articles وentities وterms وtopics وfacts وmedia",
    ),
    "C206": Message(
        "warning",
        "nothing reads a file of this name here",
        "لا يُقرأ هنا ملف بهذا الاسم",
        "call it {wanted}",
        "سمِّه {wanted}",
    ),
}
