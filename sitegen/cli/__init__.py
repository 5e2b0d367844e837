"""The command line: arguments, printing, exit statuses. Imports click only; each command imports what it needs."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from sitegen.cli.console import (
    BUG,
    ENVIRONMENT,
    INTERRUPTED,
    OK,
    UNREAD,
    USAGE,
    Console,
    shared,
    status_of,
    vanish,
)

_COMMANDS = {  # by the modules in which they are
    "building": ("build", "check", "clean"),
    "serving": ("serve",),
    "deploying": ("deploy",),
    "authoring": ("new",),
    "asking": ("list", "facts", "explain", "schema", "version", "completion"),
}
_MODULES = {name: module for module, names in _COMMANDS.items() for name in names}


class _Commands(click.Group):
    """The commands, imported when they are asked for."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(_MODULES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        # All of them where there is none of that name, for click to find a similar one.
        modules = [_MODULES[name]] if name in _MODULES else _COMMANDS
        for module in modules:
            for it in import_module(f"sitegen.cli.{module}").COMMANDS:
                self.add_command(it)
        return super().get_command(context, name)


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@shared
@click.pass_context
def command(context: click.Context) -> None:
    """Build an Arabic explainer site from Markdown articles and typed, sourced facts."""


def main() -> NoReturn:
    """Run the command line and end the process with its exit status."""
    _speak_utf8()
    gc.set_threshold(50_000, 20, 20)  # what comes into being stays, for the most part
    vanish(run(sys.argv[1:], Console()))


def run(arguments: list[str], console: Console) -> int:
    """Run one command; its exit status."""
    from sitegen.errors import SiteError

    try:
        status = command.main(arguments, prog_name="sitegen", standalone_mode=False, obj=console)
        return int(status or OK)
    except SiteError as error:
        console.report(error.diagnostics)
        return status_of(error.diagnostics)
    except click.exceptions.NoArgsIsHelpError as help:
        click.echo(help.ctx.get_help())
        return USAGE
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        console.complain("interrupted; what was published stays as it was")
        return INTERRUPTED
    except (
        SystemExit
    ) as end:  # click ends so for a shell that wants completions, and when nobody reads any more
        if end.code == 1 and "_SITEGEN_COMPLETE" not in os.environ:
            return UNREAD
        raise
    except MemoryError:
        console.complain("out of memory")
        return ENVIRONMENT
    except OSError as error:
        from sitegen.shell.trouble import trouble

        diagnostics = trouble(error, str(error.filename or console.folder)).diagnostics
        console.report(diagnostics)
        return status_of(diagnostics)
    except Exception as bug:  # the outermost place: whatever else arrives here is our own mistake
        console.confess(bug)
        return BUG


def _speak_utf8() -> None:
    """Start over in UTF-8 mode where the locale has another encoding: file names and pages are UTF-8."""
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8" and "PYTHONUTF8" not in os.environ:
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
