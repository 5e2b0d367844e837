"""Pages as tabs get them: with the preview's own script, and with what is near where nothing is."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from urllib.parse import quote

RESERVED = "/.sitegen/"  # no page can have such an address

# For when there is no page yet that is good.
BARE = b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>sitegen</title>\n</head>\n<body></body>\n</html>\n'


def client() -> dict[str, bytes]:
    """The files of the preview's side in the page, by name."""
    folder = files("sitegen.shell.preview") / "client"
    return {name: (folder / name).read_bytes() for name in ("preview.js", "preview.css")}


def page(data: bytes, version: str, near: tuple[str, ...] = ()) -> bytes:
    """A page with the preview's own script, and with links to addresses like the one that is not there."""
    script = f'<script src="{RESERVED}preview.js" data-version="{version}" defer></script>\n'.encode()
    head, found, rest = data.partition(b"</head>")
    data = head + script + found + rest if found else script + data
    if near:
        links = "".join(f'<li><a href="{escape(quote(it))}">{escape(it)}</a></li>' for it in near)
        listed = f'<nav><ul dir="ltr">{links}</ul></nav>\n'.encode()
        before, found, after = data.partition(b"</main>")
        data = before + listed + found + after if found else data + listed
    return data
