"""Deploying a site: `opened` makes the target that the configuration names, `run.deploy` brings it up to date."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sitegen.core.destinations import (
    CloudflareTarget,
    Destination,
    FolderTarget,
    GitTarget,
    NetlifyTarget,
    S3Target,
    SshTarget,
)
from sitegen.core.documents import parse_site
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.shell.deploy.kept import Kept
from sitegen.shell.deploy.sealed import Precompressed, Sealed
from sitegen.shell.deploy.target import Target, refusal
from sitegen.shell.session import require_site
from sitegen.shell.trouble import naming

SITE_FILE = "content/site.yaml"


def targets(site: str) -> tuple[dict[str, Destination], str]:
    """The configured targets, and the address of the site; raises `SiteError` for a site that cannot be read."""
    require_site(site)
    place = os.path.join(site, SITE_FILE)
    with naming(place), open(place, "rb") as file:
        parsed = parse_site(SITE_FILE, file.read())
    if parsed.value is None or parsed.diagnostics:
        raise SiteError(*parsed.diagnostics)
    return parsed.value.deploy, parsed.value.base_url


def choose(configured: dict[str, Destination], name: str) -> str:
    """The name of the target that is meant; it need not be given where there is one."""
    known = ", ".join(configured)
    if not configured:
        raise SiteError(diagnostic("U102", Span(SITE_FILE)))
    if name and name not in configured:
        raise SiteError(diagnostic("U103", Span(SITE_FILE), name=name, known=known))
    if not name and len(configured) > 1:
        raise SiteError(diagnostic("U104", Span(SITE_FILE), known=known))
    return name or known


@contextmanager
def opened(site: str, name: str, target: Destination, kept: Kept, output: str) -> Iterator[Target]:
    """The target, for this process alone on this machine (U302)."""
    lock = os.open(kept.home(name), os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise refusal("U302", name) from error
        adapter = _adapter(site, name, target, kept, output)
        try:
            yield adapter
        finally:
            adapter.close()
    finally:
        os.close(lock)


def dressed(source: Sealed, target: Destination, kept: Kept) -> Sealed:
    """The site as this target wants it: with compressed copies, or as it is."""
    if isinstance(target, FolderTarget | SshTarget) and target.precompress:
        return Precompressed(source, kept)
    return source


def _adapter(site: str, name: str, target: Destination, kept: Kept, output: str) -> Target:
    match target:
        case FolderTarget():
            from sitegen.shell.deploy.folder import FolderAdapter

            return FolderAdapter(_apart(os.path.join(site, target.path), site, output))
        case GitTarget():
            from sitegen.shell.deploy.git import GitAdapter

            return GitAdapter(target, site, kept.home(name))
        case S3Target():
            from sitegen.shell.deploy.s3 import S3Adapter

            return S3Adapter(target)
        case SshTarget():
            from sitegen.shell.deploy.ssh import SshAdapter

            return SshAdapter(target, kept.home(name), kept.owner())
        case NetlifyTarget():
            from sitegen.shell.deploy.netlify import NetlifyAdapter

            return NetlifyAdapter(target)
        case CloudflareTarget():
            from sitegen.shell.deploy.cloudflare import CloudflareAdapter

            return CloudflareAdapter(target, kept.home(name))


def _apart(folder: str, site: str, output: str) -> str:
    """`folder`, unless it and the site's own files lie in one another (U106)."""
    place = os.path.realpath(folder)
    own = [os.path.join(site, it) for it in ("content", "templates", ".sitegen", ".git")]
    for other in map(os.path.realpath, [*own, output]):
        with suppress(ValueError):  # on different drives
            if os.path.commonpath([place, other]) in (place, other):
                raise refusal("U106", folder, folder=folder)
    return place
