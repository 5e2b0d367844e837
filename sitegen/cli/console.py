"""What all commands share: the global options, and how findings, results and progress are shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from sitegen.errors import Diagnostic

Command = TypeVar("Command", bound=Callable[..., Any])
Format = Literal["text", "json", "github"]

# Exit statuses. REFUSED is a deployment that was refused or is incomplete.
# UNREAD: whoever read the output has stopped reading.
OK, CONTENT, USAGE, REFUSED, ENVIRONMENT, BUG, INTERRUPTED, UNREAD = 0, 1, 2, 3, 4, 70, 130, 141

SETTINGS = "content/site.yaml"  # what is wrong there is wrong with the configuration


def status_of(findings: Iterable[Diagnostic]) -> int:
    """The exit status for findings that end the work: the environment's, the configuration's or the content's."""
    found = list(findings)
    codes = [it.code for it in found]
    if any(code.startswith(("O3", "V1")) for code in codes):
        return ENVIRONMENT
    if any(code.startswith(("C1", "O2", "U1")) for code in codes) or any(
        it.at.path == SETTINGS for it in found
    ):
        return USAGE
    if any(code.startswith("U") for code in codes):
        return REFUSED
    return CONTENT


class Console:
    """Where a command speaks: results go to standard output, everything about them to standard error."""

    def __init__(self) -> None:
        self.folder = "."
        self.quiet = False
        self.verbose = False
        self.format: Format = "text"
        self.color = _usual_color()
        self.lang: Literal["en", "ar"] = "en"

    def say(self, text: str) -> None:
        """Print a result."""
        click.echo(text, color=self.color)

    def note(self, text: str) -> None:
        """Print something nice to know, unless asked to be quiet."""
        if not self.quiet:
            click.echo(text, err=True, color=self.color)

    def complain(self, text: str) -> None:
        """Print why the work ends."""
        click.echo(f"sitegen: {text}", err=True, color=self.color)

    def report(self, findings: Sequence[Diagnostic]) -> None:
        """Print findings in the chosen form, with a line that counts them in the text form."""
        if not findings and self.format != "json":
            return
        from sitegen.cli import findings as forms

        match self.format:
            case "json":
                click.echo(forms.as_json(findings, self.lang))
            case "github":
                for it in findings:
                    click.echo(forms.as_github(it, self.lang))
            case "text":
                for it in findings:
                    click.echo(forms.as_text(it, self.lang), err=True, color=self.color)
                click.echo(forms.tally(findings), err=True)

    def confess(self, bug: BaseException) -> None:
        """Say that sitegen itself is at fault; how, only when asked to be verbose."""
        what = f"{type(bug).__name__}: {bug}".splitlines()[0]
        self.complain(f"this is a mistake in sitegen, not in your site ({what})")
        if self.verbose:
            import traceback

            click.echo("".join(traceback.format_exception(bug)), err=True)
        else:
            click.echo("  Please report it with what `sitegen -v …` prints.", err=True)

    def progress(self, label: str, done: int, total: int) -> None:
        """Draw a bar on a terminal, nothing elsewhere; erased when the work is done."""
        if self.quiet or self.format != "text" or not sys.stderr.isatty():
            return
        if done >= total:
            click.echo("\r\x1b[K", err=True, nl=False, color=True)
        elif done * 100 // total != (done - 1) * 100 // total:
            filled = done * 30 // total
            bar = "█" * filled + "·" * (30 - filled)
            click.echo(f"\r{label:>8} {bar} {done}/{total}\x1b[K", err=True, nl=False, color=True)


def _usual_color() -> bool | None:
    """Colours where there is a terminal (None), unless its owner wants none (https://no-color.org)."""
    return False if os.environ.get("NO_COLOR") else None


def shared(command: Command) -> Command:
    """Add the options that every command takes, before or after its name."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Note a shared option; one that was not given leaves what was noted before."""
    source = context.get_parameter_source(parameter.name or "")
    if value is None or source is click.core.ParameterSource.DEFAULT:
        return
    if parameter.name == "color":
        value = {"auto": _usual_color(), "always": True, "never": False}[value]
    setattr(context.find_object(Console), parameter.name or "", value)


_COMMON: dict[str, Any] = {"expose_value": False, "callback": _keep}
_OPTIONS = (
    click.option(
        "-C",
        "folder",
        type=click.Path(file_okay=False, exists=True),
        metavar="DIR",
        help="Folder of the site (default: the current one).",
        **_COMMON,
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print findings only.", **_COMMON),
    click.option("-v", "--verbose", is_flag=True, help="Print more.", **_COMMON),
    click.option(
        "--format",
        "format",
        type=click.Choice(["text", "json", "github"]),
        help="How findings are printed.",
        **_COMMON,
    ),
    click.option(
        "--color", "color", type=click.Choice(["auto", "always", "never"]), help="Colours.", **_COMMON
    ),
    click.option("--lang", "lang", type=click.Choice(["en", "ar"]), help="Language of findings.", **_COMMON),
)


def vanish(status: int) -> NoReturn:
    """End the process at once: giving the memory of a large site back bit by bit takes seconds."""
    with suppress(OSError):  # nobody reads any more
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    os._exit(status)
