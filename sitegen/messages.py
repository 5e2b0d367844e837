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
    # -- B: the Markdown body ---------------------------------------------------------------------
    # -- R: references ----------------------------------------------------------------------------
    # -- F: facts ---------------------------------------------------------------------------------
    # -- T: templates -----------------------------------------------------------------------------
    # -- O: output --------------------------------------------------------------------------------
    # -- C: configuration -------------------------------------------------------------------------
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
