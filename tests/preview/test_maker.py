"""The site in memory, step by step: what an editor does between two looks must not be missed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from serving import ARTICLE, PAGE

from sitegen.graph import templating
from sitegen.graph.texts import parsed_text
from sitegen.shell import files
from sitegen.shell.build import build
from sitegen.shell.preview.good import Good, Page
from sitegen.shell.preview.maker import Maker
from sitegen.shell.session import Request, forget
from sitegen.shell.starter import new_site


class Made:
    """A maker on a small site, and its article; `others` articles link to that."""

    def __init__(self, root: Path, others: int = 0) -> None:
        new_site(str(root))
        self.root = root
        self.article = root / ARTICLE
        self.write_others("رابط", others)
        self.maker = self.started()
        self.page()

    def started(self) -> Maker:
        settings = {"today": "2025-10-31", "source_lines": "1"}
        maker = Maker(Request(str(self.root), settings=settings, workers=2))
        maker.start()
        return maker

    def write_others(self, words: str, count: int) -> None:
        for n in range(count):
            head = f'title: "مقال {n}"\nsummary: "خلاصة."\npublished: "2025-10-01"'
            self.article.with_name(f"other{n}.md").write_text(
                f"---\n{head}\n---\n\n{words} {n} إلى [[kilogram]].\n", "utf-8"
            )

    def rest(self) -> None:
        while self.maker.rest():
            pass
        self.maker.save()

    def page(self) -> str:
        return shown(self.maker)

    def append(self, text: str, words: str) -> None:
        self.article.write_text(f"{text}\n{words}\n", "utf-8")


def shown(maker: Maker) -> str:
    """The page of the article."""
    found = maker.page(PAGE)
    assert found is not None
    return found.data.decode()


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "site")


def test_a_file_that_was_read_in_between_is_read_again(made: Made) -> None:
    """Seen as one thing, read as another, and the first again: the last is what is shown."""
    name = "templates/partials/footer.html"
    own = made.root / name
    own.parent.mkdir(parents=True)
    own.write_text("<footer>0</footer>")
    made.maker.look(None)
    made.page()
    own.write_text("<footer>1</footer>")
    assert made.maker.look({name: str(own)})
    own.write_text("<footer>2</footer>")
    assert "<footer>2</footer>" in made.page()
    own.write_text("<footer>1</footer>")
    assert made.maker.look(None)
    assert "<footer>1</footer>" in made.page()


def test_a_look_at_what_is_as_it_was_says_so(made: Made) -> None:
    """Events without a change cost nothing and tell nobody."""
    made.article.write_bytes(made.article.read_bytes())
    assert not made.maker.look({ARTICLE: str(made.article)})
    assert not made.maker.look(None)


def test_a_page_with_errors_stays_as_it_was(made: Made) -> None:
    """Until its file is good again."""
    before, text = made.page(), made.article.read_text("utf-8")
    made.append(text, "[[nobody]]")
    made.maker.look(None)
    assert made.page() == before
    assert [it.code for it in made.maker.check() if it.at.path == ARTICLE] == ["R204"]
    made.append(text, "كلام.")
    made.maker.look(None)
    assert "كلام." in made.page()
    assert made.maker.check() == ()


def test_a_preview_goes_on_where_the_last_one_ended(made: Made) -> None:
    """What was worked out is kept; what changed in between is seen."""
    made.rest()
    text = made.article.read_text("utf-8")
    made.append(text, "بين المرتين.")
    assert "بين المرتين." in shown(made.started())


def test_another_day_is_another_site(made: Made) -> None:
    """An article that is due tomorrow appears when tomorrow comes."""
    due = made.article.read_text("utf-8").replace('published: "2025-10-01"', 'published: "2025-11-01"')
    made.article.with_name("tomorrow.md").write_text(due.replace("تعريف الكيلوغرام", "الغد"), "utf-8")
    made.maker.look(None)
    assert made.maker.page("/articles/tomorrow/") is None
    assert made.maker.set("today", "2025-11-01")
    assert made.maker.page("/articles/tomorrow/") is not None


def test_the_pages_kept_longest_ago_are_forgotten_first() -> None:
    """As soon as they take more room than there is; a page that is kept again counts once."""
    good = Good(room=10)
    for place, size in (("/a/", 4), ("/b/", 4), ("/a/", 5), ("/c/", 5)):
        good.keep(place, Page(b"x" * size, "1", ""))
    assert good.places() == {"/a/", "/c/"}
    good.keep("/large/", Page(b"x" * 99, "1", ""))
    assert good.places() == {"/large/"}


def test_an_error_of_a_page_nobody_has_seen_stays_known(made: Made) -> None:
    """Found while resting, it is not forgotten when something else is saved, and goes when it is mended."""
    made.rest()
    theme = files.theme_folder()
    own = made.root / "templates/pages/term.html"
    own.parent.mkdir(parents=True)
    text = Path(theme, "pages/term.html").read_text("utf-8")
    own.write_text(text.replace("{% endblock", "{{ nonexist.foo }}{% endblock", 1), "utf-8")
    made.maker.look(None)
    made.rest()
    assert [it.code for it in made.maker.findings] == ["T405"]
    made.append(made.article.read_text("utf-8"), "كلمة أخرى.")
    made.maker.look(None)
    made.rest()
    assert [it.code for it in made.maker.findings] == ["T405"]
    own.write_text(text, "utf-8")
    made.maker.look(None)
    made.rest()
    assert made.maker.findings == ()


def test_a_file_whose_name_cannot_be_read_is_forgotten_when_it_goes(made: Made) -> None:
    """Its finding names it as it can be printed."""
    name = "content/articles/\udcff.md"
    place = made.root / name
    place.write_bytes(b"")
    assert made.maker.look({name: str(place)})
    assert [it.code for it in made.maker.check()] == ["C203"]
    place.unlink()
    assert made.maker.look({name: str(place)})
    assert made.maker.check() == ()


# -- much that is new ------------------------------------------------------------------------------------------

MANY = 40


def test_the_page_in_front_is_made_before_all_texts_are_read(tmp_path: Path) -> None:
    """The sentences of others that name it are added when they are known, as if they had been from the beginning."""
    made = Made(tmp_path / "site", MANY)
    assert made.maker.stage == "reading"
    assert "رابط 7" not in made.page()
    other = parsed_text.key("article", "content/articles/other7.md")
    assert made.maker._db.node(other) is None
    while made.maker.stage == "reading":
        made.maker.rest()
    assert "رابط 7" in made.page()
    made.rest()
    assert made.page() == shown(made.started())


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    """A preview that is started again knows everything at once."""
    made = Made(tmp_path / "site", MANY)
    made.rest()
    again = made.started()
    assert again.stage == "ready"
    assert "رابط 7" in shown(again)


def test_after_a_build_the_page_in_front_comes_first_too(tmp_path: Path) -> None:
    """A build reads texts without their lines, so they are all read once more."""
    made = Made(tmp_path / "site", MANY)
    made.rest()
    forget(str(made.root))
    build(Request(str(made.root), settings={"today": "2025-10-31"}))
    again = made.started()
    assert again.stage == "reading"
    assert "رابط 7" not in shown(again)
    while again.rest():
        pass
    assert shown(again) == made.page()


def test_templates_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next preview starts with their code, as the next build does."""
    monkeypatch.setattr(templating, "_ENVIRONMENTS", {})
    monkeypatch.setattr(templating, "compiled", templating.Compiled())
    made = Made(tmp_path / "site")
    made.rest()
    known = templating.compiled.code
    monkeypatch.setattr(templating, "compiled", templating.Compiled())
    made.started()
    assert templating.compiled.code.keys() == known.keys()


