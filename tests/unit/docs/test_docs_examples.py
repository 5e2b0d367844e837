"""Every example of the guide is built, in the site that `sitegen new site` writes, and nothing is wrong with it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docs_pages import PAGES, Fence, fences, section, spans
from docs_tables import COMMANDS, GUIDE, REPOSITORY, commands

from sitegen.cli.asking import SCHEMAS
from sitegen.cli.building import summary
from sitegen.cli.findings import as_text
from sitegen.core.markdown.blocks import BLOCKS
from sitegen.shell import build
from sitegen.shell.session import Request
from sitegen.shell.starter import FOLDERS, new_site

SUPPORTED = ("console", "json", "text", "yaml", "markdown", "sh")
# What a snippet of front matter needs around it.
NEEDED = {"article": {"title": "عنوان", "summary": "خلاصة", "published": "2025-10-01"}}


def whole(example: Fence) -> str:
    """The path of an example that is a whole file, or ""."""
    return next((it for it in example.info.split()[1:] if it.startswith("content/")), "")


def snippet(example: Fence) -> str:
    """What an example is a piece of: "text" of an article, "article" front matter, "facts" …; or ""."""
    words = example.info.split()
    if "example" not in words:
        return ""
    return "text" if words[0] == "markdown" else words[words.index("example") + 1]


def place(site: Path, number: int, example: Fence) -> None:
    """Put an example where an editor would."""
    kind, name = snippet(example), f"example-{number}"
    if path := whole(example):
        write(site / path, example.text)
    elif kind in ("sources", "scales"):
        path_of = site / f"content/{kind}.yaml"
        write(path_of, (path_of.read_text("utf-8") if path_of.exists() else "") + example.text)
    elif kind == "facts":
        write(site / f"content/facts/{name}.yaml", example.text)
    elif kind:
        own = "" if kind == "text" else example.text
        needed = NEEDED["article"].items()
        front = "".join(f"{key}: {json.dumps(it)}\n" for key, it in needed if f"{key}:" not in own)
        write(
            site / f"content/articles/{name}.md",
            f"---\n{front}{own}---\n\n{example.text if kind == 'text' else ''}",
        )


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[build.Result, Path]:
    """A new site with all examples of the guide, after a build that takes warnings for errors."""
    site = tmp_path_factory.mktemp("guide")
    new_site(str(site / "site"))
    write(site / "site/content/media/prototype.jpg", "picture")
    for number, example in enumerate(fences(GUIDE)):
        place(site / "site", number, example)
    result = build.build(Request(str(site / "site"), settings={"today": "2025-10-31"}, strict=True))
    return result, site / "site"


def test_no_example_has_a_finding(built: tuple[build.Result, Path]) -> None:
    """Not an error, not a warning, not a remark."""
    result, _ = built
    assert [(it.at.path, it.at.line, it.code, it.args, it.excerpt) for it in result.findings] == []
    assert result.published


def test_examples_are_published(built: tuple[build.Result, Path]) -> None:
    """Each has its page: nothing was passed over."""
    _, site = built
    for number, example in enumerate(fences(GUIDE)):
        if snippet(example) in ("text", "article"):
            assert (site / f"public/articles/example-{number}/index.html").exists()
        elif whole(example).endswith(".md"):
            folder, name = Path(whole(example)).parts[1:]
            assert (site / f"public/{folder}/{name.removesuffix('.md')}/index.html").exists()


def test_every_block_has_an_example_under_its_heading() -> None:
    """Each block is used by one of its names, and each Arabic alias and argument is in the table above."""
    for kind in BLOCKS:
        names = "|".join((kind.name, *kind.aliases))
        text = GUIDE.read_text("utf-8").split(f"\n### Block: {kind.name}\n")[1].split("\n## ")[0]
        assert re.search(rf"^:::({names})\b", text, re.MULTILINE), kind.name


def test_every_example_says_what_it_is() -> None:
    """An example of content that is neither a whole file nor a snippet would not be tested."""
    for page in PAGES:
        for example in fences(page) if page.exists() else ():
            words = example.info.split() or [""]
            assert words[0] in SUPPORTED or page != GUIDE, f"{page.name}:{example.line}"
            if words[0] in ("yaml", "markdown") and page == GUIDE:
                assert whole(example) or snippet(example), f"{page.name}:{example.line}"


def test_the_finding_in_the_guide_is_real(built: tuple[build.Result, Path], tmp_path: Path) -> None:
    """The shown finding is what `check` prints for that mistake."""
    new_site(str(tmp_path / "site"))
    article = '---\ntitle: "ع"\npublished: 2025-10-01\nsumary: "خلاصة"\n---\n'
    write(tmp_path / "site/content/articles/x.md", article)
    found = build.check(Request(str(tmp_path / "site"), settings={"today": "2025-10-31"})).findings
    printed = [re.sub("[\u2068\u2069]|\x1b\\[[0-9;]*m", "", as_text(it, "en")) for it in found]
    shown = next(it.text for it in fences(GUIDE) if it.info == "text")
    assert shown.strip() in printed


def test_the_line_of_a_build_is_real(tmp_path: Path) -> None:
    """A new site has as many pages as the page on commands shows, and the same words around the numbers."""
    new_site(str(tmp_path / "site"))
    line = summary(build.build(Request(str(tmp_path / "site"), settings={"today": "2025-10-31"})))
    shown = next(it.text.splitlines()[1] for it in fences(COMMANDS) if " rendered" in it.text)
    seconds = re.compile(r"[\d.]+ s,")
    assert seconds.sub("", line) == seconds.sub("", shown)


def test_the_settings_for_editors_name_the_schemas_that_are_written() -> None:
    """Each schema of the example is one that `schema --write` leaves, for files that there are."""
    (settings,) = (json.loads(it.text) for it in fences(GUIDE) if it.info == "json")
    for schema, files in settings["yaml.schemas"].items():
        assert Path(schema).parent == Path(".sitegen/schema")
        assert Path(schema).stem in SCHEMAS
        assert list(REPOSITORY.glob(files))
    rest = set(SCHEMAS) - {Path(it).stem for it in settings["yaml.schemas"]}
    assert {f"{it}.json" for it in rest} <= set(spans(GUIDE))


def test_folders_of_the_guide_are_those_that_are_read() -> None:
    """Each kind of content file has its row."""
    said = section(GUIDE, "Folders and files")
    assert all(f"`content/{folder}/" in said for folder in FOLDERS.values())


def commands_in(page: Path) -> list[list[str]]:
    """The words after `sitegen` in examples and code spans of a page."""
    lines = [line for it in fences(page) if it.info in ("console", "sh") for line in it.text.splitlines()]
    found = [line.removeprefix("$ ").split("#")[0] for line in lines]
    found += [it for it in spans(page) if it.startswith("sitegen ")]
    return [
        words[1:]
        for line in found
        for part in re.split(r"&&|;|\|", line)
        if (words := part.replace("…", "").split()) and words[0].rpartition("/")[2] == "sitegen"
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda it: it.parent.name + "/" + it.name)
def test_commands_of_the_documentation_exist(page: Path) -> None:
    """Each command line in a page names a command, and options that this command has."""
    if not page.exists():
        pytest.skip("not there")
    known = commands()
    for words in commands_in(page):
        name = next(
            (it for it in (" ".join(words[at : at + 2]) for at in range(len(words))) if it in known), ""
        )
        name = name or next((it for it in words if it in (*known, "new", "COMMAND")), "")
        assert name, f"sitegen {' '.join(words)}"
        command = known.get(name)
        options = {it for option in (command.params if command else ()) for it in option.opts} | {
            "-h",
            "--help",
        }
        for word in words if command else ():
            assert not word.startswith("-") or word.split("=")[0] in options, f"sitegen {' '.join(words)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda it: it.parent.name + "/" + it.name)
def test_targets_of_make_in_the_documentation_exist(page: Path) -> None:
    """`make X` is a target of the Makefile."""
    if not page.exists():
        pytest.skip("not there")
    targets = set(re.findall(r"^(\w[\w-]*):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    lines = [line.removeprefix("$ ") for it in fences(page) for line in it.text.splitlines()]
    for line in (*lines, *spans(page)):
        if line.startswith("make ") and (words := line.split("#")[0].split()[1:]):
            assert {it for it in words if "=" not in it and not it.startswith("-")} <= targets, line
