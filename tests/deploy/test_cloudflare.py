"""A project of Cloudflare Pages as a target, with a stand-in for its tool that keeps the folder it is given."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from sitegen.core.destinations import CloudflareTarget
from sitegen.errors import SiteError
from sitegen.shell.deploy.cloudflare import CloudflareAdapter
from sitegen.shell.deploy.deployed import NAME
from tests.deploy.small_site import Files, Site, Visitor, from_files, target_at, version

WRANGLER = """#!{python}
import json, os, shutil, sys
home = os.environ["WRANGLER_HOME"]
with open(home + "/calls", "a") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
if os.path.exists(home + "/fail-" + sys.argv[2]):
    sys.exit("✘ [ERROR] Authentication error [code: 10000] with token " + os.environ["CLOUDFLARE_API_TOKEN"])
if sys.argv[2] == "deploy":
    shutil.copytree(sys.argv[3], home + "/next")
    shutil.rmtree(home + "/live", ignore_errors=True)
    os.rename(home + "/next", home + "/live")
"""


class Host:
    """What the tool was told, and what is live."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def target(self, site: Site) -> CloudflareAdapter:
        found = target_at(site, CloudflareTarget(project="my-project", branch="main"))
        assert isinstance(found, CloudflareAdapter)
        return found

    def held(self) -> Files:
        live = self.home / "live"
        found = [it for it in live.rglob("*") if it.is_file() and it.name != NAME]
        return {it.relative_to(live).as_posix(): it.read_bytes() for it in found}

    def calls(self) -> list[list[str]]:
        return [json.loads(it) for it in (self.home / "calls").read_text().splitlines()]


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    tool = tmp_path / "bin" / "wrangler"
    tool.parent.mkdir()
    tool.write_text(WRANGLER.replace("{python}", sys.executable), "utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "cloudflare").mkdir()
    monkeypatch.setenv("PATH", f"{tool.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("WRANGLER_HOME", str(tmp_path / "cloudflare"))
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "not-a-real-token")
    return Host(tmp_path / "cloudflare")


def test_the_tool_gets_the_whole_site_and_what_stays_a_while(site: Site, host: Host) -> None:
    """Old assets are given again; the words are those of its manual, and the first call only looks."""
    site.deploy(host.target(site))
    visitor = Visitor(from_files(host.home / "live"))
    visitor.visit()
    site.build(version(2))
    site.deploy(host.target(site))
    visitor.visit()
    assert visitor.misses == []
    assert host.held() == version(1) | version(2)
    looked, deployed = host.calls()[-2:]
    assert looked == ["pages", "deployment", "list", "--project-name=my-project"]
    assert deployed[:2] == ["pages", "deploy"]
    assert deployed[3:] == ["--branch=main", "--commit-dirty=true", "--project-name=my-project"]
    calls = len(host.calls())
    assert site.deploy(host.target(site)).plan.steps == ()
    assert len(host.calls()) == calls


@pytest.mark.parametrize("when", ["deployment", "deploy"])
def test_a_tool_that_fails_is_heard_and_called_again(site: Site, host: Host, when: str) -> None:
    """Its words are in the message, without the token; what was not shown is shown by the next run."""
    site.deploy(host.target(site))
    site.build(version(2))
    (host.home / f"fail-{when}").touch()
    with pytest.raises(SiteError) as error:
        site.deploy(host.target(site))
    (finding,) = error.value.diagnostics
    assert finding.code in ("U301", "U304")
    assert "Authentication error" in str(finding)
    assert "not-a-real-token" not in str(finding)
    assert host.held() == version(1)
    (host.home / f"fail-{when}").unlink()
    site.deploy(host.target(site))
    assert host.held() == version(1) | version(2)


def test_what_left_can_be_removed_at_once(site: Site, host: Host) -> None:
    """With --remove-now the tool is given the new site alone."""
    site.deploy(host.target(site))
    site.build(version(2))
    site.deploy(host.target(site), remove_now=True)
    assert host.held() == version(2)


def test_without_the_tool_it_is_said_how_to_get_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is guessed about Cloudflare's own protocol."""
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(SiteError) as error:
        target_at(site, CloudflareTarget(project="my-project"))
    assert [it.code for it in error.value.diagnostics] == ["U107"]