def test_many_changes_at_once_do_not_keep_the_page_in_front_waiting(tmp_path: Path) -> None:
    """As when another branch is checked out; what cannot be told yet is left out, not told as it was."""
    made = Made(tmp_path / "site", MANY)
    made.rest()
    made.write_others("كلام آخر", MANY)
    made.append(made.article.read_text("utf-8"), "في الفرع.")
    assert made.maker.look(None)
    assert made.maker.stage == "reading"
    assert "في الفرع." in made.page()
    assert "رابط 7" not in made.page()
    made.rest()
    assert "كلام آخر 7" in made.page()


def test_a_mistake_in_the_page_in_front_is_told_before_all_is_checked(tmp_path: Path) -> None:
    """And no longer once it is mended, though the rest is not checked yet either."""
    made = Made(tmp_path / "site", MANY)
    text = made.article.read_text("utf-8")
    made.append(text, "[[nobody]]")
    made.maker.look(None)
    made.page()
    assert [it.code for it in made.maker.findings] == ["R204"]
    made.append(text, "كلام.")
    made.maker.look(None)
    made.page()
    assert made.maker.stage == "reading"
    assert made.maker.findings == ()


def test_settings_that_are_mended_begin_the_reading(tmp_path: Path) -> None:
    """A site that could not be read at all is then like one that was never read."""
    made = Made(tmp_path / "site")
    config = made.root / "content/site.yaml"
    good = config.read_text("utf-8")
    config.write_text("title: [", "utf-8")
    made.write_others("رابط", MANY)
    made.maker = made.started()
    made.rest()
    assert made.maker.page(PAGE) is None
    config.write_text(good, "utf-8")
    assert made.maker.look(None)
    assert made.maker.stage == "reading"
    assert "رابط 7" not in made.page()
    made.rest()
    assert "رابط 7" in made.page()
    assert made.maker.findings == ()


