"""`list`, `facts`, `explain`, `schema`, `version` and `completion`: questions that change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from sitegen.cli.building import request, site_options
from sitegen.cli.console import Console, shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.graph.listings import Row
    from sitegen.shell.reasons import Reasons

KINDS = ("articles", "drafts", "entities", "facts", "future", "orphans", "sources", "terms", "topics")
SCHEMAS = ("article", "entity", "term", "topic", "facts", "sources", "scales", "site")


@click.command("list")
@click.argument("kind", type=click.Choice(KINDS), default="articles")
@site_options
@shared
@click.pass_obj
def list_(console: Console, /, kind: str, **options: Any) -> None:
    """List what the site has of one kind, with the files that hold it."""
    from sitegen.graph.listings import listing
    from sitegen.shell import session

    with session.opened(request(console, options)) as site:
        rows = listing(site.db, kind)
    _table(console, rows)


def _table(console: Console, rows: tuple[Row, ...]) -> None:
    if console.format == "json":
        import msgspec

        console.say(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    for row in rows:
        console.say("\t".join(it for it in (row.id, row.note, row.path, row.title) if it))
    console.note(f"{len(rows)} found")


@click.command()
@click.option("--explain", is_flag=True, help="Say how each written value was understood, and why.")
@site_options
@shared
@click.pass_obj
def facts(console: Console, /, explain: bool, **options: Any) -> None:
    """List the facts of the site, or say how their values were read."""
    from sitegen.graph.listings import listing
    from sitegen.shell import session

    with session.opened(request(console, options)) as site:
        if not explain:
            _table(console, listing(site.db, "facts"))
            return
        from sitegen.core.explaining import explain_values
        from sitegen.errors import Span, diagnostic
        from sitegen.graph.queries import paths
        from sitegen.graph.registry import fact_files
        from sitegen.messages import sentence

        for path in sorted({*fact_files(site.db), *paths(site.db, "article")}):
            for it in explain_values(path, site.db.read(path) or b""):
                why = sentence(diagnostic(it.reason, Span(path)), console.lang)
                console.say(f"{path}:{it.line}: {it.label}: {it.text}\n    {why}")


@click.command()
@click.argument("url")
@site_options
@shared
@click.pass_obj
def explain(console: Console, /, url: str, **options: Any) -> None:
    """Say why the page at URL was built, what it is made from, and why the next build would make it anew."""
    from sitegen.shell import session
    from sitegen.shell.reasons import reasons

    with session.opened(request(console, options)) as site:
        found = reasons(site, url)
    if console.format == "json":
        import msgspec

        console.say(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    console.say(f"/{found.url}  ({found.kind})\nfile: {found.path}")
    for line in (*_why(found), *_next(found)):
        console.say(line)
    _section(console, "it asks for", found.reads)
    _section(console, "it depends on", found.inputs)
    if found.ran:
        _section(console, "what ran to bring it up to date", found.ran)


def _why(found: Reasons) -> Iterator[str]:
    """Why the last build that made the page did so."""
    made = found.made
    match made.why if made else None:
        case "first":
            yield "built as part of a first build"
        case "version":
            yield "built because another version of sitegen, or of what it is made with, had built it before"
        case "lost":
            yield "built because what earlier builds had worked out could not be read"
        case "new":
            yield "built because it was new"
        case "changed" if made and made.inputs:
            yield "built because of changes in:"
            yield from (f"  {key}" for key in made.inputs)
            if made.total > len(made.inputs):
                yield f"  and {made.total - len(made.inputs)} more"
        case "changed":
            yield "built because something it depends on had changed, and changed back"
        case _:
            yield "not built yet"


def _next(found: Reasons) -> Iterator[str]:
    """What the next build will do with the page, and why."""
    if not found.ran:
        yield "the next build reuses it: nothing it depends on has changed"
    elif found.changed:
        yield "the next build makes it anew, because of:"
        yield from (f"  {key}" for key in found.changed)
    elif found.made:
        yield "the next build makes it anew: what was worked out for it is no longer at hand"
    else:
        yield "the next build makes it anew: no earlier build of it is remembered"


def _section(console: Console, title: str, keys: tuple[str, ...]) -> None:
    limit = len(keys) if console.verbose else 10
    console.say(f"{title}:")
    for key in keys[:limit]:
        console.say(f"  {key}")
    if len(keys) > limit:
        console.say(f"  and {len(keys) - limit} more (-v shows all)")


@click.command()
@click.argument("kind", type=click.Choice(SCHEMAS), required=False)
@click.option(
    "--write", is_flag=True, help="Write all of them to .sitegen/schema/, where editors can find them."
)
@shared
@click.pass_obj
def schema(console: Console, /, kind: str | None, write: bool) -> None:
    """Print the JSON Schema of one kind of content file, so that an editor can complete and check it."""
    import msgspec

    from sitegen.core.schema import json_schema

    texts = {name: msgspec.json.format(msgspec.json.encode(json_schema(name))) + b"\n" for name in SCHEMAS}
    if write:
        from sitegen.shell.starter import write_schemas

        for path in write_schemas(console.folder, texts):
            console.note(f"wrote {path}")
    elif kind is None:
        raise click.UsageError(f"name a kind ({', '.join(SCHEMAS)}) or pass --write")
    else:
        console.say(texts[kind].decode().rstrip("\n"))


@click.command()
@shared
@click.pass_obj
def version(console: Console) -> None:
    """Print the version."""
    import platform

    from sitegen import __version__

    console.say(f"sitegen {__version__} (Python {platform.python_version()})")


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shared
@click.pass_obj
def completion(console: Console, /, shell: str) -> None:
    """Print the completion script for a shell: eval "$(sitegen completion bash)"."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    root = click.get_current_context().find_root().command
    console.say(found(root, {}, "sitegen", "_SITEGEN_COMPLETE").source())


COMMANDS = (list_, facts, explain, schema, version, completion)
