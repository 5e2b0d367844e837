"""Answers with a file: its type, its tag, the part that was asked for, and the policy under which a browser takes it."""

from __future__ import annotations

import json
import posixpath
import re
from hashlib import blake2b

from sitegen.graph.machine import POLICY
from sitegen.shell.preview.http import Answer, Request

# As published, but for the one connection to this server over which a page hears of changes.
PREVIEW_POLICY = f"{POLICY}; connect-src 'self'"

ALWAYS = (
    ("Content-Security-Policy", PREVIEW_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")


def tag(body: bytes) -> str:
    """The entity tag of a body."""
    return f'"{blake2b(body, digest_size=12).hexdigest()}"'


def type_of(path: str) -> str:
    """The media type of a file, by the ending of its name."""
    return TYPES.get(posixpath.splitext(path)[1].lower(), "text/plain; charset=utf-8")


def file(request: Request, body: bytes, kind: str, status: int = 200) -> Answer:
    """A file, whole or the range that was asked for; nothing of it when the client has it already."""
    etag = tag(body)
    headers = (("Content-Type", kind), ("ETag", etag), ("Accept-Ranges", "bytes"))
    if status != 200:
        return Answer(status, headers[:1], body)
    if _names(request.headers.get("if-none-match", ""), etag):
        return Answer(304, headers)
    wanted = request.headers.get("range")
    if wanted is None or request.headers.get("if-range", etag) != etag:
        return Answer(200, headers, body)
    return _part(headers, body, wanted)


def _names(tags: str, etag: str) -> bool:
    return tags.strip() == "*" or etag in (it.strip().removeprefix("W/") for it in tags.split(","))


def _part(headers: tuple[tuple[str, str], ...], body: bytes, wanted: str) -> Answer:
    """One range of a body; the whole of it when several are asked for or the range cannot be read."""
    match = _RANGE.fullmatch(wanted.replace(" ", ""))
    if match is None or not any(match.groups()):
        return Answer(200, headers, body)
    size = len(body)
    if match[1]:
        start, end = int(match[1]), min(int(match[2] or size), size - 1)
        if match[2] and int(match[2]) < start:
            return Answer(200, headers, body)
    else:
        start, end = max(0, size - int(match[2])), size - 1
    if start > end:
        return Answer(416, (*headers[:1], ("Content-Range", f"bytes */{size}")))
    return Answer(206, (*headers, ("Content-Range", f"bytes {start}-{end}/{size}")), body[start : end + 1])


def as_json(value: object) -> Answer:
    """A value for the preview's own script."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return Answer(200, (("Content-Type", "application/json"),), body)


def moved(address: str) -> Answer:
    """The way to another address, which is percent-encoded already."""
    return Answer(302, (("Location", address),))
