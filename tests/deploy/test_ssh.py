"""A server with ssh and rsync as a target: a real sshd on this machine, and tools that are broken off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from sitegen.core.destinations import SshTarget
from sitegen.errors import SiteError
from sitegen.shell.deploy import ssh, tools
from sitegen.shell.deploy.deployed import NAME
from sitegen.shell.deploy.ssh import SshAdapter
from tests.deploy.small_site import Files, Site, Visitor, from_files, target_at, version
from tests.deploy.ssh_server import NEEDED, Server, sshd

pytestmark = pytest.mark.skipif(bool(NEEDED), reason=f"not installed: {', '.join(NEEDED)}")

CALLS = 12  # more than a deployment makes


class Host:
    """A folder on the server, and what a web server there would serve."""

    def __init__(self, server: Server, root: Path) -> None:
        self.root = root
        self.server = server
        self.visitor = Visitor(from_files(root / "current"))

    def target(self, site: Site) -> SshAdapter:
        found = target_at(site, SshTarget(host="127.0.0.1", path=str(self.root), port=str(self.server.port)))
        assert isinstance(found, SshAdapter)
        return found

    def held(self) -> Files:
        current = (self.root / "current").resolve()
        found = [it for it in current.rglob("*") if it.is_file() and it.name != NAME]
        return {it.relative_to(current).as_posix(): it.read_bytes() for it in found}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with sshd(tmp_path_factory.mktemp("sshd")) as found:
        yield found


@pytest.fixture
def host(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    monkeypatch.setenv("RSYNC_RSH", server.command)
    return Host(server, tmp_path / "srv" / "my site")


def codes(error: pytest.ExceptionInfo[SiteError]) -> list[str]:
    return [it.code for it in error.value.diagnostics]


def test_current_is_the_site(site: Site, host: Host) -> None:
    """It is a link to a release with every file, readable for all, also where the path has a space."""
    site.deploy(host.target(site))
    assert host.held() == version(1)
    assert (host.root / "current").is_symlink()
    assert {oct(it.stat().st_mode & 0o777) for it in host.root.glob("current/**/*") if it.is_file()} == {
        "0o644"
    }


def test_a_second_deployment_carries_old_assets_over_and_a_third_does_nothing(site: Site, host: Host) -> None:
    """Pages that were got before find theirs; unchanged files are the same files on the disk."""
    files = version(1) | {"big.png": b"x" * 10_000}
    site.build(files)
    site.deploy(host.target(site))
    host.visitor.visit()
    inode = (host.root / "current/big.png").stat().st_ino
    site.build(version(2) | {"big.png": files["big.png"]})
    site.deploy(host.target(site))
    host.visitor.visit()
    assert host.visitor.misses == []
    assert host.held() == files | version(2)
    assert (host.root / "current/big.png").stat().st_ino == inode
    link = (host.root / "current").readlink()
    assert site.deploy(host.target(site)).plan.steps == ()
    assert (host.root / "current").readlink() == link


def test_old_releases_are_cleared_away_and_what_left_can_be_deleted(site: Site, host: Host) -> None:
    """Three older releases stay; with --remove-now nothing of older versions is in the newest."""
    site.deploy(host.target(site))
    for day in range(5):
        (host.root / f"releases/2020010{day + 1}T000000-0000").mkdir()
    strangers = ["20200101000000", "backup"]  # of other tools, or made by hand
    for name in strangers:
        (host.root / "releases" / name).mkdir()
    site.build(version(2))
    site.deploy(host.target(site), remove_now=True)
    assert host.held() == version(2)
    left = sorted(it.name for it in (host.root / "releases").iterdir() if it.name not in strangers)
    assert all((host.root / "releases" / name).is_dir() for name in strangers)
    assert left[:2] == ["20200104T000000-0000", "20200105T000000-0000"]
    assert len(left) == 4


def test_names_of_any_kind_arrive(site: Site, host: Host) -> None:
    """Arabic, spaces, quotes and dollars in names are names; they can be deleted again."""
    odd = {f"{name}/index.html": b"<p>x</p>" for name in ("صفحة", "a b", "q'q", "$(x)", "back\\slash", "-n")}
    site.build(version(1) | odd)
    site.deploy(host.target(site))
    assert host.held() == version(1) | odd
    site.build(version(1))
    site.deploy(host.target(site), remove_now=True)
    assert host.held() == version(1)


def test_a_server_changed_by_hand_is_mended_and_strangers_stay(site: Site, host: Host) -> None:
    """What others put into `current` is carried over and named."""
    site.deploy(host.target(site))
    (host.root / "current/CNAME").write_bytes(b"example.org")
    (host.root / "current/feed.xml").unlink()
    done = site.deploy(host.target(site))
    assert (done.plan.mended, done.plan.strangers) == (("feed.xml",), ("CNAME",))
    assert host.held() == version(1) | {"CNAME": b"example.org"}


def _broken_off(site: Site, host: Host, monkeypatch: pytest.MonkeyPatch, number: int, before: bool) -> None:
    """Deploy version 2 over version 1 while call `number` of a tool loses its connection, before or after its work."""
    site.deploy(host.target(site))
    host.visitor.visit()
    site.build(version(2))
    real, calls = tools.run, [0]

    def run(command: Any, **words: Any) -> bytes:
        calls[0] += 1
        lost = tools.ToolError(255, "client_loop: send disconnect: Broken pipe")
        if calls[0] > number and before:
            raise lost
        found = real(command, **words)
        host.visitor.visit()
        if calls[0] == number + 1 and not before:
            raise lost
        return found

    monkeypatch.setattr(tools, "run", run)
    with suppress(SiteError):
        site.deploy(host.target(site))
    monkeypatch.setattr(tools, "run", real)
    site.deploy(host.target(site))
    host.visitor.visit()
    assert host.held() == version(1) | version(2)
    assert host.visitor.misses == []


@pytest.mark.parametrize("number", [3])
def test_a_broken_connection_costs_no_visitor_anything(
    site: Site, host: Host, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """`current` is the old or the new release, whole, and the next run ends it."""
    _broken_off(site, host, monkeypatch, number, before=True)


@pytest.mark.exhaustive
@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("number", range(CALLS))
def test_a_connection_broken_at_any_call_costs_no_visitor_anything(
    site: Site, host: Host, monkeypatch: pytest.MonkeyPatch, number: int, before: bool
) -> None:
    """Before a tool has done its work, and after it but before we hear of it."""
    _broken_off(site, host, monkeypatch, number, before)


def test_a_resume_sends_only_what_is_missing(site: Site, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release under way is gone on with: files that arrived are the same files on the disk afterwards."""
    site.build(version(1) | {"assets/big.abc.png": b"x" * 100_000})
    target = host.target(site)
    monkeypatch.setattr(ssh, "_PUBLISH", "exit 255")
    with pytest.raises(SiteError):
        site.deploy(target)
    monkeypatch.undo()
    monkeypatch.setenv("RSYNC_RSH", host.server.command)
    (arrived,) = host.root.glob("releases/.incoming-*/assets/big.abc.png")
    inode = arrived.stat().st_ino
    site.deploy(host.target(site))
    assert (host.root / "current/assets/big.abc.png").stat().st_ino == inode
    assert list(host.root.glob("releases/.incoming-*")) == []


