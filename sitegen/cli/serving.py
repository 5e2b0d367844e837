"""`serve`: the live preview."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.building import request
from sitegen.cli.console import OK, Console, shared, vanish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.errors import Diagnostic


TICK = 0.2  # seconds


@click.command()
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=None,
    help="Port to serve at; 0 takes any (default: the first free one from 8000).",
)
@click.option("-o", "--open", "show", is_flag=True, help="Open the site in the browser.")
@click.option(
    "--editor",
    default="",
    help="Editor that opens sources: vscode, zed, …, or a command with {file} and {line}.",
)
@click.option(
    "--poll", is_flag=True, help="Look for changes again and again, where the system does not tell of them."
)
@click.option(
    "--today", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day that counts as today."
)
@shared
@click.pass_obj
def serve(console: Console, /, port: int | None, show: bool, editor: str, poll: bool, today: Any) -> int:
    """Show the site in the browser, drafts included, and follow every save until Ctrl+C."""
    import webbrowser
    from threading import Event, Thread

    from sitegen.shell.preview import editor as editors
    from sitegen.shell.preview.server import Options, Preview, Reports

    try:
        words = editors.template(editor) if editor else ()
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--editor") from error
    options = {"today": today, "drafts": True, "future": True, "base_url": ""}
    wanted = request(console, options, workers=os.cpu_count() or 1)
    wanted.settings["source_lines"] = "1"
    preview = Preview(
        wanted,
        Options(port, words, poll, fixed_day=bool(today)),
        Reports(lambda found: _tell(console, found), lambda it: console.report([it]), console.confess),
    )
    address = f"http://localhost:{preview.port}/"
    try:
        preview.start()
        console.say(f"preview at {address} (Ctrl+C ends it)")
        if port is None and preview.port != 8000:
            console.note("the usual port, 8000, is taken by another program")
        if show:
            # Some return only when they end.
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        while not Event().wait(TICK):
            pass  # an interrupt that comes just before a wait without end would be lost
    except KeyboardInterrupt:
        console.note("preview ended")
        vanish(OK)  # what the preview keeps is written in transactions
    finally:
        preview.stop()
    return OK


def _tell(console: Console, found: Sequence[Diagnostic]) -> None:
    """Print what is wrong now, or that nothing is any more."""
    from sitegen.messages import severity

    grave = [it for it in found if console.verbose or severity(it) == "error"]
    if grave:
        console.report(grave)
    else:
        console.note("no errors")


COMMANDS = (serve,)
