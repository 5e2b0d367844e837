"""Open pages follow the files, in a real browser: in place, without a reload, in every tab."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from serving import ARTICLE, PAGE, PATIENCE, Served, served

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
FACTS = "content/facts/kilogram.yaml"
LONG = "\n\n".join(f"## فصل {n} {{#part-{n}}}\n\n" + "كلام طويل في الفصل. " * 60 for n in range(12))

SHORT = '---\ntitle: "ما اللتر؟"\nsummary: "حجم."\npublished: "2025-10-01"\n---\n\nحجم.\n'


@pytest.fixture
def visit(browser: Browser, preview: Served) -> Iterator[Visit]:
    """Opens a page in a tab whose script would be lost by a reload; nothing may break the page's policy."""
    context = browser.new_context(viewport={"width": 900, "height": 700})
    said: list[str] = []

    def open_tab(path: str = PAGE, url: str = preview.url) -> Page:
        page = context.new_page()
        page.on("console", lambda it: said.append(it.text) if it.type == "error" else None)
        page.goto(url + path)
        page.evaluate("window.same = true")
        return page

    yield open_tab
    context.close()
    assert [it for it in said if "Content Security Policy" in it or "Error:" in it] == []


@pytest.fixture(autouse=True)
def _mended(preview: Served) -> Iterator[None]:
    """Each test finds the site as it was."""
    sources = [it for it in (preview.folder / "content").rglob("*") if it.is_file()]
    kept = {it: it.read_bytes() for it in sources}
    yield
    with preview.listening() as until:
        shutil.rmtree(preview.folder / "templates", ignore_errors=True)
        for it in (preview.folder / "content").rglob("*"):
            if it.is_file() and it not in kept:
                it.unlink()
        for it, data in kept.items():
            if not it.exists() or it.read_bytes() != data:
                it.write_bytes(data)
        until(lambda: not preview.errors())


def same(page: Page) -> bool:
    """Whether the page has never been loaded again."""
    return bool(page.evaluate("window.same === true"))


def test_new_words_appear_in_place(visit: Visit, preview: Served) -> None:
    """A save is shown without a reload, and what did not change is the same element as before."""
    page = visit()
    page.evaluate("window.title = document.querySelector('h1')")
    preview.write(ARTICLE, preview.read(ARTICLE) + "\nكلمات جديدة.\n")
    expect(page.get_by_text("كلمات جديدة.")).to_be_visible()
    assert page.evaluate("window.title === document.querySelector('h1')")
    assert same(page)


def test_the_reader_keeps_the_place(visit: Visit, preview: Served) -> None:
    """The heading that is read stays where it is on the screen while text grows above it."""
    preview.write(ARTICLE, preview.read(ARTICLE) + "\n" + LONG)
    page = visit()
    expect(page.locator("#part-11")).to_be_attached()
    page.evaluate("document.querySelector('#part-6').scrollIntoView({behavior: 'instant'})")
    top = "document.querySelector('#part-6').getBoundingClientRect().top"
    before = page.evaluate(top)
    added = "\n\n".join(["سطر أُضيف في الأعلى."] * 30)
    preview.write(ARTICLE, preview.read(ARTICLE).replace("## فصل 0", f"{added}\n\n## فصل 0"))
    expect(page.get_by_text("سطر أُضيف في الأعلى.").first).to_be_attached()
    assert abs(page.evaluate(top) - before) < 2
    assert page.evaluate("scrollY") > 1000
    assert same(page)


def test_styles_are_swapped(visit: Visit, preview: Served) -> None:
    """A changed style sheet is put in place of the old one; the page itself is not touched."""
    page = visit()
    old = str(page.locator("head link[rel=stylesheet]").get_attribute("href"))
    page.evaluate("window.article = document.querySelector('main')")
    theme = Path(__file__).parents[2] / "templates/assets/css/site.css"
    preview.write(
        "templates/assets/css/site.css", theme.read_text("utf-8") + "\nmain { outline: 7px solid red }\n"
    )
    expect(page.locator("main")).to_have_css("outline-width", "7px")
    assert page.evaluate("window.article === document.querySelector('main')")
    expect(page.locator("head link[rel=stylesheet]")).to_have_count(1)
    assert same(page)
    assert preview.get(old).status == 200  # for a page that was made before and asks only now


