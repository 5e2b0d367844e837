"""A long day of an editor: saves of every style, mistakes, renames, deletions, whole folders exchanged.

`SITEGEN_SOAK=2000` (or `make soak`) makes it a long one; then what the preview holds in memory must not grow either.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from saving import STYLES, by_vim
from serving import Served, served

from sitegen.engine.db import Db
from sitegen.errors import Diagnostic, SiteError
from sitegen.graph import site
from sitegen.messages import severity
from sitegen.shell import files
from sitegen.shell.files import Files
from sitegen.shell.preview.snapshot import snapshot
from sitegen.shell.starter import new_site

ARTICLES = 20  # more than a preview reads before it shows a page
STEPS = int(os.environ.get("SITEGEN_SOAK", "200"))
CHECKS = 10  # how often the preview is compared with a site made from nothing
LONG = 1000  # steps from which on memory is measured
DRIFT = 1.05
SETTINGS = {"today": "2025-10-31", "drafts": "1", "future": "1", "source_lines": "1"}
QUICK = tuple(it for it in STYLES if it is not by_vim)
OWN = re.compile(rb'<script src="/\.sitegen/preview\.js"[^>]*></script>\n')
THEME = Path(files.theme_folder())


class Editor:
    """Somebody who works on a site, carelessly."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root = root
        self.random = Random(seed)
        self.count = 0
        self.kept = {
            str(it.relative_to(root)): it.read_text("utf-8")
            for it in (root / "content").rglob("*.*")
            if it.name not in ("README.md", "COMMANDS.md")
        }
        for n in range(ARTICLES):
            self.kept[f"content/articles/a{n}.md"] = (
                f'---\ntitle: "مقال {n}"\nsummary: "خلاصة."\npublished: "2025-10-{n + 1:02}"\n'
                f"facts:\n  - use: kilogram-vote\n---\n\nنصّ [[bipm]] و[[a{(n + 1) % ARTICLES}]] {{fact:kilogram-vote}}.\n"
            )
        self.reset()

    def reset(self) -> None:
        """Every file as it was in the beginning."""
        for path, text in self.kept.items():
            place = self.root / path
            if not place.exists() or place.read_text("utf-8") != text:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, "utf-8")
        for it in (self.root / "content").rglob("*.*"):
            if (
                it.is_file()
                and str(it.relative_to(self.root)) not in self.kept
                and it.name[0] != "R"
                and it.name[0] != "C"
            ):
                it.unlink()
        shutil.rmtree(self.root / "templates", ignore_errors=True)

    def step(self) -> None:
        """Do one of all that an editor does."""
        self.count += 1
        steps: list[tuple[int, Callable[[], None]]] = [
            (50, self.write),
            (10, self.restore),
            (6, self.delete),
            (6, self.rename),
            (6, self.break_file),
            (4, self.draft),
            (4, self.fact),
            (3, self.template),
            (3, self.style),
            (2, self.exchange),
            (1, self.reset),
        ]
        (step,) = self.random.choices([it for _, it in steps], [it for it, _ in steps])
        step()

    def _article(self) -> Path | None:
        found = sorted((self.root / "content/articles").glob("*.md"))
        return self.random.choice(found) if found else None

    def write(self) -> None:
        place = self._article()
        if place is None:
            return self.restore()
        text = place.read_text("utf-8")
        if len(text) > 6000:
            return place.write_text(text[:2000] + "\n", "utf-8") and None
        save = by_vim if self.count % 50 == 0 and shutil.which("vim") else self.random.choice(QUICK)
        save(place, f"{text.rstrip()}\n\nجملة {self.count}.\n")
        return None

    def restore(self) -> None:
        path = self.random.choice(sorted(self.kept))
        (self.root / path).write_text(self.kept[path], "utf-8")

    def delete(self) -> None:
        if place := self._article():
            place.unlink()

    def rename(self) -> None:
        if place := self._article():
            place.rename(place.with_name(f"r{self.random.randrange(6)}.md"))

    def break_file(self) -> None:
        path = self.root / self.random.choice(sorted(self.kept))
        wrong = self.random.choice(["---\ntitle: [\n---\n", "", "\x00", "[[nobody]] {fact:nothing}", "---\n"])
        path.write_text(wrong, "utf-8")

    def draft(self) -> None:
        if place := self._article():
            text = place.read_text("utf-8")
            place.write_text(text.replace("\nsummary:", "\ndraft: true\nsummary:", 1), "utf-8")

    def fact(self) -> None:
        path = "content/facts/kilogram.yaml"
        text = self.kept[path].replace("2018-11-16", f"2018-11-{self.random.randrange(10, 30)}")
        (self.root / path).write_text(text, "utf-8")

    def template(self) -> None:
        self._theme(
            "pages/article.html",
            "{% block main %}",
            "{% block main %}" + self.random.choice(["<i></i>", "{{ no }}", "{% if %}"]),
        )

    def style(self) -> None:
        self._theme("assets/css/site.css", "body {", f"body {{ --n: {self.random.randrange(9)};")

    def _theme(self, name: str, old: str, new: str) -> None:
        place = self.root / "templates" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text((THEME / name).read_text("utf-8").replace(old, new, 1), "utf-8")

    def exchange(self) -> None:
        """All articles at once, each with a new sentence, as a checkout does."""
        new = self.root.parent / "new"
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(self.root / "content/articles", new)
        for it in new.glob("*.md"):
            if it.stat().st_size < 6000:
                it.write_text(f"{it.read_text('utf-8')}\nفرع {self.count}.\n", "utf-8")
        shutil.rmtree(self.root / "content/articles")
        shutil.move(new, self.root / "content/articles")


