"""`sitegen deploy` as an editor and as CI meet it."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from sitegen.cli import run
from sitegen.cli.console import Console
from sitegen.core.destinations import KINDS
from sitegen.core.documents import parse_site
from sitegen.shell.deploy.deployed import NAME
from sitegen.shell.deploy.kept import Kept
from sitegen.shell.starter import WORKFLOWS, new_site


class Said(NamedTuple):
    """The exit status of a command and what it printed."""

    status: int
    out: str
    err: str


Sitegen = Callable[..., Said]


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new site with a folder as its target."""
    root = tmp_path / "mine"
    new_site(str(root))
    configure(root, "live: {to: folder, path: ../www}")
    monkeypatch.chdir(root)
    return root


def configure(root: Path, *targets: str) -> None:
    place = root / "content/site.yaml"
    text = place.read_text("utf-8").split("deploy:\n")[0]
    place.write_text(text + "deploy:\n" + "".join(f"  {it}\n" for it in targets), "utf-8")


@pytest.fixture
def sitegen(capsys: pytest.CaptureFixture[str]) -> Sitegen:
    def command(*arguments: str) -> Said:
        capsys.readouterr()
        status = run(list(arguments), Console())
        return Said(status, *capsys.readouterr())

    return command


def files(root: Path) -> dict[str, bytes]:
    return {it.relative_to(root).as_posix(): it.read_bytes() for it in root.rglob("*") if it.is_file()}


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def test_a_dry_run_prints_what_the_run_then_does(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """Nothing is changed by the first; the second sends and deletes exactly those files."""
    plan = sitegen("deploy", "--dry-run")
    assert plan.status == 0
    assert not (tmp_path / "www").exists()
    sent = re.findall(r"^send +(\S+)", plan.out, re.MULTILINE)
    done = sitegen("deploy", "--yes")
    assert done.status == 0, done
    assert sorted(sent) == sorted(files(tmp_path / "www").keys() - {NAME})
    assert f"{len(sent)} files sent" in done.out
    edit(mine, "content/articles/kilogram.md", "---\n\n", "---\n\nجملة أخرى.\n\n")
    plan = sitegen("deploy", "--dry-run")
    before = files(tmp_path / "www")
    sitegen("deploy", "--yes")
    after = files(tmp_path / "www")
    changed = {path for path in after if before.get(path) != after[path]} - {NAME}
    assert set(re.findall(r"^send +(\S+)", plan.out, re.MULTILINE)) == changed
    assert len(changed) < 8
    assert sitegen("deploy", "--yes").out == "up to date\n"
    assert sitegen("deploy", "--dry-run").out == "# nothing to do\n"


def test_without_anybody_to_ask_it_wants_yes(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """In CI a plan is not carried out unasked."""
    said = sitegen("deploy")
    assert (said.status, "U105" in said.err) == (2, True)
    assert not (tmp_path / "www").exists()


def test_content_with_errors_is_not_deployed(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """The build's findings are shown, with the build's status; the last good site stays."""
    sitegen("deploy", "--yes")
    before = files(tmp_path / "www")
    edit(mine, "content/articles/kilogram.md", "title:", "tilte:")
    said = sitegen("deploy", "--yes")
    assert (said.status, "S102" in said.err) == (1, True)
    assert files(tmp_path / "www") == before


def test_drafts_in_the_output_are_built_away(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """What `build --drafts` left never leaves: the site is built anew first."""
    sitegen("new", "article", "later", "--title", "لاحقاً")
    edit(mine, "content/articles/later.md", 'summary: ""', 'summary: "خلاصة"')
    assert sitegen("build", "--drafts").status == 0
    assert (mine / "public/articles/later/index.html").exists()
    assert sitegen("deploy", "--yes").status == 0
    assert not (tmp_path / "www/articles/later/index.html").exists()


def test_an_edited_output_never_leaves(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """A file of the output that somebody changed is not what visitors get."""
    sitegen("deploy", "--yes")
    page, shown = (it / "articles/kilogram/index.html" for it in (mine / "public", tmp_path / "www"))
    right = shown.read_bytes()
    page.write_bytes(right.replace(b"<p>", b"<b>"))
    sitegen("deploy", "--yes")
    assert shown.read_bytes() == right


@pytest.mark.parametrize(
    ("targets", "arguments", "code"),
    [
        ((), (), "U102"),
        (("a: {to: folder, path: ../a}", "b: {to: folder, path: ../b}"), (), "U104"),
        (("a: {to: folder, path: ../a}",), ("b",), "U103"),
        (("a: {to: folder, path: content}",), (), "U106"),
        (("a: {to: folder, path: .}",), (), "U106"),
        (("a: {to: folder, path: public/x}",), (), "U106"),
        (("a: {to: folder, path: ../a}",), ("--rollback",), "U109"),
        (("a: {to: netlify, site: x}",), (), "U108"),
        (("a: {to: folder, path: ../a, token: x}",), (), "U101"),
        (('a: {to: git, remote: "https://me:pw@example.org/x"}',), (), "U101"),
        (('a: {to: git, remote: "https://sometoken@example.org/x"}',), (), "U101"),
    ],
)
def test_what_is_configured_wrongly_ends_with_2(
    mine: Path,
    sitegen: Sitegen,
    targets: tuple[str, ...],
    arguments: tuple[str, ...],
    code: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each mistake has its sentence, in both languages, and no traceback."""
    monkeypatch.delenv("NETLIFY_AUTH_TOKEN", raising=False)
    configure(mine, *targets)
    if not targets:
        edit(mine, "content/site.yaml", "deploy:\n", "")
    for language in ("en", "ar"):
        said = sitegen("--lang", language, "deploy", "--yes", *arguments)
        assert (said.status, code in said.err) == (2, True), said
    assert "Traceback" not in said.err


def test_a_credential_in_the_configuration_is_never_shown(mine: Path, sitegen: Sitegen) -> None:
    """The finding has the line and not the words that stand there, in every form."""
    configure(mine, "live: {to: s3, bucket: my-bucket, secret: hunter2hunter2}")
    for form in ("text", "json", "github"):
        said = sitegen("--format", form, "deploy", "--yes")
        assert "U101" in said.out + said.err
        assert "hunter2" not in said.out + said.err


def test_a_refused_deployment_ends_with_3(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """A file of others in the way is named; with --adopt it is replaced."""
    (tmp_path / "www").mkdir()
    (tmp_path / "www/index.html").write_text("theirs")
    said = sitegen("deploy", "--yes")
    assert (said.status, "U208" in said.err, "index.html" in said.err) == (3, True, True)
    dry = sitegen("deploy", "--dry-run")
    assert (dry.status, "U208" in dry.err) == (3, True)
    assert sitegen("deploy", "--yes", "--adopt").status == 0


def test_two_at_once_on_one_machine(mine: Path, sitegen: Sitegen) -> None:
    """The second is refused at once, whatever the target."""
    lock = os.open(Kept(str(mine)).home("live"), os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        said = sitegen("deploy", "--yes")
    finally:
        os.close(lock)
    assert (said.status, "U302" in said.err) == (3, True)
    assert sitegen("deploy", "--yes").status == 0


def test_the_targets_of_the_documentation_are_understood() -> None:
    """Its example has every kind of target, and nothing is wrong with it."""
    page = Path(__file__).parents[2] / "content/DEPLOYING.md"
    example = page.read_text("utf-8").split("```yaml content/site.yaml\n")[1].split("```")[0]
    parsed = parse_site("content/site.yaml", example.encode())
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    assert {type(it) for it in parsed.value.deploy.values()} == set(KINDS.values())


def test_going_back_and_forth(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """--rollback shows the site as it was before the last deployment; --to any that is kept; --list names them."""
    www = tmp_path / "www/articles/kilogram/index.html"
    texts = []
    for number in range(3):
        edit(mine, "content/articles/kilogram.md", "---\n\n", f"---\n\nفقرة رقم {number}.\n\n")
        assert sitegen("deploy", "--yes").status == 0
        texts.append(www.read_bytes())
    listed = [line.split("\t") for line in sitegen("deploy", "--list").out.splitlines()]
    assert [it[3] for it in listed] == ["kept here", "kept here", "live, kept here"]
    assert sitegen("deploy", "--rollback", "--yes").status == 0
    assert www.read_bytes() == texts[1]
    assert sitegen("deploy", "--rollback", "--to", listed[0][0], "--yes").status == 0
    assert www.read_bytes() == texts[0]
    assert sitegen("deploy", "--yes").status == 0
    assert www.read_bytes() == texts[2]
    assert len(sitegen("deploy", "--list").out.splitlines()) == 6


def test_a_damaged_archive_is_refused(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """Bytes that are not those of that day are never sent."""
    sitegen("deploy", "--yes")
    edit(mine, "content/articles/kilogram.md", "---\n\n", "---\n\nفقرة.\n\n")
    sitegen("deploy", "--yes")
    before = files(tmp_path / "www")
    for it in (mine / ".sitegen/deploy/objects").rglob("*"):
        if it.is_file():
            it.write_bytes(b"damaged")
    said = sitegen("deploy", "--rollback", "--yes")
    assert (said.status, "U210" in said.err) == (3, True)
    assert files(tmp_path / "www") == before


def test_the_oldest_of_eleven_deployments_is_forgotten(mine: Path, sitegen: Sitegen) -> None:
    """Ten are kept, with the files that they need and no others."""
    for number in range(11):
        (mine / "content/site.yaml").write_text(
            re.sub(
                r"^tagline: .*$",
                f'tagline: "سطر {number}"',
                (mine / "content/site.yaml").read_text("utf-8"),
                flags=re.M,
            ),
            "utf-8",
        )
        assert sitegen("deploy", "--yes").status == 0
    kept = sorted((mine / ".sitegen/deploy/targets/live/history").iterdir())
    assert len(kept) == 10
    needed = {entry[1] for it in kept for entry in json.loads(it.read_bytes())["files"].values()}
    objects = {
        it.parent.name + it.name for it in (mine / ".sitegen/deploy/objects").rglob("*") if it.is_file()
    }
    assert objects == needed


def test_compressed_copies_hold_the_same_bytes(mine: Path, sitegen: Sitegen, tmp_path: Path) -> None:
    """With `precompress` every longer text has a .gz and a .br beside it that unpack to it, the same on every run."""
    import gzip

    import brotli

    configure(mine, "live: {to: folder, path: ../www, precompress: true}")
    assert sitegen("deploy", "--yes").status == 0
    www = files(tmp_path / "www")
    texts = [it for it in www if f"{it}.gz" in www]
    assert len(texts) > 20
    for path in texts:
        assert gzip.decompress(www[f"{path}.gz"]) == www[path] == brotli.decompress(www[f"{path}.br"])
        assert www[f"{path}.gz"][4:8] == b"\0\0\0\0"
    assert not any(f"{it}.gz" in www for it in www if it.endswith(".woff2"))
    assert sitegen("deploy", "--yes").out == "up to date\n"
    os.utime(mine / "content/site.yaml")
    assert sitegen("deploy", "--yes").out == "up to date\n"


@pytest.mark.parametrize("host", sorted(WORKFLOWS))
def test_a_workflow_deploys_and_keeps_the_store(mine: Path, sitegen: Sitegen, host: str) -> None:
    """It is YAML, its commands are commands of sitegen, it caches .sitegen, and names the target to be configured."""
    said = sitegen("new", "deploy", host)
    path, lines = WORKFLOWS[host]
    assert said.out.strip().endswith(path)
    text = (mine / path).read_text("utf-8")
    assert yaml.safe_load(text)
    assert ".sitegen" in text
    for line in re.findall(r"(?:run:|-) sitegen (.*)", text):
        assert sitegen(*line.split(), "--help").status == 0, line
    assert f"sitegen deploy {host} --yes" in text
    assert lines in said.err
    source = f'title: "x"\nbase_url: "https://example.org"\ndeploy:\n  {lines}\n'
    parsed = parse_site("content/site.yaml", source.encode())
    assert (parsed.diagnostics, parsed.value is not None and list(parsed.value.deploy)) == ((), [host])
    assert sitegen("new", "deploy", host).status == 2, "nothing is overwritten"


def test_a_workflow_keeps_credentials_in_secrets(mine: Path, sitegen: Sitegen) -> None:
    """Each variable that a target needs comes from the secrets of the repository."""
    sitegen("new", "deploy", "cloudflare")
    text = (mine / WORKFLOWS["cloudflare"][0]).read_text("utf-8")
    assert "${{ secrets.CLOUDFLARE_API_TOKEN }}" in text
