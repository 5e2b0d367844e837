"""What a target must be able to do, and how it says that it cannot."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple, Protocol

from sitegen.core.destinations import SECRETS
from sitegen.errors import Diagnostic, SiteError, Span, diagnostic
from sitegen.shell.deploy.deployed import Deployed
from sitegen.shell.deploy.plan import Step

Read = Callable[[str], bytes]  # the bytes of a file of the site, or of one that has left it


class Remote(NamedTuple):
    """A target as it is: our list (None where there is none), what lies there by path and identity, its clock."""

    manifest: bytes | None
    held: Mapping[str, str]
    now: int  # seconds of the epoch


class Limits(NamedTuple):
    """What a host takes; 0 where it says nothing. Sizes in bytes."""

    host: str = ""
    files: int = 0
    file_size: int = 0
    total_size: int = 0
    reads: Collection[str] = ()  # which of `_headers` and `_redirects` it obeys


class Target(Protocol):
    """A place that a site is deployed to. Every method raises `SiteError` when the other side says no.

    An ordered target shows each step at once; an atomic one shows nothing before `publish`.
    """

    atomic: bool
    limits: Limits

    def identity(self, data: bytes) -> str:
        """What `held` says of a file with these bytes."""

    def read(self, paths: Collection[str]) -> Remote:
        """What is there; files outside `paths` may have any identity."""

    def begin(self, claim: Deployed, after: Deployed) -> None:
        """Say that a deployment to `after` is under way; U302 when somebody else has been there since `read`."""

    def carry_out(self, steps: Collection[Step], read: Read, done: Callable[[], None]) -> None:
        """Do steps of one stage, in any order; `done` is called after each."""

    def publish(self, after: Deployed) -> None:
        """Put the new list in place, and show everything on an atomic target; U302 as for `begin`."""

    def close(self) -> None:
        """Let go of what is held on this machine."""


class Redacted:
    """Text without secrets: the values of the environment that are secret, and what looks like one."""

    _NAMES: Final = re.compile(r"TOKEN|SECRET|PASS|CREDENTIAL|KEY(?:_|$)|(?:^|_)PAT(?:_|$)", re.IGNORECASE)
    _USER_INFO: Final = re.compile(r"(?<=://)[^/@\s'\"]+@")
    _BEARER: Final = re.compile(r"(?i)\b(authorization:\s*\w+|bearer|basic)\s+[^\s'\"]+")
    _SHORTEST: Final = 6  # a shorter value would stand in any text by chance

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.secrets = sorted(
            {
                value
                for name, value in environment.items()
                if self._NAMES.search(name) and len(value) >= self._SHORTEST
            },
            key=len,
            reverse=True,
        )

    def __call__(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, "***")
        text = SECRETS.sub("***", self._BEARER.sub(r"\1 ***", text))
        return self._USER_INFO.sub("***@", text)


def finding(code: str, place: str, reason: str = "", **more: object) -> Diagnostic:
    """A finding about the target `place`, with everything secret taken out of its words."""
    redacted = Redacted(os.environ)
    words = {key: redacted(str(value)) for key, value in more.items()}
    if reason:
        words["reason"] = " ".join(redacted(reason).split())[:400]
    return diagnostic(code, Span(redacted(place)), **words)


def refusal(code: str, place: str, reason: str = "", **more: object) -> SiteError:
    """The same as an exception."""
    return SiteError(finding(code, place, reason, **more))
