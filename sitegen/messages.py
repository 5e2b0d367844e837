"""Every message sitegen can utter about content, in English and Arabic, by code.

Codes: S syntax and schema, B body, R references, F facts, T templates, O output, C configuration.
A message and a hint are `str.format` templates over the `args` of the `Diagnostic`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from sitegen.errors import Diagnostic, Severity

Language = Literal["en", "ar"]


class Message(NamedTuple):
    severity: Severity
    en: str
    ar: str
    hint_en: str = ""
    hint_ar: str = ""


MESSAGES: dict[str, Message] = {
    # -- S: syntax and schema of front matter and data files --------------------------------------
    "S150": Message(
        "error",
        "an invisible character stands here: {char}",
        "هنا محرف لا يُرى: {char}",
        "delete it and type the word again; copied text often carries such characters",
        "احذفه واكتب الكلمة من جديد؛ كثيراً ما يحمل النص المنسوخ مثله",
    ),
    # -- B: the Markdown body ---------------------------------------------------------------------
    "B150": Message(
        "error",
        "{char} forces the direction of what follows and can make text read as something else",
        "{char} يفرض اتجاه ما بعده وقد يُظهر النص على غير ما هو",
        "delete it; numbers and foreign names are isolated without it",
        "احذفه؛ الأرقام والأسماء الأجنبية تُعزل من دونه",
    ),
    "B151": Message(
        "error",
        "{char} has no counterpart in this paragraph",
        "{char} بلا مقابل في هذه الفقرة",
        "delete it, or close what is opened before the paragraph ends",
        "احذفه، أو أغلق ما فُتح قبل نهاية الفقرة",
    ),
    "B152": Message(
        "info",
        "a directional mark stands here: {char}",
        "هنا علامة اتجاه: {char}",
        "it is rarely needed: numbers and foreign names are isolated without it",
        "قلّما يُحتاج إليها: الأرقام والأسماء الأجنبية تُعزل من دونها",
    ),
    "B153": Message(
        "error",
        "a character that no reader can see and no feed may carry: {char}",
        "محرف لا يراه قارئ ولا تقبله الخلاصات: {char}",
        "delete it",
        "احذفه",
    ),
    "B154": Message(
        "warning",
        "{char} is used in Persian, not in Arabic",
        "{char} يُستعمل في الفارسية لا في العربية",
        "delete it; a search for the word fails with it",
        "احذفه؛ فهو يُفسد البحث عن الكلمة",
    ),
    "B155": Message(
        "warning",
        "{char} is the Persian letter; Arabic writes ك and ي",
        "{char} هو الحرف الفارسي؛ والعربية تكتب ك وي",
        "type the Arabic letter",
        "اكتب الحرف العربي",
    ),
    # -- R: references ----------------------------------------------------------------------------
    # -- F: facts ---------------------------------------------------------------------------------
    # -- T: templates -----------------------------------------------------------------------------
    "T401": Message(
        "error",
        "there is no template “{name}”, neither in templates/ nor in the built-in theme",
        "لا قالب باسم «{name}» في templates/ ولا في القالب المدمج",
        "did you mean “{nearest}”?",
        "هل تقصد «{nearest}»؟",
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
        "the template asks for “{name}”, which does not exist (page {page})",
        "يطلب القالب «{name}» وهو غير موجود (الصفحة {page})",
        "did you mean “{nearest}”? templates/README.md lists what there is",
        "هل تقصد «{nearest}»؟ القائمة في templates/README.md",
    ),
    "T405": Message(
        "error",
        "the template uses a variable that does not exist: {cause} (page {page})",
        "يستعمل القالب متغيراً غير موجود: {cause} (الصفحة {page})",
        "templates/README.md lists the variables of every template",
        "متغيرات كل قالب في templates/README.md",
    ),
    "T406": Message(
        "error",
        "the template fails: {cause} (page {page})",
        "تعطّل القالب: {cause} (الصفحة {page})",
        "templates/README.md says what each variable holds",
        "يبيّن templates/README.md محتوى كل متغير",
    ),
    "T407": Message(
        "error",
        "the strings of the theme cannot be read: {cause}",
        "تعذّرت قراءة نصوص القالب: {cause}",
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
    # -- O: output --------------------------------------------------------------------------------
    "O201": Message(
        "error",
        "the output folder holds {entry}, which sitegen did not make",
        "في مجلد الإخراج {entry} وليس مما أنشأه sitegen",
        "choose another folder with -o, or pass --force to build into this one and keep what is there",
        "اختر مجلداً آخر بـ -o، أو استعمل --force للبناء فيه مع إبقاء ما فيه",
    ),
    "O202": Message(
        "error",
        "a page belongs here, but a file that sitegen did not make is in the way",
        "هذا موضع صفحة، لكن ملفاً لم ينشئه sitegen يشغله",
        "move it away, or pass --force to replace it",
        "انقله من مكانه، أو استعمل --force لاستبداله",
    ),
    "O203": Message(
        "error",
        "a page belongs here, but a {kind} that sitegen did not make is in the way",
        "هذا موضع صفحة، لكن عنصراً ({kind}) لم ينشئه sitegen يشغله",
        "move it away; sitegen never writes through links nor deletes folders of others",
        "انقله من مكانه؛ لا يكتب sitegen عبر الروابط ولا يحذف مجلدات غيره",
    ),
    "O204": Message(
        "error",
        "the output folder may not contain, or lie inside, the site's own files ({folder})",
        "لا يجوز أن يحوي مجلد الإخراج ملفات الموقع ({folder}) ولا أن يقع داخلها",
        "choose another folder with -o",
        "اختر مجلداً آخر بـ -o",
    ),
    "O205": Message(
        "error",
        "the list of published files is damaged",
        "قائمة الملفات المنشورة تالفة",
        "pass --force to publish anew; files of pages that no longer exist must then be removed by hand",
        "استعمل --force للنشر من جديد؛ واحذف بيدك ملفات الصفحات التي لم تعد موجودة",
    ),
    "O206": Message(
        "error",
        "the path of a page leaves the output folder",
        "مسار صفحة يخرج من مجلد الإخراج",
    ),
    "O207": Message(
        "error",
        "two pages want the same file: {first} and {second}",
        "صفحتان تريدان الملف نفسه: {first} و{second}",
        "change the slug, alias or file name of one of them",
        "غيّر معرّف إحداهما أو اسمها البديل أو اسم ملفها",
    ),
    "O301": Message(
        "error",
        "no space is left on the disk",
        "لم تبق مساحة على القرص",
        "free some space and run again",
        "أفرغ مساحة ثم أعد التشغيل",
    ),
    "O302": Message("error", "the file system is read-only", "نظام الملفات للقراءة فقط"),
    "O303": Message(
        "error",
        "permission denied",
        "لا إذن بالوصول",
        "give your user access to it",
        "امنح حسابك حق الوصول إليه",
    ),
    "O304": Message(
        "error",
        "too many files are open",
        "عدد الملفات المفتوحة كبير جداً",
        "raise the limit (ulimit -n) and run again",
        "ارفع الحد (ulimit -n) ثم أعد التشغيل",
    ),
    "O305": Message(
        "error",
        "the file vanished while it was being used",
        "اختفى الملف أثناء استعماله",
        "run again",
        "أعد التشغيل",
    ),
    "O306": Message("error", "the name is too long for the file system", "الاسم أطول مما يقبله نظام الملفات"),
    "O307": Message("error", "the system refused: {reason}", "رفض النظام: {reason}"),
    "O308": Message(
        "error",
        "the file is larger than the limit set for this process",
        "الملف أكبر من الحد المقرر لهذه العملية",
        "raise the limit (ulimit -f) and run again",
        "ارفع الحد (ulimit -f) ثم أعد التشغيل",
    ),
    "O310": Message(
        "warning",
        "what was learned in this build could not be kept: {reason}",
        "تعذر حفظ ما تعلمه هذا البناء: {reason}",
        "the next build will start from nothing",
        "سيبدأ البناء التالي من الصفر",
    ),
    "O401": Message(
        "error",
        "the warm build and a build from nothing differ",
        "يختلف البناء المتدرج عن البناء من الصفر",
        "this is a mistake in sitegen; run `sitegen clean --store` and report it",
        "هذا خطأ في sitegen؛ نفّذ `sitegen clean --store` وأبلغ عنه",
    ),
    # -- C: configuration -------------------------------------------------------------------------
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
        "did you mean {suggestion}?",
        "هل تقصد {suggestion}؟",
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
}


def severity(diagnostic: Diagnostic) -> Severity:
    """How grave the finding is."""
    return MESSAGES[diagnostic.code].severity


def sentence(diagnostic: Diagnostic, language: Language = "en") -> str:
    """What is wrong."""
    message = MESSAGES[diagnostic.code]
    return (message.ar if language == "ar" else message.en).format(**dict(diagnostic.args))


def hint(diagnostic: Diagnostic, language: Language = "en") -> str:
    """The way out, or an empty string."""
    message = MESSAGES[diagnostic.code]
    return (message.hint_ar if language == "ar" else message.hint_en).format(**dict(diagnostic.args))
