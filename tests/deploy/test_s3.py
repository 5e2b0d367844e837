"""S3-compatible storage as a target, on real servers behind a proxy that fails as networks do."""

from __future__ import annotations

import base64
import hashlib
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sitegen.core.destinations import S3Target
from sitegen.errors import SiteError
from sitegen.messages import hint, sentence
from sitegen.shell.deploy import s3
from sitegen.shell.deploy.deployed import NAME
from sitegen.shell.deploy.plan import REMOVING
from sitegen.shell.deploy.run import Wish, look
from sitegen.shell.deploy.s3 import S3Adapter
from sitegen.shell.deploy.sealed import Output
from sitegen.shell.starter import new_site
from tests.deploy.fault_proxy import Fault, Proxy, Seen, proxied
from tests.deploy.s3_servers import BUCKET, HAS_RCLONE, KEYS, answers, client, moto, objects, rclone
from tests.deploy.small_site import Files, Site, Visitor, some_of, version

REQUESTS = 16  # one more than the second deployment makes
ALL_FAULTS: tuple[Fault, ...] = ("cut", "cut answer", "reset", "truncate", "truncate answer", "busy")


class Bucket:
    """A fresh bucket, and the way to it through a proxy."""

    def __init__(self, server: str, proxy: Proxy, address: str) -> None:
        self.direct = client(server)
        self.proxy = proxy
        self.address = address
        self.visitor = Visitor(answers(self.direct))

    def target(self, workers: int = 1, prefix: str = "") -> S3Adapter:
        return S3Adapter(S3Target(bucket=BUCKET, endpoint=self.address, prefix=prefix), workers)

    def held(self) -> Files:
        return {path: data for path, data in objects(self.direct).items() if path != NAME}


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, Proxy, str]]:
    with moto() as address, proxied(address.removeprefix("http://")) as (proxy, through):
        yield address, proxy, through


@pytest.fixture
def bucket(server: tuple[str, Proxy, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEYS[0])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEYS[1])
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    found = Bucket(*server)
    found.proxy.reset()
    found.proxy.look = lambda: None
    found.direct.create_bucket(Bucket=BUCKET)
    yield found
    found.proxy.look = lambda: None
    for it in found.direct.list_objects_v2(Bucket=BUCKET).get("Contents", ()):
        found.direct.delete_object(Bucket=BUCKET, Key=it["Key"])
    found.direct.delete_bucket(Bucket=BUCKET)


def codes(error: pytest.ExceptionInfo[SiteError]) -> list[str]:
    return [it.code for it in error.value.diagnostics]


def uploads(seen: list[Seen]) -> list[str]:
    """The paths of files that were sent and arrived."""
    paths = [
        it.path.split("?")[0].removeprefix(f"/{BUCKET}/")
        for it in seen
        if it.method == "PUT" and not it.fault
    ]
    return [it for it in paths if it != NAME]


