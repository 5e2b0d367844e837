"""F, D, P, W and N: facts, and the words around them."""

from __future__ import annotations

from sitegen.messages.message import Message

MESSAGES: dict[str, Message] = {
    "D401": Message(
        "error",
        "the text says “{said}”, which the fact “{fact}” ({label}) does not allow",
        "يقول النص «{said}»، ولا تسمح به الحقيقة «{fact}» ({label})",
        "correct the words, or let {{fact:{fact}}} print the value",
        "صحّح العبارة أو دع {{fact:{fact}}} تطبع القيمة",
    ),
    "F201": Message(
        "error",
        "“{key}” belongs to the registry and cannot be changed where the fact is used",
        "لا يجوز تغيير «{key}» عند use؛ فهو من السجل",
        "edit the fact in content/facts, or write a fact of its own without use:",
        "عدّل الحقيقة في content/facts أو أنشئ حقيقة جديدة من دون use:",
    ),
    "F203": Message(
        "error",
        "is {value} a year or a number?",
        "هل {value} سنة أم عدد؟",
        'for a year use a label with عام, سنة or تاريخ, or type: date; for a number add a unit; as plain text write "{value}" in quotes',
        'للسنة اذكر في العنوان «عام» أو «سنة» أو «تاريخ» أو اكتب type: date؛ وللعدد أضف وحدة؛ وللنص اكتب "{value}" بين علامتي اقتباس',
    ),
    "F220": Message(
        "info",
        "unknown: written as ?",
        "مجهول: كُتب ?",
    ),
    "F221": Message(
        "info",
        "party: written as [[id]]",
        "طرف: كُتب [[id]]",
    ),
    "F222": Message(
        "info",
        "boolean: true, false, نعم or لا without quotes",
        "نعم أو لا: بلا علامتي اقتباس",
    ),
    "F223": Message(
        "info",
        "url: begins with http:// or https://",
        "رابط: يبدأ بـ http:// أو https://",
    ),
    "F224": Message(
        "info",
        "date: a year, and the label says so",
        "تاريخ: سنة والعنوان يدل على ذلك",
    ),
    "F225": Message(
        "info",
        "date: written as EDTF",
        "تاريخ: كُتب بصيغة EDTF",
    ),
    "F226": Message(
        "info",
        "percent: a number with a percent sign",
        "نسبة: عدد معه علامة النسبة",
    ),
    "F227": Message(
        "info",
        "money: a number with a currency",
        "مبلغ: عدد معه عملة",
    ),
    "F228": Message(
        "info",
        "quantity: a number with a unit",
        "كمية: عدد معه وحدة",
    ),
    "F229": Message(
        "info",
        "text: no other rule fits",
        "نص: لا تنطبق قاعدة أخرى",
    ),
    "F230": Message(
        "info",
        "text: a year in quotes",
        "نص: سنة بين علامتي اقتباس",
    ),
    "F301": Message(
        "error",
        "“{fact}” says {value}, which “{other}” ({other_value}) contradicts; both are confirmed",
        "تقول «{fact}» {value} وتناقضها «{other}» ({other_value})، وكلتاهما مؤكدة",
        "correct one of them, give each its as_of:, or make one fact with certainty: disputed and positions:",
        "صحّح إحداهما، أو اكتب لكل منهما as_of:، أو اجعلهما حقيقة واحدة فيها certainty: disputed وpositions:",
    ),
    "F302": Message(
        "info",
        "“{fact}” says {value} and “{other}” {other_value}: the same, rounded differently",
        "تقول «{fact}» {value} و«{other}» {other_value}: هما قيمة واحدة بتقريبين",
        "keep the more precise one",
        "أبقِ الأدق منهما",
    ),
    "F304": Message(
        "warning",
        "“{fact}” says {value} and “{other}” {other_value}, one day apart: is it the time zone?",
        "تقول «{fact}» {value} و«{other}» {other_value} وبينهما يوم واحد: أهي المنطقة الزمنية؟",
        "write tz: in both, or correct one of them",
        "اكتب tz: فيهما أو صحّح إحداهما",
    ),
    "F305": Message(
        "warning",
        "the fact “{fact}” is superseded by “{newer}”",
        "حلّت «{newer}» محل الحقيقة «{fact}»",
        "use the newer one, or move the sentence into a :::changed block",
        "استعمل الأحدث أو انقل الجملة إلى مقطع :::تغير",
    ),
    "F306": Message(
        "error",
        "the fact “{fact}” is retracted and must not be used in the text",
        "سُحبت الحقيقة «{fact}» ولا يجوز استعمالها في النص",
        "remove it, or tell the story in a :::correction block",
        "احذفها أو اروِ ما جرى في مقطع :::تصويب",
    ),
    "F307": Message(
        "warning",
        "“{fact}” says {value}, which “{other}” ({other_value}) contradicts",
        "تقول «{fact}» {value} وتناقضها «{other}» ({other_value})",
        "make one fact of them with certainty: disputed and positions:, or give each its as_of:",
        "اجعلهما حقيقة واحدة فيها certainty: disputed وpositions:، أو اكتب لكل منهما as_of:",
    ),
    "P600": Message(
        "warning",
        "“{label}” names no source, and neither does the article",
        "«{label}» بلا مصدر، والمقال كذلك",
        "add sources: to the fact or to the article, or common_knowledge: true",
        "أضف sources: إلى الحقيقة أو المقال، أو common_knowledge: true",
    ),
    "P601": Message(
        "error",
        "the fact “{id}” names no source",
        "الحقيقة «{id}» بلا مصدر",
        "add sources: [id], or common_knowledge: true",
        "أضف sources: [id] أو common_knowledge: true",
    ),
    "W801": Message(
        "error",
        "the fact “{fact}” is internal and would be published here",
        "الحقيقة «{fact}» داخلية وستُنشر هنا",
        "remove it, or make it public: `visibility: public`",
        "احذفها أو اجعلها عامة: visibility: public",
    ),
}
