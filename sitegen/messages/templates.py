"""T4: templates."""

from __future__ import annotations

from sitegen.messages.message import Message

MESSAGES: dict[str, Message] = {
    "T401": Message(
        "error",
        "there is no template “{name}”, neither in templates/ nor in the built-in theme",
        "لا قالب باسم «{name}» في templates/ ولا في القالب المدمج",
        "⟨did you mean “{nearest}”? ⟩templates/README.md lists what there is",
        "⟨هل تقصد «{nearest}»؟ ⟩القائمة في templates/README.md",
    ),
    "T402": Message(
        "error",
        "the template is not UTF-8 from this line on",
        "القالب ليس بترميز UTF-8 بدءاً من هذا السطر",
        "save the file as UTF-8",
        "احفظ الملف بترميز UTF-8",
    ),
    "T403": Message(
        "error",
        "the template cannot be read: {cause}",
        "تعذّرت قراءة القالب: {cause}",
        "correct the tag at this line",
        "صحّح الوسم في هذا السطر",
    ),
    "T404": Message(
        "error",
        "the template asks for “{name}”, which does not exist (page {page}⟨ and {more} more⟩)",
        "يطلب القالب «{name}» وهو غير موجود (الصفحة {page}⟨ و{more} غيرها⟩)",
        "⟨did you mean “{nearest}”? ⟩templates/README.md lists what there is",
        "⟨هل تقصد «{nearest}»؟ ⟩القائمة في templates/README.md",
    ),
    "T405": Message(
        "error",
        "the template uses a variable that does not exist: {cause} (page {page}⟨ and {more} more⟩)",
        "يستعمل القالب متغيراً غير موجود: {cause} (الصفحة {page}⟨ و{more} غيرها⟩)",
        "templates/README.md lists the variables of every template",
        "متغيرات كل قالب في templates/README.md",
    ),
    "T406": Message(
        "error",
        "the template fails: {cause} (page {page}⟨ and {more} more⟩)",
        "تعطّل القالب: {cause} (الصفحة {page}⟨ و{more} غيرها⟩)",
        "templates/README.md says what each variable holds",
        "يبيّن templates/README.md محتوى كل متغير",
    ),
    "T407": Message(
        "error",
        "the strings of the theme are not a list of texts",
        "نصوص القالب ليست قائمة نصوص",
        "write one `name: text` pair on each line",
        "اكتب في كل سطر زوجاً على صورة name: text",
    ),
    "T408": Message(
        "error",
        "the style sheet refers to “{name}”, which is not a file of the theme",
        "تشير ورقة الأنماط إلى «{name}» وليس من ملفات القالب",
        "paths in url(…) are relative to the style sheet",
        "المسارات في url(…) نسبية إلى ورقة الأنماط",
    ),
    "T409": Message(
        "error",
        "style sheets import each other: {chain}",
        "أوراق أنماط يستورد بعضها بعضاً: {chain}",
        "take one of the imports out",
        "احذف أحد الاستيرادين",
    ),
}
