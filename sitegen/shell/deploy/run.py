"""One deployment: look, plan, agree, carry out, look again."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from sitegen.errors import Diagnostic, SiteError
from sitegen.messages import severity
from sitegen.shell.deploy import preflight
from sitegen.shell.deploy.deployed import NAME, Claim, Deployed, decode
from sitegen.shell.deploy.kept import Kept
from sitegen.shell.deploy.plan import Local, Options, Plan, claimed, plan
from sitegen.shell.deploy.sealed import Sealed
from sitegen.shell.deploy.target import Target, finding, refusal

LEASE = 15 * 60  # seconds after which a deployment of somebody else counts as broken off


@dataclass(frozen=True)
class Wish:
    """What is wanted of a deployment; `agree` is asked once, when there is anything to do."""

    name: str
    base_url: str
    max_deletes: int | None = None
    remove_now: bool = False
    adopt: bool = False
    take_over: bool = False
    agree: Callable[[Plan], bool] = lambda plan: True
    progress: Callable[[str, int, int], None] = lambda label, done, total: None


@dataclass(frozen=True)
class Looked:
    """The site and the target as they are, and what would have to be done."""

    files: dict[str, Local]
    before: Deployed
    plan: Plan
    now: int
    problems: tuple[Diagnostic, ...]


def look(site: Sealed, target: Target, kept: Kept, wish: Wish) -> Looked:
    """Read both sides and plan; nothing is changed. What forbids the deployment is in `problems`."""
    checked = preflight.check(site, wish.base_url, target.identity, target.limits)
    if checked.problems:
        raise SiteError(*checked.problems)
    remote = target.read(checked.files)
    before = decode(remote.manifest)
    options = Options(
        remote.now, name_of(remote.now), target.atomic, remove_now=wish.remove_now, adopt=wish.adopt
    )
    found = plan(checked.files, before, remote.held, options)
    problems = [*_refusals(found, wish), *_rival(before, kept, remote.now, wish)]
    problems += preflight.unread(site, target.limits)
    return Looked(checked.files, before, found, remote.now, tuple(problems))


def deploy(site: Sealed, target: Target, kept: Kept, wish: Wish) -> Looked | None:
    """Bring the target up to date with the site; None when it was not agreed to."""
    looked = look(site, target, kept, wish)
    errors = [it for it in looked.problems if severity(it) == "error"]
    if errors:
        raise SiteError(*errors)
    if not looked.plan.steps:
        return looked
    if not wish.agree(looked.plan):
        return None
    _carry_out(looked, site, target, kept, wish)
    try:
        _verify(looked, target, wish)
    except SiteError as error:
        if error.diagnostics[0].code != "U306":  # only the last look failed: what was sent is live
            kept.keep(wish.name, looked.plan.after, site.read)
        raise
    kept.keep(wish.name, looked.plan.after, site.read)
    return looked


def before_last(target: Target, kept: Sequence[str]) -> str:
    """The deployment to go back to, "" for none: the last whole one if a later one was broken off, else the one before.

    `kept` are the deployments whose files are kept on this machine, oldest first.
    """
    live = decode(target.read(()).manifest)
    if live.claim or live.pending:
        return live.id
    before = kept[: kept.index(live.id)] if live.id in kept else kept
    return before[-1] if before else ""


def name_of(now: int) -> str:
    """The name of a deployment: its second, and digits that keep two of one second apart."""
    return f"{datetime.fromtimestamp(now, UTC):%Y%m%dT%H%M%S}-{os.urandom(2).hex()}"


def _refusals(found: Plan, wish: Wish) -> list[Diagnostic]:
    problems = [finding("U208", path) for path in found.blocked[:20]]
    problems += [finding("U209", path) for path in found.barred[:20]]
    limit = found.limit if wish.max_deletes is None else wish.max_deletes
    if len(found.leaving) > limit:
        problems.append(finding("U207", wish.name, count=len(found.leaving), limit=limit))
    return problems


def _rival(before: Deployed, kept: Kept, now: int, wish: Wish) -> list[Diagnostic]:
    """U302 when somebody else has begun to deploy and has not ended yet."""
    claim = before.claim
    if claim is None or wish.take_over or claim.owner == kept.owner() or now - claim.at >= LEASE:
        return []
    return [finding("U302", wish.name)]


def _carry_out(looked: Looked, site: Sealed, target: Target, kept: Kept, wish: Wish) -> None:
    steps = looked.plan.steps
    total = len(steps)
    done = 0

    def one() -> None:
        nonlocal done
        done += 1
        wish.progress("deploy", done, total)

    target.begin(claimed(looked.plan, looked.before, Claim(kept.owner(), looked.now)), looked.plan.after)
    try:
        for stage, group in groupby(steps, key=lambda it: it.stage):
            if stage == "publish":
                target.publish(looked.plan.after)
                one()
            else:
                target.carry_out(tuple(group), site.read, one)
    except SiteError as error:
        raise _incomplete(error, wish.name, done, total) from error
    except KeyboardInterrupt:
        raise refusal("U301", wish.name, "interrupted", done=done, total=total) from None


def _incomplete(error: SiteError, name: str, done: int, total: int) -> SiteError:
    """U301 with the reason, unless the reason speaks for itself."""
    first = error.diagnostics[0]
    if first.code in ("U302", "U202", "U210"):
        return error
    reason = dict(first.args).get("reason") or f"{first.code} {first.at.path}"
    return refusal("U301", name, reason, done=done, total=total)


def _verify(looked: Looked, target: Target, wish: Wish) -> None:
    """U306 unless the target now holds what was sent."""
    try:
        held = target.read(looked.files).held
    except SiteError as error:  # what it says of a first look, that nothing was changed, is not so now
        total = len(looked.plan.steps)
        raise _incomplete(error, wish.name, total, total) from error
    wrong = [path for path, file in looked.files.items() if held.get(path) != file.identity]
    if wrong:
        raise refusal("U306", wrong[0] if wrong[0] != NAME else wish.name, count=len(wrong))
