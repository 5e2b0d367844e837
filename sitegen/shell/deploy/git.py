"""A git branch as a target: one commit on top of what is there, pushed only if nobody else pushed meanwhile.

Everything happens in a bare repository of our own below `.sitegen/deploy/`, so neither the work tree nor the index nor
the refs of the user's repository are touched. Its settings for addresses and credentials are taken over.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import IO

from sitegen.core.destinations import GitTarget
from sitegen.shell.deploy import tools
from sitegen.shell.deploy.deployed import NAME, Deployed, encode
from sitegen.shell.deploy.plan import REMOVING, Step
from sitegen.shell.deploy.target import Limits, Read, Remote, refusal
from sitegen.shell.deploy.tools import ToolError
from sitegen.shell.trouble import naming

_MEBI = 1 << 20
_GITHUB = Limits("GitHub Pages", file_size=100 * _MEBI, total_size=1024 * _MEBI)
_GITLAB = Limits("GitLab Pages", reads=("_redirects",))
_CODEBERG = Limits("Codeberg Pages", reads=("_redirects",))
_SELF = ".nojekyll"  # tells GitHub Pages to serve files as they are
_BASE, _NEW = "refs/sitegen/base", "refs/sitegen/new"
# What tells git who we are and how to get there, and nothing that changes what it does.
_SETTINGS = r"^(http|credential|url|remote|ssh|core\.sshcommand|core\.gitproxy|includeif)\b"
_DENIED = (
    "authentication failed",
    "permission",
    "denied",
    "403",
    "401",
    "could not read username",
    "not allowed",
)
_RACED = ("stale info", "fetch first", "non-fast-forward", "failed to update ref", "cannot lock ref")


class GitAdapter:
    """The branch of a remote; `home` is a folder for the repository of our own."""

    atomic = True

    def __init__(self, target: GitTarget, site: str, home: str) -> None:
        tools.need("git", "https://git-scm.com/downloads")
        self._branch = f"refs/heads/{target.branch}"
        self._settings = _settings(site)
        self._folder = os.path.join(home, "repository.git")
        self._remote = self._address(target.remote, site)
        self._place = f"{target.remote} {target.branch}"
        self._base = ""
        self._missing_self = True
        self._stream = os.path.join(home, "stream")
        self._changes: list[bytes] = []
        self.limits = _limits(self._remote)
        if not os.path.isfile(os.path.join(self._folder, "HEAD")):
            self._git("init", "--quiet", "--bare", self._folder, inside=False)

    def identity(self, data: bytes) -> str:
        return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()

    def read(self, paths: Collection[str]) -> Remote:
        listed = self._talk("ls-remote", "--", self._remote, self._branch).split()
        self._base = listed[0].decode() if listed else ""
        if not self._base:
            self._missing_self = True
            return Remote(None, {}, int(time.time()))
        self._talk("fetch", "--quiet", "--depth=1", "--no-tags", self._remote, f"+{self._base}:{_BASE}")
        held = dict(_tree(self._talk("ls-tree", "-r", "-z", "--full-tree", self._base)))
        manifest = self._talk("cat-file", "blob", held.pop(NAME)) if NAME in held else None
        self._missing_self = held.pop(_SELF, None) is None
        return Remote(manifest, held, int(time.time()))

    def begin(self, claim: Deployed, after: Deployed) -> None:
        self._changes = []
        with naming(self._stream), open(self._stream, "wb") as stream:
            stream.write(b"feature done\n")

    def carry_out(self, steps: Collection[Step], read: Read, done: Callable[[], None]) -> None:
        for step in steps:
            if step.stage in REMOVING:
                self._changes.append(b"D %s\n" % _quoted(step.path))
            else:
                self._add(step.path, read(step.path))
            done()

    def _add(self, path: str, data: bytes) -> None:
        """Put the bytes into the stream for `fast-import`, and keep in mind where they belong."""
        mark = len(self._changes) + 1
        self._changes.append(b"M 100644 :%d %s\n" % (mark, _quoted(path)))
        with naming(self._stream), open(self._stream, "ab") as stream:
            stream.write(b"blob\nmark :%d\ndata %d\n%s\n" % (mark, len(data), data))

    def publish(self, after: Deployed) -> None:
        self._add(NAME, encode(after))
        if self._missing_self:
            self._add(_SELF, b"")
        message = f"Deploy {after.id}: {len(after.files)} files\n".encode()
        commit = b"commit %s\ncommitter sitegen <sitegen@localhost> %d +0000\n" % (_NEW.encode(), time.time())
        commit += b"data %d\n%s" % (len(message), message)
        commit += b"from %s\n" % self._base.encode() if self._base else b""
        with naming(self._stream), open(self._stream, "ab") as stream:
            stream.write(b"".join([commit, *self._changes, b"\ndone\n"]))
        self._talk("update-ref", "-d", _NEW)
        with open(self._stream, "rb") as stream:
            self._talk("fast-import", "--quiet", "--force", stream=stream)
        lease = f"--force-with-lease={self._branch}:{self._base}"
        self._talk("push", "--quiet", lease, self._remote, f"{_NEW}:{self._branch}")
        self._base = self._talk("rev-parse", _NEW).decode().strip()

    def close(self) -> None:
        with suppress(FileNotFoundError):
            os.unlink(self._stream)

    def _talk(self, *arguments: str, stream: IO[bytes] | None = None) -> bytes:
        """A command of a deployment; when it fails, the reason is told as a refusal."""
        try:
            return self._git(*arguments, stream=stream)
        except ToolError as error:
            said = error.said.lower()
            if arguments[0] == "push" and any(it in said for it in _RACED):
                raise refusal("U302", self._place) from error
            code = "U304" if any(it in said for it in _DENIED) else "U303"
            raise refusal(code, self._place, error.said) from error

    def _git(self, *arguments: str, stream: IO[bytes] | None = None, inside: bool = True) -> bytes:
        where = [f"--git-dir={self._folder}"] if inside else []
        return tools.run(["git", *where, *arguments], stream=stream, environment=self._settings)

    def _address(self, remote: str, site: str) -> str:
        """The address of a remote that is given by its name in the site's own repository."""
        if "/" in remote or ":" in remote:
            return os.path.join(os.path.abspath(site), remote) if remote.startswith(".") else remote
        try:
            found = tools.run(["git", "-C", site, "remote", "get-url", "--push", remote])
        except ToolError as error:
            raise refusal("U303", remote, error.said) from error
        return found.decode().strip()


