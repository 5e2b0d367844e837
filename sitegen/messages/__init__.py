"""Every message sitegen can utter about a site, in English and Arabic, by code; one module for each family of codes."""

from __future__ import annotations

import re
from string import Formatter
from typing import Final, Literal

from sitegen.errors import Diagnostic, Severity
from sitegen.messages import (
    body,
    deployment,
    facts,
    output,
    preview,
    references,
    settings,
    syntax,
    templates,
    time,
)
from sitegen.messages.message import Message as Message

Language = Literal["en", "ar"]

_OPTIONAL: Final = re.compile("⟨([^⟨⟩]*)⟩")  # a part that goes when there is nothing to fill it

MESSAGES: dict[str, Message] = {
    **syntax.MESSAGES,
    **body.MESSAGES,
    **references.MESSAGES,
    **facts.MESSAGES,
    **time.MESSAGES,
    **templates.MESSAGES,
    **output.MESSAGES,
    **settings.MESSAGES,
    **deployment.MESSAGES,
    **preview.MESSAGES,
}


def severity(diagnostic: Diagnostic) -> Severity:
    """How grave the finding is."""
    return MESSAGES[diagnostic.code].severity


def sentence(diagnostic: Diagnostic, language: Language = "en") -> str:
    """What is wrong."""
    message = MESSAGES[diagnostic.code]
    return _fill(message.ar if language == "ar" else message.en, dict(diagnostic.args))


def hint(diagnostic: Diagnostic, language: Language = "en") -> str:
    """The way out, or an empty string."""
    message = MESSAGES[diagnostic.code]
    return _fill(message.hint_ar if language == "ar" else message.hint_en, dict(diagnostic.args)).strip()


def _fill(text: str, args: dict[str, str]) -> str:
    def kept(part: re.Match[str]) -> str:
        filled = all(args.get(name) for _, name, _, _ in Formatter().parse(part[1]) if name)
        return part[1] if filled else ""

    return _OPTIONAL.sub(kept, text).format(**args)
