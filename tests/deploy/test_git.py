"""A git branch as a target, over HTTP to git's own server, behind a proxy that fails as networks do."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sitegen.core.destinations import GitTarget
from sitegen.errors import SiteError
from sitegen.messages import sentence
from sitegen.shell.deploy.deployed import NAME
from sitegen.shell.deploy.git import GitAdapter
from tests.deploy.fault_proxy import Fault, Proxy, proxied
from tests.deploy.git_server import PASSWORD, USER, Repository, git, served
from tests.deploy.small_site import Files, Site, Visitor, some_of, target_at, version

REQUESTS = 18  # more than a deployment makes


class Forge:
    """A repository at a forge, and the way to it through a proxy."""

    def __init__(self, repository: Repository, proxy: Proxy, address: str) -> None:
        self.repository = repository
        self.proxy = proxy
        self.address = address
        self.visitor = Visitor(repository.get())

    def target(self, site: Site) -> GitAdapter:
        found = target_at(site, GitTarget(remote=self.address, branch="gh-pages"))
        assert isinstance(found, GitAdapter)
        return found

    def held(self) -> Files:
        return {
            path: data for path, data in self.repository.files().items() if path not in (NAME, ".nojekyll")
        }


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Proxy, str]]:
    folder = tmp_path_factory.mktemp("forge")
    with served(folder) as upstream, proxied(upstream) as (proxy, through):
        yield folder, proxy, through


@pytest.fixture
def forge(
    server: tuple[Path, Proxy, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Forge]:
    folder, proxy, address = server
    helper = tmp_path / "credentials"
    helper.write_text(f"{address.replace('//', f'//{USER}:{PASSWORD}@')}\n")
    settings = tmp_path / "gitconfig"
    settings.write_text(f"[credential]\n\thelper = store --file {helper}\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    repository = Repository(folder / f"{tmp_path.name}.git")
    proxy.reset()
    proxy.look = lambda: None
    yield Forge(repository, proxy, f"{address}/{tmp_path.name}.git")
    proxy.look = lambda: None


def codes(error: pytest.ExceptionInfo[SiteError]) -> list[str]:
    return [it.code for it in error.value.diagnostics]


def test_the_branch_holds_the_site(site: Site, forge: Forge) -> None:
    """Every file, the list, and what tells GitHub to serve files as they are."""
    site.deploy(forge.target(site))
    assert forge.held() == version(1)
    assert forge.repository.files()[".nojekyll"] == b""


def test_a_second_deployment_is_one_commit_and_a_third_none(site: Site, forge: Forge) -> None:
    """Each is a child of the one before; without a difference nothing is pushed."""
    site.deploy(forge.target(site))
    first = forge.repository.tip()
    site.build(version(2))
    site.deploy(forge.target(site), remove_now=True)
    second = forge.repository.tip()
    assert git("-C", str(forge.repository.root), "rev-parse", f"{second}^").decode().strip() == first
    assert forge.held() == version(2)
    done = site.deploy(forge.target(site))
    assert (done.plan.steps, forge.repository.tip()) == ((), second)


def test_files_of_others_stay_in_the_branch(site: Site, forge: Forge) -> None:
    """CNAME and whatever else was pushed by hand is kept, and named; what was changed by hand is mended."""
    forge.repository.commit({"CNAME": b"example.org\n"})
    site.deploy(forge.target(site))
    forge.repository.commit({"feed.xml": b"<feed>9</feed>", "by hand.txt": b"x"})
    done = site.deploy(forge.target(site))
    assert done.plan.strangers == ("CNAME", "by hand.txt")
    assert done.plan.mended == ("feed.xml",)
    assert forge.held() == version(1) | {"CNAME": b"example.org\n", "by hand.txt": b"x"}


def test_old_assets_are_carried_over(site: Site, forge: Forge) -> None:
    """Pages that were got before a deployment still find theirs."""
    site.deploy(forge.target(site))
    forge.visitor.visit()
    site.build(version(2))
    site.deploy(forge.target(site))
    forge.visitor.visit()
    assert forge.visitor.misses == []
    assert forge.held() == version(1) | version(2)


def test_names_of_any_kind_arrive(site: Site, forge: Forge) -> None:
    """Arabic, spaces, quotes and backslashes in names are names."""
    odd = {f"{name}/index.html": b"<p>x</p>" for name in ("صفحة", "a b", 'q"q', "back\\slash")}
    site.build(version(1) | odd)
    site.deploy(forge.target(site))
    assert forge.held() == version(1) | odd
    assert site.deploy(forge.target(site)).plan.steps == ()


def test_the_users_repository_is_not_touched(
    site: Site, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither its refs nor its index nor its work tree change; a remote is found by its name, credentials in its settings."""
    git("init", "--quiet", cwd=site.root)
    (site.root / ".gitignore").write_text(".sitegen\npublic\n")
    git("remote", "add", "origin", forge.address, cwd=site.root)
    header = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    git("config", f"http.{forge.address}.extraheader", f"Authorization: Basic {header}", cwd=site.root)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    git("add", ".", cwd=site.root)
    git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x", cwd=site.root)
    before = {
        it: it.read_bytes()
        for it in (site.root / ".git").rglob("*")
        if it.is_file() and "logs" not in it.parts
    }
    target = target_at(site, GitTarget(remote="origin", branch="gh-pages"))
    site.deploy(target)
    assert forge.held() == version(1)
    after = {
        it: it.read_bytes()
        for it in (site.root / ".git").rglob("*")
        if it.is_file() and "logs" not in it.parts
    }
    assert after == before
    assert git("status", "--porcelain", cwd=site.root) == b""


