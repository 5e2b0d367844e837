"""A server with ssh and rsync as a target: a new release beside the old one, and one rename that shows it.

The folder at the server holds `releases/<id>/` and the link `current`, which the web server serves. A release begins
as hard links to the one before, so files that left the site are carried over, and only what changed is sent. The
server needs GNU coreutils, findutils, flock and rsync.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shlex
import shutil
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress

from sitegen.core.destinations import SshTarget
from sitegen.errors import SiteError
from sitegen.shell.deploy import tools
from sitegen.shell.deploy.deployed import NAME, Deployed, encode
from sitegen.shell.deploy.plan import REMOVING, Step
from sitegen.shell.deploy.target import Limits, Read, Remote, refusal
from sitegen.shell.deploy.tools import ToolError
from sitegen.shell.trouble import naming

_RACED = 75
_NO_LINK = 76
_CUT = {255, 12, 30, 35, 10, 124}  # ssh without a connection, rsync cut off or timed out
_TRANSFER = ".sitegen-transfer"  # files on their way, inside the release until it is shown
_KEPT = 3  # releases that stay beside the new one

_READ = """
cd {path} 2>/dev/null || { printf '\\0'; date +%s; printf '\\0\\0'; exit 0; }
[ -L current ] || [ ! -e current ] || exit 76
readlink current || true; printf '\\0'; date +%s; printf '\\0'
[ ! -f current/{name} ] || cat current/{name}
printf '\\0'
cd current/ 2>/dev/null || exit 0
find . -type f -print0 | xargs -0 -r sha1sum -z
find . -type l -printf 'link  %p\\0'
"""
_BEGIN = """
mkdir -p {path}/releases; cd {path}
[ "$(readlink current || true)" = {base} ] || exit 75
if [ -d {incoming} ]; then mkdir -p {incoming}/{transfer}; exit 0; fi
rm -rf releases/.incoming-{owner}-*
if [ -n {base} ]; then cp -al {base} {incoming}.new; else mkdir {incoming}.new; fi
mkdir {incoming}.new/{transfer}
mv -T {incoming}.new {incoming}
"""
_REMOVE = """
cd {path}/{incoming}
base64 -d <<'.' | xargs -0 -r rm -f --
{names}.
find . -mindepth 1 -type d -empty ! -path ./{transfer} -delete
"""
_PUBLISH = """
cd {path}
exec 9>.lock; flock -n 9 || exit 75
[ "$(readlink current || true)" = {base} ] || exit 75
rm -rf {incoming}/{transfer}
mv -T {incoming} releases/{id}
ln -sfn releases/{id} .current-{owner}
mv -T .current-{owner} current
ls -1 releases | grep -E '^[0-9]{8}T[0-9]{6}-[0-9a-f]{4}$' | sort | head -n -{kept} | while read -r old; do
    [ "releases/$old" = "$(readlink current)" ] || rm -rf "releases/$old"