def _settings(site: str) -> dict[str, str]:
    """The settings of the site's repository as an environment, where no list of processes shows them."""
    try:
        found = tools.run(
            ["git", "-C", site, "config", "--local", "--includes", "-z", "--get-regexp", _SETTINGS]
        )
    except ToolError:  # no repository, or no such settings
        return {}
    pairs = [it.decode("utf-8", "replace").partition("\n") for it in found.split(b"\0") if it]
    pairs = [it for it in pairs if not it[0].startswith(("remote.", "includeif."))]
    first = int(os.environ.get("GIT_CONFIG_COUNT") or 0)  # what the environment sets already stays
    settings = {"GIT_CONFIG_COUNT": str(first + len(pairs))}
    for number, (key, _, value) in enumerate(pairs, first):
        settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return settings


def _tree(listing: bytes) -> Iterator[tuple[str, str]]:
    """Path and blob of every file in what `ls-tree -r -z` prints; links and modules have no identity of ours."""
    for line in filter(None, listing.split(b"\0")):
        mode, _, rest = line.partition(b" ")
        identity, _, path = rest.partition(b" ")[2].partition(b"\t")
        plain = mode in (b"100644", b"100755")
        yield path.decode("utf-8", "surrogateescape"), identity.decode() if plain else "link"


def _quoted(path: str) -> bytes:
    """A path as `fast-import` reads it."""
    escaped = path.encode("utf-8", "surrogateescape").replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"%s"' % escaped.replace(b"\n", b"\\n")


def _limits(address: str) -> Limits:
    for host, limits in (("github.com", _GITHUB), ("gitlab.com", _GITLAB), ("codeberg.org", _CODEBERG)):
        if host in address:
            return limits
    return Limits()
