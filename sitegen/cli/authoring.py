"""`new site|article|entity|term|topic|fact|deploy`: a start that is never a blank page."""

from __future__ import annotations

from typing import Any

import click

from sitegen.cli.console import Console, shared


@click.group()
@shared
@click.pass_context
def new(context: click.Context) -> None:
    """Start a site, or a file of it; nothing is ever overwritten."""


@new.command()
@click.argument("directory", metavar="DIR", type=click.Path())
@shared
@click.pass_obj
def site(console: Console, /, directory: str) -> None:
    """Write a small site into DIR that builds as it is."""
    from sitegen.shell.starter import new_site

    written = new_site(directory)
    console.note(f"wrote {len(written)} files; now:\n  cd {directory}\n  sitegen build")


@new.command()
@click.argument("slug")
@click.option("--title", required=True, help="The headline.")
@click.option("--topic", default="", help="Id of the topic that gathers it.")
@shared
@click.pass_obj
def article(console: Console, /, slug: str, title: str, topic: str) -> None:
    """Write content/articles/SLUG.md."""
    from datetime import date

    _write(console, "article", slug, title=title, topics=topic, today=date.today().isoformat())


@new.command()
@click.argument("slug")
@click.option("--name", required=True, help="The name in the site's language.")
@click.option("--english", default="", help="The name in English.")
@click.option(
    "--kind",
    type=click.Choice(
        [
            "state",
            "person",
            "organisation",
            "agency",
            "group",
            "place",
            "facility",
            "agreement",
            "event",
            "media",
        ]
    ),
    default="organisation",
    help="What it is.",
)
@shared
@click.pass_obj
def entity(console: Console, /, slug: str, **words: str) -> None:
    """Write content/entities/SLUG.md: a state, person, organisation, place, agreement or event."""
    _write(console, "entity", slug, **words)


@new.command()
@click.argument("slug")
@click.option("--term", required=True, help="The word to explain.")
@click.option("--english", default="", help="The word in English.")
@shared
@click.pass_obj
def term(console: Console, /, slug: str, **words: str) -> None:
    """Write content/terms/SLUG.md."""
    _write(console, "term", slug, **words)


@new.command()
@click.argument("slug")
@click.option("--title", required=True, help="What the articles have in common.")
@shared
@click.pass_obj
def topic(console: Console, /, slug: str, title: str) -> None:
    """Write content/topics/SLUG.md."""
    _write(console, "topic", slug, title=title)


@new.command()
@click.argument("id")
@click.option("--label", required=True, help="What the value is.")
@click.option("--value", required=True, help="The value: 83.7%, 2023-05-08, 440.9 kg, …")
@click.option("--source", required=True, help="Id of its source in sources.yaml.")
@shared
@click.pass_obj
def fact(console: Console, /, id: str, **words: str) -> None:
    """Write content/facts/ID.yaml: a shared fact for articles to use."""
    _write(console, "fact", id, **words)


@new.command()
@click.argument("host", type=click.Choice(["github", "gitlab", "netlify", "cloudflare"]))
@shared
@click.pass_obj
def deploy(console: Console, /, host: str) -> None:
    """Write a workflow that deploys the site to HOST whenever it changes."""
    from sitegen.shell.starter import new_workflow

    place, lines = new_workflow(console.folder, host)
    console.say(place)
    console.note(f"now write into content/site.yaml:\n\ndeploy:\n  {lines}")


def _write(console: Console, what: str, name: str, /, **words: Any) -> None:
    from sitegen.shell.starter import new_file

    console.say(new_file(console.folder, what, name, words))


COMMANDS = (new,)
