"""Whether references mean something, and whether what they mean may stand where they stand."""

from __future__ import annotations

from sitegen.core.checks import drift, number_of
from sitegen.core.facts import Fact
from sitegen.core.values import Quotation
from sitegen.engine.db import Db
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.graph.assets import media
from sitegen.graph.composing import FIELDS
from sitegen.graph.data_files import parsed_scales, source, sources
from sitegen.graph.destinations import destination, fragments, nearest_paths
from sitegen.graph.references import Reference
from sitegen.graph.registry import fact, fact_index
from sitegen.graph.things import resolve
from sitegen.graph.timelines import date_of
from sitegen.text import nearest

MAY_BE_EMPTY = ("as_of", "note", "attribution", "subject")


def verdict(db: Db, it: Reference, at: Span) -> Diagnostic | None:
    """What is wrong with a reference that stands at `at`, or None."""
    match it.as_:
        case "fact" | "number" | "dated" | "quote":
            return _fact(db, it, at)
        case "field":
            return _field(db, it, at)
        case "said":
            return _said(db, it, at)
        case "heading":
            return _heading(db, it, at)
        case "path":
            return _path(db, it, at)
        case "source":
            if source(db, it.target) is None:
                return _missing("R203", it.target, tuple(sources(db)), at)
        case "scale":
            scales = tuple(one.id for one in parsed_scales(db).value or ())
            if it.target not in scales:
                return _missing("R207", it.target, scales, at)
        case "picture":
            if it.target not in media(db):
                return _missing("R208", it.target, media(db), at)
        case _:
            return _thing(db, it, at)
    return None


def _missing(code: str, target: str, candidates: tuple[str, ...], at: Span) -> Diagnostic:
    return diagnostic(code, at, target=target, nearest=", ".join(nearest(target, candidates)))


def _fact(db: Db, it: Reference, at: Span) -> Diagnostic | None:
    found = fact(db, it.target)
    if found is None:
        return _missing("R201", it.target, tuple(fact_index(db)), at)
    if found.visibility == "internal":
        return diagnostic("W801", at, fact=found.id)
    if code := _unfit(it.as_, found):
        return diagnostic(code, at, target=it.target, label=found.label)
    if found.status == "retracted" and not it.past:
        return diagnostic("F306", at, fact=found.id)
    if found.status != "current" and not it.past:
        return diagnostic("F305", at, fact=found.id, newer=found.superseded_by or "–")
    return None


def _unfit(as_: str, it: Fact) -> str:
    """The code of why a fact cannot be shown as what is wanted, or ""."""
    match as_:
        case "number":
            return "" if number_of(it) else "R210"
        case "dated":
            return "" if date_of(it) else "R215"
        case "quote":
            return "" if isinstance(it.value, Quotation) else "R216"
        case _:
            return ""


def _said(db: Db, it: Reference, at: Span) -> Diagnostic | None:
    """Numbers that an author gives in place of those of the fact."""
    known = fact(db, it.target)
    wrong = drift(known, it.of) if known else ""
    return diagnostic("D401", at, fact=it.target, said=wrong, label=known.label) if known and wrong else None


def _field(db: Db, it: Reference, at: Span) -> Diagnostic | None:
    if it.target not in FIELDS:
        return diagnostic("R206", at, target=it.target, fields=", ".join(FIELDS))
    owner = fact(db, it.of)
    if owner and it.target in MAY_BE_EMPTY and not getattr(owner, it.target):
        return diagnostic("R214", at, target=it.target, fact=it.of)
    return None


def _thing(db: Db, it: Reference, at: Span) -> Diagnostic | None:
    known = resolve(db, it.target)
    near = ", ".join(known.candidates)
    match known.trouble:
        case "unknown":
            return diagnostic("R204", at, target=it.target, nearest=near)
        case "ambiguous":
            return diagnostic("R202", at, target=it.target, nearest=near)
        case "hidden":
            return diagnostic("R205", at, target=it.target)
        case "unread":  # its own errors say what is wrong
            return None
    if it.as_ not in ("thing", known.kind):
        return diagnostic("R209", at, target=it.target, kind=known.kind, wanted=it.as_)
    return None


def _heading(db: Db, it: Reference, at: Span) -> Diagnostic | None:
    target, _, fragment = it.target.partition("#")
    known = resolve(db, target)
    return _fragment(db, known.kind, known.path, fragment, it.target, at) if known.id else None


def _path(db: Db, it: Reference, at: Span) -> Diagnostic | None:
    target, _, fragment = it.target.partition("#")
    found = destination(db, it.of, target)
    match found.trouble:
        case "unknown":
            near = ", ".join(nearest_paths(db, it.of, target)) or "–"
            return diagnostic("R204", at, target=target, nearest=near)
        case "hidden":
            return diagnostic("R205", at, target=target)
        case "unread":  # its own errors say what is wrong
            return None
    return _fragment(db, found.kind, found.key, fragment, it.target, at)


def _fragment(db: Db, kind: str, key: str, fragment: str, target: str, at: Span) -> Diagnostic | None:
    known = fragments(db, kind, key)
    if not fragment or known is None or fragment in known:
        return None
    near = ", ".join(f"#{one}" for one in nearest(fragment, known)) or "–"
    return diagnostic("R211", at, target=target, nearest=near)
