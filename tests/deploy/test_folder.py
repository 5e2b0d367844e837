"""A folder as a target: what is there afterwards, what is never touched, and what a failure leaves behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from sitegen.errors import SiteError
from sitegen.shell.deploy.deployed import NAME, Claim, Deployed, decode, encode
from sitegen.shell.deploy.folder import FolderAdapter
from sitegen.shell.deploy.plan import DAY, Step
from sitegen.shell.deploy.run import before_last
from sitegen.shell.deploy.target import Read, Remote
from sitegen.shell.trouble import trouble
from tests.deploy.small_site import Site, Visitor, from_files, version


def codes(error: pytest.ExceptionInfo[SiteError]) -> list[str]:
    return [it.code for it in error.value.diagnostics]


def held(root: Path) -> dict[str, bytes]:
    return {
        it.relative_to(root).as_posix(): it.read_bytes()
        for it in root.rglob("*")
        if it.is_file() and it.name != NAME
    }


class Watched(FolderAdapter):
    """A folder in which somebody looks after every step, and which may fail at one."""

    def __init__(self, root: Path, look: Callable[[], None] = lambda: None, fail_at: int = -1) -> None:
        super().__init__(str(root))
        self.writes: list[str] = []
        self._look = look
        self._fail_at = fail_at

    def _count(self, path: str) -> None:
        if len(self.writes) == self._fail_at:
            raise trouble(PermissionError(13, "Permission denied"), path)
        self.writes.append(path)

    def _put(self, path: str, data: bytes) -> None:
        self._count(path)
        super()._put(path, data)
        self._look()

    def _remove(self, path: str) -> None:
        self._count(path)
        super()._remove(path)
        self._look()


class Later(FolderAdapter):
    """A folder whose clock goes `days` ahead."""

    def __init__(self, root: Path, days: int) -> None:
        super().__init__(str(root))
        self._days = days

    def read(self, paths: Collection[str]) -> Remote:
        return super().read(paths)._replace(now=super().read(paths).now + self._days * DAY)


def test_the_folder_holds_the_site_afterwards(site: Site, tmp_path: Path) -> None:
    """Every file is there with its bytes, readable for all, and nothing but the list is beside them."""
    www = tmp_path / "www"
    os.umask(0o077)
    try:
        site.deploy(FolderAdapter(str(www)))
    finally:
        os.umask(0o022)
    assert held(www) == version(1)
    assert {oct(it.stat().st_mode & 0o777) for it in www.rglob("*") if it.is_file()} == {"0o644"}
    assert sorted(it.name for it in www.iterdir()) == sorted(
        ["404.html", "articles", "assets", "feed.xml", "index.html", NAME]
    )


def test_a_second_deployment_sends_what_differs_and_a_third_nothing(site: Site, tmp_path: Path) -> None:
    """Unchanged bytes are not written again."""
    www = tmp_path / "www"
    site.deploy(FolderAdapter(str(www)))
    before = {it: it.stat().st_mtime_ns for it in www.rglob("*") if it.is_file()}
    changed = {"404.html": b"<p>nothing here</p>", "articles/new/index.html": b"<p>new</p>"}
    site.build(version(1) | changed)
    sent = [it.path for it in site.deploy(FolderAdapter(str(www))).plan.steps if it.path]
    assert sorted(sent) == sorted(changed)
    assert {it.name for it, time in before.items() if it.stat().st_mtime_ns != time} == {"404.html", NAME}
    assert site.deploy(FolderAdapter(str(www))).plan.steps == ()


@pytest.mark.parametrize("fail_at", range(9))
def test_a_failure_at_any_write_costs_no_visitor_anything(site: Site, tmp_path: Path, fail_at: int) -> None:
    """Whatever write fails, every page got before, during and after refers to what is there; the next run ends it."""
    www = tmp_path / "www"
    site.deploy(FolderAdapter(str(www)))
    visitor = Visitor(from_files(www))
    visitor.visit()
    site.build(version(2))
    with pytest.raises(SiteError) as error:
        site.deploy(Watched(www, visitor.visit, fail_at))
    assert codes(error) == ["U301" if fail_at else "O303"]
    resumed = Watched(www, visitor.visit)
    site.deploy(resumed)
    sent = [it for it in resumed.writes if it != NAME]
    assert len(sent) == len(set(sent)) <= len(version(2)) - max(fail_at - 1, 0)
    assert visitor.misses == []
    assert visitor.visits > 50
    assert {path: held(www)[path] for path in version(2)} == version(2)


def test_what_left_is_deleted_after_its_time(site: Site, tmp_path: Path) -> None:
    """A page goes after a week, an asset after two."""
    www = tmp_path / "www"
    site.deploy(FolderAdapter(str(www)))
    site.build(version(2))
    site.deploy(FolderAdapter(str(www)))
    (page,) = (it for it in version(1).keys() - version(2).keys() if it.endswith(".html"))
    (asset,) = (it for it in version(1).keys() - version(2).keys() if it.endswith(".css"))
    for days, there in ((6, (True, True)), (8, (False, True)), (15, (False, False))):
        site.deploy(Later(www, days))
        assert ((www / page).exists(), (www / asset).exists()) == there, days
    assert not (www / page).parent.exists()
    assert held(www) == version(2)


def test_files_of_others_survive(site: Site, tmp_path: Path) -> None:
    """CNAME, .well-known and photos stay through deployments and deletions, and are named."""
    www = tmp_path / "www"
    others = {"CNAME": b"example.org", ".well-known/security.txt": b"mailto:", "photos/1.jpg": b"\xff"}
    for path, data in others.items():
        (www / path).parent.mkdir(parents=True, exist_ok=True)
        (www / path).write_bytes(data)
    site.deploy(FolderAdapter(str(www)))
    site.build(version(2))
    done = site.deploy(FolderAdapter(str(www)), remove_now=True)
    assert held(www) == version(2) | others
    assert set(done.plan.strangers) == set(others)


def test_a_file_of_others_in_the_way_stops_everything(site: Site, tmp_path: Path) -> None:
    """Nothing is sent until it is moved or adopted."""
    www = tmp_path / "www"
    www.mkdir()
    (www / "index.html").write_bytes(b"theirs")
    with pytest.raises(SiteError) as error:
        site.deploy(FolderAdapter(str(www)))
    assert codes(error) == ["U208"]
    assert held(www) == {"index.html": b"theirs"}
    site.deploy(FolderAdapter(str(www)), adopt=True)
    assert held(www) == version(1)


@pytest.mark.parametrize("link", ["articles", "index.html"])
def test_links_are_never_written_through(site: Site, tmp_path: Path, link: str) -> None:
    """A link in the way is refused, also when files of others may be adopted; what it points to stays."""
    www, outside = tmp_path / "www", tmp_path / "outside"
    www.mkdir()
    outside.mkdir()
    (outside / "index.html").write_bytes(b"theirs")
    (www / link).symlink_to(outside if link == "articles" else outside / "index.html")
    with pytest.raises(SiteError) as error:
        site.deploy(FolderAdapter(str(www)))
    assert codes(error)[0] in ("U208", "U209")
    if link == "articles":
        with pytest.raises(SiteError):
            site.deploy(FolderAdapter(str(www)), adopt=True)
    else:
        site.deploy(FolderAdapter(str(www)), adopt=True)
    assert held(outside) == {"index.html": b"theirs"}


def test_a_folder_changed_by_hand_is_mended(site: Site, tmp_path: Path) -> None:
    """Edited and removed files are sent again and named, also those of the same size."""
    www = tmp_path / "www"
    site.deploy(FolderAdapter(str(www)))
    (www / "404.html").unlink()
    (www / "feed.xml").write_bytes(b"<feed>9</feed>")
    done = site.deploy(FolderAdapter(str(www)))
    assert done.plan.mended == ("404.html", "feed.xml")
    assert held(www) == version(1)


def test_a_second_deployer_is_refused(site: Site, tmp_path: Path) -> None:
    """While one has the folder another is told so at once; nobody waits and nothing mixes."""
    www = tmp_path / "www"
    www.mkdir()
    first = FolderAdapter(str(www))
    with pytest.raises(SiteError) as error:
        FolderAdapter(str(www))
    assert codes(error) == ["U302"]
    site.deploy(first)
    site.deploy(FolderAdapter(str(www)))


def test_a_broken_off_deployment_of_somebody_else_is_not_trodden_on(site: Site, tmp_path: Path) -> None:
    """For a quarter of an hour it counts as under way, unless it is taken over."""
    www = tmp_path / "www"
    other = Site(tmp_path / "other")
    other.build(version(1))
    with pytest.raises(SiteError):
        other.deploy(Watched(www, fail_at=3))
    with pytest.raises(SiteError) as error:
        site.deploy(FolderAdapter(str(www)))
    assert codes(error) == ["U302"]
    site.deploy(FolderAdapter(str(www)), take_over=True)
    assert held(www) == version(1)


class Meddled(FolderAdapter):
    """A folder to which somebody else deploys between the look and the first write."""

    def begin(self, claim: Deployed, after: Deployed) -> None:
        (Path(self.root) / NAME).write_bytes(b"{}\n")
        super().begin(claim, after)


def test_a_deployment_in_between_is_noticed(site: Site, tmp_path: Path) -> None:
    """A plan made for another state of the target is not carried out."""
    www = tmp_path / "www"
    www.mkdir()
    with pytest.raises(SiteError) as error:
        site.deploy(Meddled(str(www)))
    assert codes(error) == ["U302"]
    assert held(www) == {}


def test_too_many_files_may_not_leave(site: Site, tmp_path: Path) -> None:
    """A site that shrinks by more than the limit is refused with the number to pass."""
    www = tmp_path / "www"
    many = {f"p{number}/index.html": b"<p>x</p>" for number in range(20)}
    site.build(version(1) | many)
    site.deploy(FolderAdapter(str(www)))
    site.build(version(1))
    with pytest.raises(SiteError) as error:
        site.deploy(FolderAdapter(str(www)))
    assert codes(error) == ["U207"]
    assert dict(error.value.diagnostics[0].args) == {"count": "20", "limit": "10"}
    assert len(site.deploy(FolderAdapter(str(www)), max_deletes=20).plan.leaving) == 20


def test_a_damaged_list_is_refused(site: Site, tmp_path: Path) -> None:
    """A list that could make us delete what is not ours is not believed."""
    www = tmp_path / "www"
    site.deploy(FolderAdapter(str(www)))
    for text in (b"{", b'{"version":9}', b'{"files":{"../x":[1,"a","page"]}}', b"\xff"):
        (www / NAME).write_bytes(text)
        with pytest.raises(SiteError) as error:
            site.deploy(FolderAdapter(str(www)))
        assert codes(error) == ["U305"]


def test_the_list_names_its_deployments(site: Site, tmp_path: Path) -> None:
    """Each deployment that changed something is in the history."""
    www = tmp_path / "www"
    for number in (1, 2, 2):
        site.build(version(number))
        site.deploy(FolderAdapter(str(www)))
    deployed = decode((www / NAME).read_bytes())
    assert [it.files for it in deployed.history] == [7, 7]
    assert deployed.history[-1].id == deployed.id
    assert (deployed.claim, deployed.pending) == (None, ())


def test_an_interrupt_leaves_what_can_be_gone_on_with(site: Site, tmp_path: Path) -> None:
    """Ctrl-C in the midst is said to have left the deployment incomplete; the next run ends it."""
    www = tmp_path / "www"

    def interrupt() -> None:
        if (www / "404.html").exists():
            raise KeyboardInterrupt

    with pytest.raises(SiteError) as error:
        site.deploy(Watched(www, interrupt))
    assert codes(error) == ["U301"]
    site.deploy(FolderAdapter(str(www)))
    assert held(www) == version(1)


def test_progress_counts_every_step(site: Site, tmp_path: Path) -> None:
    """From the first to the last of the plan."""
    seen: list[tuple[int, int]] = []
    done = site.deploy(
        FolderAdapter(str(tmp_path / "www")), progress=lambda label, done, total: seen.append((done, total))
    )
    total = len(done.plan.steps)
    assert seen == [(number, total) for number in range(1, total + 1)]


class Forgetful(FolderAdapter):
    """A folder that loses one file while it says that it has it."""

    def _put(self, path: str, data: bytes) -> None:
        super()._put(path, b"lost" if path == "feed.xml" else data)


def test_what_did_not_arrive_is_noticed(site: Site, tmp_path: Path) -> None:
    """After the last step the target is read again and compared."""
    with pytest.raises(SiteError) as error:
        site.deploy(Forgetful(str(tmp_path / "www")))
    assert codes(error) == ["U306"]
    assert site.kept.ids("live") == []


class Switched(FolderAdapter):
    """A folder; a file of the site is changed while others are on their way."""

    def __init__(self, root: str, site: Site) -> None:
        super().__init__(root)
        self._site = site

    def carry_out(self, steps: Collection[Step], read: Read, done: Callable[[], None]) -> None:
        (self._site.public / "index.html").write_bytes(b"changed")
        super().carry_out(steps, read, done)


def test_changes_after_sealing_never_leave(site: Site, tmp_path: Path) -> None:
    """A file that is not what was sealed is refused, before the deployment and in its midst."""
    www = tmp_path / "www"
    with pytest.raises(SiteError) as error:
        site.deploy(Switched(str(www), site))
    assert codes(error) == ["U202"]
    assert b"changed" not in held(www).values()
    with pytest.raises(SiteError) as error:
        site.deploy(FolderAdapter(str(www)))
    assert codes(error) == ["U202"]


def test_the_way_back_from_a_broken_off_deployment_is_the_last_whole_one(tmp_path: Path) -> None:
    """And from a whole one, or one of another machine, the one before it."""
    folder = FolderAdapter(str(tmp_path))
    for live, back in (
        (Deployed(id="b", claim=Claim("me", 1), pending=("x",)), "b"),
        (Deployed(id="b"), "a"),
        (Deployed(id="elsewhere"), "b"),
        (Deployed(id="a"), ""),
    ):
        (tmp_path / NAME).write_bytes(encode(live))
        assert before_last(folder, ["a", "b"]) == back
    folder.close()
