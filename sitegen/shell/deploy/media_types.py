"""What a host must say of a file: its type, and how long it may be kept."""

from __future__ import annotations

from typing import Final

_TYPES: Final = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/vnd.microsoft.icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "webmanifest": "application/manifest+json",
}
_FEEDS: Final = {"atom.xml", "changes.xml"}
_NAMED_BY_CONTENT: Final = ("assets/", "media/")  # their names change with their bytes


def media_type(path: str) -> str:
    """The type of the file at `path`, by its ending."""
    if path in _FEEDS:
        return "application/atom+xml; charset=utf-8"
    ending = path.rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""
    return _TYPES.get(
        ending, "text/plain; charset=utf-8" if path.startswith("_") else "application/octet-stream"
    )


def cache_control(path: str) -> str:
    """For ever where a name stands for its bytes; elsewhere the host must be asked each time."""
    if path.startswith(_NAMED_BY_CONTENT):
        return "public, max-age=31536000, immutable"
    return "no-cache"
