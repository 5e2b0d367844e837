"""Templates: whose file is taken, and errors that name template, line and page."""

from __future__ import annotations

import pytest
from small_site import SmallSite, article, speaks

from sitegen.errors import SiteError
from sitegen.graph import templating
from sitegen.graph.environment import SiteEnvironment
from sitegen.graph.strings import strings, texts_in
from sitegen.graph.templating import reachable, render_template, theme_path

PAGE = "templates/pages/article.html"
FOOT = "templates/partials/footer.html"
WHERE = "articles/a/index.html"


def site(**templates: str | bytes) -> SmallSite:
    """A site with one article and templates of its own, by path with `__` for `/`."""
    own = {f"templates/{name.replace('__', '/')}.html": text for name, text in templates.items()}
    return SmallSite({"articles/a.md": article("نص"), **own})


def test_a_template_of_the_site_goes_before_the_theme() -> None:
    """File by file: the rest of the theme stays."""
    shown = site(partials__footer="<footer>تذييل خاص</footer>")
    html = shown.page("articles/a/")
    assert "تذييل خاص" in html
    assert "masthead" in html
    assert theme_path(shown.db, "partials/footer.html") == FOOT
    assert theme_path(shown.db, "base.html") == "theme/base.html"


def test_everything_is_escaped() -> None:
    """Titles cannot write HTML."""
    shown = SmallSite({"articles/a.md": article(title="<b>&amp;</b>")})
    assert "&lt;b&gt;&amp;amp;" in shown.page("articles/a/")
    assert "<b>&amp;" not in shown.page("articles/a/")


@pytest.mark.parametrize(
    ("templates", "code", "path", "line", "excerpt", "words"),
    [
        ({"pages__article": "<p>\n{{ artcle.title }}"}, "T405", PAGE, 2, "{{ artcle.title }}", "artcle"),
        ({"pages__article": "{{ article.titel }}"}, "T405", PAGE, 1, "{{ article.titel }}", "titel"),
        ({"pages__article": "{{ t.no_such_word }}"}, "T405", PAGE, 1, "{{ t.no_such_word }}", "no_such_word"),
        ({"partials__footer": "\n\n{{ site.nothing }}"}, "T405", FOOT, 3, "{{ site.nothing }}", "nothing"),
        (
            {"pages__article": '<p>\n{% include "partials/foter.html" %}'},
            "T404",
            PAGE,
            2,
            '{% include "partials/foter.html" %}',
            "partials/footer.html",
        ),
        (
            {"pages__article": '{% extends "bse.html" %}'},
            "T404",
            PAGE,
            1,
            '{% extends "bse.html" %}',
            "base.html",
        ),
        ({"pages__article": "<p>\n\n{% if %}"}, "T403", PAGE, 3, "{% if %}", ""),
        ({"partials__footer": "<p>\n{% endfor %}"}, "T403", FOOT, 2, "{% endfor %}", "endfor"),
        ({"partials__footer": "{{ site.title|shout }}"}, "T403", FOOT, 1, "{{ site.title|shout }}", "shout"),
        ({"pages__article": "\n{{ 1 / 0 }}"}, "T406", PAGE, 2, "{{ 1 / 0 }}", "division"),
        ({"pages__article": '\n{{ "x" + 1 }}'}, "T406", PAGE, 2, '{{ "x" + 1 }}', "str"),
        ({"partials__footer": b"<p>\n\xff"}, "T402", FOOT, 2, "", ""),
    ],
)
def test_an_error_of_a_template_names_its_line(
    templates: dict[str, str | bytes], code: str, path: str, line: int, excerpt: str, words: str
) -> None:
    """The file that was taken, the line in it, what is written there, and what went wrong."""
    finding = site(**templates).failure(WHERE)
    assert (finding.code, finding.at.path, finding.at.line, finding.excerpt) == (code, path, line, excerpt)
    assert any(words in text for text in dict(finding.args).values()) or not words
    speaks(finding)


@pytest.mark.parametrize("code", ["{{ nothing }}", "{{ 1 / 0 }}", '{% include "none.html" %}'])
def test_an_error_that_depends_on_the_page_names_the_page(code: str) -> None:
    """The same template may serve other pages well."""
    finding = site(pages__article=code).failure(WHERE)
    assert dict(finding.args)["page"] == "articles/a/"