def test_a_release_under_way_for_another_site_is_not_gone_on_with(
    site: Site, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent for a version that was given up is not shown with the next one."""
    monkeypatch.setattr(ssh, "_PUBLISH", "exit 255")
    with pytest.raises(SiteError):
        site.deploy(host.target(site))
    monkeypatch.undo()
    monkeypatch.setenv("RSYNC_RSH", host.server.command)
    site.build(version(2))
    site.deploy(host.target(site))
    assert host.held() == version(2)


def test_the_second_of_two_deployers_is_refused(site: Site, host: Host, tmp_path: Path) -> None:
    """`current` is only replaced if it is still what was looked at."""
    other = Site(tmp_path / "other")
    other.build(version(2))
    late = host.target(other)
    publish = late.publish

    def overtaken(after: Any) -> None:
        site.deploy(host.target(site))
        publish(after)

    late.publish = overtaken  # type: ignore[method-assign] # at the moment that matters
    with pytest.raises(SiteError) as error:
        other.deploy(late)
    assert codes(error) == ["U302"]
    assert host.held() == version(1)
    other.deploy(host.target(other))
    assert {path: host.held()[path] for path in version(2)} == version(2)


def test_a_folder_named_current_is_left_alone(site: Site, host: Host) -> None:
    """Where `current` is no link it is not ours."""
    (host.root / "current").mkdir(parents=True)
    with pytest.raises(SiteError) as error:
        site.deploy(host.target(site))
    assert codes(error) == ["U209"]


def test_a_key_that_is_not_known_is_refused(
    site: Site, host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is asked for a password."""
    settings = Path(host.server.command.split()[-1])
    other = tmp_path / "ssh_config"
    other.write_text(settings.read_text().replace("IdentityFile", "#"))
    monkeypatch.setenv("RSYNC_RSH", f"ssh -F {other}")
    with pytest.raises(SiteError) as error:
        site.deploy(host.target(site))
    assert codes(error) == ["U304"]


def test_a_server_that_is_away_is_said_to_be_away(
    site: Site, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refused connection is no refusal of the credentials."""
    away = Host(Server(1, host.server.command), host.root)
    with pytest.raises(SiteError) as error:
        site.deploy(away.target(site))
    assert codes(error) == ["U303"]


def test_a_tool_that_is_not_installed_is_named(
    site: Site, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the way to get it."""
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "rsync" else name)
    with pytest.raises(SiteError) as error:
        host.target(site)
    assert codes(error) == ["U107"]
