"""What the theme's README promises is what templates are given, and everything a site needs is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
import yaml
from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta, nodes

from sitegen.core.body import Block
from sitegen.graph import views

LANGUAGES = ("ar", "en", "fa", "he", "ur")
KINDS = (
    "article",
    "articles",
    "entities",
    "entity",
    "fact",
    "facts",
    "home",
    "not-found",
    "redirect",
    "sources",
    "term",
    "terms",
    "timeline",
    "topic",
    "topics",
)
# Words a template chooses by the value of a field: prefix of the key -> the values the field can have.
CHOSEN = {
    "kind_": ("explainer", "news", "factcheck", "page"),
    "certainty_": ("confirmed", "reported", "disputed", "unknown"),
    "status_": ("current", "superseded", "corrected", "retracted"),
    "severity_": ("typo", "clarification", "correction", "retraction"),
    "source_": ("news", "agency", "official", "reference", "academic", "media", "other"),
    "ribbon_": ("draft", "future"),
    "ribbon_short_": ("draft", "future"),
    "entity_": (
        "state",
        "person",
        "organisation",
        "agency",
        "group",
        "place",
        "facility",
        "agreement",
        "event",
        "media",
    ),
}


def declared() -> dict[str, dict[str, str]]:
    """The fields of every view and their types, as written in views.py."""
    tree = ast.parse(Path(views.__file__).read_text(encoding="utf-8"))
    return {
        it.name: {
            field.target.id: ast.unparse(field.annotation)
            for field in it.body
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        }
        for it in tree.body
        if isinstance(it, ast.ClassDef)
    }


def documented(theme: Path) -> dict[str, dict[str, str]]:
    """The same as the README tells it."""
    found: dict[str, dict[str, str]] = {}
    here: dict[str, str] = {}
    for line in (theme / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            here = found.setdefault(line.lstrip("# "), {})
        elif row := re.fullmatch(r"\| `(\w+)` \| `(.+?)` \| (.+) \|", line):
            here[row[1]] = row[2].replace("\\|", "|")
    return {name: fields for name, fields in found.items() if fields}


def words(theme: Path, lang: str) -> dict[str, str]:
    loaded = yaml.safe_load((theme / "strings" / f"{lang}.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def parsed(theme: Path) -> dict[str, nodes.Template]:
    environment = Environment(autoescape=True)
    return {
        path.relative_to(theme).as_posix(): environment.parse(path.read_text(encoding="utf-8"))
        for path in sorted(theme.rglob("*.html"))
    }


def test_every_field_of_a_view_is_documented_and_no_other(theme: Path) -> None:
    """The tables of the README and views.py name the same fields with the same types."""
    assert documented(theme) == declared()


def test_documented_templates_are_those_there_are(theme: Path) -> None:
    """The README tells of each page and block template what it is given, and of no other."""
    told = re.findall(
        r"^\| `((?:pages|blocks)/[\w-]+\.html)` \|", (theme / "README.md").read_text("utf-8"), re.M
    )
    there = [
        path.relative_to(theme).as_posix()
        for folder in ("pages", "blocks")
        for path in (theme / folder).glob("*.html")
    ]
    assert sorted(told) == sorted(there)


def test_there_is_a_template_for_every_kind_of_page(theme: Path) -> None:
    """No page is left without a template."""
    assert sorted(path.stem for path in (theme / "pages").glob("*.html")) == sorted(KINDS)


def test_there_is_a_template_for_every_block(theme: Path) -> None:
    """What an author may write as a ::: block can be shown."""
    names = get_args(get_type_hints(Block)["name"])
    assert sorted(path.stem for path in (theme / "blocks").glob("*.html")) == sorted(names)


PLURAL = re.compile(r"(count_\w+)_(zero|one|two|few|many|other)")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_have_the_same_words(theme: Path, lang: str) -> None:
    """No language lacks a word another has, plural forms aside, and no word is empty."""

    def keys(of: str) -> set[str]:
        return {PLURAL.sub(r"\1", key) for key in words(theme, of)}

    assert keys(lang) == keys("ar")
    assert [
        key for key, word in words(theme, lang).items() if not isinstance(word, str) or not word.strip()
    ] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counted_nouns_have_the_forms_the_language_needs(theme: Path, lang: str) -> None:
    """Every counted noun has a form for each plural category of its language."""
    forms: dict[str, set[str]] = {}
    for key in words(theme, lang):
        if plural := PLURAL.fullmatch(key):
            forms.setdefault(plural[1], set()).add(plural[2])
    needed = set(Locale.parse(lang).plural_form.tags) | {"other"}
    assert {noun: needed - there for noun, there in forms.items() if needed - there} == {}


def asked(theme: Path) -> set[str]:
    """The words the templates ask for: `t.key` and `t["prefix_" ~ value]`."""
    found: set[str] = set()
    for tree in parsed(theme).values():
        for it in tree.find_all(nodes.Getattr):
            if isinstance(it.node, nodes.Name) and it.node.name == "t":
                found.add(it.attr)
        for chosen in tree.find_all(nodes.Getitem):
            if isinstance(chosen.node, nodes.Name) and chosen.node.name == "t":
                assert isinstance(chosen.arg, nodes.Concat)
                prefix = chosen.arg.nodes[0]
                assert isinstance(prefix, nodes.Const)
                found.update(f"{prefix.value}{value}" for value in CHOSEN[prefix.value])
    return found


def test_every_word_a_template_asks_for_exists(theme: Path) -> None:
    """No page fails for want of a word."""
    assert asked(theme) - set(words(theme, "ar")) == set()


def test_every_word_is_used(theme: Path) -> None:
    """A word that no template and no part of the program asks for is not kept."""
    program = "\n".join(it.read_text("utf-8") for it in Path(views.__file__).parents[1].rglob("*.py"))
    computed = tuple(re.findall(r'f"(\w+_)\{', program))
    left = {PLURAL.sub(r"\1", key) for key in set(words(theme, "ar")) - asked(theme)}
    assert {key for key in left if f'"{key}"' not in program and not key.startswith(computed)} == set()


def test_no_word_hides_behind_a_method_of_a_mapping(theme: Path) -> None:
    """`t.items` would be a method where `t` is a mapping, so no key has such a name."""
    assert [key for key in words(theme, "ar") if hasattr(dict, key)] == []


def test_templates_name_what_they_include_literally(theme: Path) -> None:
    """Every extends, include and import can be followed without running a template, and leads somewhere."""
    for name, tree in parsed(theme).items():
        for target in meta.find_referenced_templates(tree):
            assert target is not None, name
            assert (theme / target).is_file(), f"{name} -> {target}"


def test_templates_ask_for_nothing_they_are_not_given(theme: Path) -> None:
    """The free names of each template are those the README promises it."""
    given = {"site", "page", "t"}
    own = dict(
        re.findall(
            r"^\| `(pages/[\w-]+\.html)` \| `(\w+)` \|", (theme / "README.md").read_text("utf-8"), re.M
        )
    )
    for name, tree in parsed(theme).items():
        imported = {it for line in tree.find_all(nodes.FromImport) for it in line.names}
        free = meta.find_undeclared_variables(tree) - {str(it) for it in imported}
        if name.startswith("pages/"):
            assert free <= given | {own.get(name, "t")}, name
        elif name.startswith("blocks/"):
            assert free <= {"t", "block"}, name
        else:  # includes read the object of the page, macros read nothing
            assert free <= given | {"article", "index", "caller"}, name


def test_every_template_compiles(theme: Path) -> None:
    """A mistake in the syntax of any template is found without a page that needs it."""
    environment = Environment(loader=FileSystemLoader(theme), autoescape=True, undefined=StrictUndefined)
    for name in parsed(theme):
        environment.get_template(name)
