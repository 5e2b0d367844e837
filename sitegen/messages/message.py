"""What a message consists of."""

from __future__ import annotations

from typing import NamedTuple

from sitegen.errors import Severity


class Message(NamedTuple):
    """One sentence and its way out, in two languages; all are `str.format` templates over the `args` of a finding.

    A part between ⟨ and ⟩ is left out when one of its arguments is empty.
    """

    severity: Severity
    en: str
    ar: str
    hint_en: str = ""
    hint_ar: str = ""
