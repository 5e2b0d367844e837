"""What a deployment does, and in which order; pure.

A page may only be seen when everything it refers to answers. So what is new comes before what refers to it: assets,
then files that were not there, then pages, then lists, then what machines read. Files that left the site stay a while,
for a visitor may still have a page that refers to them; a deletion is always the last thing that happens.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final, Literal, NamedTuple

from sitegen.shell.deploy.deployed import REMEMBERED, Claim, Deployed, Gone, Past
from sitegen.shell.manifest import Entry, ancestors

Stage = Literal[
    "clear", "assets", "new files", "pages", "lists", "entry points", "delete", "publish", "sweep"
]
# `delete` is for targets that show all changes at once; elsewhere `sweep` deletes after the new list is in place.
STAGES: Final[tuple[Stage, ...]] = (
    "clear", "assets", "new files", "pages", "lists", "entry points", "delete", "publish", "sweep",
)  # fmt: skip
REMOVING: Final[frozenset[Stage]] = frozenset({"clear", "delete", "sweep"})

DAY: Final = 24 * 60 * 60
PAGE_STAYS: Final = 7 * DAY
# A page that left may be opened until its last day, and is then kept open as long as any other.
ASSET_STAYS: Final = 2 * PAGE_STAYS
_MOST_LEAVING: Final = 256
_FEW: Final = 10  # files that may always leave


class Local(NamedTuple):
    """A file of the site: its entry, and its identity as the target tells it."""

    entry: Entry
    identity: str


class Step(NamedTuple):
    """One thing to do; `size` in bytes of what is sent."""

    stage: Stage
    path: str
    size: int = 0


class Options(NamedTuple):
    """How to deploy; `now` in seconds of the epoch."""

    now: int
    id: str
    atomic: bool = False  # the target shows all changes at once
    remove_now: bool = False
    adopt: bool = False


class Plan(NamedTuple):
    """The steps in order, and what is worth telling of them."""

    steps: tuple[Step, ...]
    leaving: tuple[str, ...]  # left the site with this deployment
    staying: dict[str, int]  # left the site and stay at the target until then
    mended: tuple[str, ...]  # ours, but changed or removed there by somebody else
    strangers: tuple[str, ...]  # not ours; left alone
    blocked: tuple[str, ...]  # not ours, where a file of ours belongs
    barred: tuple[str, ...]  # not ours, where a folder of ours belongs
    after: Deployed

    @property
    def limit(self) -> int:
        """How many files may leave without being asked for: 256 or a tenth of the site, but always a few."""
        return max(_FEW, min(_MOST_LEAVING, (len(self.after.files) + len(self.leaving)) // 10))


def plan(local: Mapping[str, Local], deployed: Deployed, held: Mapping[str, str], options: Options) -> Plan:
    """What makes the target, which holds files by path and identity, show exactly the site `local`."""
    ours = deployed.ours()
    write = [path for path, file in local.items() if held.get(path) != file.identity]
    parents = {parent for path in local for parent in ancestors(path)}
    gone, expired, clear = _left_over(local, deployed, held, options, parents)
    removed = [*clear, *expired]
    steps = [Step("clear", path) for path in clear]
    steps += [Step(_stage(path, local, held), path, local[path].entry.size) for path in write]
    steps += [Step("delete" if options.atomic else "sweep", path) for path in expired]
    files = {path: file.entry for path, file in sorted(local.items())}
    # What a sweep is to delete stays on the list, so that a sweep that is broken off can be ended.
    listed = gone if options.atomic else gone | {path: _gone(deployed, path, options) for path in expired}
    after = Deployed(id=options.id, files=files, gone=dict(sorted(listed.items())))
    if steps or not _same(after, deployed, held):
        steps.append(Step("publish", ""))
        past = Past(options.id, options.now, len(files))
        after = Deployed(
            id=after.id, files=files, gone=after.gone, history=(*deployed.history, past)[-REMEMBERED:]
        )
    else:
        after = deployed
    strangers = sorted(path for path in held if path not in ours and path not in local)
    return Plan(
        tuple(sorted(steps, key=lambda it: (STAGES.index(it.stage), it.path))),
        tuple(
            sorted(
                path
                for path, entry in deployed.files.items()
                if path not in local and entry.phase != "asset" and origin(path) not in local
            )
        ),
        {path: it.since + stays(it.entry) for path, it in sorted(gone.items()) if path not in removed},
        tuple(sorted(path for path in write if _changed_there(path, local[path], deployed))),
        tuple(strangers),
        () if options.adopt else tuple(sorted(path for path in write if path in held and path not in ours)),
        tuple(sorted(path for path in held if path in parents and path not in ours)),
        after,
    )


def stays(entry: Entry) -> int:
    """For how many seconds a file stays at the target after it left the site."""
    return ASSET_STAYS if entry.phase == "asset" else PAGE_STAYS


def claimed(plan: Plan, deployed: Deployed, claim: Claim) -> Deployed:
    """The list that says that `plan` is under way: what was there, and which paths may change."""
    moving = {step.path for step in plan.steps if step.path} | set(deployed.pending)
    return Deployed(
        id=deployed.id,
        files=deployed.files,
        gone=deployed.gone,
        pending=tuple(sorted(moving)),
        claim=claim,
        history=deployed.history,
    )


def _left_over(
    local: Mapping[str, Local],
    deployed: Deployed,
    held: Mapping[str, str],
    options: Options,
    parents: Collection[str],
) -> tuple[dict[str, Gone], list[str], list[str]]:
    """Ours at the target, but not of the site any more: what stays, what has stayed long enough, what is in the way."""
    gone: dict[str, Gone] = {}
    expired: list[str] = []
    clear: list[str] = []
    for path in deployed.ours():
        if path in local or path not in held:
            continue
        left = _gone(deployed, path, options)
        in_the_way = path in parents or not local.keys().isdisjoint(ancestors(path))
        if in_the_way or origin(path) in local:  # a server would go on giving the old copy for the new file
            clear.append(path)
        elif options.remove_now or options.now - left.since >= stays(left.entry):
            expired.append(path)
        else:
            gone[path] = left
    return gone, expired, clear


def _gone(deployed: Deployed, path: str, options: Options) -> Gone:
    """What is known of a file that left: it leaves now, unless it has left before."""
    if path in deployed.gone:
        return deployed.gone[path]
    unknown = Entry(0, "", "asset")  # of a deployment that was broken off
    return Gone(deployed.files.get(path, unknown), options.now)


def origin(path: str) -> str:
    """The file that a compressed copy stands for, "" for other paths: it is shown whenever that one is."""
    return path[:-3] if path.endswith((".gz", ".br")) else ""


def _stage(path: str, local: Mapping[str, Local], held: Mapping[str, str]) -> Stage:
    """When a file is sent: what nothing shows yet comes before what may show it, and a copy when its origin is."""
    entry = local[path].entry
    if origin(path) in local:
        path = origin(path)
    if entry.phase == "asset":
        return "assets"
    if path not in held:
        return "new files"
    if entry.phase == "page":
        return "pages"
    return "lists" if path.endswith(".html") else "entry points"


def _changed_there(path: str, file: Local, deployed: Deployed) -> bool:
    """Whether we left this very file there, so that somebody else must have touched it."""
    known = deployed.files.get(path)
    return known is not None and known.digest == file.entry.digest and path not in deployed.pending


def _same(after: Deployed, before: Deployed, held: Mapping[str, str]) -> bool:
    """Whether the list at the target says what it has to; it may name files that are deleted by now."""
    still = {path: it for path, it in before.gone.items() if path in held and path not in after.files}
    return after.files == before.files and after.gone == still and not before.pending and not before.claim
