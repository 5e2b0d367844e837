"""The facts of a site as data: one flat record a fact, for `facts.json`, `facts.csv` and the data dictionary."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from sitegen.core.facts import Fact
from sitegen.core.intervals import date_bounds, interval, precision
from sitegen.core.values import (
    Agreement,
    Boolean,
    Event,
    FuzzyDate,
    Money,
    Number,
    Parties,
    Percent,
    Person,
    Place,
    Quantity,
    Quotation,
    Text,
    Unknown,
    Url,
    Value,
)

# name, JSON type, what it holds; the order is the order of the columns
FIELDS: tuple[tuple[str, str, str], ...] = (
    ("id", "string", "Identifier of the fact; its page is facts/<id>/."),
    ("url", "string", "Address of the fact's page."),
    ("label", "string", "What the value is, in the language of the site."),
    (
        "type",
        "string",
        "date, percent, quantity, money, party, place, person, quote, agreement, event, url, text …",
    ),
    ("lexeme", "string", "The value as written, digits in ASCII; a range as from/to."),
    ("number", "number", "The number, for percent, quantity and money."),
    ("lower", "number", "Least value that the statement allows; empty when it has no lower end."),
    ("upper", "number", "Greatest value that the statement allows; empty when it has no upper end."),
    ("bound", "string", "exact, about, up_to, at_least, less_than, more_than or range."),
    ("unit", "string", "Unit of the number: %, kg, a currency code or a counted noun."),
    ("basis", "string", "What is weighed or counted."),
    ("date", "string", "EDTF, for dates."),
    ("date_start", "string", "Earliest day, ISO 8601; empty when open."),
    ("date_end", "string", "Latest day, ISO 8601; empty when open."),
    ("date_precision", "string", "year, month, day, minute or interval."),
    ("subject", "string", "Entity that the fact is about."),
    ("property", "string", "What is measured of the subject."),
    ("measure", "string", "Which measure of it."),
    ("as_of", "string", "EDTF date that the value holds for."),
    ("certainty", "string", "confirmed, reported, disputed or unknown."),
    ("status", "string", "current, superseded, corrected or retracted."),
    ("superseded_by", "string", "The fact that replaced it."),
    ("attribution", "string", "Entity that says it."),
    ("positions", "array", "What each side holds: by, says."),
    ("sources", "array", "Identifiers of sources.json, or addresses."),
    ("used_in", "array", "Addresses of the articles that use it."),
)


class Said(Struct, frozen=True):
    """What one side holds."""

    by: str
    says: str


class Record(Struct, frozen=True, kw_only=True):
    """A public fact, flat; the keys are those of `FIELDS`, absent values are None."""

    id: str
    url: str
    label: str
    type: str
    lexeme: str
    number: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    bound: str | None = None
    unit: str | None = None
    basis: str | None = None
    date: str | None = None
    date_start: str | None = None
    date_end: str | None = None
    date_precision: str | None = None
    subject: str | None
    property: str | None
    measure: str | None
    as_of: str | None
    certainty: str
    status: str
    superseded_by: str | None
    attribution: str | None
    positions: tuple[Said, ...]
    sources: tuple[str, ...]
    used_in: tuple[str, ...]


def record(fact: Fact, url: str, used_in: tuple[str, ...]) -> Record:
    """A public fact as a record."""
    return Record(
        id=fact.id,
        url=url,
        label=fact.label,
        subject=fact.subject or None,
        property=fact.property or None,
        measure=fact.measure or None,
        as_of=fact.as_of.lexeme if fact.as_of else None,
        certainty=fact.certainty,
        status=fact.status,
        superseded_by=fact.superseded_by or None,
        attribution=fact.attribution or None,
        positions=tuple(Said(it.by, it.says or lexeme(it.value)) for it in fact.positions),
        sources=tuple(it.ref or it.url for it in fact.sources),
        used_in=used_in,
        **_value(fact.value),
    )


def lexeme(value: Value | None) -> str:
    """A value as written, digits in ASCII; "" for none."""
    return str(_value(value)["lexeme"]) if value is not None else ""


def _value(value: Value) -> dict[str, Any]:
    match value:
        case Percent(number=number):
            return {"type": "percent", "unit": "%", **_number(number)}
        case Quantity(number=number, unit=unit, basis=basis):
            return {"type": "quantity", "unit": unit, "basis": basis or None, **_number(number)}
        case Money(number=number, currency=currency):
            return {"type": "money", "unit": currency, **_number(number)}
        case FuzzyDate() as day:
            return {"type": "date", "lexeme": day.lexeme, **_date(day)}
        case Event(text=text, date=day):
            return {"type": "event", "lexeme": text, **(_date(day) if day else {})}
        case Parties(refs=refs):
            return {"type": "party", "lexeme": " ".join(refs)}
        case Place(text=text, ref=ref):
            return {"type": "place", "lexeme": text or ref}
        case Person(ref=ref):
            return {"type": "person", "lexeme": ref}
        case Quotation(text=text):
            return {"type": "quote", "lexeme": text}
        case Agreement(ref=ref):
            return {"type": "agreement", "lexeme": ref}
        case Url(href=href):
            return {"type": "url", "lexeme": href}
        case Text(text=text):
            return {"type": "text", "lexeme": text}
        case Boolean(truth=truth):
            return {"type": "boolean", "lexeme": "true" if truth else "false"}
        case Unknown():
            return {"type": "unknown", "lexeme": "?"}


def _number(number: Number) -> dict[str, Any]:
    allowed = interval(number)
    ends = (number.value,) if number.upper is None else (number.value, number.upper)
    return {
        "lexeme": "/".join(f"{it:f}" for it in ends),
        "number": number.value,
        "lower": allowed.low,
        "upper": allowed.high,
        "bound": number.bound,
    }


def _date(day: FuzzyDate) -> dict[str, Any]:
    start, end = date_bounds(day)
    return {
        "date": day.lexeme,
        "date_start": start.isoformat() if start else None,
        "date_end": end.isoformat() if end else None,
        "date_precision": precision(day),
    }


_JSON = msgspec.json.Encoder(decimal_format="number")


def to_json(document: dict[str, Any]) -> bytes:
    """JSON in UTF-8 with stable order and decimals digit by digit as written."""
    return msgspec.json.format(_JSON.encode(document), indent=1) + b"\n"


# A cell that starts so is a formula to spreadsheet programs; a leading apostrophe makes it text. A number with its
# sign is only a number, and stays one.
_FORMULA = re.compile(r"[=@＝＋－＠\t\r\n]|[+-](?!\d+(\.\d+)?\Z)")


def to_csv(records: Iterable[Record]) -> bytes:
    """CSV in UTF-8 with a byte order mark, guarded against formula injection; lists are joined with "; "."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _, _ in FIELDS])
    for it in records:
        writer.writerow([_cell(getattr(it, name)) for name, _, _ in FIELDS])
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        parts = [f"{it.by}: {it.says}" if isinstance(it, Said) else str(it) for it in value]
        text = "; ".join(parts)
    else:
        text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text


def data_package(title: str, base_url: str) -> dict[str, Any]:
    """The data dictionary of the exports (Frictionless data package)."""
    columns = [
        {"name": name, "type": "string" if kind == "array" else kind, "description": about}
        for name, kind, about in FIELDS
    ]
    return {
        "profile": "data-package",
        "name": "facts",
        "title": title,
        "homepage": f"{base_url}/facts/",
        "resources": [
            {
                "name": "facts",
                "path": "facts.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {"fields": columns, "primaryKey": "id"},
            }
        ],
    }
