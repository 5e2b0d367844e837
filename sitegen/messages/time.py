"""T5: dates and times."""

from __future__ import annotations

from sitegen.messages.message import Message

MESSAGES: dict[str, Message] = {
    "T501": Message(
        "error",
        "“{words}” means another day each day it is read",
        "«{words}» تعني يوماً آخر كلما قُرئت",
        "write the date itself; in somebody's own words, put it in quotation marks",
        "اكتب التاريخ نفسه؛ وإن كانت من كلام غيرك فضعها بين علامتي اقتباس",
    ),
    "T503": Message(
        "error",
        "{date} stands below a later date",
        "{date} مكتوب تحت تاريخ بعده",
        "put the entries in the order of time, or correct the date",
        "رتّب البنود بحسب الزمن أو صحّح التاريخ",
    ),
}
