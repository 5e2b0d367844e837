"""Storage that speaks the language of S3 as a target.

Every step shows at once, so their order is all that protects a visitor. The list of our files is also the lock: it is
replaced only if it is still the one we read (`If-Match`), and read again where a server might not know that.
"""

from __future__ import annotations

import base64
import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, Final

from msgspec.structs import replace

from sitegen.core.destinations import S3Target
from sitegen.errors import SiteError
from sitegen.shell.deploy.deployed import NAME, Claim, Deployed, encode
from sitegen.shell.deploy.media_types import cache_control, media_type
from sitegen.shell.deploy.plan import REMOVING, Step
from sitegen.shell.deploy.target import Limits, Read, Remote, refusal

_DENIED: Final = {
    "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "TokenRefreshRequired",
    "InvalidToken", "RequestTimeTooSkewed", "403", "401", "NoSuchBucket", "404",
}  # fmt: skip
_RACED: Final = {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}
_AT_ONCE: Final = 8
_TRIES: Final = 6
RENEWED: Final = 5 * 60  # seconds after which the claim is renewed; a third of what it is good for


class S3Adapter:
    """A bucket, or what lies below a prefix of it."""

    atomic = False
    limits = Limits("S3")

    def __init__(self, target: S3Target, workers: int = _AT_ONCE) -> None:
        self._target = target
        self._prefix = f"{target.prefix}/" if target.prefix else ""
        self._place = f"s3://{target.bucket}/{self._prefix}"
        self._tag: str | None = None
        self._claim = Deployed()
        self._claimed = 0.0
        self._sent: dict[str, str] = {}  # tag that the server gave -> MD5, where it tells another one
        self._workers = workers
        self._client = _client(target)

    def identity(self, data: bytes) -> str:
        return hashlib.md5(data, usedforsecurity=False).hexdigest()

    def read(self, paths: Collection[str]) -> Remote:
        with self._asking():
            held: dict[str, str] = {}
            now = int(time.time())
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self._target.bucket, Prefix=self._prefix):
                now = _clock(page) or now
                for it in page.get("Contents", ()):
                    tag = it["ETag"].strip('"')
                    held[it["Key"].removeprefix(self._prefix)] = self._sent.get(tag, tag)
            data, self._tag = self._list() if held.pop(NAME, None) else (None, None)
        return Remote(data, {path: tag for path, tag in held.items() if not path.endswith("/")}, now)

    def _list(self) -> tuple[bytes, str]:
        """Our list and its tag; botocore tries again what does not arrive, but not what arrives in part."""
        from botocore.exceptions import IncompleteReadError, ResponseStreamingError

        for attempt in range(_tries()):
            answer = self._client.get_object(Bucket=self._target.bucket, Key=self._prefix + NAME)
            try:
                return answer["Body"].read(), answer["ETag"]
            except (IncompleteReadError, ResponseStreamingError):
                if attempt == _tries() - 1:
                    raise
        raise AssertionError("unreachable")

    def begin(self, claim: Deployed, after: Deployed) -> None:
        self._claim = claim
        self._renew()

    def _renew(self) -> None:
        """Write the claim, as of now: one that is not renewed counts as given up after a while."""
        if self._claimed and self._claim.claim:
            passed = int(time.monotonic() - self._claimed)
            self._claim = replace(
                self._claim, claim=Claim(self._claim.claim.owner, self._claim.claim.at + passed)
            )
        self._replace_list(encode(self._claim))
        self._claimed = time.monotonic()

    def carry_out(self, steps: Collection[Step], read: Read, done: Callable[[], None]) -> None:
        with ThreadPoolExecutor(min(self._workers, len(steps))) as pool:
            running = [pool.submit(self._do, step, read) for step in steps]
            try:
                for one in running:
                    one.result()
                    done()
                    if time.monotonic() - self._claimed > RENEWED:
                        self._renew()
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def _do(self, step: Step, read: Read) -> None:
        with self._asking():
            if step.stage in REMOVING:
                self._client.delete_object(Bucket=self._target.bucket, Key=self._prefix + step.path)
            else:
                self._put(step.path, read(step.path))

    def publish(self, after: Deployed) -> None:
        self._replace_list(encode(after))

    def _put(self, path: str, data: bytes, **conditions: str) -> str:
        digest = hashlib.md5(data, usedforsecurity=False)
        answer = self._client.put_object(
            Bucket=self._target.bucket,
            Key=self._prefix + path,
            Body=data,
            ContentType=media_type(path),
            CacheControl=cache_control(path),
            ContentMD5=base64.b64encode(digest.digest()).decode(),
            **conditions,
        )
        self._sent[answer["ETag"].strip('"')] = digest.hexdigest()
        return str(answer["ETag"])

    def _replace_list(self, data: bytes) -> None:
        """Put the list in place of the one we know; U302 when it is another one by now."""
        condition = {"IfMatch": self._tag} if self._tag else {"IfNoneMatch": "*"}
        try:
            with self._asking():
                self._tag = self._put(NAME, data, **condition)
        except SiteError as error:
            if error.diagnostics[0].code != "U302" or not self._wrote(data):
                raise
        if not self._wrote(data):
            raise refusal("U302", self._place)

    def _wrote(self, data: bytes) -> bool:
        """Whether the list there is `data`: an answer may have been lost, a server may not know conditions."""
        with self._asking():
            there, self._tag = self._list()
        return there == data

    @contextmanager
    def _asking(self) -> Iterator[None]:
        from botocore import exceptions

        try:
            yield
        except exceptions.ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", ""))
            if code in _RACED:
                raise refusal("U302", self._place) from error
            raise refusal("U304" if code in _DENIED else "U303", self._place, str(error)) from error
        except (exceptions.NoCredentialsError, exceptions.PartialCredentialsError) as error:
            raise refusal("U108", self._place, wanted="AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY") from error
        except (exceptions.BotoCoreError, exceptions.HTTPClientError, OSError) as error:
            raise refusal("U303", self._place, str(error)) from error

    def close(self) -> None:
        self._client.close()


def _client(target: S3Target) -> Any:
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import BotoCoreError
    except ImportError as error:
        raise refusal("U107", target.bucket, tool="boto3", way="pip install 'sitegen[s3]'") from error
    config = Config(
        retries={"mode": "standard", "total_max_attempts": _tries()},
        # Checksums that only AWS knows are left out elsewhere; every body carries its MD5.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if target.endpoint else "auto"},
        max_pool_connections=_AT_ONCE,
        connect_timeout=15,
        read_timeout=60,
        user_agent_extra="sitegen",
    )
    try:
        session = boto3.Session(profile_name=target.profile or None, region_name=target.region or None)
        region = session.region_name or "us-east-1"
        return session.client("s3", endpoint_url=target.endpoint or None, region_name=region, config=config)
    except BotoCoreError as error:
        raise refusal("U303", target.bucket, str(error)) from error


def _tries() -> int:
    """How often a request is made at most; AWS's own variable says otherwise."""
    asked = os.environ.get("AWS_MAX_ATTEMPTS", "")
    return int(asked) if asked.isdigit() and int(asked) else _TRIES


def _clock(answer: Any) -> int:
    """The clock of the other side, 0 where it does not tell: ours may be wrong."""
    said = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date", "")
    try:
        return int(parsedate_to_datetime(said).timestamp())
    except ValueError:
        return 0
