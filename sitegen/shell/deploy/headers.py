"""`_headers` and `_redirects`, which hosts read, as settings for a web server of one's own; pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote


class Rule(NamedTuple):
    """Headers for a path; one that ends in `*` stands for all that begin with it."""

    path: str
    headers: tuple[tuple[str, str], ...]


class Redirect(NamedTuple):
    """An old address, where it leads, and with which status."""

    old: str
    new: str
    status: str


def snippet(server: str, headers: str, redirects: str) -> str:
    """Settings of `nginx` or `caddy` that do what the two files say."""
    rules, moved = list(read_headers(headers)), list(read_redirects(redirects))
    return "\n".join(_nginx(rules, moved) if server == "nginx" else _caddy(rules, moved))


def read_headers(text: str) -> Iterator[Rule]:
    """The rules of `_headers`, in order."""
    path, found = "", []
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line[0].isspace():
            name, _, value = line.strip().partition(":")
            found.append((name.strip(), value.strip()))
        else:
            if path:
                yield Rule(path, tuple(found))
            path, found = line.strip(), []
    if path:
        yield Rule(path, tuple(found))


def read_redirects(text: str) -> Iterator[Redirect]:
    """The lines of `_redirects`."""
    for line in text.splitlines():
        words = line.split()
        if len(words) >= 2 and not words[0].startswith("#"):
            yield Redirect(words[0], words[1], words[2] if len(words) > 2 else "301")


def _nginx(rules: list[Rule], redirects: list[Redirect]) -> Iterator[str]:
    """For a `server` block. A location inherits no headers once it has its own, so each repeats the general ones."""
    general = [pair for rule in rules if rule.path == "/*" for pair in rule.headers]
    yield "# Inside server { … }: made by `sitegen deploy --headers nginx` from _headers and _redirects."
    yield "index index.html;"
    yield "charset utf-8;"
    yield "error_page 404 /404.html;"
    yield "# gzip_static on;  # with precompress: true; brotli_static needs a module of its own"
    yield from (
        f"location = {_quoted(unquote(it.old))} {{ return {it.status} {_quoted(it.new)}; }}"
        for it in redirects
    )
    for rule in rules:
        if rule.path == "/*":
            continue
        match = f"^~ {_quoted(rule.path[:-1])}" if rule.path.endswith("*") else f"= {_quoted(rule.path)}"
        yield f"location {match} {{"
        yield from (
            f"    add_header {name} {_quoted(value)} always;"
            for name, value in _merged(general, rule.headers)
        )
        yield "}"
    yield "location / {"
    own = {name.lower() for name, _ in general}
    cached = general if "cache-control" in own else [*general, ("Cache-Control", "no-cache")]
    yield from (f"    add_header {name} {_quoted(value)} always;" for name, value in cached)
    yield "}"


def _merged(general: list[tuple[str, str]], own: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    names = {name.lower() for name, _ in own}
    return [*(it for it in general if it[0].lower() not in names), *own]


def _caddy(rules: list[Rule], redirects: list[Redirect]) -> Iterator[str]:
    yield "# Inside the site's block: made by `sitegen deploy --headers caddy` from _headers and _redirects."
    yield from (f"redir {_quoted(unquote(it.old))} {_quoted(it.new)} {it.status}" for it in redirects)
    for number, rule in enumerate(rules):
        yield f"@sitegen{number} path {_quoted(rule.path)}"
        yield f"header @sitegen{number} {{"
        yield from (f"    {name} {_quoted(value)}" for name, value in rule.headers)
        yield "}"
    yield "handle_errors {"
    yield "    rewrite * /404.html"
    yield "    file_server"
    yield "}"
    yield "file_server {"
    yield "    precompressed br gzip"
    yield "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
