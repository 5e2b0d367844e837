"""Where a link may lead: a closed list of schemes, relative paths, `#fragments`, and this site's own references."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink

from sitegen.text import audit

SiteScheme = Literal["entity", "term", "article", "topic", "source", "fact"]

LONGEST = 2048  # characters; a definition may be used thousands of times

_SITE: dict[str, SiteScheme] = {
    "entity": "entity",
    "term": "term",
    "article": "article",
    "topic": "topic",
    "source": "source",
    "fact": "fact",
}
_SCHEME = re.compile(r"(?P<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):(?P<rest>.*)", re.DOTALL)
_WEB = re.compile(r"//[^/\\?#\s]+")
_SPACE = re.compile(r"[\x00-\x20\x7f\\]")


class Elsewhere(NamedTuple):
    """An address outside the articles of this site, ready for `href` apart from escaping."""

    href: str
    external: bool


class Here(NamedTuple):
    """A reference to something of this site; scheme "" is a `[[name]]` that may be any of them.

    Of a "path", `target` is as written, so perhaps percent-encoded, and "" for `#fragment` alone.
    """

    scheme: SiteScheme | Literal["", "path"]
    target: str
    fragment: str


class Refused(NamedTuple):
    """An address that is not published, with the code of the reason."""

    code: str
    shown: str


def judge(url: str) -> Elsewhere | Here | Refused:
    """What the address `url` of a link, as written, leads to."""
    shown = url if len(url) <= 80 else url[:79] + "…"
    if not url:
        return Refused("B114", shown)
    if len(url) > LONGEST:
        return Refused("B194", shown)
    if any(finding.char not in "\t\n\r" and ord(finding.char) > 0x7F for finding in audit(url)):
        return Refused("B113", shown)
    match = _SCHEME.match(url)
    scheme = match["scheme"].lower() if match else ""
    if match is None:
        return _relative(url, shown)
    if scheme in _SITE:
        target, _, fragment = unquote(match["rest"]).partition("#")
        return Here(_SITE[scheme], target.strip(), fragment)
    if scheme in ("http", "https") and _WEB.match(match["rest"]) and not _unsafe(url):
        return Elsewhere(normalizeLink(url), external=True)
    if scheme in ("mailto", "tel") and match["rest"].strip() and not _unsafe(url):
        return Elsewhere(normalizeLink(url), external=False)
    return Refused("B102", shown)


def _unsafe(url: str) -> bool:
    """Whether browsers would read `url` otherwise than it is written: they drop controls and turn `\\` into `/`."""
    return any(char < " " or char in "\x7f\\" for char in url)


def _relative(url: str, shown: str) -> Here | Refused:
    if _unsafe(url) or url.startswith("//"):
        return Refused("B102", shown)
    path, _, fragment = url.partition("#")
    return Here("path", path, unquote(fragment))


def media_path(url: str) -> str | None:
    """The path below `content/media/` that the address of an image means; None if it leads anywhere else."""
    path = unquote(url)
    if _SPACE.search(path.replace(" ", "")) or ":" in path or path.startswith("/") or audit(path):
        return None
    while path.startswith(("./", "../")):
        path = path.partition("/")[2]
    path = path.removeprefix("media/")
    segments = path.split("/")
    return None if not path or any(part in ("", ".", "..") for part in segments) else path
