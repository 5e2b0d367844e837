"""The site in memory, step by step: what an editor does between two looks must not be missed."""

from __future__ import annotations

from pathlib import Path

import pytest
from serving import ARTICLE, PAGE

from sitegen.shell import files
from sitegen.shell.preview.good import Good, Page
from sitegen.shell.preview.maker import Maker
from sitegen.shell.session import Request
from sitegen.shell.starter import new_site


class Made:
    """A maker on a small site, and its article."""

    def __init__(self, root: Path) -> None:
        new_site(str(root))
        self.root = root
        self.article = root / ARTICLE
        self.maker = Maker(Request(str(root), settings={"today": "2025-10-31"}))
        self.maker.start()
        self.page()

    def page(self) -> str:
        found = self.maker.page(PAGE)
        assert found is not None
        return found.data.decode()

    def append(self, text: str, words: str) -> None:
        self.article.write_text(f"{text}\n{words}\n", "utf-8")


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
    while made.maker.rest():
        pass
    text = made.article.read_text("utf-8")
    made.append(text, "بين المرتين.")
    again = Maker(Request(str(made.root), settings={"today": "2025-10-31"}))
    again.start()
    found = again.page(PAGE)
    assert found is not None
    assert "بين المرتين." in found.data.decode()


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
    while made.maker.rest():
        pass
    theme = files.theme_folder()
    own = made.root / "templates/pages/term.html"
    own.parent.mkdir(parents=True)
    text = Path(theme, "pages/term.html").read_text("utf-8")
    own.write_text(text.replace("{% endblock", "{{ nonexist.foo }}{% endblock", 1), "utf-8")
    made.maker.look(None)
    while made.maker.rest():
        pass
    assert [it.code for it in made.maker.findings] == ["T405"]
    made.append(made.article.read_text("utf-8"), "كلمة أخرى.")
    made.maker.look(None)
    while made.maker.rest():
        pass
    assert [it.code for it in made.maker.findings] == ["T405"]
    own.write_text(text, "utf-8")
    made.maker.look(None)
    while made.maker.rest():
        pass
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