def test_style_sheets_keep_their_order(visit: Visit, preview: Served) -> None:
    """Of rules that contradict each other the last one wins, whichever sheets are exchanged, and however many."""
    name = "templates/partials/head.html"
    theme = (Path(__file__).parents[2] / name).read_text("utf-8")
    sheet = '<link rel="stylesheet" href="{{ site.assets.css }}">'

    def write(*versions: str) -> None:
        sheets = "".join(sheet.replace("}}", f"}}}}?{it}") for it in versions)
        preview.write(name, theme.replace(sheet, sheets))

    with preview.listening() as until:
        write("a1", "b1", "c1")
        until(lambda: "c1" in preview.get(PAGE).text)
    page = visit()
    links = page.locator("head link[rel=stylesheet]")
    for versions in (("a2", "b2", "c1"), ("a2", "b3", "c3"), ("a4", "b4", "c4"), ("c4", "d4")):
        write(*versions)
        expect(links).to_have_count(len(versions))
        for n, version in enumerate(versions):
            expect(links.nth(n)).to_have_attribute("href", re.compile(rf"\?{version}$"))
    assert same(page)


def test_what_the_reader_opened_stays_open(visit: Visit, preview: Served) -> None:
    """An edit elsewhere on the page does not fold what was unfolded."""
    preview.write(ARTICLE, preview.read(ARTICLE) + "\n:::qa\nس: سؤال؟\nج: جواب.\n:::\n\nآخر.\n")
    page = visit()
    page.evaluate("for (const it of document.querySelectorAll('details')) it.open = true")
    count = page.locator("details[open]").count()
    preview.write(ARTICLE, preview.read(ARTICLE).replace("آخر.", "آخر الكلام."))
    expect(page.get_by_text("آخر الكلام.")).to_be_attached()
    assert page.locator("details[open]").count() == count


def test_errors_lie_over_the_last_good_page_until_they_are_mended(visit: Visit, preview: Served) -> None:
    """All of them, in Arabic and from right to left, with file, line, excerpt and way out."""
    page = visit()
    good, facts = preview.read(ARTICLE), preview.read(FACTS)
    title = page.locator("h1").inner_text()
    broken = good.replace("kind: explainer", "kind: explaner").replace('title: "لماذا', 'titel: "لماذا')
    preview.write(ARTICLE, broken)
    preview.write(FACTS, facts.replace('value: "2018-11-16"', 'value: "2018-13-16"'))
    box = page.locator("sitegen-preview section")
    expect(box).to_be_visible()
    expect(box.get_by_text("content/facts/kilogram.yaml:4")).to_be_visible()
    expect(box.get_by_text(f"{ARTICLE}:").first).to_be_visible()
    assert box.get_attribute("dir") == "rtl"
    assert box.get_attribute("lang") == "ar"
    assert box.locator("li").count() >= 3
    expect(box.get_by_text("2018-13-16").first).to_be_visible()
    expect(box.locator(".hint").first).to_contain_text("المخرج")
    assert page.locator("h1").inner_text() == title
    preview.write(FACTS, facts)
    preview.write(ARTICLE, good.replace("ما كان عليه الأمر", "ما كان"))
    expect(box).to_be_hidden()
    expect(page.get_by_role("heading", name="ما كان", exact=True)).to_be_visible()
    assert same(page)


def test_content_cannot_write_into_the_overlay(visit: Visit, preview: Served) -> None:
    """Words of the content are text there, whatever they look like."""
    page = visit()
    preview.write(ARTICLE, preview.read(ARTICLE) + "\n[[<img src=x onerror=alert(1)>]]\n")
    box = page.locator("sitegen-preview section")
    expect(box).to_be_visible()
    expect(box.get_by_text("<img src=x").first).to_be_visible()
    assert box.locator("img").count() == 0


