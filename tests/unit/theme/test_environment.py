"""The environment of templates takes short cuts, and prints what Jinja's own prints."""

from __future__ import annotations

from types import MappingProxyType

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from sitegen.graph.environment import SiteEnvironment
from sitegen.graph.templating import Compiled
from sitegen.graph.views import LinkView

MACROS = """{% macro plain(a, b="<b>") %}<i>{{ a }}{{ b }}</i>{% endmacro %}
{% macro framed(title) %}<div>{{ title }}: {{ caller() }}</div>{% endmacro %}
{% macro many(a) %}{{ a }}{{ varargs|join(",") }}{% for key, it in kwargs|dictsort %}{{ key }}={{ it }}{% endfor %}{% endmacro %}
{% set said = "<said>" %}"""
PART = "{% set own = '<own>' %}<p>{{ text }}{{ own }}{{ it|default('<no>') }}{{ loop is defined }}</p>"

PAGES = [
    "{{ text }} {{ html }} {{ number }} {{ none }} {{ texts }}",
    "{{ words.open }} {{ words['open'] }} {{ words.get('shut', 'no') }} {{ view.real }} {{ text.upper() }}",
    "{{ words.gone is defined }} {{ text.gone is defined }} {{ words.gone|default('<none>') }}",
    "{% from 'macros.html' import plain %}{{ plain(text) }}{{ plain(html, text) }}{{ plain(b=html, a=text) }}",
    "{% from 'macros.html' import framed %}{% call framed(text) %}{{ html }}{{ text }}{% endcall %}",
    "{% from 'macros.html' import many %}{{ many(text) }}{{ many(1, text, html) }}{{ many(1, 2, x=text) }}",
    "{% from 'macros.html' import plain %}{% autoescape false %}{{ plain(text, 1) + text }}{% endautoescape %}",
    "{% from 'macros.html' import plain %}{% for it in texts %}{{ plain(it) ~ it }}{{ loop.index }}{% endfor %}",
    "{% from 'macros.html' import plain %}{{ plain(link.text)|upper }}{{ plain(plain(link.url)) ~ text }}",
    "{{ number }} {{ -1 }} {{ 1.5 }} {{ true }} {{ [1, '<b>'] }} {{ link.url.upper() }} {{ number.real }}",
    "{% for it in texts %}{{ loop.changed(number) }}{% if loop.changed(it) %}{{ loop.cycle(it, '<b>') }}{% endif %}{% endfor %}",
    "{% from 'macros.html' import plain %}{% autoescape false %}{{ plain.__call__(1) + text }}{% endautoescape %}",
    "{{ link.url }} {{ link.text }} {{ link['url'] }} {{ link.lang|length }} {{ link.gone is defined }}",
    "{{ words.text }} {{ words.url is defined }} {{ link.open is defined }} {{ texts.index('<one>') }}",
    "{% autoescape false %}{{ link.url }}{{ link.text }}{{ words.open }}{{ text }}{% endautoescape %}",
    "{% autoescape number < 1 %}{{ link.url }}{{ text }}{% endautoescape %}",
    "{% macro a() %}<b>{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{% autoescape false %}{{ b() }}{% endautoescape %}",
    "{% set it = link.text %}{% include 'part.html' %}{% for it in texts %}{% include 'part.html' %}{% endfor %}",
    "{% macro framing() %}{% include 'part.html' %}{% endmacro %}{{ framing() }}{% include ['no', 'part.html'] %}",
    "{% include 'no.html' ignore missing %}{% include 'no.html' ignore missing without context %}",
    "{% import 'macros.html' as macros %}{{ macros.plain(1) }}{{ macros.said }}{% set x %}{{ text }}{% endset %}{{ x }}",
]


def rendered(environment: Environment, name: str) -> str:
    """The template filled with one of each kind of value."""
    return environment.get_template(name).render(
        text="""a & b < c > d ' e " f""",
        html=Markup("<b>&amp;</b>"),
        number=12,
        none=None,
        texts=["<one>", Markup("<two>")],
        view=5,
        link=LinkView("/?a&b", Markup("<i>there</i>")),
        words=MappingProxyType({"open": "<open>", "text": "<text>"}),
    )


@pytest.mark.parametrize("page", PAGES)
def test_a_template_prints_what_it_would_print_with_jinja_alone(page: str) -> None:
    sources = {"macros.html": MACROS, "part.html": PART, "page.html": page}
    own = SiteEnvironment({name: (text, name) for name, text in sources.items()}, Compiled())
    jinja = Environment(
        loader=DictLoader(sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    assert rendered(own, "page.html") == rendered(jinja, "page.html")


ERRORS = {
    "{{ words.gone }}": "gone",
    "{{ text.gone }}": "gone",
    "{{ link.gone }}": "gone",
    "{{ nothing.url }}": "nothing",
    "{% from 'macros.html' import plain %}{{ plain() }}": "parameter 'a' was not provided",
    "{{ words['gone'] }}": "gone",
    "{% from 'macros.html' import framed %}{{ framed(text) }}": "No caller",
}


@pytest.mark.parametrize("page", ERRORS)
def test_what_is_not_there_is_an_error(page: str) -> None:
    own = SiteEnvironment(
        {"macros.html": (MACROS, "macros.html"), "page.html": (page, "page.html")}, Compiled()
    )
    with pytest.raises(UndefinedError, match=ERRORS[page]):
        rendered(own, "page.html")


def test_a_macro_takes_no_more_than_it_asks_for() -> None:
    page = "{% from 'macros.html' import plain %}{{ plain(1, 2, 3) }}"
    own = SiteEnvironment(
        {"macros.html": (MACROS, "macros.html"), "page.html": (page, "page.html")}, Compiled()
    )
    with pytest.raises(TypeError, match="not more than 2"):
        rendered(own, "page.html")
