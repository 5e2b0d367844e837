"""What tests of deployments share: a small site, and servers on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.small_site import Site, version


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of whoever runs the tests: no settings of git, no credentials, no proxy."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "AWS_PROFILE", "RSYNC_RSH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """The small site in its first version."""
    found = Site(tmp_path / "site")
    found.build(version(1))
    return found