def _with_fault(site: Site, forge: Forge, faults: Callable[[int], Fault]) -> None:
    """Deploy version 2 over version 1 with faults, then again without."""
    site.deploy(forge.target(site))
    forge.visitor.visit()
    forge.proxy.look = forge.visitor.visit
    site.build(version(2))
    forge.proxy.reset()
    forge.proxy.faults = faults
    with suppress(SiteError):
        site.deploy(forge.target(site))
    forge.proxy.reset()
    site.deploy(forge.target(site))
    assert forge.held() == version(1) | version(2)
    assert forge.visitor.misses == []


@pytest.mark.parametrize("number", some_of(REQUESTS))
def test_a_cut_costs_no_visitor_anything(site: Site, forge: Forge, number: int) -> None:
    """From some request on the network is gone; the branch is the old or the new one, and the next run ends it."""
    _with_fault(site, forge, lambda it: "cut" if it >= number else "")


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", range(REQUESTS))
@pytest.mark.parametrize("fault", ["cut", "cut answer", "reset", "truncate", "truncate answer", "busy"])
def test_a_fault_at_any_request_costs_no_visitor_anything(
    site: Site, forge: Forge, number: int, fault: Fault
) -> None:
    """A single request is cut, answered in vain, reset, torn or put off: the same holds."""
    _with_fault(site, forge, lambda it: fault if it == number else "")


def test_the_second_of_two_deployers_is_refused(site: Site, forge: Forge, tmp_path: Path) -> None:
    """Whoever pushes second is refused and has changed nothing; running again goes on from the new state."""
    other = Site(tmp_path / "other")
    other.build(version(2))
    late = forge.target(other)
    publish = late.publish

    def overtaken(after: Any) -> None:
        site.deploy(forge.target(site))
        publish(after)

    late.publish = overtaken  # type: ignore[method-assign] # at the moment that matters
    with pytest.raises(SiteError) as error:
        other.deploy(late)
    assert codes(error) == ["U302"]
    assert forge.held() == version(1)
    other.deploy(forge.target(other))
    assert {path: forge.held()[path] for path in version(2)} == version(2)


def test_a_wrong_password_is_a_refusal_that_does_not_show_it(
    site: Site, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is asked for another one, and the message has no secret."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    remote = forge.address.replace("//", f"//{USER}:wrong-password@")
    with pytest.raises(SiteError) as error:
        site.deploy(target_at(site, GitTarget(remote=remote)))
    assert codes(error) == ["U304"]
    assert "wrong-password" not in sentence(error.value.diagnostics[0]) + str(error.value)


def test_a_remote_that_there_is_not_is_named(site: Site) -> None:
    """A name that the site's repository does not know is said to be unknown."""
    git("init", "--quiet", cwd=site.root)
    with pytest.raises(SiteError) as error:
        target_at(site, GitTarget(remote="origin"))
    assert codes(error) == ["U303"]
    assert "origin" in sentence(error.value.diagnostics[0])