def test_an_error_in_a_macro_is_found_in_the_macro() -> None:
    """Not where it is called."""
    macros = "{% macro show(it) %}\n{{ it.missing }}\n{% endmacro %}"
    page = '{% from "own/macros.html" import show %}\n{{ show(article) }}'
    finding = site(own__macros=macros, pages__article=page).failure(WHERE)
    assert (finding.code, finding.at.path, finding.at.line) == ("T405", "templates/own/macros.html", 2)


def test_a_template_that_includes_itself_is_an_error() -> None:
    """Not a crash."""
    finding = site(pages__article='{% include "pages/article.html" %}').failure(WHERE)
    assert finding.at.path == PAGE
    speaks(finding)


def test_a_missing_template_brings_the_nearest() -> None:
    """By a name that the program itself asks for."""
    with pytest.raises(SiteError) as caught:
        render_template(site().db, "pages/artcle.html", "x/")
    (finding,) = caught.value.diagnostics
    assert (finding.code, dict(finding.args)["nearest"]) == ("T401", "pages/article.html")
    speaks(finding)


def test_a_page_reaches_only_its_templates() -> None:
    """What it extends, includes and imports, and what these do; a computed name may be any."""
    shown = site(
        own__a='{% extends "own/b.html" %}{% from "own/c.html" import x %}',
        own__b='{% include "own/d.html" ignore missing %}',
        own__c="{% macro x() %}{% endmacro %}",
    )
    assert reachable(shown.db, "own/a.html") == ("own/a.html", "own/b.html", "own/c.html")
    anywhere = site(own__a='{% include "own/" ~ page.kind ~ ".html" %}')
    assert {"base.html", "pages/article.html"} <= set(reachable(anywhere.db, "own/a.html"))


def test_an_include_that_may_be_missing_is_taken_when_it_is_there() -> None:
    """Without an error when it is not."""
    page = '[{% include "own/more.html" ignore missing %}]'
    assert site(pages__article=page).page("articles/a/") == "[]"
    assert site(pages__article=page, own__more="more").page("articles/a/") == "[more]"


def test_words_of_the_site_go_before_those_of_the_theme() -> None:
    """One by one; what a language lacks, or a language without words of its own, speaks English."""
    shown = SmallSite(
        {"templates/strings/ar.yaml": "facts: الوقائع كلها\n", "templates/strings/en.yaml": "own: mine\n"}
    )
    arabic, english = strings(shown.db, "ar"), strings(shown.db, "en")
    built_in = texts_in(shown.db, "theme/strings/ar.yaml")
    assert arabic == {**english, **built_in, "facts": "الوقائع كلها", "own": "mine"}
    assert strings(shown.db, "de") == english


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [("- a\n", 1, "T407"), ("a: b\nc: [d]\n", 2, "T407"), ("a: b\na: c\n", 2, "S101")],
)
def test_words_that_cannot_be_read_are_an_error(text: str, line: int, code: str) -> None:
    """At the line of the word."""
    finding = SmallSite({"templates/strings/ar.yaml": text}).failure("index.html")
    assert (finding.code, finding.at.path, finding.at.line) == (code, "templates/strings/ar.yaml", line)
    speaks(finding)


def test_what_is_compiled_is_compiled_once() -> None:
    """A later process renders the same page from the code of an earlier one, and would keep nothing more."""
    templating.compiled = earlier = templating.Compiled()
    templating._ENVIRONMENTS.clear()
    html = site().page("articles/a/")
    kept = earlier.grown()
    assert kept
    assert earlier.grown() is None
    templating.compiled = later = templating.Compiled()
    templating._ENVIRONMENTS.clear()
    later.load(kept)
    assert site().page("articles/a/") == html
    assert later.grown() is None


def test_code_that_cannot_be_read_is_made_anew() -> None:
    """Whatever stands in the store."""
    code = templating.Compiled()
    code.load(b"\xc1")
    assert code.code == {}


def test_code_of_long_ago_is_forgotten() -> None:
    """Who writes a theme all day compiles thousands of templates; the last few hundred are kept."""
    code = templating.Compiled()
    for n in range(templating._MOST_COMPILED + 20):
        SiteEnvironment({"page.html": (f"{n}", "page.html")}, code).get_template("page.html")
    assert len(code.code) == templating._MOST_COMPILED
