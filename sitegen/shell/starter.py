"""New sites and new content files, made from the files in `sitegen/starter/`; nothing is ever overwritten."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from sitegen.errors import SiteError, Span, diagnostic
from sitegen.shell.session import require_site
from sitegen.shell.trouble import naming
from sitegen.text import is_slug, slugify

GUIDE = ("README.md", "COMMANDS.md", "DEPLOYING.md")
FOLDERS = {"article": "articles", "entity": "entities", "term": "terms", "topic": "topics", "fact": "facts"}
# Host -> where its CI looks, and the target that the workflow deploys to.
WORKFLOWS = {
    "github": (".github/workflows/deploy.yml", "github: {to: git, remote: origin, branch: gh-pages}"),
    "gitlab": (".gitlab-ci.yml", "gitlab: {to: folder, path: site-of-pages}"),
    "netlify": (".github/workflows/deploy.yml", "netlify: {to: netlify, site: my-site.netlify.app}"),
    "cloudflare": (".github/workflows/deploy.yml", "cloudflare: {to: cloudflare, project: my-project}"),
}


def _home() -> str:
    return os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "starter")


def _guide_folder() -> str:
    """Where the guide for editors lies: among the starting files in a wheel, with the sample site in a checkout."""
    packed = os.path.join(_home(), "guide")
    return packed if os.path.isdir(packed) else os.path.join(os.path.dirname(_home()), "..", "content")


def new_site(folder: str) -> tuple[str, ...]:
    """Write a small site that builds as it is, and the guide for its editors; the paths written.

    C105 unless `folder` is new or empty.
    """
    with naming(folder):
        if os.path.lexists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
            raise SiteError(diagnostic("C105", Span(folder)))
    origin = os.path.join(_home(), "site")
    wanted = [(os.path.join(_guide_folder(), name), os.path.join("content", name)) for name in GUIDE]
    for at, inner, names in os.walk(origin):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(names):
            shown = f".{name[4:]}" if name.startswith("dot-") else name  # or git would obey it here
            wanted.append((os.path.join(at, name), os.path.join(os.path.relpath(at, origin), shown)))
    written = []
    for source, name in wanted:
        with open(source, "rb") as file:
            data = file.read()
        place = os.path.normpath(os.path.join(folder, name))
        _create(place, data)
        written.append(place)
    return tuple(written)


def new_file(site: str, kind: str, name: str, words: Mapping[str, str]) -> str:
    """Write a content file of `kind` with commented front matter; its path.

    `words` fill the template. C104 when `name` is no slug, C103 when there is such a file, C109 when something else
    has this id, C110 when there is no such source.
    """
    from sitegen.shell import taken

    require_site(site)
    if not is_slug(name):
        raise SiteError(diagnostic("C104", Span(name), name=name, suggestion=slugify(name) or "my-page"))
    ending = "yaml" if kind == "fact" else "md"
    place = os.path.join(site, "content", FOLDERS[kind], f"{name}.{ending}")
    if not os.path.lexists(place):  # or it says so itself
        taken.refuse(site, kind, name, words.get("source", ""))
    with open(os.path.join(_home(), f"{kind}.{ending}"), encoding="utf-8") as file:
        text = file.read()
    given = {"slug": name, **{key: _quotable(it) for key, it in words.items()}}
    if "value" in words:
        given["value"] = _as_written(words["value"])
    text = re.sub(r"\{(\w+)\}", lambda hole: given.get(hole[1], hole[0]), text)
    _create(place, text.encode("utf-8"))
    return place


def new_workflow(site: str, host: str) -> tuple[str, str]:
    """Write what makes a host's CI deploy the site; its path, and the lines that content/site.yaml needs for it."""
    require_site(site)
    with open(os.path.join(_home(), "deploy", f"{host}.yml"), "rb") as file:
        data = file.read()
    name, lines = WORKFLOWS[host]
    place = os.path.join(site, *name.split("/"))
    _create(place, data)
    return place, lines


def write_schemas(site: str, texts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write one JSON Schema per kind below `.sitegen/schema/`, replacing older ones; the paths written."""
    require_site(site)
    written = []
    for kind, text in texts.items():
        place = os.path.join(site, ".sitegen", "schema", f"{kind}.json")
        with naming(place):
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "wb") as file:
                file.write(text)
        written.append(place)
    return tuple(written)


def _create(place: str, data: bytes) -> None:
    with naming(place):
        os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
        try:
            with open(place, "xb") as file:
                file.write(data)
        except FileExistsError as error:
            raise SiteError(diagnostic("C103", Span(place))) from error


def _as_written(text: str) -> str:
    """`text` as a value in YAML: without quotes where it can stand so, for quotes may make words of a number."""
    import yaml

    try:
        events = list(yaml.parse(f"value: {text}\n", yaml.SafeLoader))
    except yaml.YAMLError:
        events = []
    scalars = [(it.value, it.style) for it in events if isinstance(it, yaml.ScalarEvent)]
    plain = (
        text != "" and len(events) == 8 and scalars[1:] == [(text, None)]
    )  # stream, document and mapping around two scalars
    return text if plain else f'"{_quotable(text)}"'


def _quotable(text: str) -> str:
    """`text` for a place between double quotes in YAML."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
