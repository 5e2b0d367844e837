"""Every code has its words, in both languages; every word has its code."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import sitegen
from sitegen.errors import Severity, Span, diagnostic
from sitegen.messages import MESSAGES, Message, hint, sentence, severity

PACKAGE = Path(sitegen.__file__).parent
CODE = re.compile(r"[A-Z][0-9]{3}")
GROUP = re.compile(r"\(\?P<([A-Z][0-9]{3})>")
NOT_USES = {"core/words.py"}  # a sample of how a code is written


def used() -> dict[str, str]:
    """The codes that stand in the program as whole strings or as groups of patterns, with a file that has them."""
    found: dict[str, str] = {}
    for module in sorted(PACKAGE.rglob("*.py")):
        name = module.relative_to(PACKAGE).as_posix()
        if name in NOT_USES or name.startswith("messages/"):
            continue
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = node.value
                found.update(dict.fromkeys([text] if CODE.fullmatch(text) else GROUP.findall(text), name))
    return found


def test_no_code_has_two_messages() -> None:
    """Each family keeps to its own letters."""
    families = [
        import_module(f"sitegen.messages.{it.stem}") for it in (PACKAGE / "messages").glob("[a-z]*.py")
    ]
    codes = [code for it in families for code in getattr(it, "MESSAGES", ())]
    assert sorted(codes) == sorted(MESSAGES)


def holes(text: str) -> set[str]:
    """The names of what a template is filled with."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_code_has_words() -> None:
    """A finding whose code has no message could not be shown."""
    assert {code: file for code, file in used().items() if code not in MESSAGES} == {}


def test_every_message_is_used() -> None:
    """Words that nothing utters would be translated for nothing."""
    assert set(MESSAGES) - set(used()) == set()


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_speaks_both_languages(code: str) -> None:
    """English and Arabic are both there, hints too, and are filled from the same arguments."""
    it = MESSAGES[code]
    assert it.severity in get_args(Severity)
    assert CODE.fullmatch(code)
    assert it.en
    assert re.search("[ء-ي]", it.ar)
    assert bool(it.hint_en) == bool(it.hint_ar)
    assert _common(it.en) == _common(it.ar)
    assert _common(it.hint_en) == _common(it.hint_ar)


def _common(text: str) -> set[str]:
    """Arguments, where the Arabic words for an English one count as the same; forms are named in English only."""
    return {name.removesuffix("_ar") for name in holes(text)} - {"form"}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_message_can_be_filled(code: str) -> None:
    """With braces in what fills it, and without a brace left over."""
    it = MESSAGES[code]
    names = {name for text in (it.en, it.ar, it.hint_en, it.hint_ar) for name in holes(text)}
    finding = diagnostic(code, Span("x"), **dict.fromkeys(names, "{value}"))
    for language in ("en", "ar"):
        text = sentence(finding, language) + hint(finding, language)
        assert text.count("{value}") == sum(
            1 for part in _texts(it, language) for _, name, _, _ in Formatter().parse(part) if name
        )
    assert severity(finding) == it.severity


def _texts(it: Message, language: str) -> tuple[str, str]:
    return (it.en, it.hint_en) if language == "en" else (it.ar, it.hint_ar)


@pytest.mark.parametrize("code", sorted(code for code, it in MESSAGES.items() if it.severity != "info"))
def test_errors_and_warnings_show_a_way_out(code: str) -> None:
    """Except where the system says no and there is nothing to advise."""
    assert MESSAGES[code].hint_en or code in ("O206", "O302", "O306", "O307")


def test_a_hint_leaves_out_what_nothing_fills() -> None:
    """Where nothing is near, nothing is said to be."""
    for language in ("en", "ar"):
        near = hint(diagnostic("R203", Span("x"), target="a", nearest="b"), language)
        alone = hint(diagnostic("R203", Span("x"), target="a", nearest=""), language)
        assert near.startswith(alone)
        assert ("b" in near, "⟨" in near + alone, alone[-1] in ":؛;–") == (True, False, False)
