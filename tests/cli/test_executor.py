"""Builds that are shared with other processes through an executor."""

from __future__ import annotations

import shutil
import socket
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import distributed
import pytest

from sitegen.engine.keys import QueryKey
from sitegen.shell import farm
from sitegen.shell.session import Request, look, open_store, started
from tests.cli.conftest import Sitegen

SAMPLE = Path(__file__).parents[2]

pytestmark = pytest.mark.filterwarnings("ignore")  # those of Dask


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample site, large enough to be divided."""
    shutil.copytree(SAMPLE / "content", tmp_path / "sample/content")
    monkeypatch.chdir(tmp_path / "sample")
    return tmp_path / "sample"


def published(site: Path) -> dict[str, bytes]:
    """The files of the output."""
    found = {
        str(path.relative_to(site)): path.read_bytes() for path in site.rglob("public/**/*") if path.is_file()
    }
    shutil.rmtree(site / "public")
    shutil.rmtree(site / ".sitegen")
    return found


def test_other_processes_give_the_same_bytes(sample: Path, sitegen: Sitegen) -> None:
    """A site built with an executor is the one that is built without."""
    assert sitegen("build").status == 0
    alone = published(sample)
    assert sitegen("build", "--executor", "processes://2").status == 0
    assert published(sample) == alone


def test_a_dask_cluster_gives_the_same_bytes(sample: Path, sitegen: Sitegen) -> None:
    """So is one built by the workers of a Dask scheduler."""
    assert sitegen("build").status == 0
    alone = published(sample)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster:
        address = cluster.scheduler_address.replace("tcp://", "dask://")
        assert sitegen("build", "--executor", address).status == 0
    assert published(sample) == alone


def test_other_processes_do_the_work(sample: Path) -> None:
    """They leave no key to the one that asks."""
    from sitegen.graph import site

    request = Request(str(sample), settings={"today": "2026-01-01"})
    store = open_store(request.site)
    db = started(store, look(request, store)).db
    keys = next(site.groundwork(db))
    told: list[QueryKey] = []
    with ProcessPoolExecutor(2, get_context("spawn")) as executor:
        assert farm.farm(executor, request, store)(db, keys, lambda keys, made: told.extend(keys)) == []
    ran = len(db.ran)
    for key in keys:
        db.settle(key)
    assert len(db.ran) == ran
    assert set(told) == set(keys)
    store.close()


def test_help_that_fails_is_told(sample: Path, sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Machines with another version give no answer: the site is built all the same, with a warning that says why."""
    monkeypatch.setattr(farm, "namespace", lambda: "another")
    said = sitegen("build", "--executor", "processes://1")
    assert said.status == 0
    assert "O314" in said.err
    assert "another version of sitegen" in said.err
    assert (sample / "public/index.html").exists()


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "address", ["dask://", "processes://0", "processes://many", "ssh://host", "host:8786"]
)
def test_an_address_of_no_executor_is_refused(sitegen: Sitegen, address: str) -> None:
    """With the ways to write one."""
    said = sitegen("build", "--executor", address)
    assert said.status == 2
    assert "C111" in said.err
    assert "processes://NUMBER" in said.err


@pytest.mark.usefixtures("site")
def test_a_scheduler_that_does_not_answer_is_named(sitegen: Sitegen, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is built alone without a word."""
    monkeypatch.setattr(farm, "PATIENCE", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        said = sitegen("build", "--executor", f"dask://127.0.0.1:{free.getsockname()[1]}")
    assert said.status == 4
    assert "O313" in said.err
