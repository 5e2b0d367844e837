"""`build`, `check` and `clean`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sitegen.cli.console import BUG, OK, Console, shared, status_of

if TYPE_CHECKING:
    from sitegen.shell.build import Result
    from sitegen.shell.record import Counts
    from sitegen.shell.session import Request

Command = TypeVar("Command", bound=Callable[..., Any])


def _address(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Hold an address to the form that site.yaml wants of its own."""
    import re

    from sitegen.core.words import WEB_URL

    if value and not (re.search(WEB_URL.pattern, value) and len(value) <= WEB_URL.longest):
        raise click.BadParameter(f"“{value}” is not {WEB_URL.about}; write it like https://example.org")
    return value


def site_options(command: Command) -> Command:
    """Add the options that decide what the site consists of."""
    for option in (
        click.option(
            "--base-url",
            metavar="URL",
            default="",
            callback=_address,
            help="Address of the site, instead of site.yaml's.",
        ),
        click.option(
            "--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day that counts as today."
        ),
        click.option("--future", is_flag=True, help="Include articles whose day has not come."),
        click.option("--drafts", is_flag=True, help="Include drafts."),
    ):
        command = option(command)
    return command


def request(console: Console, options: dict[str, Any], **more: Any) -> Request:
    """What to build, from the options of a command."""
    from datetime import UTC, date, datetime

    from sitegen.shell.session import Request

    day = options["today"].date() if options["today"] else date.today()
    settings = {
        "today": day.isoformat(),
        "now": "" if options["today"] else datetime.now(UTC).isoformat(timespec="minutes"),
        "drafts": "1" if options["drafts"] else "",
        "future": "1" if options["future"] else "",
        "base_url": options["base_url"],
    }
    return Request(console.folder, settings=settings, progress=console.progress, **more)


@click.command()
@click.option(
    "-o", "--output", type=click.Path(file_okay=False), default="", help="Output folder (default: public)."
)
@click.option("--force", is_flag=True, help="Build into a folder that holds files of others, and keep them.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option("--verify", is_flag=True, help="Build again from nothing and compare every byte.")
@click.option(
    "--workers", type=click.IntRange(1), default=None, help="Processes to work with (default: one per core)."
)
@click.option(
    "--executor",
    metavar="ADDRESS",
    default="",
    help="Share the work: dask://HOST:PORT, or processes://NUMBER. They must see the site at the same path.",
)
@site_options
@shared
@click.pass_obj
def build(
    console: Console,
    /,
    output: str,
    force: bool,
    strict: bool,
    verify: bool,
    workers: int | None,
    executor: str,
    **options: Any,
) -> int:
    """Build the site into its output folder; publish nothing if there are errors."""
    from sitegen.shell import build as building

    wanted = request(
        console,
        options,
        output=output,
        force=force,
        strict=strict,
        workers=workers or os.cpu_count() or 1,
        executor=executor,
        waiting=lambda: console.note("another build is at work in the output folder; waiting for it"),
    )
    result = building.build(wanted)
    console.report(shown(console, result))
    if console.verbose:
        for done, paths in (("rendered", result.rendered), ("removed", result.removed)):
            for path in paths:
                console.note(f"{done} {path}")
    if not result.published:
        console.note(f"nothing was published{'' if result.errors else ', because of --strict'}")
        from sitegen.messages import severity

        return status_of(it for it in result.findings if severity(it) == "error")
    if not console.quiet and console.format == "text":
        console.say(summary(result))
    return _verify(console, wanted) if verify else OK


@click.command()
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@site_options
@shared
@click.pass_obj
def check(console: Console, /, strict: bool, **options: Any) -> int:
    """Find every problem of the content without building it."""
    from sitegen.messages import severity
    from sitegen.shell import build as building

    result = building.check(request(console, options))
    console.report(shown(console, result))
    if not result.findings:
        console.note(f"no problems found{left_out(result.counts)}")
    if result.errors or (strict and result.warnings):
        return status_of(it for it in result.findings if severity(it) == "error")
    return OK


@click.command()
@click.option(
    "-o", "--output", type=click.Path(file_okay=False), default="", help="Output folder (default: public)."
)
@click.option("--store", is_flag=True, help="Forget what earlier builds have worked out, too.")
@shared
@click.pass_obj
def clean(console: Console, /, output: str, store: bool) -> None:
    """Remove the files that sitegen has written, and no others."""
    from sitegen.errors import SiteError, Span, diagnostic
    from sitegen.shell import output as outputs
    from sitegen.shell import session

    session.require_site(console.folder)
    folder = output or os.path.join(console.folder, "public")
    count = outputs.clean(folder)
    if count is None and output:
        raise SiteError(diagnostic("O210", Span(folder)))
    if store:
        session.forget(console.folder)
    if count is None:
        console.note(f"nothing to remove: sitegen has built nothing in {folder}")
    else:
        console.note(f"removed {count} {'file' if count == 1 else 'files'}")


def shown(console: Console, result: Result) -> list[Any]:
    """The findings worth showing: remarks only when asked to be verbose, or to a program."""
    if not result.findings:
        return []
    from sitegen.messages import severity

    every = console.verbose or console.format == "json"
    return [it for it in result.findings if every or severity(it) != "info"]


def summary(result: Result) -> str:
    """The one line of a build that went well."""
    counts = result.counts
    parts = [
        f"{counts.pages} pages and {counts.files - counts.pages} other files: {counts.rendered} rendered",
        f"{counts.reused} reused",
        f"{counts.removed} removed",
        f"{result.seconds:.2f} s",
        f"{result.warnings} {'warning' if result.warnings == 1 else 'warnings'}",
    ]
    return ", ".join(parts) + left_out(counts)


def left_out(counts: Counts) -> str:
    """What the summary says of articles that are not for the public yet."""
    hidden = []
    if counts.drafts:
        hidden.append(f"{counts.drafts} {'draft' if counts.drafts == 1 else 'drafts'}")
    if counts.future:
        hidden.append(f"{counts.future} future")
    return f" (left out: {', '.join(hidden)})" if hidden else ""


def _verify(console: Console, wanted: Request) -> int:
    from sitegen.shell import build as building

    differing = building.differences(wanted)
    if differing:
        console.report(differing)
        return BUG if any(it.code == "O401" for it in differing) else status_of(differing)
    console.note("verified: a build from nothing gives the same bytes")
    return OK


COMMANDS = (build, check, clean)