def test_links_of_many_new_files_appear_in_place(visit: Visit, preview: Served) -> None:
    """They are read after the page in front has been made; it takes over what they say of it."""
    page = visit()
    head = 'title: "مقال"\nsummary: "خلاصة."\npublished: "2025-10-01"'
    for n in range(40):
        preview.write(f"content/articles/many{n}.md", f"---\n{head}\n---\n\nجملة {n} عن [[kilogram]].\n")
    for n in (0, 39):
        expect(page.get_by_text(f"جملة {n} عن")).to_be_attached()
    assert same(page)


def test_mistakes_of_the_page_in_front_come_first(visit: Visit, preview: Served) -> None:
    """Those of its file and of the templates that make it, each tab its own; all others follow."""
    preview.write("content/articles/aaa.md", SHORT.replace("حجم.\n", "[[nobody]]"))
    preview.write(ARTICLE, preview.read(ARTICLE) + "\n[[no-one]]\n")
    place = visit().locator("sitegen-preview .place")
    expect(place).to_have_count(2)
    expect(place.first).to_contain_text(ARTICLE)
    term = "templates/pages/term.html"
    text = (Path(__file__).parents[2] / term).read_text("utf-8")
    preview.write(term, text.replace("{% block main %}", "{% block main %}{{ no_such_thing }}", 1))
    others = visit("/terms/").locator("sitegen-preview .place")
    expect(others).to_have_count(3)
    expect(others.first).to_contain_text("content/articles/aaa.md")
    url = next(it for it in preview.get("/terms/").text.split('"') if re.fullmatch(r"/terms/.+/", it))
    expect(visit(url).locator("sitegen-preview .place").first).to_contain_text(term)


def test_a_template_error_leads_from_page_to_variable(visit: Visit, preview: Served) -> None:
    """The overlay names the page, the template, the line and the variable; mending the template clears it."""
    page = visit()
    theme = Path(__file__).parents[2] / "templates/pages/article.html"
    text = theme.read_text("utf-8")
    line = text[: text.index("{% block main %}")].count("\n") + 2
    preview.write(
        "templates/pages/article.html",
        text.replace("{% block main %}", "{% block main %}\n{{ no_such_thing }}", 1),
    )
    box = page.locator("sitegen-preview section")
    expect(box.get_by_text(f"templates/pages/article.html:{line}").first).to_be_visible()
    expect(box.locator(".way").first).to_contain_text("/articles/kilogram/")
    expect(box.locator(".message").first).to_contain_text("no_such_thing")
    preview.write("templates/pages/article.html", text)
    expect(box).to_be_hidden()
    assert same(page)


def test_eight_tabs_follow(visit: Visit, preview: Served) -> None:
    """Browsers allow six connections to a host; eight tabs hear of a change all the same, and a ninth loads."""
    tabs = [visit(path) for path in (PAGE, "/", PAGE, "/articles/", PAGE, "/", PAGE, PAGE)]
    preview.write(ARTICLE, preview.read(ARTICLE).replace("تعريف الكيلوغرام؟", "تعريف الكتلة؟"))
    for tab in tabs:
        expect(tab.get_by_text("تعريف الكتلة؟").first).to_be_attached()
        assert same(tab)
    expect(visit(PAGE).locator("h1")).to_contain_text("الكتلة")


def test_a_hidden_tab_catches_up(visit: Visit, preview: Served) -> None:
    """While it is hidden a tab asks nothing; shown again, it shows what is so now."""
    page = visit()
    show = "(hidden) => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true}); document.dispatchEvent(new Event('visibilitychange')) }"
    page.evaluate(show, True)
    asked: list[str] = []
    page.on("request", lambda it: asked.append(it.url))
    with preview.listening() as until:
        preview.write(ARTICLE, preview.read(ARTICLE) + "\nأثناء الغياب.\n")
        until(lambda: "أثناء الغياب." in preview.get(PAGE).text)
    assert asked == []
    page.evaluate(show, False)
    expect(page.get_by_text("أثناء الغياب.")).to_be_visible()
    assert same(page)


