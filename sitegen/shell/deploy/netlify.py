"""A site of Netlify as a target, through its digest API: it is told what the site consists of, and asks for what it lacks.

A deploy is shown as a whole, once all its files are there. Netlify knows no condition "only if nobody else deployed
meanwhile", so that is looked at just before.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Collection
from typing import Any
from urllib.parse import quote

import msgspec

from sitegen.core.destinations import NetlifyTarget
from sitegen.shell.deploy.deployed import NAME, Deployed, encode
from sitegen.shell.deploy.http import Client
from sitegen.shell.deploy.plan import REMOVING, Step
from sitegen.shell.deploy.target import Limits, Read, Remote, refusal

API = "https://api.netlify.com/api/v1"
_PATIENCE = 600  # seconds until a deploy must be processed
_COMING = {
    "preparing",
    "new",
    "pending",
    "enqueued",
    "building",
    "processing",
    "uploading",
    "uploaded",
    "processed",
}


class NetlifyAdapter:
    """A site, by its id or domain. NETLIFY_AUTH_TOKEN must be set; NETLIFY_API_URL is the API, elsewhere than usual."""

    atomic = True
    limits = Limits("Netlify", reads=("_headers", "_redirects"))

    def __init__(self, target: NetlifyTarget, wait: Callable[[float], None] = time.sleep) -> None:
        token = os.environ.get("NETLIFY_AUTH_TOKEN", "")
        if not token:
            raise refusal("U108", "netlify", wanted="NETLIFY_AUTH_TOKEN")
        self._wait = wait
        self._client = Client(os.environ.get("NETLIFY_API_URL", API), token, wait)
        self._site = f"/sites/{quote(target.site)}"
        self._live = ""
        self._held: dict[str, str] = {}
        self._reads: dict[str, Read] = {}

    def identity(self, data: bytes) -> str:
        return hashlib.sha1(data, usedforsecurity=False).hexdigest()

    def read(self, paths: Collection[str]) -> Remote:
        published = self._json("GET", self._site).get("published_deploy") or {}
        self._live = published.get("id", "")
        self._held = {}
        if self._live:
            files = self._json("GET", f"{self._site}/files")
            self._held = {it["path"].lstrip("/"): it["sha"] for it in files}
        manifest = None
        if NAME in self._held:
            address = published.get("deploy_ssl_url") or published.get("ssl_url")
            manifest = self._client.ask("GET", f"{address}/{NAME}").body
        return Remote(
            manifest, {path: it for path, it in self._held.items() if path != NAME}, int(time.time())
        )

    def begin(self, claim: Deployed, after: Deployed) -> None:
        self._reads = {}
        self._refuse_rival()

    def _refuse_rival(self) -> None:
        published = self._json("GET", self._site).get("published_deploy") or {}
        if published.get("id", "") != self._live:
            raise refusal("U302", "netlify")

    def carry_out(self, steps: Collection[Step], read: Read, done: Callable[[], None]) -> None:
        for step in steps:
            if step.stage in REMOVING:
                self._held.pop(step.path, None)
            else:
                self._held[step.path] = self.identity(read(step.path))
                self._reads[step.path] = read
            done()

    def publish(self, after: Deployed) -> None:
        manifest = encode(after)
        self._held[NAME] = self.identity(manifest)
        self._reads[NAME] = lambda path: manifest
        self._refuse_rival()
        files = {f"/{path}": sha for path, sha in sorted(self._held.items())}
        deploy = self._json(
            "POST", f"{self._site}/deploys", {"files": files, "async": True, "title": after.id}
        )
        deploy = self._until(
            deploy["id"], lambda it: it["state"] not in ("preparing", "new", "pending", "enqueued")
        )
        paths = {self._held[path]: path for path in self._reads}
        for sha in deploy.get("required") or ():
            if sha not in paths:
                raise refusal("U304", "netlify", f"the file {sha}, which was there, is asked for again")
            path = paths[sha]
            place = f"/deploys/{deploy['id']}/files/{quote(path)}"
            self._client.ask("PUT", place, self._reads[path](path), "application/octet-stream")
        self._until(deploy["id"], lambda it: it["state"] == "ready")

    def _until(self, id: str, reached: Callable[[Any], bool]) -> Any:
        """The deploy `id` once it is in the state that is waited for."""
        waited = 0.0
        while True:
            deploy = self._json("GET", f"/deploys/{id}")
            if reached(deploy):
                return deploy
            if deploy["state"] not in _COMING | {"prepared"} or waited > _PATIENCE:
                raise refusal(
                    "U304",
                    "netlify",
                    f"{deploy['state']}: {deploy.get('error_message') or 'no reason given'}",
                )
            self._wait(pause := min(1.0 + waited / 10, 10.0))
            waited += pause

    def _json(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._client.ask(method, path, msgspec.json.encode(body) if body is not None else None)
        try:
            return msgspec.json.decode(answer.body)
        except msgspec.DecodeError as error:
            raise refusal("U303", path, "the answer is no JSON") from error

    def close(self) -> None:
        self._reads = {}
