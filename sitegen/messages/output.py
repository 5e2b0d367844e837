"""O: output and the files of the site."""

from __future__ import annotations

from sitegen.messages.message import Message

MESSAGES: dict[str, Message] = {
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
    "O309": Message(
        "error",
        "the file keeps changing while it is read",
        "يتغير الملف باستمرار أثناء قراءته",
        "let whatever writes it finish and run again",
        "انتظر حتى ينتهي ما يكتبه ثم أعد التشغيل",
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
    "O901": Message(
        "error",
        "the address “{url}” is also that of {other}",
        "العنوان «{url}» هو أيضاً عنوان {other}",
        "change one of the two slugs or aliases",
        "غيّر أحد الاسمين أو العنوانين القديمين",
    ),
}
