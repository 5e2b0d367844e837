"""The plan of a deployment by its laws: sites, targets and moments of failure are drawn at random."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from sitegen.shell.deploy.deployed import Claim, Deployed, decode, encode
from sitegen.shell.deploy.plan import (
    ASSET_STAYS,
    DAY,
    PAGE_STAYS,
    REMOVING,
    STAGES,
    Local,
    Options,
    Plan,
    Step,
    claimed,
    plan,
)
from sitegen.shell.manifest import Entry

ASSETS = [f"assets/{name}.css" for name in "uvwxyz"]  # each name stands for its bytes
PAGES = [f"{name}/index.html" for name in "abcdef"]
LISTS = ["index.html", "all/index.html"]
STRANGERS = ["CNAME", "photos/one.jpg", "g/index.html"]
NOW = 1_800_000_000


class File(NamedTuple):
    """A file of a site: its phase and what it refers to; equal files have equal bytes."""

    phase: str
    refers: frozenset[str]

    def identity(self, path: str) -> str:
        return f"{path} {sorted(self.refers)}"


Site = dict[str, File]


@st.composite
def sites(draw: st.DrawFn) -> Site:
    """A whole site: every reference resolves, and its home page is there."""
    assets = draw(st.sets(st.sampled_from(ASSETS)))
    pages = draw(st.sets(st.sampled_from(PAGES)))
    paths = sorted({*assets, *pages, *LISTS})
    found = {path: File("asset", frozenset()) for path in assets}
    for path in (*pages, *LISTS):
        refers = draw(st.frozensets(st.sampled_from(paths), max_size=4))
        found[path] = File("index" if path in LISTS else "page", refers)
    found["feed.xml"] = File("index", frozenset(pages))
    return found


def local(site: Site) -> dict[str, Local]:
    return {
        path: Local(Entry(len(path), it.identity(path), it.phase), it.identity(path))  # type: ignore[arg-type] # a Phase
        for path, it in site.items()
    }


@dataclass
class Target:
    """What lies at a target, and what each page that was ever got there refers to."""

    held: dict[str, str] = field(default_factory=dict)
    refers: dict[str, frozenset[str]] = field(default_factory=dict)
    list: Deployed = field(default_factory=Deployed)

    def plan(self, site: Site, now: int = NOW, **options: bool) -> Plan:
        return plan(local(site), self.list, self.held, Options(now, f"d{now}", **options))

    def do(self, step: Step, site: Site, found: Plan) -> None:
        """One step, as every adapter does it."""
        if step.stage == "publish":
            self.list = decode(encode(found.after))
        elif step.stage in REMOVING:
            del self.held[step.path]
        else:
            self.held[step.path] = site[step.path].identity(step.path)
            self.refers[self.held[step.path]] = site[step.path].refers

    def deploy(self, site: Site, now: int = NOW, steps: int | None = None, **options: bool) -> Plan:
        """A deployment, broken off after `steps`."""
        found = self.plan(site, now, **options)
        if found.steps:
            self.list = decode(encode(claimed(found, self.list, Claim("me", now))))
        for step in found.steps[:steps]:
            self.do(step, site, found)
        return found

    def misses(self, pages: set[str], seen: set[str]) -> set[str]:
        """What does not answer of what is referred to by pages in reach of `pages`, and by pages `seen` before."""
        wanted = {it for identity in seen for it in self.refers[identity]}
        reach, todo = set(), {*pages, *wanted}
        while todo:
            path = todo.pop()
            if path in reach:
                continue
            reach.add(path)
            todo |= self.refers.get(self.held.get(path, ""), frozenset())
        return reach - self.held.keys()


@given(sites(), sites(), st.booleans())
def test_applying_the_plan_makes_the_target_show_the_site(old: Site, new: Site, atomic: bool) -> None:
    """Afterwards every file of the site is there as it is here, and a second plan is empty."""
    target = Target()
    target.deploy(old, atomic=atomic)
    target.deploy(new, now=NOW + 60, atomic=atomic)
    assert {path: target.held.get(path) for path in new} == {
        path: it.identity(path) for path, it in new.items()
    }
    again = target.plan(new, now=NOW + 120, atomic=atomic)
    assert again.steps == ()
    assert again.after == target.list


@given(sites(), sites(), sites(), st.data())
def test_after_any_step_every_page_answers(first: Site, old: Site, new: Site, data: st.DataObject) -> None:
    """However far a deployment gets, pages in reach and pages got within a week refer only to what is there."""
    target = Target()
    target.deploy(first)
    seen = set(target.held.values())
    target.deploy(old, now=NOW + data.draw(st.integers(1, 6)) * DAY)
    seen |= {it.identity(path) for path, it in old.items()}
    now = NOW + PAGE_STAYS - 1
    found = target.plan(new, now)
    known = {path for path in {**first, **old} if path in target.held}
    assert target.misses(known, seen) == set()
    for step in found.steps:
        target.do(step, new, found)
        if step.stage not in REMOVING:
            assert target.misses(known & target.held.keys(), seen) == set(), step


@given(sites(), sites(), st.data(), st.booleans())
def test_a_resume_sends_only_what_is_missing(old: Site, new: Site, data: st.DataObject, atomic: bool) -> None:
    """Broken off anywhere and begun again, nothing is sent twice, and the end is the same."""
    target, whole = Target(), Target()
    target.deploy(old, atomic=atomic)
    whole.deploy(old, atomic=atomic)
    whole.deploy(new, now=NOW + 60, atomic=atomic)
    total = len(target.plan(new, now=NOW + 60, atomic=atomic).steps)
    first = target.deploy(new, now=NOW + 60, steps=data.draw(st.integers(0, total)), atomic=atomic)
    done = target.held.copy()
    second = target.deploy(new, now=NOW + 60, atomic=atomic)
    sent = [it.path for it in second.steps if it.stage not in REMOVING and it.path]
    assert [path for path in sent if done.get(path) == new[path].identity(path)] == []
    assert set(sent) <= {it.path for it in first.steps}
    assert target.held == whole.held
    assert target.list.files == whole.list.files
    assert target.list.claim is None


@given(sites(), sites(), sites(), st.data())
def test_what_was_sent_before_a_failure_is_known_as_ours(
    old: Site, new: Site, other: Site, data: st.DataObject
) -> None:
    """After a deployment that was broken off, another site can be deployed: nothing is in its way or left behind."""
    target = Target()
    target.deploy(old)
    total = len(target.plan(new, now=NOW + 60).steps)
    target.deploy(new, now=NOW + 60, steps=data.draw(st.integers(0, total)))
    found = target.deploy(other, now=NOW + 120, remove_now=True)
    assert found.blocked == found.strangers == ()
    assert target.held.keys() == other.keys()


@given(sites(), sites(), st.data())
def test_a_sweep_that_was_broken_off_is_ended(old: Site, new: Site, data: st.DataObject) -> None:
    """Deletions that were not reached are made by the next deployment."""
    target = Target()
    target.deploy(old)
    steps = target.plan(new, now=NOW + 60, remove_now=True).steps
    shown = [it.stage for it in steps].index("publish") + 1 if steps else 0
    target.deploy(new, now=NOW + 60, steps=data.draw(st.integers(shown, len(steps))), remove_now=True)
    target.deploy(new, now=NOW + 120, remove_now=True)
    assert target.held.keys() == new.keys()


@given(sites(), sites(), st.integers(0, 30))
def test_what_left_stays_for_its_time_and_goes_then(old: Site, new: Site, days: int) -> None:
    """Pages stay a week and assets two, counted from when they left; then they are deleted, and nothing else is."""
    target = Target()
    target.deploy(old)
    target.deploy(new, now=NOW)
    target.deploy(new, now=NOW + days * DAY)
    left = {path: it for path, it in old.items() if path not in new}
    stays = {
        path for path, it in left.items() if days * DAY < (ASSET_STAYS if it.phase == "asset" else PAGE_STAYS)
    }
    assert target.held.keys() == new.keys() | stays


@given(sites(), sites())
def test_remove_now_leaves_nothing_behind(old: Site, new: Site) -> None:
    """With --remove-now what left is gone when the deployment ends."""
    target = Target()
    target.deploy(old)
    target.deploy(new, now=NOW + 60, remove_now=True)
    assert target.held.keys() == new.keys()


@given(sites(), sites(), st.sets(st.sampled_from(STRANGERS)))
def test_files_of_others_are_left_alone_and_listed(old: Site, new: Site, strangers: set[str]) -> None:
    """What sitegen did not put there is neither replaced nor deleted, and is named."""
    target = Target()
    target.deploy(old)
    target.held |= dict.fromkeys(strangers, "theirs")
    found = target.deploy(new, now=NOW + 60, remove_now=True)
    assert {path for path in strangers if target.held.get(path) == "theirs"} == strangers
    assert set(found.strangers) == strangers


@given(sites(), st.sampled_from(PAGES + LISTS))
def test_a_file_of_others_in_the_way_is_never_replaced_unasked(site: Site, path: str) -> None:
    """It blocks the deployment unless it is to be adopted; one that is the same already does no harm."""
    target = Target(held={path: "theirs"})
    assert target.plan(site).blocked == ((path,) if path in site else ())
    assert target.plan(site, adopt=True).blocked == ()
    if path in site:
        target.held[path] = site[path].identity(path)
        assert target.plan(site).blocked == ()


@given(sites(), st.data())
def test_what_was_changed_by_hand_is_mended(site: Site, data: st.DataObject) -> None:
    """A file of ours that somebody changed or removed is sent again, and named."""
    target = Target()
    target.deploy(site)
    touched = data.draw(st.sets(st.sampled_from(sorted(site)), min_size=1))
    for path in touched:
        if data.draw(st.booleans()):
            del target.held[path]
        else:
            target.held[path] = "by hand"
    found = target.deploy(site, now=NOW + 60)
    assert set(found.mended) == touched == {it.path for it in found.steps if it.path}


@given(sites(), sites(), st.booleans())
def test_steps_come_in_the_order_of_their_stages(old: Site, new: Site, atomic: bool) -> None:
    """Deletions come last, or before everything is shown at once; what is new comes before what shows it."""
    target = Target()
    target.deploy(old, atomic=atomic)
    steps = target.plan(new, now=NOW + 60, atomic=atomic, remove_now=True).steps
    stages = [STAGES.index(it.stage) for it in steps]
    assert stages == sorted(stages)
    assert {it.stage for it in steps if it.stage in REMOVING} <= {"delete" if atomic else "sweep"}


def test_a_page_stays_for_seven_days_and_an_asset_for_twice_as_long() -> None:
    """As promised to visitors: seven days for a page, and for whoever gets that page on its last day."""
    assert (PAGE_STAYS, ASSET_STAYS) == (7 * 86400, 14 * 86400)


def test_a_clock_that_was_set_back_deletes_nothing() -> None:
    """What left in what is now the future stays."""
    site = {"index.html": File("index", frozenset()), "a/index.html": File("page", frozenset())}
    target = Target()
    target.deploy(site)
    target.deploy({"index.html": site["index.html"]}, now=NOW)
    target.deploy({"index.html": site["index.html"]}, now=NOW - 400 * DAY)
    assert "a/index.html" in target.held


def test_a_page_that_becomes_a_folder_makes_way_first() -> None:
    """Where a file that left stands in the way of a folder, it is removed before anything is sent."""
    target = Target()
    target.deploy({"old": File("page", frozenset())})
    found = target.plan({"old/index.html": File("page", frozenset())})
    assert found.steps[0][:2] == ("clear", "old")
    assert found.staying == {}


def test_a_stranger_where_a_folder_belongs_bars_the_way() -> None:
    """A file of others at the place of one of our folders cannot be adopted."""
    found = Target(held={"a": "theirs"}).plan({"a/index.html": File("page", frozenset())}, adopt=True)
    assert found.barred == ("a",)


def test_few_files_may_always_leave_and_never_more_than_256() -> None:
    """The limit is a tenth of the site, between 10 and 256."""

    def limit(count: int) -> int:
        target = Target()
        target.deploy({f"p{number}.html": File("page", frozenset()) for number in range(count)})
        return target.plan({}).limit

    assert [limit(5), limit(500), limit(5000)] == [10, 50, 256]


def lone(path: str, identity: str = "one", phase: str = "page") -> dict[str, Local]:
    """One file of a site."""
    return {path: Local(Entry(1, identity, phase), identity)}


def moved(site: dict[str, Local], before: dict[str, Local]) -> list[tuple[str, str]]:
    """Stage and path of the steps from one site to another."""
    deployed = Deployed(id="0", files={path: it.entry for path, it in before.items()})
    held = {path: it.identity for path, it in before.items()}
    found = plan(site, deployed, held, Options(NOW, "1"))
    return [(it.stage, it.path) for it in found.steps if it.path]


def test_a_compressed_copy_goes_when_its_origin_does() -> None:
    """New for a list that was there, it is no new file: it may show what is not there yet."""
    before = lone("all/index.html", phase="index")
    after = lone("all/index.html", "two", "index") | lone("all/index.html.gz", "two", "index")
    assert moved(after | lone("z/index.html"), before) == [
        ("new files", "z/index.html"),
        ("lists", "all/index.html"),
        ("lists", "all/index.html.gz"),
    ]
    assert ("new files", "z/index.html.br") in moved(lone("z/index.html") | lone("z/index.html.br"), {})


def test_a_copy_that_is_no_longer_made_goes_first() -> None:
    """A server would give it instead of the new file; and nobody misses it, so it does not count as leaving."""
    before = lone("a/index.html") | lone("a/index.html.gz")
    after = lone("a/index.html", "two")
    assert moved(after, before) == [("clear", "a/index.html.gz"), ("pages", "a/index.html")]
    deployed = Deployed(id="0", files={path: it.entry for path, it in before.items()})
    held = {path: it.identity for path, it in before.items()}
    assert plan(after, deployed, held, Options(NOW, "1")).leaving == ()


def test_a_copy_stays_as_long_as_its_origin() -> None:
    """When both leave the site, the page may still be open."""
    before = lone("a/index.html") | lone("a/index.html.gz") | lone("index.html")
    assert moved(lone("index.html"), before) == []
