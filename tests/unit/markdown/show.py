"""Parts as one readable text, for expectations: holes in ⟦ ⟧, findings below as `! line:column-end code`."""

from __future__ import annotations

from sitegen.core.body import Block, Citation, FactRef, Html, Image, Item, Link, Part, Parts
from sitegen.core.markdown import parse_body
from sitegen.locale import get_locale

ARABIC = get_locale("ar")


def shown(parts: Parts) -> str:
    """`parts` with their holes spelled out."""
    return "".join(map(_part, parts))


def _part(part: Part) -> str:
    match part:
        case Html():
            return part.html
        case Link():
            name = part.target + (f"#{part.fragment}" if part.fragment else "")
            return f"⟦link {part.scheme}:{name}{_words(part.html)}⟧"
        case FactRef():
            return f"⟦fact {part.fact}{'.' if part.field else ''}{part.field}{_words(part.html)}⟧"
        case Citation():
            return f"⟦cite {part.source}⟧"
        case Image():
            title = f" “{part.title}”" if part.title else ""
            words = f"{part.src} | {part.alt}{title}"
            return f"⟦figure {words}⟧\n" if part.block else f"⟦image {words}⟧"
        case Block():
            args = "".join(f" {key}={value}" for key, value in part.args)
            lines = [_item(item) for item in part.items]
            lines += [f"  ? {shown(asked.parts)}\n  = {shown(answer)}" for asked, answer in part.pairs]
            lines += [shown(part.parts).rstrip()] if part.parts else []
            return "\n".join([f"⟦{part.name}{args}", *lines, "⟧\n"])


def _item(item: Item) -> str:
    date = f"{item.date}: " if item.date else ""
    classes = "".join(f" .{name}" for name in item.classes)
    return f"  - {date}{shown(item.parts)}{classes} ({item.text})"


def _words(html: str) -> str:
    return f" | {html}" if html else ""


def parsed(text: str) -> str:
    """What the Arabic body `text` becomes, findings included."""
    result = parse_body(text, "x.md", 1, ARABIC)
    findings = [f"! {it.at.line}:{it.at.column}-{it.at.end_column} {it.code}" for it in result.diagnostics]
    return "\n".join([shown(result.body.parts).rstrip("\n"), *findings]).strip("\n")
