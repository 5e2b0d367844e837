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

_OPTIONAL: Final = re.compile("⟨([^⟨⟩]*)⟩")  # a part of a hint that goes when there is nothing to fill it

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
    return (message.ar if language == "ar" else message.en).format(**dict(diagnostic.args))


def hint(diagnostic: Diagnostic, language: Language = "en") -> str:
    """The way out, or an empty string."""
    message, args = MESSAGES[diagnostic.code], dict(diagnostic.args)
    text = message.hint_ar if language == "ar" else message.hint_en
    return _OPTIONAL.sub(lambda part: part[1] if _filled(part[1], args) else "", text).format(**args).strip()


def _filled(text: str, args: dict[str, str]) -> bool:
    return all(args.get(name) for _, name, _, _ in Formatter().parse(text) if name)
