"""What must hold before anything leaves this machine: references resolve, nothing is secret, nothing is a draft."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from sitegen.core.destinations import SECRET_MARKS, SECRETS
from sitegen.errors import Diagnostic, Span, diagnostic
from sitegen.shell.deploy.plan import Local
from sitegen.shell.deploy.sealed import Sealed
from sitegen.shell.deploy.target import Limits, Redacted, finding

# Templates write attributes in quotes and escape them, so no text of a page can look like one of these.
_REFERENCE: Final = re.compile(rb"""\s(href|src|srcset|poster)=(?:"([^"]*)"|'([^']*)')""")
_REFRESH: Final = re.compile(rb"""http-equiv="refresh" content="\d+;\s*url=([^"]*)\"""")
_CSS_URL: Final = re.compile(rb"""url\(\s*["']?([^"')]+)["']?\s*\)""")
# What templates/base.html shows on a draft, and what the preview server puts into pages.
_NOT_PUBLIC: Final = (b'<p class="ribbon"', b'src="/.sitegen/')
_TEXTS: Final = (".html", ".css", ".js", ".svg", ".xml", ".json", ".csv", ".txt", "_headers", "_redirects")
_MARKS: Final = tuple(it.encode() for it in SECRET_MARKS)
_LONG: Final = 12  # characters of a secret that are no word of a text
_MOST: Final = 20  # findings of one kind; more would say nothing new


class Checked(NamedTuple):
    """The site as the target would tell it, and why it may not leave."""

    files: dict[str, Local]
    problems: tuple[Diagnostic, ...]


def check(
    site: Sealed,
    base_url: str,
    identity: Callable[[bytes], str],
    limits: Limits,
    environment: Mapping[str, str] = os.environ,
) -> Checked:
    """Read every file once: it must be what was sealed, refer to what is there, and hold no secret."""
    problems: list[Diagnostic] = []
    files: dict[str, Local] = {}
    base = urlsplit(base_url)
    resolves = _resolver(site.entries, f"{base.scheme}://{base.netloc}", base.path)
    secrets = _own_secrets(environment)
    for path, entry in site.entries.items():
        data = site.read(path)
        files[path] = Local(entry, identity(data))
        if not path.endswith(_TEXTS):
            continue
        text_problems = [*_dead_ends(path, data, resolves), *_secrets(path, data, secrets)]
        if path.endswith(".html") and any(it in data for it in _NOT_PUBLIC):
            text_problems.append(diagnostic("U204", Span(path)))
        problems += text_problems
        if len(problems) >= _MOST:
            break
    else:
        problems += exceeded(files, limits)
    return Checked(files, tuple(problems))


def exceeded(files: Mapping[str, Local], limits: Limits) -> Iterator[Diagnostic]:
    """What the host does not take (U206)."""
    total = sum(it.entry.size for it in files.values())
    if limits.files and len(files) > limits.files:
        yield finding("U206", limits.host, host=limits.host, what=f"{len(files)} files", limit=limits.files)
    if limits.total_size and total > limits.total_size:
        what, limit = f"{total >> 20} MiB", f"{limits.total_size >> 20} MiB"
        yield finding("U206", limits.host, host=limits.host, what=what, limit=limit)
    for path, file in files.items():
        if limits.file_size and file.entry.size > limits.file_size:
            what, limit = f"a file of {file.entry.size >> 20} MiB", f"{limits.file_size >> 20} MiB"
            yield finding("U206", path, host=limits.host, what=what, limit=limit)


def unread(site: Sealed, limits: Limits) -> Iterator[Diagnostic]:
    """Files with rules for the host that it does not obey (U401)."""
    for name in ("_headers", "_redirects"):
        if limits.host and name in site.entries and name not in limits.reads:
            yield finding("U401", name, host=limits.host, name=name)


def references(path: str, data: bytes) -> Iterator[str]:
    """The addresses that a page or a style sheet refers to, as they are written."""
    if path.endswith(".css"):
        yield from (it[1].decode("utf-8", "replace") for it in _CSS_URL.finditer(data))
        return
    if not path.endswith(".html"):
        return
    for name, double, single in dict.fromkeys(_REFERENCE.findall(data)):
        text = unescape((double or single).decode("utf-8", "replace"))
        if name == b"srcset":
            yield from (one.split()[0] for one in text.split(",") if one.strip())
        else:
            yield text
    yield from (unescape(it[1].decode("utf-8", "replace")) for it in _REFRESH.finditer(data))


def file_of(url: str, page: str, origin: str, base: str) -> str | None:
    """The file of the site that `url` on `page` names; None for an address elsewhere, or within the page."""
    if url.startswith(f"{origin}/"):
        url = url[len(origin) :]
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        inside = path.removeprefix(base)
        if not path.startswith(f"{base}/"):
            return None if base else inside.lstrip("/")
        path = inside.lstrip("/")
    else:
        path = posixpath.join("/", posixpath.dirname(page), path)
        folder = path.endswith(("/", "/.", "/.."))
        path = posixpath.normpath(path).lstrip("/") + ("/" if folder else "")
        path = "" if path == "/" else path
    return f"{path}index.html" if path.endswith("/") or not path else path


def _resolver(paths: Collection[str], origin: str, base: str) -> Callable[[str, str], bool]:
    known: set[str] = set()

    def resolves(url: str, page: str) -> bool:
        if url in known:
            return True
        target = file_of(url, page, origin, base)
        found = target is None or target in paths or f"{target}/index.html" in paths
        if found and url.startswith("/"):
            known.add(url)
        return found

    return resolves


def _dead_ends(path: str, data: bytes, resolves: Callable[[str, str], bool]) -> Iterable[Diagnostic]:
    return [
        diagnostic("U203", Span(path), url=url)
        for url in dict.fromkeys(references(path, data))
        if not resolves(url, path)
    ]


def _secrets(path: str, data: bytes, own: Collection[bytes]) -> Iterable[Diagnostic]:
    """U205 for keys of known forms, and for the very credentials of this environment; the words never show them."""
    if any(secret in data for secret in own):
        return [diagnostic("U205", Span(path), kind="a value of this environment")]
    if not any(mark in data for mark in _MARKS):
        return []
    found = SECRETS.search(data.decode("utf-8", "replace"))
    return [diagnostic("U205", Span(path), kind=f"{found[0][:4]}…")] if found else []


def _own_secrets(environment: Mapping[str, str]) -> list[bytes]:
    """Values of the environment that no page can hold by chance: long, one word, no address and no path."""
    return [
        it.encode("utf-8", "surrogateescape")
        for it in Redacted(environment).secrets
        if len(it) >= _LONG and not it.startswith(("http:", "https:", "/")) and not any(map(str.isspace, it))
    ]
