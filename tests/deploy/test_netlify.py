"""A site of Netlify as a target, against a small faithful server behind a proxy that fails as networks do."""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sitegen.core.destinations import NetlifyTarget
from sitegen.errors import SiteError
from sitegen.messages import sentence
from sitegen.shell.deploy.deployed import NAME
from sitegen.shell.deploy.http import Client
from sitegen.shell.deploy.netlify import NetlifyAdapter
from tests.deploy.fault_proxy import Fault, Proxy, proxied
from tests.deploy.netlify_server import TOKEN, Netlify, netlify
from tests.deploy.small_site import Files, Site, Visitor, version

REQUESTS = 22  # more than a deployment makes
FAULTS: tuple[Fault, ...] = ("cut", "cut answer", "reset", "truncate", "truncate answer", "busy")


class Host:
    """The service, and the way to it through a proxy."""

    def __init__(self, service: Netlify, proxy: Proxy) -> None:
        self.service = service
        self.proxy = proxy
        self.visitor = Visitor(service.get())
        self.waits: list[float] = []

    def target(self) -> NetlifyAdapter:
        return NetlifyAdapter(NetlifyTarget(site="my-site"), self.waits.append)

    def held(self) -> Files:
        return {path: data for path, data in self.service.files().items() if path != NAME}


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    with netlify() as (service, upstream), proxied(upstream) as (proxy, address):
        monkeypatch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
        monkeypatch.setenv("NETLIFY_API_URL", address)
        yield Host(service, proxy)


def codes(error: pytest.ExceptionInfo[SiteError]) -> list[str]:
    return [it.code for it in error.value.diagnostics]


def puts(proxy: Proxy) -> list[str]:
    """The files that arrived, without our list, which is another one each time."""
    return [
        it.path for it in proxy.seen if it.method == "PUT" and not it.fault and not it.path.endswith(NAME)
    ]


def test_the_site_is_published_as_a_whole(site: Site, host: Host) -> None:
    """Every file, also under names of any kind; slow processing is waited for."""
    odd = {f"{name}/index.html": b"<p>x</p>" for name in ("صفحة", "a b", "100%", "q?#")}
    site.build(version(1) | odd)
    host.service.polls = 3
    site.deploy(host.target())
    assert host.held() == version(1) | odd
    assert len(host.waits) >= 6


def test_only_what_netlify_lacks_is_sent(site: Site, host: Host) -> None:
    """Files that it has from any earlier deploy are told by their digest; a third run does nothing."""
    site.deploy(host.target())
    host.proxy.reset()
    site.build(version(2) | {"copy.xml": version(1)["feed.xml"]})
    site.deploy(host.target())
    assert len(puts(host.proxy)) == len(version(2))
    deploys = len(host.service.deploys)
    assert site.deploy(host.target()).plan.steps == ()
    assert len(host.service.deploys) == deploys


def test_old_assets_and_strangers_are_carried_over(site: Site, host: Host) -> None:
    """Pages that were got before find theirs, and what somebody dragged there stays."""
    site.deploy(host.target())
    host.visitor.visit()
    files = host.service.deploys[host.service.published]["files"]
    host.service.blobs["0" * 40] = b"theirs"
    host.service.published = host.service.create(files | {"/theirs.txt": "0" * 40})
    site.build(version(2))
    done = site.deploy(host.target())
    host.visitor.visit()
    assert done.plan.strangers == ("theirs.txt",)
    assert host.held() == version(1) | version(2) | {"theirs.txt": b"theirs"}
    assert host.visitor.misses == []


def _with_fault(site: Site, host: Host, faults: Callable[[int], Fault]) -> None:
    site.deploy(host.target())
    host.visitor.visit()
    host.proxy.look = host.visitor.visit
    site.build(version(2))
    host.proxy.reset()
    host.proxy.faults = faults
    with suppress(SiteError):
        site.deploy(host.target())
    arrived = len(set(puts(host.proxy)))
    host.proxy.reset()
    site.deploy(host.target())
    assert len(puts(host.proxy)) == len(version(2)) - arrived
    assert host.held() == version(1) | version(2)
    assert host.visitor.misses == []


