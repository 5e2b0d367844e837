"""`deploy`: put the site where its visitors are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sitegen.cli.console import OK, REFUSED, Console, shared, status_of

if TYPE_CHECKING:
    from sitegen.core.destinations import Destination
    from sitegen.shell.deploy.kept import Kept
    from sitegen.shell.deploy.plan import Plan
    from sitegen.shell.deploy.run import Wish
    from sitegen.shell.deploy.sealed import Sealed


@click.command()
@click.argument("target", default="")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False), default="", help="Output folder (default: public)."
)
@click.option("--dry-run", is_flag=True, help="Print the plan, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--max-deletes",
    type=click.IntRange(0),
    default=None,
    help="How many files may leave the site (default: a tenth of it, at least 10 and at most 256).",
)
@click.option("--remove-now", is_flag=True, help="Delete what left the site at once instead of after a week.")
@click.option("--adopt", is_flag=True, help="Replace files at the target that sitegen did not put there.")
@click.option("--take-over", is_flag=True, help="Go on although another deployment seems to be under way.")
@click.option("--rollback", is_flag=True, help="Go back to the deployment before the last one.")
@click.option("--to", metavar="ID", default="", help="The deployment that --rollback goes back to.")
@click.option("--list", "listing", is_flag=True, help="List the deployments of the target.")
@click.option(
    "--headers",
    type=click.Choice(["nginx", "caddy"]),
    default=None,
    help="Print _headers and _redirects for a server of your own.",
)
@shared
@click.pass_obj
def deploy(
    console: Console,
    /,
    target: str,
    output: str,
    headers: str | None,
    listing: bool,
    rollback: bool,
    to: str,
    dry_run: bool,
    yes: bool,
    max_deletes: int | None,
    remove_now: bool,
    adopt: bool,
    take_over: bool,
) -> int:
    """Build the site and bring TARGET up to date with it; TARGET is a name under `deploy` in site.yaml."""
    from sitegen.shell import deploy as deploying
    from sitegen.shell.deploy import run
    from sitegen.shell.deploy.kept import Kept
    from sitegen.shell.deploy.run import Wish

    folder = output or os.path.join(console.folder, "public")
    if headers:
        return _headers(console, headers, folder)
    configured, base_url = deploying.targets(console.folder)
    name = deploying.choose(configured, target)
    kept = Kept(console.folder)
    if listing:
        return _list(console, name, configured[name], kept, folder)
    wish = Wish(
        name,
        base_url,
        max_deletes=max_deletes,
        remove_now=remove_now,
        adopt=adopt,
        take_over=take_over,
        agree=lambda plan: yes or _agree(console, plan),
        progress=console.progress,
    )
    if rollback and not to:
        with deploying.opened(console.folder, name, configured[name], kept, folder) as adapter:
            to = run.before_last(adapter, kept.ids(name))
    source = _earlier(kept, name, to) if rollback or to else _built(console, output, folder)
    if isinstance(source, int):
        return source
    return _deploy(console, configured[name], kept, wish, source, folder, dry_run=dry_run)


def _deploy(
    console: Console,
    target: Destination,
    kept: Kept,
    wish: Wish,
    source: Sealed,
    folder: str,
    *,
    dry_run: bool,
) -> int:
    from sitegen.core.destinations import described
    from sitegen.messages import severity
    from sitegen.shell import deploy as deploying
    from sitegen.shell.deploy import run
    from sitegen.shell.deploy.target import Redacted

    site = deploying.dressed(source, target, kept)
    console.note(f"deploying to {wish.name}: {Redacted(os.environ)(described(target))}")
    with deploying.opened(console.folder, wish.name, target, kept, folder) as adapter:
        if dry_run:
            looked = run.look(site, adapter, kept, wish)
            for line in shown(looked.plan):
                console.say(line)
            problems = [it for it in looked.problems if severity(it) != "info" or console.verbose]
            console.report(problems)
            return REFUSED if any(severity(it) == "error" for it in problems) else OK
        done = run.deploy(site, adapter, kept, wish)
    if done is None:
        console.note("nothing was deployed")
        return REFUSED
    if not console.quiet:
        console.say(summary(done.plan))
    return OK


def _built(console: Console, output: str, folder: str) -> Sealed | int:
    """The site, built from what is there now; an exit status when it has errors, which are reported."""
    from datetime import UTC, date, datetime

    from sitegen.messages import severity
    from sitegen.shell import build as building
    from sitegen.shell.deploy.sealed import Output
    from sitegen.shell.session import Request

    settings = {
        "today": date.today().isoformat(),
        "now": datetime.now(UTC).isoformat(timespec="minutes"),
        "drafts": "",
        "future": "",
        "base_url": "",
    }
    result = building.build(
        Request(
            console.folder,
            output=output,
            settings=settings,
            workers=os.cpu_count() or 1,
            progress=console.progress,
            waiting=lambda: console.note("another build is at work in the output folder; waiting for it"),
        )
    )
    console.report([it for it in result.findings if console.verbose or severity(it) != "info"])
    if not result.published:
        return status_of(it for it in result.findings if severity(it) == "error")
    return Output(folder)


def _earlier(kept: Kept, name: str, id: str) -> Sealed:
    """The files of the deployment `id`; U109 when they are not kept here."""
    from sitegen.errors import SiteError, Span, diagnostic
    from sitegen.shell.deploy.sealed import Archived

    if id not in kept.ids(name):
        raise SiteError(diagnostic("U109", Span(name), id=id or "-"))
    return Archived(kept.files(name, id), kept)


def _agree(console: Console, plan: Plan) -> bool:
    """Ask whoever sits at the terminal; U105 when there is nobody."""
    from sitegen.errors import SiteError, Span, diagnostic

    if not sys.stdin.isatty():
        raise SiteError(diagnostic("U105", Span("deploy")))
    for line in shown(plan):
        console.note(line)
    return click.confirm("Carry this out?", err=True)


def _list(console: Console, name: str, target: Destination, kept: Kept, folder: str) -> int:
    from datetime import UTC, datetime

    from sitegen.shell import deploy as deploying
    from sitegen.shell.deploy.deployed import decode

    with deploying.opened(console.folder, name, target, kept, folder) as adapter:
        deployed = decode(adapter.read(()).manifest)
    here = set(kept.ids(name))
    for it in deployed.history:
        moment = datetime.fromtimestamp(it.at, UTC).isoformat(timespec="seconds")
        marks = ["live"] if it.id == deployed.id else []
        marks += ["kept here"] if it.id in here else []
        console.say(f"{it.id}\t{moment}\t{it.files} files\t{', '.join(marks)}")
    if deployed.claim:
        console.note("a deployment is under way, or was broken off")
    return OK


def _headers(console: Console, server: str, folder: str) -> int:
    from sitegen.shell.deploy.headers import snippet
    from sitegen.shell.deploy.sealed import Output

    site = Output(folder)
    rules = {
        name: site.read(name).decode() if name in site.entries else "" for name in ("_headers", "_redirects")
    }
    console.say(snippet(server, rules["_headers"], rules["_redirects"]))
    return OK


def shown(plan: Plan) -> Iterator[str]:
    """A plan, one step a line, as it will be carried out, and what is worth knowing of it."""
    from datetime import UTC, datetime

    from sitegen.shell.deploy.plan import REMOVING

    for step in plan.steps:
        if step.stage == "publish":
            yield "publish"
        elif step.stage in REMOVING:
            yield f"delete   {step.path}"
        else:
            yield f"send     {step.path}  ({step.stage}, {step.size} bytes)"
    for path in plan.mended:
        yield f"# mended: {path} was changed or removed at the target"
    for path, until in plan.staying.items():
        yield f"# stays until {datetime.fromtimestamp(until, UTC):%Y-%m-%d}: {path}"
    for path in plan.strangers:
        yield f"# left alone, not ours: {path}"
    if not plan.steps:
        yield "# nothing to do"


def summary(plan: Plan) -> str:
    """The one line of a deployment that went well."""
    from sitegen.shell.deploy.plan import REMOVING

    if not plan.steps:
        return "up to date"
    deleted = sum(it.stage in REMOVING for it in plan.steps)
    sent = [it for it in plan.steps if it.stage not in REMOVING and it.path]
    parts = [f"deployed {plan.after.id}", f"{len(sent)} files sent", f"{sum(it.size for it in sent)} bytes"]
    parts += [f"{deleted} deleted"] if deleted else []
    parts += [f"{len(plan.staying)} that left stay a while"] if plan.staying else []
    parts += [f"{len(plan.strangers)} not ours left alone"] if plan.strangers else []
    return ", ".join(parts)


COMMANDS = (deploy,)