def test_the_bucket_holds_the_site_with_its_headers(site: Site, bucket: Bucket) -> None:
    """Every file is there with its type; names that stand for their bytes may be kept for ever, pages may not."""
    site.deploy(bucket.target())
    assert bucket.held() == version(1)
    (asset,) = (it for it in version(1) if it.startswith("assets/"))
    for path, kind, kept in (
        (asset, "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("feed.xml", "application/xml; charset=utf-8", "no-cache"),
    ):
        head = bucket.direct.head_object(Bucket=BUCKET, Key=path)
        assert (head["ContentType"], head["CacheControl"]) == (kind, kept)


def test_a_second_deployment_sends_what_differs_and_a_third_nothing(site: Site, bucket: Bucket) -> None:
    """Unchanged files are not sent again; when nothing differs nothing is written at all."""
    site.deploy(bucket.target())
    site.build(version(1) | {"404.html": b"<p>nothing here</p>"})
    bucket.proxy.reset()
    site.deploy(bucket.target())
    assert uploads(bucket.proxy.seen) == ["404.html"]
    bucket.proxy.reset()
    site.deploy(bucket.target())
    assert {it.method for it in bucket.proxy.seen} == {"GET"}


def test_sites_may_share_a_bucket(site: Site, bucket: Bucket) -> None:
    """Below a prefix nothing outside it is seen, and outside nothing below it is touched."""
    site.deploy(bucket.target(prefix="one"))
    site.build(version(2))
    done = site.deploy(bucket.target(prefix="two"))
    assert done.plan.strangers == ()
    assert bucket.held() == {
        **{f"one/{path}": data for path, data in version(1).items()},
        f"one/{NAME}": objects(bucket.direct)[f"one/{NAME}"],
        **{f"two/{path}": data for path, data in version(2).items()},
        f"two/{NAME}": objects(bucket.direct)[f"two/{NAME}"],
    }


def _with_fault(site: Site, bucket: Bucket, faults: Callable[[int], Fault]) -> bool:
    """Deploy version 2 over version 1 with faults, then again without; whether the first time failed."""
    site.deploy(bucket.target())
    bucket.visitor.visit()
    bucket.proxy.look = bucket.visitor.visit
    site.build(version(2))
    bucket.proxy.reset()
    bucket.proxy.faults = faults
    failed: tuple[str, ...] = ()
    try:
        site.deploy(bucket.target())
    except SiteError as error:
        failed = tuple(it.code for it in error.diagnostics)
        held = bucket.held()
        arrived = {path for path in version(2) if held.get(path) == version(2)[path]}
        bucket.proxy.reset()
        site.deploy(bucket.target())
        assert set(uploads(bucket.proxy.seen)) == version(2).keys() - arrived
    held = bucket.held()
    assert {path: held[path] for path in version(2)} == version(2)
    assert bucket.visitor.misses == []
    assert bucket.visitor.visits > 20
    assert set(failed) <= {"U301", "U303", "U304"}
    return bool(failed)


@pytest.mark.parametrize("number", some_of(REQUESTS))
def test_a_cut_at_any_request_costs_no_visitor_anything(site: Site, bucket: Bucket, number: int) -> None:
    """From some request on the network is gone; visitors miss nothing, and the next run sends only what is missing."""
    failed = _with_fault(site, bucket, lambda it: "cut" if it >= number else "")
    assert failed == (number < REQUESTS - 1), "the last one is past the end"


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", range(REQUESTS))
@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_a_fault_at_any_request_costs_no_visitor_anything(
    site: Site, bucket: Bucket, number: int, fault: Fault
) -> None:
    """A single request is cut, answered in vain, reset, torn or put off: the same holds."""
    _with_fault(site, bucket, lambda it: fault if it == number else "")


@pytest.mark.parametrize("fault", ALL_FAULTS)
def test_a_passing_fault_is_ridden_out(
    site: Site, bucket: Bucket, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every fourth request fails once; the deployment succeeds at once, and visitors miss nothing."""
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "6")
    assert not _with_fault(site, bucket, lambda it: fault if it % 4 == 2 else "")


def test_credentials_that_expire_halfway_stop_before_any_page(site: Site, bucket: Bucket) -> None:
    """When the assets cannot be sent no page is, and the message says what happened without showing a key."""
    site.deploy(bucket.target())
    before = bucket.held()
    site.build(version(2))
    bucket.proxy.reset()
    bucket.proxy.expired = (
        403,
        b"<Error><Code>ExpiredToken</Code><Message>The token is expired</Message></Error>",
    )
    bucket.proxy.faults = lambda it: "expired" if it >= 4 else ""
    with pytest.raises(SiteError) as error:
        site.deploy(bucket.target())
    assert codes(error) == ["U301"]
    assert "ExpiredToken" in sentence(error.value.diagnostics[0])
    assert KEYS[1] not in str(error.value)
    assert bucket.held() == before


def test_the_second_of_two_deployers_is_refused(site: Site, bucket: Bucket, tmp_path: Path) -> None:
    """Both have looked before either writes; one deploys, the other changes nothing."""
    other = Site(tmp_path / "other")
    other.build(version(2))
    late = bucket.target()
    read = late.read

    def read_and_be_overtaken(paths: Any) -> Any:
        found = read(paths)
        if not bucket.held():
            site.deploy(bucket.target())
        return found

    late.read = read_and_be_overtaken  # type: ignore[method-assign] # at the moment that matters
    with pytest.raises(SiteError) as error:
        other.deploy(late)
    assert codes(error) == ["U302"]
    assert bucket.held() == version(1)


def test_one_who_is_overtaken_stops(site: Site, bucket: Bucket, tmp_path: Path) -> None:
    """When another takes over in the midst of a deployment, the first does not end it."""
    other = Site(tmp_path / "other")
    other.build(version(2))
    slow = bucket.target()
    publish = slow.publish

    def overtaken(after: Any) -> None:
        other.deploy(bucket.target(), take_over=True)
        publish(after)

    slow.publish = overtaken  # type: ignore[method-assign] # at the moment that matters
    with pytest.raises(SiteError) as error:
        site.deploy(slow)
    assert codes(error) == ["U302"]
    site.build(version(1))
    site.deploy(bucket.target())
    held = bucket.held()
    assert {path: held[path] for path in version(1)} == version(1)


def test_a_bucket_changed_by_hand_is_mended_and_strangers_stay(site: Site, bucket: Bucket) -> None:
    """Objects of others are kept and named, ours are put right, also those of the same size."""
    site.deploy(bucket.target())
    bucket.direct.put_object(Bucket=BUCKET, Key="photos/1.jpg", Body=b"\xff")
    bucket.direct.put_object(Bucket=BUCKET, Key="feed.xml", Body=b"<feed>9</feed>")
    bucket.direct.delete_object(Bucket=BUCKET, Key="404.html")
    done = site.deploy(bucket.target())
    assert done.plan.mended == ("404.html", "feed.xml")
    assert done.plan.strangers == ("photos/1.jpg",)
    assert bucket.held() == version(1) | {"photos/1.jpg": b"\xff"}


def test_requests_are_those_of_the_plan_in_its_order(site: Site, bucket: Bucket) -> None:
    """What a dry run shows is what is then sent and deleted, nothing else, and in that order."""
    site.deploy(bucket.target())
    site.build(version(2))
    wish = Wish("live", "https://example.org", remove_now=True)
    target = bucket.target()
    shown = look(Output(str(site.public)), target, site.kept, wish).plan.steps
    bucket.proxy.reset()
    site.deploy(bucket.target(), remove_now=True)
    done = [
        (it.method, it.path.split("?")[0].removeprefix(f"/{BUCKET}/"))
        for it in bucket.proxy.seen
        if it.method not in ("GET", "HEAD")
    ]
    target.close()
    wanted = [("DELETE" if it.stage in REMOVING else "PUT", it.path or NAME) for it in shown]
    assert done == [("PUT", NAME), *wanted]
    assert len([it for it in wanted if it[0] == "DELETE"]) == 2


def test_a_long_deployment_renews_its_claim(
    site: Site, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is renewed nobody may think it was given up; one who is overtaken notices then."""
    monkeypatch.setattr(s3, "RENEWED", -1)
    site.deploy(bucket.target())
    lists = [it for it in bucket.proxy.seen if it.method == "PUT" and NAME in it.path]
    assert len(lists) == len(version(1)) + 2
    assert bucket.held() == version(1)


def test_a_clock_that_goes_wrong_deletes_nothing(
    site: Site, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How long a file has been gone is told by the clock of the storage; ours is a year ahead here."""
    site.deploy(bucket.target())
    site.build(version(2))
    site.deploy(bucket.target())
    ahead = SimpleNamespace(time=lambda: time.time() + 366 * 86400, monotonic=time.monotonic)
    monkeypatch.setattr(s3, "time", ahead)
    changed = version(2) | {"404.html": b"<p>x</p>"}
    site.build(changed)
    site.deploy(bucket.target())
    assert bucket.held() == version(1) | changed


def test_tags_that_are_no_checksums_are_understood(site: Site, bucket: Bucket) -> None:
    """Where storage encrypts, its tags tell nothing of the bytes; what was just sent is known all the same."""
    target = bucket.target()
    put, paginator = target._client.put_object, target._client.get_paginator

    def opaque(tag: str) -> str:
        return '"opaque' + tag.strip('"')[::-1] + '"'

    class Listing:
        def paginate(self, **words: Any) -> Iterator[Any]:
            for page in paginator("list_objects_v2").paginate(**words):
                contents = [{**it, "ETag": opaque(it["ETag"])} for it in page.get("Contents", ())]
                yield {**page, "Contents": contents}

    def opaque_put(**words: Any) -> Any:
        answer = put(**words)
        return answer if words["Key"] == NAME else {**answer, "ETag": opaque(answer["ETag"])}

    target._client.put_object = opaque_put
    target._client.get_paginator = lambda name: Listing()
    site.deploy(target)
    assert bucket.held() == version(1)


@pytest.mark.parametrize("number", [3, pytest.param(9, marks=pytest.mark.exhaustive)])
def test_a_killed_process_costs_no_visitor_anything(tmp_path: Path, bucket: Bucket, number: int) -> None:
    """The command is killed while a request is on its way, with a real site; the next run sends what is missing."""
    root = tmp_path / "mine"
    new_site(str(root))
    with open(root / "content/site.yaml", "a", encoding="utf-8") as file:
        file.write(f'deploy:\n  live: {{to: s3, bucket: {BUCKET}, endpoint: "{bucket.address}"}}\n')
    command = [sys.executable, "-m", "sitegen", "-C", str(root), "deploy", "--yes"]
    subprocess.run(command, check=True, capture_output=True)
    bucket.visitor.visit()
    settings = (root / "content/site.yaml").read_text("utf-8")
    (root / "content/site.yaml").write_text(settings.replace('title: "', 'title: "جديد: ', 1), "utf-8")
    bucket.proxy.reset()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        bucket.proxy.look = lambda: process.kill() if len(uploads(bucket.proxy.seen)) >= number else None
        assert process.wait() == -signal.SIGKILL
    bucket.proxy.look = lambda: None
    bucket.visitor.visit()
    first = len(uploads(bucket.proxy.seen))
    bucket.proxy.reset()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    bucket.visitor.visit()
    assert bucket.visitor.misses == []
    assert "deployed" in done.stdout
    second = uploads(bucket.proxy.seen)
    assert number <= first <= number + 8  # as many as go side by side
    assert 10 < len(second) < len(bucket.held()) - number + 8
    held = bucket.held()
    built = {
        it.relative_to(root / "public").as_posix(): it for it in (root / "public").rglob("*") if it.is_file()
    }
    wanted = {path: it.read_bytes() for path, it in built.items() if not path.startswith(".")}
    assert {path: held[path] for path in wanted} == wanted


def test_without_credentials_it_is_said_where_they_belong(
    site: Site, bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is asked of the server."""
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    bucket.proxy.reset()
    with pytest.raises(SiteError) as error:
        site.deploy(bucket.target())
    assert codes(error) == ["U108"]
    assert "environment" in hint(error.value.diagnostics[0])
    assert bucket.proxy.seen == []


def test_several_at_once_keep_the_order_of_stages(site: Site, bucket: Bucket) -> None:
    """Files of one stage go side by side; the next stage waits for all of them."""
    assets = {f"assets/{it}.css": f"{it}".encode() for it in range(20)}
    pages = {f"p{it}/index.html": b"<p>x</p>" for it in range(20)}
    site.build(version(1) | assets | pages)
    site.deploy(bucket.target(workers=8))
    stages = [it.startswith("assets/") for it in uploads(bucket.proxy.seen)]
    assert stages == sorted(stages, reverse=True)
    assert bucket.held() == version(1) | assets | pages


@pytest.fixture
def keyed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that looks at keys and overlooks conditions."""
    if not HAS_RCLONE:
        pytest.skip("rclone is not installed")
    (tmp_path / "buckets" / BUCKET).mkdir(parents=True)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEYS[0])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEYS[1])
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with rclone(tmp_path / "buckets") as address:
        yield address


def test_rclone_serves_what_was_deployed(site: Site, keyed: str) -> None:
    """Another server of S3 takes the same requests; a second run finds nothing to do."""
    target = S3Target(bucket=BUCKET, endpoint=keyed)
    site.deploy(S3Adapter(target))
    site.build(version(2))
    site.deploy(S3Adapter(target), remove_now=True)
    held = {path: data for path, data in objects(client(keyed)).items() if path != NAME}
    assert held == version(2)
    assert site.deploy(S3Adapter(target)).plan.steps == ()


def test_every_body_carries_its_checksum(site: Site, keyed: str) -> None:
    """A body that was altered on its way is refused: the checksum of another body is sent to see it."""
    target = S3Adapter(S3Target(bucket=BUCKET, endpoint=keyed))
    put = target._client.put_object
    wrong = base64.b64encode(hashlib.md5(b"other").digest()).decode()
    target._client.put_object = lambda **words: put(**{**words, "ContentMD5": wrong})
    with pytest.raises(SiteError) as error:
        site.deploy(target)
    assert codes(error) == ["U303"]
    assert objects(client(keyed)) == {}


def test_wrong_keys_are_refused_before_anything_is_sent(
    site: Site, keyed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says that the target refuses, and shows no key."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "something-else")
    with pytest.raises(SiteError) as error:
        site.deploy(S3Adapter(S3Target(bucket=BUCKET, endpoint=keyed)))
    assert codes(error) == ["U304"]
    assert "something-else" not in str(error.value)


def test_two_deployers_where_conditions_are_overlooked(site: Site, keyed: str, tmp_path: Path) -> None:
    """A claim that was overwritten is noticed when it is read again."""
    other = Site(tmp_path / "other")
    other.build(version(2))
    target = S3Target(bucket=BUCKET, endpoint=keyed)
    late = S3Adapter(target)
    put = late._put

    def overtaken(path: str, data: bytes, **conditions: str) -> str:
        tag = put(path, data, **conditions)
        if path == NAME and not objects(client(keyed)).get("index.html"):
            site.deploy(S3Adapter(target), take_over=True)
        return tag

    late._put = overtaken  # type: ignore[method-assign] # at the moment that matters
    with pytest.raises(SiteError) as error:
        other.deploy(late)
    assert codes(error) == ["U302"]