@pytest.mark.parametrize("number", range(REQUESTS))
def test_a_cut_at_any_request_costs_no_visitor_anything(site: Site, host: Host, number: int) -> None:
    """From some request on the network is gone: the old or the new site is shown, and a resume sends only the rest."""
    _with_fault(site, host, lambda it: "cut" if it >= number else "")


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", range(REQUESTS))
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_request_costs_no_visitor_anything(
    site: Site, host: Host, number: int, fault: Fault
) -> None:
    """A single request is cut, answered in vain, reset, torn or put off: the same holds."""
    _with_fault(site, host, lambda it: fault if it == number else "")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_passing_fault_is_ridden_out(site: Site, host: Host, fault: Fault) -> None:
    """Every third request fails once; the deployment succeeds at once."""
    host.proxy.faults = lambda it: fault if it % 3 == 1 else ""
    site.deploy(host.target())
    assert host.held() == version(1)


def test_patience_is_as_long_as_it_is_asked_for(host: Host) -> None:
    """Retry-After is kept to where it is given, up to two minutes; else waits grow."""
    waits: list[float] = []
    client = Client(os.environ["NETLIFY_API_URL"], TOKEN, waits.append)
    for asked in ("7", "100000", "", "soon"):
        host.proxy.reset()
        host.proxy.retry_after = asked
        host.proxy.faults = lambda it: "busy" if it == 0 else ""
        client.ask("GET", "/sites/my-site")
    assert waits[:2] == [7.0, 120.0]
    assert all(0.5 <= it <= 1.0 for it in waits[2:])


def test_the_second_of_two_deployers_is_refused(site: Site, host: Host, tmp_path: Path) -> None:
    """When another deploy was published since we looked, ours is not made."""
    other = Site(tmp_path / "other")
    other.build(version(2))
    late = host.target()
    publish = late.publish

    def overtaken(after: Any) -> None:
        site.deploy(host.target())
        publish(after)

    late.publish = overtaken  # type: ignore[method-assign] # at the moment that matters
    with pytest.raises(SiteError) as error:
        other.deploy(late)
    assert codes(error) == ["U302"]
    assert host.held() == version(1)


def test_a_deploy_that_netlify_gives_up_is_said_with_its_reason(site: Site, host: Host) -> None:
    """The old site stays."""
    create = host.service.create

    def failing(files: dict[str, str]) -> str:
        id = create(files)
        host.service.deploys[id] |= {"state": "error", "error": "too many files", "polls": 99}
        return id

    host.service.create = failing  # type: ignore[method-assign]
    with pytest.raises(SiteError) as error:
        site.deploy(host.target())
    assert codes(error) == ["U301"]
    assert "too many files" in sentence(error.value.diagnostics[0])


@pytest.mark.parametrize(("token", "code"), [("", "U108"), ("nfp-another-token", "U304")])
def test_a_wrong_token_is_refused_and_not_shown(
    site: Site, host: Host, token: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is sent."""
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", token)
    with pytest.raises(SiteError) as error:
        site.deploy(host.target())
    assert codes(error) == [code]
    assert "another-token" not in str(error.value)


def test_a_token_is_sent_to_the_api_only(site: Site, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of our files is fetched from the site, where a token has no business."""
    site.deploy(host.target())
    seen: list[tuple[str, bool]] = []
    real = urllib.request.urlopen

    def watched(request: urllib.request.Request, **words: Any) -> Any:
        seen.append((request.full_url, request.unredirected_hdrs.get("Authorization") is not None))
        return real(request, **words)

    monkeypatch.setattr(urllib.request, "urlopen", watched)
    site.deploy(host.target())
    assert {with_token for url, with_token in seen if "/of/" in url} == {False}
    assert {with_token for url, with_token in seen if "/of/" not in url} == {True}
