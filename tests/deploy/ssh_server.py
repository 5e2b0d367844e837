"""An OpenSSH server on this machine, for whoever runs the tests, and the settings to reach it."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.deploy.s3_servers import free_port, until_open

SSHD = (
    shutil.which("sshd", path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin{os.pathsep}/usr/local/sbin") or ""
)
NEEDED = [it for it in ("ssh", "ssh-keygen", "rsync", "flock") if not shutil.which(it)] + (
    [] if SSHD else ["sshd"]
)


class Server(NamedTuple):
    """A server that runs: its port, and the command that reaches it with the right key."""

    port: int
    command: str


@contextmanager
def sshd(folder: Path) -> Iterator[Server]:
    """A server that lets in one key; its files are in `folder`."""
    port = free_port()
    for name in ("host", "mine"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(folder / name)], check=True
        )
    (folder / "authorized").write_bytes((folder / "mine.pub").read_bytes())
    settings = [
        f"ListenAddress 127.0.0.1:{port}",
        f"HostKey {folder}/host",
        f"AuthorizedKeysFile {folder}/authorized",
        f"PidFile {folder}/pid",
        "PasswordAuthentication no",
        "KbdInteractiveAuthentication no",
        "UsePAM no",
        "StrictModes no",
        "MaxStartups 100",
    ]
    (folder / "sshd_config").write_text("\n".join(settings) + "\n")
    key = (folder / "host.pub").read_text().split()
    (folder / "known").write_text(f"[127.0.0.1]:{port} {key[0]} {key[1]}\n")
    mine = [
        "Host *",
        f"User {getpass.getuser()}",
        f"IdentityFile {folder}/mine",
        "IdentitiesOnly yes",
        "IdentityAgent none",
        f"UserKnownHostsFile {folder}/known",
        "GlobalKnownHostsFile none",
    ]
    (folder / "ssh_config").write_text("\n".join(mine) + "\n")
    if os.geteuid() == 0:
        os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # which sshd insists on when root starts it
    command = [SSHD, "-D", "-e", "-f", str(folder / "sshd_config")]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            until_open(port, process)
            yield Server(port, f"ssh -F {folder}/ssh_config")
        finally:
            process.terminate()
