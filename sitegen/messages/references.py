"""R: references, and what they lead to."""

from __future__ import annotations

from sitegen.messages.message import Message

MESSAGES: dict[str, Message] = {
    "R201": Message(
        "error",
        "there is no fact “{target}”",
        "لا حقيقة بالمعرّف «{target}»",
        "write it in content/facts/, or correct the id⟨; nearest: {nearest}⟩",
        "اكتبها في content/facts/ أو صحّح المعرّف⟨؛ الأقرب: {nearest}⟩",
    ),
    "R202": Message(
        "error",
        "“{target}” is a name of more than one thing: {nearest}",
        "«{target}» اسم لأكثر من شيء: {nearest}",
        "write the id you mean: {nearest}",
        "اكتب المعرّف المقصود: {nearest}",
    ),
    "R203": Message(
        "error",
        "there is no source “{target}” in content/sources.yaml",
        "لا مصدر بالمعرّف «{target}» في content/sources.yaml",
        "add it there⟨; nearest: {nearest}⟩",
        "أضفه هناك⟨؛ الأقرب: {nearest}⟩",
    ),
    "R204": Message(
        "error",
        "“{target}” leads nowhere: it is no name of an article, entity, term or topic, and no path of the site",
        "«{target}» لا يقود إلى شيء: ليس اسم مقال أو كيان أو مصطلح أو موضوع ولا مساراً في الموقع",
        "write a page for it, or correct the name⟨; nearest: {nearest}⟩",
        "اكتب له صفحة أو صحّح الاسم⟨؛ الأقرب: {nearest}⟩",
    ),
    "R205": Message(
        "error",
        "“{target}” is an article that this build leaves out (a draft, or its day has not come)",
        "«{target}» مقال لا يظهر في هذا البناء (مسودة أو لم يحن موعده)",
        "publish it first, or remove the reference",
        "انشره أولاً أو احذف الإشارة إليه",
    ),
    "R206": Message(
        "error",
        "a fact has no field “{target}” to print",
        "ليس للحقيقة حقل «{target}» يُطبع",
        "fields: {fields}",
        "الحقول: {fields}",
    ),
    "R207": Message(
        "error",
        "there is no scale “{target}” in content/scales.yaml",
        "لا مقياس بالمعرّف «{target}» في content/scales.yaml",
        "add it there, or correct the id⟨; nearest: {nearest}⟩",
        "أضفه هناك أو صحّح المعرّف⟨؛ الأقرب: {nearest}⟩",
    ),
    "R208": Message(
        "error",
        "there is no picture “{target}” in content/media/",
        "لا صورة باسم «{target}» في content/media/",
        "put the file there, or correct the name⟨; nearest: {nearest}⟩",
        "ضع الملف هناك أو صحّح الاسم⟨؛ الأقرب: {nearest}⟩",
    ),
    "R209": Message(
        "error",
        "“{target}” is of kind {kind}, but {wanted} is wanted here",
        "«{target}» من نوع {kind}، والمطلوب هنا {wanted}",
        "refer to something of kind {wanted}",
        "أشر إلى شيء من نوع {wanted}",
    ),
    "R210": Message(
        "error",
        "the fact “{target}” ({label}) is not a number, so a gauge cannot show it",
        "الحقيقة «{target}» ({label}) ليست رقماً فلا يعرضها مقياس",
        "take a fact of type percent, quantity or money",
        "اختر حقيقة من نوع percent أو quantity أو money",
    ),
    "R211": Message(
        "error",
        "there is no heading for “{target}”",
        "لا عنوان فرعياً يقابل «{target}»",
        "nearest: {nearest}; or give a heading that id: {{#id}} at its end",
        "الأقرب: {nearest}؛ أو أعطِ عنواناً ذلك المعرّف: {{#id}} في آخره",
    ),
    "R212": Message(
        "error",
        "the id “{id}” is taken by {other}",
        "المعرّف «{id}» مستعمل في {other}",
        "articles, entities, terms and topics share one namespace: choose another id",
        "المقالات والكيانات والمصطلحات والمواضيع تتقاسم المعرّفات: اختر غيره",
    ),
    "R213": Message(
        "error",
        "the fact “{id}” is written in {other} too",
        "الحقيقة «{id}» مكتوبة في {other} أيضاً",
        "keep it in one place and write `use: {id}` in the other",
        "أبقها في موضع واحد واكتب use: {id} في الآخر",
    ),
    "R214": Message(
        "error",
        "the fact “{fact}” has no “{target}” to print",
        "ليس في الحقيقة «{fact}» حقل «{target}» ليُطبع",
        "write {target}: in the fact, or reword the sentence",
        "اكتب {target}: في الحقيقة أو غيّر الجملة",
    ),
    "R215": Message(
        "error",
        "the fact “{target}” ({label}) has no date, so a timeline cannot show it",
        "الحقيقة «{target}» ({label}) بلا تاريخ فلا يعرضها خط زمني",
        "take a fact of type date or event, or write “- 2023-05: words”",
        "اختر حقيقة من نوع date أو event، أو اكتب «- 2023-05: نص»",
    ),
    "R216": Message(
        "error",
        "the fact “{target}” ({label}) is not a quotation",
        "الحقيقة «{target}» ({label}) ليست اقتباساً",
        "take a fact of type quote, or write the words in the block",
        "اختر حقيقة من نوع quote أو اكتب الكلام في الكتلة",
    ),
}
