"""Language tags."""

from __future__ import annotations

import subprocess
import sys

import pytest
from babel.core import Locale as BabelLocale
from babel.localedata import locale_identifiers

from sitegen.locale import UnknownLocaleError, get_locale


@pytest.mark.parametrize("tag", ["ar", "ar-SA", "ar_EG", "fa", "ur", "he", "he_IL", "az-Arab", "ckb", "ps"])
def test_case_15_right_to_left_by_script(tag: str) -> None:
    """Direction follows the script of the locale, he_IL included."""
    assert get_locale(tag).direction == "rtl"


@pytest.mark.parametrize("tag", ["en", "fr", "en-GB", "az", "tr"])
def test_case_15_left_to_right_by_script(tag: str) -> None:
    """Latin script runs left to right."""
    assert get_locale(tag).direction == "ltr"


def test_lang_is_a_bcp47_tag() -> None:
    """HTML wants a hyphen and the usual case."""
    assert get_locale("HE_il").lang == "he-IL"
    assert get_locale("ar").open_graph == "ar_AR"


@pytest.mark.parametrize("tag", ["", "xx", "ar-ZZ", "arabic", "ar-EG-extra", "عربي", "../etc"])
def test_unknown_tags_are_refused(tag: str) -> None:
    """A tag that nobody knows is an error with the tag in it, not a page in the wrong direction."""
    with pytest.raises(UnknownLocaleError) as caught:
        get_locale(tag)
    assert caught.value.tag == tag


@pytest.mark.parametrize(
    "name",
    [
        it
        for it in locale_identifiers()
        if it.split("_")[0] in ("ar", "fa", "ur", "he", "en") and "POSIX" not in it
    ],
)
def test_built_in_table_agrees_with_cldr(name: str) -> None:
    """Direction and usual digits of our languages are CLDR's."""
    known = BabelLocale.parse(name)
    locale = get_locale(name)
    assert locale.digits == known.default_numbering_system
    assert locale.direction == ("rtl" if known.character_order == "right-to-left" else "ltr")


def test_digits_follow_the_site() -> None:
    """Latin digits by choice in Egypt, the script's own by choice anywhere."""
    assert get_locale("ar-EG", digits="latn").digits == "latn"
    assert get_locale("ar", digits="arab").digits == "arab"
    assert get_locale("fa", digits="arab").digits == "arabext"
    assert get_locale("he", digits="arab").digits == "latn"


def test_known_tags_do_not_import_babel() -> None:
    """A build that formats nothing does not pay for Babel."""
    program = "import sys, sitegen.locale as l; l.get_locale('ar-EG'); l.prose('نص', l.get_locale('ar')); print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