def test_tabs_find_a_preview_that_was_started_again(visit: Visit, tmp_path: Path) -> None:
    """What changed in between is shown, without a reload."""
    with served(tmp_path / "site") as first:
        page = visit(PAGE, url=first.url)
    first.write(ARTICLE, first.read(ARTICLE) + "\nبين تشغيلين.\n")
    with served(tmp_path / "site", port=first.port):
        expect(page.get_by_text("بين تشغيلين.")).to_be_visible(timeout=15_000)
        assert same(page)


def test_drafts_and_future_articles_wear_a_ribbon(visit: Visit, preview: Served) -> None:
    """They are shown in the preview, and say that they are not for the public."""
    good = preview.read(ARTICLE)
    page = visit()
    assert page.locator(".ribbon").count() == 0
    preview.write(ARTICLE, good.replace("kind: explainer", "kind: explainer\ndraft: true"))
    expect(page.locator(".ribbon")).to_contain_text("مسودة")
    preview.write(ARTICLE, good.replace('"2025-10-01"', '"2026-10-01"'))
    expect(page.locator(".ribbon")).to_contain_text("لم يحن")


def test_a_page_that_is_renamed_is_gone_and_near(visit: Visit, preview: Served) -> None:
    """Its tab shows the page for what is not there, with the new address among those that are alike."""
    place = preview.folder / "content/articles/litre.md"
    with preview.listening() as until:
        preview.write("content/articles/litre.md", SHORT)
        until(lambda: preview.get("/articles/litre/").status == 200)
    page = visit("/articles/litre/")
    place.rename(place.with_name("litres.md"))
    expect(page.get_by_role("link", name="/articles/litres/")).to_be_visible()
    assert preview.get("/articles/litre/").status == 404
    place.with_name("litres.md").rename(place)
    expect(page.locator("h1")).to_contain_text("اللتر")


EDITOR = "import json, sys; open(sys.argv[1], 'a').write(json.dumps(sys.argv[2:]) + '\\n')"


def test_a_click_opens_the_source(visit: Visit, browser: Browser, tmp_path: Path) -> None:
    """Alt and a click on a paragraph, on a fact, and a click on the place of an error, each at its line."""
    script, log = tmp_path / "editor.py", tmp_path / "opened"
    script.write_text(EDITOR)
    python = shutil.which("python3") or "python3"
    with served(tmp_path / "site", "--editor", f"{python} {script} {log} {{file}} {{line}}") as it:
        page = visit(PAGE, url=it.url)

        def opened(click: Callable[[], None]) -> tuple[str, int]:
            with page.expect_response("**/.sitegen/open") as answer:
                click()
            assert answer.value.ok
            file, line = started(log)
            return str(Path(file).relative_to(it.folder)), int(line)

        text = it.read(ARTICLE).splitlines()
        paragraph = next(n for n, line in enumerate(text, 1) if line.startswith("ثبّت"))
        clicked = opened(
            lambda: page.locator("p", has_text="ثبّت").first.click(
                modifiers=["Alt"], position={"x": 400, "y": 5}
            )
        )
        assert clicked == (ARTICLE, paragraph)
        facts = it.read(FACTS).splitlines()
        value = next(n for n, line in enumerate(facts, 1) if '"1889"' in line)
        fact = page.locator('a[href="/facts/kilogram-prototype/"]').first
        assert opened(lambda: fact.click(modifiers=["Alt"])) == (FACTS, value)
        it.write(ARTICLE, it.read(ARTICLE) + "\n[[nobody-at-all]]\n")
        place = page.locator("sitegen-preview .place").first
        assert opened(place.click) == (ARTICLE, len(text) + 2)


def started(log: Path) -> list[str]:
    """What the editor was started with, once it is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if log.exists() and (text := log.read_text()).endswith("\n"):
            log.unlink()
            found = json.loads(text)
            assert isinstance(found, list)
            return found
        time.sleep(0.02)
    raise AssertionError("the editor was not started")