# -- errors of pages -------------------------------------------------------------------------------------------


def test_every_page_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    """However many they are: each cause once, of the first page it was met on; all go when they are mended."""
    made = Made(tmp_path / "site", MANY)
    theme = Path(files.theme_folder())
    own = made.root / "templates/pages"
    own.mkdir(parents=True)
    for name in ("article", "term", "home"):
        text = (theme / f"pages/{name}.html").read_text("utf-8")
        (own / f"{name}.html").write_text(text.replace("{% endblock", "{{ nowhere }}{% endblock", 1), "utf-8")
    made.maker.look(None)
    made.rest()
    assert [(it.at.path, it.code) for it in made.maker.findings] == [
        (f"templates/pages/{name}.html", "T405") for name in ("article", "home", "term")
    ]
    shutil.rmtree(made.root / "templates")
    made.maker.look(None)
    made.rest()
    assert made.maker.findings == ()


def test_a_page_says_of_itself_why_it_cannot_be_made(tmp_path: Path) -> None:
    """Even where another page was the first to say it."""
    made = Made(tmp_path / "site", 3)
    own = made.root / "templates/pages/article.html"
    own.parent.mkdir(parents=True)
    own.write_text("{{ nowhere }}", "utf-8")
    made.maker.look(None)
    made.rest()
    for place in (PAGE, "/articles/other1/"):
        made.maker.page(place)
        assert [dict(it.args)["page"] for it in made.maker.broken(place)] == [place[1:]]
    assert len(made.maker.findings) == 1


def test_a_file_that_was_replaced_is_there_for_pages_made_before(made: Made) -> None:
    """Under the name that it had, though nobody had asked for it yet."""
    made.rest()
    old = stylesheet(made.page())
    css = made.root / "templates/assets/css/site.css"
    css.parent.mkdir(parents=True)
    css.write_text("body { color: red }", "utf-8")
    made.maker.look(None)
    made.rest()
    new = stylesheet(made.page())
    assert new != old
    for place, words in ((old, b"@font-face"), (new, b"color: red")):
        found = made.maker.page(place)
        assert found is not None
        assert words in found.data


def stylesheet(page: str) -> str:
    """The address of a page's style sheet."""
    return page.split('rel="stylesheet" href="')[1].split('"')[0]
