"""The reference tables of the documentation, made from what the program itself goes by.

`python tests/unit/docs/docs_tables.py` writes them anew into the pages of `PAGES`, between the comments that name them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

import click
import msgspec
from msgspec import Struct
from msgspec.structs import fields as struct_fields

import sitegen
from sitegen import cli
from sitegen.cli.building import site_options
from sitegen.cli.console import shared
from sitegen.core import article, config, destinations, entities, facts, shorthands, value_keys
from sitegen.core.binding import NEW_TYPES, Field, fields_of
from sitegen.core.descriptions import DESCRIPTIONS
from sitegen.core.facts_reading import fact_fields, use_fields
from sitegen.core.markdown.blocks import BLOCKS, BlockKind
from sitegen.core.value_keys import BELONGS, ValueKeys
from sitegen.core.values import FactType, FuzzyDate
from sitegen.messages import MESSAGES

REPOSITORY = Path(sitegen.__file__).parents[1]
GUIDE = REPOSITORY / "content/README.md"
COMMANDS = REPOSITORY / "content/COMMANDS.md"
DEPLOYING = REPOSITORY / "content/DEPLOYING.md"
PAGES = (GUIDE, COMMANDS, DEPLOYING)
TABLE = re.compile(r"(<!-- table: (?P<name>[\w -]+) -->\n)(?P<table>.*?)(<!-- end -->)", re.DOTALL)

# Keys that are read and checked, and that nothing is made of yet; what stands below them is as idle.
IDLE: frozenset[tuple[str, str]] = frozenset(
    {
        ("article", "checks"),
        ("article", "editors"),
        ("article", "review_by"),
        ("cited", "quote_original"),
        ("entity", "ambiguous"),
        ("entity", "avoid"),
        ("entity", "country"),
        ("fact", "published"),
        ("fact", "review_by"),
        ("fact", "review_every"),
        ("fact", "sensitive"),
        ("fact", "valid"),
        ("original", "via"),
        ("site", "checks"),
        ("site", "editor_note"),
        ("site", "quotes"),
        ("source", "accessed"),
        ("source", "authors"),
        ("threshold", "sources"),
        ("use", "id"),
        ("value", "during"),
        ("value", "in_force"),
        ("value", "outcome"),
        ("value", "place"),
        ("value", "signed"),
    }
)
IDLE_WORDS = "Checked and kept, but no page shows it yet."

# What a table is called -> the keys it lists, and the type that describes them.
TABLES: dict[str, type[Struct]] = {
    "article": article.Article,
    "party": article.Party,
    "picture": article.Picture,
    "question": article.Question,
    "dispute": article.Dispute,
    "correction": article.Correction,
    "change": article.Change,
    "allowed": article.Allowed,
    "entity": entities.Entity,
    "post": entities.Post,
    "avoid": entities.Avoid,
    "ambiguous": entities.Ambiguous,
    "term": entities.Term,
    "not-to-confuse": entities.NotToConfuse,
    "topic": entities.Topic,
    "fact": facts.Fact,
    "value": ValueKeys,
    "original": value_keys.Original,
    "use": facts.FactUse,
    "position": facts.Position,
    "cited": facts.Cited,
    "source": facts.Source,
    "scale": facts.Scale,
    "threshold": facts.Threshold,
    "site": config.Site,
    "menu": config.MenuItem,
    "author": config.Author,
    **destinations.KINDS,
}
OTHER_TABLES = ("types", "blocks", "families")
FROM_FILE_NAME = {"article": ("id", "slug"), "entity": ("id",), "term": ("id",), "topic": ("id",)}
SHORT = {facts.Cited, article.Party, config.Author}  # may be written as one word


def keys_of(name: str) -> dict[str, Field]:
    """The keys that the table `name` lists."""
    match name:
        case "fact":
            return fact_fields()
        case "use":
            return use_fields()
        case _:
            return fields_of(TABLES[name])


def key_table(name: str) -> str:
    """Key, how it is written, what it is for; keys that must be there are bold."""
    described = DESCRIPTIONS[TABLES[name]]
    rows = ["| Key | Written as | Meaning |", "|---|---|---|"]
    for key, field in keys_of(name).items():
        annotation = value_keys.Raw if (name, key) == ("position", "value") else field.annotation
        needed = field.required and key not in FROM_FILE_NAME.get(name, ())
        needed = needed or (name, key) == ("use", "use")
        meaning = described[key] + (f" {IDLE_WORDS}" if (name, key) in IDLE else "")
        if default := default_of(name, key):
            meaning += f" Default: `{default}`."
        shown = f"**`{key}`**" if needed else f"`{key}`"
        rows.append(f"| {shown} | {written_as(annotation)} | {meaning} |")
    return "\n".join(rows)


def default_of(name: str, key: str) -> str:
    """What holds when the key is not written, where that is more than nothing."""
    field = next(it for it in struct_fields(TABLES[name]) if it.encode_name == key)
    if field.default in (msgspec.NODEFAULT, None, "", ()) or isinstance(field.default, Struct):
        return ""
    if isinstance(field.default, tuple):
        return "[" + ", ".join(f'"{it}"' for it in field.default) + "]"
    return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)


def written_as(annotation: Any) -> str:
    """In words, how a value of a type is written."""
    if annotation in NEW_TYPES:
        return {"slug": "id", "fact": "id of a fact", "source": "id of a source"}[NEW_TYPES[annotation].name]
    if annotation in PLAIN:
        return PLAIN[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return form_words(arguments[1].name, arguments[1].about, arguments[1].sample)
    if origin in (Union, UnionType):
        return written_as(next(it for it in arguments if it is not NoneType))
    if origin is Literal:
        return " ".join(f"`{it}`" for it in arguments)
    if origin is tuple and arguments[1] is not Ellipsis:
        return f"list of {len(arguments)}: {written_as(arguments[0])}"
    if origin is tuple:
        return f"list: {written_as(arguments[0])}"
    if origin is dict:
        return f"mapping: {written_as(arguments[1])}"
    name = next(name for name, cls in TABLES.items() if cls is annotation)
    return f"[{name}](#{anchor_of(name)})" + (", or one word" if annotation in SHORT else "")


def form_words(name: str, about: str, sample: str) -> str:
    match name:
        case "ref":
            return "id or alias"
        case "inline" | "names" | "name-lists":
            return {"inline": "text"}.get(name, about)
        case _:
            return f"{about}: `{sample}`" if sample else about


PLAIN: dict[Any, str] = {
    str: "text",
    bool: "`true` `false`",
    int: "whole number",
    FuzzyDate: "[date](#dates)",
    value_keys.Raw: "text, number, date or list",
    article.Checks: "`allow:` with a list: [allowed](#an-article)",
    tuple[facts.FactUse, ...]: "[facts](#facts)",
    destinations.Destination: "[target](DEPLOYING.md#where-to)",
}


def anchor_of(name: str) -> str:
    """The heading under which the table `name` stands."""
    homes = {
        "an-article": ("party", "picture", "question", "dispute", "correction", "change", "allowed"),
        "entities": ("post", "avoid", "ambiguous"),
        "terms": ("not-to-confuse",),
        "the-rich-form": ("original", "position", "fact", "value"),
        "sources": ("cited",),
        "scales": ("threshold",),
        "siteyaml": ("menu", "author"),
    }
    return next(home for home, names in homes.items() if name in names)


def block_table() -> str:
    """Every block with its Arabic names, its arguments with theirs, and what it holds."""
    rows = ["| Block | In Arabic | Arguments | Holds |", "|---|---|---|---|"]
    for kind in BLOCKS:
        aliases = " ".join(f"`{it}`" for it in kind.aliases)
        rows.append(
            f"| [`{kind.name}`](#block-{kind.name}) | {aliases} | {_arguments(kind)} | {HOLDS[kind.form]}{_may_be_empty(kind)} |"
        )
    return "\n".join(rows)


def _arguments(kind: BlockKind) -> str:
    shown = (
        f"**`{it.name}`** (`{it.alias}`)" if it.required else f"`{it.name}` (`{it.alias}`)"
        for it in kind.arguments
    )
    return ", ".join(shown)


def _may_be_empty(kind: BlockKind) -> str:
    given = " or ".join(f"`{it}`" for it in kind.may_be_empty)
    return f", or nothing with {given}" if given else ""


HOLDS = {
    "ids": "an id a line",
    "events": "a dated line or an id a line",
    "items": "a sentence a line",
    "questions": "questions and answers",
    "markdown": "text",
}

FAMILIES = {
    "S": "how front matter and YAML files are written",
    "B": "the Markdown of the text and its blocks",
    "R": "references: something is named that is not there, or not what is wanted",
    "F": "facts: contradictions, and facts that no longer hold; how a value was understood",
    "D": "words that drift from the fact they are linked to",
    "P": "facts without a source",
    "T": "time and order in the text, and templates",
    "W": "what must not be published",
    "C": "files and folders of the site, and the command line",
    "O": "the output folder and the system",
    "U": "deployment",
    "V": "the live preview",
}


def family_table() -> str:
    """What the first letter of a code says, and the grades its findings have."""
    rows = ["| Code | About | Grades |", "|---|---|---|"]
    for letter, about in FAMILIES.items():
        grades = {it.severity for code, it in MESSAGES.items() if code[0] == letter}
        shown = ", ".join(it for it in ("error", "warning", "info") if it in grades)
        rows.append(f"| `{letter}…` | {about} | {shown} |")
    return "\n".join(rows)


TYPES = {
    "date": "a date or an interval",
    "percent": "a share",
    "quantity": "a number with a unit",
    "money": "a number with a currency, in whole units: 6 مليار is 6000000000",
    "party": "one or more entities",
    "place": "a place, by name or entity",
    "person": "a person, with the office",
    "quote": "somebody's words; the value is the translation, or the words themselves",
    "agreement": "an entity of kind agreement",
    "event": "something that happened",
    "url": "an address on the web",
    "text": "words",
    "boolean": "true false نعم لا",
    "unknown": "nobody knows; no value is needed",
}


def type_table() -> str:
    """The types of facts, and the keys beside `value` that each may have."""
    rows = ["| `type` | Value | Its own keys |", "|---|---|---|"]
    for name, about in TYPES.items():
        own = [key for key in fields_of(ValueKeys) if key in BELONGS[cast("FactType", name)]]
        rows.append(f"| `{name}` | {about} | {' '.join(f'`{it}`' for it in own)} |")
    return "\n".join(rows)


def commands() -> dict[str, click.Command]:
    """Every command by its words: "build", "new site"."""
    found: dict[str, click.Command] = {}
    context = click.Context(cli.command)
    for name in cli.command.list_commands(context):
        it = cli.command.get_command(context, name)
        assert it is not None
        if isinstance(it, click.Group):
            found |= {f"{name} {inner}": one for inner, one in it.commands.items()}
        else:
            found[name] = it
    return found


def options_of(decorate: Callable[..., Any]) -> list[click.Option]:
    """The options that a decorator adds to commands."""
    return [it for it in click.command()(decorate(lambda: None)).params if isinstance(it, click.Option)]


SHARED = options_of(shared)
ON_SITES = options_of(site_options)


def option_table(name: str) -> str:
    """The options of a command beside those it has in common with others; "" when there are none."""
    if name == "shared":
        own = SHARED
    elif name == "site":
        own = ON_SITES
    else:
        common = {it.name for it in (*SHARED, *ON_SITES)}
        params = commands()[name].params
        own = [it for it in params if isinstance(it, click.Option) and it.name not in common]
    rows = [f"| {_spelled(it)} | {it.help}{_needed(it)} |" for it in own]
    return "\n".join(["| Option | Meaning |", "|---|---|", *rows]) if rows else ""


def _spelled(it: click.Option) -> str:
    if it.is_flag:
        argument = ""
    elif isinstance(it.type, click.Choice):
        argument = " " + "\\|".join(it.type.choices)
    else:
        argument = (
            f" {it.metavar or 'NUMBER' if isinstance(it.type, click.IntRange) else it.metavar or 'TEXT'}"
        )
    if isinstance(it.type, click.Path) and not it.metavar:
        argument = " DIR"
    return ", ".join(f"`{name}{argument}`" for name in it.opts)


def _needed(it: click.Option) -> str:
    return " Must be given." if it.required else ""


def has_site_options(command: click.Command) -> bool:
    """Whether the options that decide what the site consists of belong to a command."""
    return {it.name for it in ON_SITES} <= {it.name for it in command.params}


def table(name: str) -> str:
    """The table that stands under a name in the guide."""
    match name:
        case "types":
            return type_table()
        case "blocks":
            return block_table()
        case "families":
            return family_table()
        case _ if name.startswith("options "):
            return option_table(name.removeprefix("options "))
        case _:
            return key_table(name)


def with_tables(text: str) -> str:
    """A page with all its tables as they should be."""

    def written(found: re.Match[str]) -> str:
        made = table(found["name"])
        return found[1] + (f"\n{made}\n\n" if made else "") + found[4]

    return TABLE.sub(written, text)


assert shorthands  # its types must be known before any struct is taken apart

if __name__ == "__main__":
    for page in PAGES:
        page.write_text(with_tables(page.read_text("utf-8")), "utf-8")
