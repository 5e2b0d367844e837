"""A project of Cloudflare Pages as a target, through wrangler, its official tool.

wrangler takes a whole folder, so one is kept on this machine: the site, and what left it and stays a while. Cloudflare
shows a deployment as a whole; it does not tell what is there, nor whether somebody else deploys at the same moment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection

from sitegen.core.destinations import CloudflareTarget
from sitegen.shell.deploy import tools
from sitegen.shell.deploy.deployed import Deployed
from sitegen.shell.deploy.folder import FolderAdapter
from sitegen.shell.deploy.plan import Step
from sitegen.shell.deploy.target import Limits, Read, Remote, refusal
from sitegen.shell.deploy.tools import ToolError


class CloudflareAdapter:
    """A project; `home` is a folder for what was sent last."""

    atomic = True
    limits = Limits("Cloudflare Pages", files=20_000, file_size=25 << 20, reads=("_headers", "_redirects"))

    def __init__(self, target: CloudflareTarget, home: str) -> None:
        tools.need("wrangler", "npm install --global wrangler")
        self._target = target
        self._mirror = FolderAdapter(os.path.join(home, "site"))

    def identity(self, data: bytes) -> str:
        return self._mirror.identity(data)

    def read(self, paths: Collection[str]) -> Remote:
        return self._mirror.read(paths)

    def begin(self, claim: Deployed, after: Deployed) -> None:
        self._wrangler("pages", "deployment", "list")
        self._mirror.begin(claim, after)

    def carry_out(self, steps: Collection[Step], read: Read, done: Callable[[], None]) -> None:
        self._mirror.carry_out(steps, read, done)

    def publish(self, after: Deployed) -> None:
        self._wrangler(
            "pages", "deploy", self._mirror.root, f"--branch={self._target.branch}", "--commit-dirty=true"
        )
        self._mirror.publish(after)

    def _wrangler(self, *words: str) -> None:
        try:
            tools.run(
                ["wrangler", *words, f"--project-name={self._target.project}"], environment={"CI": "true"}
            )
        except ToolError as error:
            raise refusal("U304", f"Cloudflare Pages {self._target.project}", error.said) from error

    def close(self) -> None:
        self._mirror.close()