def cold(root: Path) -> tuple[dict[str, bytes], set[tuple[str, int, str]]]:
    """Bytes by address and errors by place, from nothing; no bytes where there are errors."""
    source = Files(files.scan(files.roots(str(root)), {}), SETTINGS)
    db = Db(source)
    found: list[Diagnostic] = list(source.scan.problems)
    pages: dict[str, bytes] = {}
    try:
        found += site.problems(db)
        for address, route in snapshot("/", site.routes(db)).routes.items():
            try:
                pages[address] = site.render(db, route)
            except SiteError as error:
                found += error.diagnostics
    except SiteError as error:
        found += error.diagnostics
    wrong = {(it.at.path, it.at.line, it.code) for it in found if severity(it) == "error"}
    return {} if wrong else pages, wrong


def shown(preview: Served, address: str) -> bytes:
    """What the preview shows, without its own script."""
    return OWN.sub(b"", preview.get(address).body)


def differences(preview: Served, wanted: tuple[dict[str, bytes], set[tuple[str, int, str]]]) -> list[object]:
    """Addresses that show something else, and errors that are too many or too few."""
    pages, wrong = wanted
    said = {(it["file"], it["line"], it["code"]) for it in preview.errors()}
    if wrong or said:
        return [*(said ^ wrong)]
    return [it for it, data in pages.items() if shown(preview, it) != data]


def memory(preview: Served) -> int:
    """Pages of memory in use."""
    return int(Path(f"/proc/{preview.process.pid}/statm").read_text().split()[1])


def test_after_a_long_day_the_preview_shows_what_a_build_from_nothing_shows(tmp_path: Path) -> None:
    """At every stop in between too: every page byte for byte, every error, and nothing that was mended."""
    new_site(str(tmp_path / "site"))
    editor = Editor(tmp_path / "site", seed=STEPS)
    with served(tmp_path / "site") as preview:
        sizes = []
        for n in range(1, STEPS + 1):
            editor.step()
            if n % max(1, STEPS // CHECKS):
                continue
            if len(sizes) % 2:  # the last one, too
                editor.reset()
            with preview.listening() as until:
                wanted = cold(editor.root)
                until(lambda wanted=wanted: not differences(preview, wanted))  # type: ignore[misc]
            sizes.append(memory(preview))
        assert preview.errors() == []
        assert not any("Traceback" in it or "V20" in it for it in preview.said)
    if STEPS >= LONG:
        settled = sizes[len(sizes) // 3 :]
        assert settled[-1] < settled[0] * DRIFT, sizes
