"""Hostile and unlucky files: a finding each, or a value that is well defined; never a traceback."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from content_files import MARKDOWN, PARSERS
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.core.documents import Parsed
from sitegen.core.reading import BAD
from sitegen.messages import hint, sentence

_HEAD = "title: ع\nsummary: س\npublished: 2025\n"
_MERGES = "a: &a {x: 1}\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} {{<<: [*{chr(97 + n)}, *{chr(97 + n)}]}}\n" for n in range(20)
)
_LAUGHS = "a: &a [x, x]\n" + "".join(f"k{n}: &k{n} [*a, *a]\n" for n in range(9))

# Front matter, or the whole of a data file.
_YAML: dict[str, str] = {
    "brackets": "[" * 25_000,
    "closed brackets": "[" * 5_000 + "]" * 5_000,
    "braces": "{" * 25_000,
    "braces with keys": "{a: " * 10_000,
    "dashes": "- " * 20_000,
    "question marks": "? " * 20_000,
    "colons": ": " * 20_000,
    "deep indent": "".join(" " * n + "a:\n" for n in range(250)),
    "merge keys": _MERGES,
    "billion laughs": _LAUGHS,
    "self reference": "a: &a [*a]",
    "undefined alias": "a: *nothing",
    "python object": "a: !!python/object/apply:os.system ['echo x']",
    "binary": "a: !!binary aGVsbG8=",
    "set": "a: !!set {x, y}",
    "tag directive": "%TAG ! tag:example.org,2000:app/\n---\na: !foo bar",
    "yaml directive": "%YAML 9.9\n---\na: b",
    "unknown directive": "%FOO bar\n---\na: b",
    "two documents": _HEAD + "...\n---\n" + _HEAD,
    "document end": _HEAD + "...\nmore: 1",
    "duplicate keys": _HEAD * 2,
    "no": _HEAD + "short_title: no",
    "sexagesimal": _HEAD + "short_title: 12:30",
    "octal": _HEAD + "short_title: 010",
    "trailing zero": _HEAD + "short_title: 1.10",
    "impossible day": _HEAD + "updated: 2026-02-30",
    "hash in title": _HEAD + "short_title: كلام #هاشتاق",
    "arabic comma": _HEAD + "topics: [أ، ب]",
    "mark before key": "\u200ftitle: ع\nsummary: س\npublished: 2025",
    "override in title": _HEAD + "short_title: \u202eمقلوب",
    "isolates": _HEAD + "short_title: " + "\u2067" * 5_000,
    "line separator": _HEAD + "short_title: a\u2028b",
    "paragraph separator": _HEAD + "short_title: a\u2029b",
    "next line": _HEAD + "short_title: a\x85b",
    "nul": _HEAD + "short_title: a\x00b",
    "escaped nul": _HEAD + 'short_title: "a\\0b"',
    "escape sequence": _HEAD + "short_title: \x1b[31mred",
    "escaped escape": _HEAD + 'short_title: "\\e[31mred"',
    "escaped surrogate": _HEAD + 'short_title: "\\ud83d"',
    "escape beyond unicode": _HEAD + 'short_title: "\\U00110000"',
    "non-character": _HEAD + "short_title: \uffff",
    "inner byte order mark": _HEAD + "short_title: a\ufeffb",
    "combining marks": _HEAD + "short_title: ا" + "\u064b" * 20_000,
    "emoji": _HEAD + "short_title: 👩‍👩‍👧‍👦 🇴🇲",
    "long word": _HEAD + "short_title: " + "ا" * 30_000,
    "long key": "ك" * 20_000 + ": 1",
    "many keys": "".join(f"k{n}: 1\n" for n in range(6_000)),
    "many unknown near keys": "".join(f"titl{n}: 1\n" for n in range(3_000)),
    "many items": _HEAD + "topics: [" + "a, " * 15_000 + "a]",
    "many facts": _HEAD + "facts:\n" + "".join(f"  ف{n}: {n}%\n" for n in range(3_000)),
    "empty": "",
    "spaces": "   \n  \n",
    "comment": "# nothing",
    "null": "null",
    "tilde": "~",
    "word": "word",
    "number": "42",
    "list": "- a\n- b",
    "list of lists": "- [a, [b, [c]]]",
    "null key": "~: 1",
    "empty key": '"": 1',
    "empty value": "title:\nsummary:\npublished:",
    "complex key": "? {a: b}\n: c",
    "sequence key": "[a, b]: c",
    "bare question mark": _HEAD + "facts:\n  أ: ?",
    "bare percent": _HEAD + "facts:\n  أ: %60",
    "bare greater": _HEAD + "facts:\n  أ: > 5%",
    "bare at": _HEAD + "facts:\n  أ: @who",
    "bare backtick": _HEAD + "facts:\n  أ: `x`",
    "bare star": _HEAD + "facts:\n  أ: *bold*",
    "bare ampersand": _HEAD + "facts:\n  أ: &x",
    "bare exclamation": _HEAD + "facts:\n  أ: !important",
    "unclosed quote": _HEAD + 'short_title: "open',
    "unclosed single": _HEAD + "short_title: 'open",
    "unclosed list": _HEAD + "topics: [a, b",
    "unclosed mapping": _HEAD + "image: {src: a",
    "wrong indent": "title: ع\n   summary: س\n published: 2025",
    "tab indent": _HEAD + "qa:\n\t- q: س",
    "tabs everywhere": "title:\tع\t\nsummary:\tس\npublished:\t2025",
    "huge exponent": _HEAD + "facts:\n  أ: 1e999999999%",
    "huge number": _HEAD + "facts:\n  أ: " + "9" * 5_000 + "%",
    "tiny number": _HEAD + "facts:\n  أ: 0." + "0" * 5_000 + "1%",
    "not a number": _HEAD + "facts:\n  أ: NaN%\n  ب: .inf\n  ج: -0%",
    "other digits": _HEAD + "facts:\n  أ: ५०%\n  ب: ５０％\n  ج: ²%",
    "dots and commas": _HEAD + "facts:\n  أ: " + "1,." * 3_000 + "1%",
    "many wikilinks": _HEAD + "facts:\n  أ: '" + "[[a]] " * 8_000 + "'",
    "open wikilinks": _HEAD + "facts:\n  أ: '" + "[[" * 20_000 + "'",
    "order not a number": _HEAD
    + "facts:\n  - {use: a, order: 1e30}\n  - {use: b, order: 1.5}\n  - {use: c, order: 2–3}",
    "decimals": _HEAD + "facts:\n  - {label: أ, type: percent, value: 5, decimals: 999999999}",
    "negative decimals": _HEAD + "facts:\n  - {label: أ, type: percent, value: 5, decimals: -3}",
    "fact in fact": _HEAD + "facts:\n  - {label: أ, value: {value: {value: 1}}}",
    "facts of every shape": _HEAD + "facts: [1, [2], {}, {a: []}, {use: []}, {use: {}}, {label: []}, ~, '']",
    "sources of every shape": _HEAD + "sources: [1, [2], {}, {ref: []}, ~, '', 'https://', '://', {url: x}]",
    "parties of every shape": _HEAD
    + "parties: [1, [[2]], [], [[]], {}, {ref: [[[x]]]}, ~, '', '[[]]', '[[|]]']",
    "traversal in alias": _HEAD
    + "aliases: [/../../etc/passwd, /a/../../b, '/a\\..\\b', /%2e%2e/, //host/x, /a\u2044b]",
    "traversal in slug": _HEAD + "slug: ../../etc/passwd",
    "dots": _HEAD + "slug: ..",
    "traversal in image": _HEAD + "image: {src: ../../../etc/passwd, alt: س}",
    "scripts in addresses": _HEAD
    + "sources: ['javascript:alert(1)', 'data:text/html,x', '//host', 'https://a b']",
    "format codes": _HEAD + "{0}: {evil}\n'{0.__class__}': '{x}'",
    "braces in values": _HEAD + "updated: '{0.__class__}'\nstatus: '{key}'\nslug: '{'",
    "regex bombs": _HEAD + "slug: " + "a-" * 15_000 + "\naliases: [/" + "a/" * 10_000 + "]",
    "duration bomb": "- {id: a, label: أ, value: 5%, sources: [s], review_every: P" + "1" * 20_000 + "}",
    "mail bomb": "title: ع\nbase_url: https://e.org\ncorrections_email: " + "a@" * 10_000,
    "date bomb": _HEAD + "updated: " + "2023-05-08/" * 3_000,
    "zone bomb": _HEAD + "facts:\n  - {label: أ, value: 5%, tz: A" + "/Aa" * 9_000 + "}",
}
_BYTES: dict[str, bytes] = {
    "empty file": b"",
    "one byte": b"\x00",
    "utf-16": "---\ntitle: ع\n---\n".encode("utf-16"),
    "utf-32": "---\ntitle: ع\n---\n".encode("utf-32"),
    "windows-1256": "---\ntitle: عنوان\n---\n".encode("cp1256"),
    "cut in a character": "---\ntitle: ع".encode()[:-1],
    "overlong": b"---\ntitle: \xc0\xaf\n---\n",
    "surrogate in utf-8": b"---\ntitle: \xed\xa0\x80\n---\n",
    "two byte order marks": b"\xef\xbb\xbf\xef\xbb\xbf---\ntitle: x\n---\n",
    "only fences": b"---\n---\n",
    "only a fence": b"---",
    "four dashes": b"----\ntitle: x\n----\n",
    "indented fence": b" ---\ntitle: x\n---\n",
    "toml": b"+++\ntitle = 1\n+++\n",
    "json": b'{"title": "x"}',
    "html": b"<!doctype html><title>x</title>",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "mixed line ends": b"---\r\ntitle: x\rsummary: y\n\rpublished: 2025\n---\r\n",
    "long line": b"---\ntitle: " + b"x" * 10_000_000 + b"\n---\n",
    "long body line": b"---\ntitle: x\n---\n" + b"x" * 10_000_000,
    "many lines": b"---\n" + b"\n" * 500_000,
    "many fences": b"---\n" * 100_000,
    "large data": b"a: b\n" * 1_000_000,
}


def _check(parsed: Parsed[Any]) -> None:
    """The answer is whole: words for every finding, places inside the file, nothing half made, fit for the store."""
    assert parsed.value is not BAD
    for finding in parsed.diagnostics:
        assert finding.at.line >= 1
        assert finding.at.column >= 1
        assert sentence(finding, "en")
        assert sentence(finding, "ar")
        hint(finding, "en")
        hint(finding, "ar")
    assert list(parsed.diagnostics) == sorted(parsed.diagnostics)
    encoded = msgspec.msgpack.encode(parsed)
    assert msgspec.msgpack.decode(encoded)["value"] is None or parsed.value is not None
    assert parsed.value is not None or parsed.diagnostics


@pytest.mark.parametrize("kind", PARSERS)
@pytest.mark.parametrize("name", _YAML)
def test_hostile_yaml_is_answered(kind: str, name: str) -> None:
    """As front matter and as data, for every kind of file."""
    text = _YAML[name]
    data = f"---\n{text}\n---\nمتن\n" if kind in MARKDOWN else text
    _check(PARSERS[kind](data.encode("utf-8", "surrogatepass")))


@pytest.mark.parametrize("kind", PARSERS)
@pytest.mark.parametrize("name", _BYTES)
def test_hostile_bytes_are_answered(kind: str, name: str) -> None:
    """Encodings, sizes, other formats."""
    _check(PARSERS[kind](_BYTES[name]))


_HARMLESS = frozenset(
    {
        *(
            "no",
            "sexagesimal",
            "octal",
            "trailing zero",
            "emoji",
            "long word",
            "combining marks",
            "tabs everywhere",
        ),
        *("two documents", "many items"),
    }
)


@pytest.mark.parametrize("name", [it for it in _YAML if it not in _HARMLESS])
def test_hostile_front_matter_is_not_silent(name: str) -> None:
    """Each of them is reported in an article, unless it is only unusual."""
    assert PARSERS["article"](f"---\n{_YAML[name]}\n---\n".encode()).diagnostics


@pytest.mark.parametrize("name", sorted(_HARMLESS))
def test_unusual_front_matter_is_read(name: str) -> None:
    """What is merely unusual makes an article."""
    parsed = PARSERS["article"](f"---\n{_YAML[name]}\n---\n".encode())
    assert parsed.diagnostics == ()
    assert parsed.value is not None


_WORDS = st.sampled_from(
    [
        *(
            "title",
            "summary",
            "published",
            "facts",
            "sources",
            "id",
            "use",
            "label",
            "value",
            "type",
            "unit",
            "ref",
        ),
        *(
            "parties",
            "positions",
            "certainty",
            "disputed",
            "percent",
            "money",
            "currency",
            "kind",
            "name",
            "scales",
        ),
        *(
            "2015",
            "60%",
            "≤ 3",
            "٨٣٫٧٪",
            "2023-05~",
            "USD 6e9",
            "[[iran]]",
            "?",
            "نعم",
            "null",
            "~",
            "true",
            "https://e.org",
        ),
        *("عُمان", "\u200f", "\u202e", "😀", "\x85", "\x00", "{0}", "a-b", "A B", "'", '"'),
        *(
            ": ",
            ":\n  ",
            ":\n",
            "\n",
            "\n  ",
            "\n    ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "#",
            " # ",
            ">-\n",
            "|\n",
            "\t",
        ),
        *("&a ", "*a", "!t ", "<<", "---\n", "...\n", "%TAG", "\\", "\\x00"),
    ]
)
_YAMLISH = st.lists(_WORDS, max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(PARSERS)), _YAMLISH)
def test_any_yaml_of_our_own_words_is_answered(kind: str, text: str) -> None:
    """Whatever order they come in."""
    data = f"---\n{text}\n---\n" if kind in MARKDOWN else text
    _check(PARSERS[kind](data.encode()))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(PARSERS)),
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
)
def test_any_bytes_are_answered(kind: str, data: bytes) -> None:
    """With a fence before them, and without."""
    _check(PARSERS[kind](data))
    _check(PARSERS[kind](b"---\n" + data + b"\n---\n"))


_KEYS = {
    "article": "title short_title kind lang summary answer status draft published updated authors translations aliases topics image parties people facts known disputed qa sources corrections changes checks common_knowledge",
    "entity": "kind name short aliases avoid ambiguous wikidata country member_of positions date sources",
    "facts": "id label type value bound max decimals unit basis currency ref role during lat lon speaker original translation date place parties outcome signed in_force certainty positions sources valid tz duration",
    "scales": "id label unit range display thresholds",
    "site": "title base_url lang digits menu authors checks content_as_of",
}
_LEAVES = st.sampled_from(
    [
        "أ",
        "60%",
        "2015",
        "2023-05",
        "5 kg",
        "6",
        "USD",
        "kg",
        "percent",
        "quantity",
        "money",
        "date",
        "person",
        "event",
        "about",
        "range",
        "true",
        "disputed",
        "iran",
        "'[[iran]]'",
        "https://e.org",
        "/old/",
        "''",
        "~",
        "P1D",
        "23.5",
    ]
)


def _values(depth: int) -> st.SearchStrategy[str]:
    if depth == 0:
        return _LEAVES
    inner = _values(depth - 1)
    items = st.lists(inner, max_size=3).map(lambda it: f"[{', '.join(it)}]")
    keys = st.sampled_from(sorted({key for keys in _KEYS.values() for key in keys.split()}))
    pairs = st.dictionaries(keys, inner, max_size=4).map(
        lambda it: "{" + ", ".join(f"{k}: {v}" for k, v in it.items()) + "}"
    )
    return st.one_of(_LEAVES, items, pairs)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_tree_of_known_keys_is_answered(data: st.DataObject) -> None:
    """Every key with every shape under it: well-formed YAML that only the binding can refuse."""
    kind = data.draw(st.sampled_from(sorted(_KEYS)))
    keys = st.sampled_from(_KEYS[kind].split())
    fields = data.draw(st.dictionaries(keys, _values(2), max_size=8))
    lines = "\n".join(f"{key}: {value}" for key, value in fields.items())
    if kind in MARKDOWN:
        _check(PARSERS[kind](f"---\n{lines}\n---\n".encode()))
    else:
        inner = "\n".join(f"  {line}" for line in lines.splitlines()) or "  {}"
        _check(PARSERS[kind]((lines if kind == "site" else f"x:\n{inner}").encode()))
