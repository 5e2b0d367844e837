"""What the pages of a list say of themselves: title, crumbs and the way to the other pages."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.core import structured
from sitegen.graph.composing import Composer
from sitegen.graph.pages.frame import SECTIONS, Head
from sitegen.graph.paging import list_and_number, numbers_around, page_count, page_url
from sitegen.graph.views import NavView, PagerView
from sitegen.locale import isolates
from sitegen.locale.numbers import number_text

Crumbs = Sequence[tuple[str, str]]


def of_whom(c: Composer, title: str, url: str) -> str:
    """The title of a list with the name of the thing whose list it is, as plain text."""
    _, _, rest = url.partition("/")
    whose = c.find(rest.partition("/")[0]) if rest else None
    return f"{title}{c.t['colon']} {whose.name}" if whose else title


def trail(c: Composer, url: str) -> Crumbs:
    """The crumbs of a list: its section, and the thing whose list it is."""
    section, _, rest = url.partition("/")
    crumbs = [(f"{section}/", c.t[SECTIONS[f"{section}/"]])]
    if rest:
        id, _, name = rest.removesuffix("/").partition("/")
        whose = c.find(id)
        crumbs += [(whose.url, whose.short)] if whose else []
        crumbs.append((url, c.t[name]))
    return crumbs


def list_head(c: Composer, kind: str, key: str, title: str, crumbs: Crumbs) -> Head:
    """What the page of a list at `key` says of itself; from the second page on its title has the number."""
    url, number = list_and_number(key)
    if number > 1:
        page = f"{c.t['page']} {c.numeral(number)}"
        title, crumbs = f"{title} – {page}", (*crumbs, (key, page))
    nodes = [structured.web_page(c.absolute(key), title, c.lang)]
    return Head(
        kind=kind, url=key, title=title, crumbs=tuple(crumbs), nodes=nodes, pager=_pager(c, url, number)
    )


def _pager(c: Composer, url: str, number: int) -> PagerView | None:
    """The way to the other pages of a list; None where there are none."""
    count = page_count(c.db, url)
    if count == 1:
        return None

    def address(page: int) -> str:
        return c.href(page_url(url, page)) if 1 <= page <= count else ""

    position = c.t["page_of"]
    for name, value in (("{n}", number), ("{total}", count)):
        position = position.replace(name, number_text(value, c.locale))
    pages = tuple(
        NavView(address(page), c.numeral(page), page == number) if page else NavView("", "…", False)
        for page in numbers_around(number, count)
    )
    return PagerView(isolates.html(position), address(number - 1), address(number + 1), pages)