done
"""


class SshAdapter:
    """A folder of a server; `owner` names what this copy of the site has under way there."""

    atomic = True
    limits = Limits()

    def __init__(self, target: SshTarget, home: str, owner: str) -> None:
        tools.need("ssh", "apt-get install openssh-client")
        tools.need("rsync", "apt-get install rsync")
        self._target = target
        self._stage = os.path.join(home, "stage")
        self._owner = owner
        self._base = ""
        self._incoming = ""
        # RSYNC_RSH is how rsync is told of another ssh; its first word may be a path.
        self._ssh = [*shlex.split(os.environ.get("RSYNC_RSH") or "ssh"), "-o", "BatchMode=yes"]
        self._ssh += ["-o", "ConnectTimeout=15", "-o", "ServerAliveInterval=15"]
        # One connection for all that follows; its socket needs a short path, and it ends by itself if we are killed.
        self._sockets = tempfile.mkdtemp(prefix="sitegen-")
        self._ssh += [
            "-o",
            "ControlMaster=auto",
            "-o",
            f"ControlPath={self._sockets}/%C",
            "-o",
            "ControlPersist=60",
        ]
        if target.port:
            self._ssh += ["-p", target.port]

    def identity(self, data: bytes) -> str:
        return hashlib.sha1(data, usedforsecurity=False).hexdigest()

    def read(self, paths: Collection[str]) -> Remote:
        base, now, manifest, *files = self._shell(_READ, name=NAME).split(b"\0")
        self._base = base.decode().strip()
        held = {}
        for line in filter(None, files):
            identity, _, path = line.decode("utf-8", "surrogateescape").partition("  ")
            held[path.removeprefix("./")] = identity
        held.pop(NAME, None)
        return Remote(manifest or None, held, int(now))

    def begin(self, claim: Deployed, after: Deployed) -> None:
        # Named by what it is to become, so that a release under way is only gone on with for the same site.
        wanted = hashlib.sha1(encode(Deployed(files=after.files, gone=after.gone)) + self._base.encode())
        self._incoming = f"releases/.incoming-{self._owner}-{wanted.hexdigest()[:12]}"
        shutil.rmtree(self._stage, ignore_errors=True)
        self._shell(_BEGIN)

    def carry_out(self, steps: Collection[Step], read: Read, done: Callable[[], None]) -> None:
        """Removals are made in the release under way; files are gathered here, to be sent at once."""
        gone = [it.path for it in steps if it.stage in REMOVING]
        if gone:
            names = base64.encodebytes("".join(f"./{it}\0" for it in gone).encode("utf-8", "surrogateescape"))
            self._shell(_REMOVE.replace("{names}", names.decode()))
        for step in steps:
            if step.stage not in REMOVING:
                self._gather(step.path, read(step.path))
            done()

    def publish(self, after: Deployed) -> None:
        self._gather(NAME, encode(after))
        there = f"{self._target.host}:{self._target.path}/{self._incoming}/"
        command = ["rsync", "--recursive", "--checksum", "--perms", "--chmod=D755,F644", "--timeout=60"]
        command += [f"--temp-dir={_TRANSFER}", "--protect-args", "-e", shlex.join(self._ssh)]
        try:
            tools.run([*command, f"{self._stage}/", there])
        except ToolError as error:
            raise self._refusal(error) from error
        self._shell(_PUBLISH, id=after.id)
        self._base = f"releases/{after.id}"

    def _gather(self, path: str, data: bytes) -> None:
        place = os.path.join(self._stage, path)
        with naming(place):
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(data)

    def _shell(self, script: str, **more: str) -> bytes:
        """Run `script` at the server; it is read from standard input, so nothing needs quoting twice."""
        words = {
            "path": self._target.path,
            "base": self._base,
            "incoming": self._incoming,
            "owner": self._owner,
            "transfer": _TRANSFER,
            **more,
        }
        for key, value in words.items():
            script = script.replace(f"{{{key}}}", shlex.quote(value))
        script = script.replace("{kept}", str(_KEPT + 1))
        try:
            return tools.run(
                [*self._ssh, self._target.host, "sh -eu"], data=script.encode("utf-8", "surrogateescape")
            )
        except ToolError as error:
            raise self._refusal(error) from error

    def _refusal(self, error: ToolError) -> SiteError:
        place = f"{self._target.host}:{self._target.path}"
        if error.status == _RACED:
            return refusal("U302", place)
        if error.status == _NO_LINK:
            return refusal("U209", f"{place}/current")
        denied = "denied" in error.said.lower() or "host key verification" in error.said.lower()
        return refusal("U303" if error.status in _CUT and not denied else "U304", place, error.said)

    def close(self) -> None:
        with suppress(ToolError):  # there is no connection
            tools.run([*self._ssh, "-O", "exit", self._target.host])
        for folder in (self._stage, self._sockets):
            shutil.rmtree(folder, ignore_errors=True)
