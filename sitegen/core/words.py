"""The words that fields are written in: a form says what a text must look like, for the reader and the JSON Schema."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


class Form(Struct, frozen=True):
    """How one kind of text is written; `pattern` must match all of it."""

    name: str
    about: str
    pattern: str = ""
    longest: int = 0  # characters; 0 for no limit
    sample: str = ""  # shown when the pattern does not match


SLUG = Form("slug", "a-z, 0-9 and single hyphens", f"^{_SLUG}$", 80, "fordow-sample")
FACT = Form("fact", "the id of a fact", f"^{_SLUG}$", 80, "fordow-particles-2023")
SOURCE = Form("source", "the id of a source", f"^{_SLUG}$", 80, "iaea-2023-02-28")
WEB_URL = Form(
    "web-url", "an address on the web", r"^https?://[^\s/?#]+\S*$", 2000, "https://example.org/page"
)

Ref = Annotated[
    str, Form("ref", "the id, or a unique alias, of an entity, term, topic or article", longest=200)
]
Inline = Annotated[str, Form("inline", "one paragraph of inline Markdown, references included")]
WebUrl = Annotated[str, WEB_URL]
LinkTarget = Annotated[
    str,
    Form(
        "link",
        "an address on the web or a path of this site",
        r"^(https?://[^\s/?#]|mailto:|/|#)\S*$",
        2000,
        "/facts/",
    ),
]
OldPath = Annotated[
    str,
    Form("old-path", "an old path of this page", r"^/[^\s\\?#%]*$", 500, "/old/page/"),
]
MediaPath = Annotated[
    str,
    Form("media-path", "a file under content/media", r"^[^/\\?#%:][^\\?#%:]*$", 240, "muscat-harbour.jpg"),
]
Lang = Annotated[str, Form("lang", "a language tag", r"^[a-z]{2,3}([-_][A-Za-z0-9]{2,8})*$", 35, "ar-EG")]
Country = Annotated[str, Form("country", "a country code of ISO 3166", r"^[A-Z]{2}$", sample="OM")]
Wikidata = Annotated[str, Form("wikidata", "an item of Wikidata", r"^Q[1-9][0-9]*$", 12, "Q842")]
Zone = Annotated[
    str,
    Form(
        "zone",
        "a time zone",
        r"^(UTC|Z|[+-][0-9]{2}:[0-9]{2}|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_+-]+)+)$",
        40,
        "Asia/Muscat",
    ),
]
Duration = Annotated[
    str,
    Form("duration", "a duration of ISO 8601", r"^P(?=[0-9T])([0-9]+[YMWD])*(T([0-9]+[HMS])+)?$", 20, "P90D"),
]
Currency = Annotated[str, Form("currency", "a currency code of ISO 4217", r"^[A-Z]{3}$", sample="USD")]
Figure = Annotated[str, Form("figure", "a number as written", sample="83.7")]
Email = Annotated[
    str, Form("email", "an e-mail address", r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+$", 254, "desk@example.org")
]
Place = Annotated[str, Form("place", "a folder, by its path", r"^[^\s:][^\0\n]*$", 500, "/var/www/site")]
Remote = Annotated[
    str,
    Form(
        "remote",
        "the name of a git remote, or its address",
        r"^[^\s-]\S*$",
        500,
        "git@example.org:me/site.git",
    ),
]
Branch = Annotated[
    str,
    Form(
        "branch",
        "the name of a branch",
        r"^(?!.*(//|\.\.|@\{))[A-Za-z0-9_][A-Za-z0-9._/-]*(?<![./])$",
        200,
        "gh-pages",
    ),
]
Bucket = Annotated[
    str, Form("bucket", "the name of a bucket", r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", 63, "example-org")
]
Prefix = Annotated[
    str,
    Form(
        "prefix",
        "a path without slashes at its ends",
        r"^[A-Za-z0-9_][A-Za-z0-9._/-]*(?<!/)$",
        500,
        "sites/main",
    ),
]
Host = Annotated[
    str,
    Form(
        "host",
        "a server, or user@server",
        r"^([A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*$",
        255,
        "deploy@example.org",
    ),
]
Port = Annotated[str, Form("port", "the number of a port", r"^[1-9][0-9]{0,4}$", 5, "22")]
PageSize = Annotated[
    str,
    Form("page-size", "a number from 1 to 9999", r"^[1-9١-٩۱-۹][0-9٠-٩۰-۹]{0,3}$", 4, "24"),
]
Word = Annotated[str, Form("word", "a name without spaces", r"^[A-Za-z0-9_][A-Za-z0-9._-]*$", 200, "my-site")]
Code = Annotated[str, Form("code", "the code of a finding", r"^(SG-)?[A-Z][0-9]{3}$", 8, "D402")]

Names = Annotated[dict[str, str], Form("names", "one text, or a text for each language")]
NameLists = Annotated[dict[str, tuple[str, ...]], Form("name-lists", "a list, or a list for each language")]
