"""Composing one page: its locale and words, its numbered sources, its links and the cards they open.

A `Composer` lives as long as one page is made. It fills the holes of bodies with what they refer to; sources get
their numbers in the order in which a reader meets them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from markupsafe import Markup

from sitegen.core.body import Block, Citation, FactRef, Html, Image, Link, Parts
from sitegen.core.facts import Cited, Fact, Source
from sitegen.core.formatting import ValueStyle, format_value, value_text
from sitegen.core.values import SourceId
from sitegen.engine.db import Db, query
from sitegen.graph.addresses import thing_at
from sitegen.graph.assets import media_path
from sitegen.graph.data_files import source
from sitegen.graph.hyperlinks import anchor, carded, reference
from sitegen.graph.paging import source_place
from sitegen.graph.queries import Kind, locale_of, site
from sitegen.graph.registry import fact, fact_url, public
from sitegen.graph.strings import strings
from sitegen.graph.texts import inline
from sitegen.graph.things import Thing, find, thing
from sitegen.graph.views import LinkView, SourceView
from sitegen.graph.wording import NOTHING, Wording, stripped
from sitegen.text import escaped, marked, percent_encoded

NO_LINK = LinkView("", NOTHING)


@query
def root(db: Db) -> str:
    """The path of the home page: "/" or "/explainers/"."""
    return urlsplit(site(db).base_url).path.rstrip("/") + "/"


@lru_cache(8)
def _hrefs(root: str) -> Callable[[str], str]:
    return lru_cache(1 << 14)(lambda url: root + percent_encoded(url))


class Composer(Wording):
    """What the making of one page keeps in mind."""

    href: Callable[[str], str]
    """A page of the site as a root-relative, percent-encoded address."""

    def __init__(
        self, db: Db, lang: str, page: str, own: str = "", *, numbered: bool = True, far: bool = False
    ) -> None:
        locale = locale_of(db, lang)
        super().__init__(locale, strings(db, locale.language))
        self.db = db
        self._base = site(db).base_url
        self.root = f"{self._base}/" if far else root(db)  # a feed is read far from the site
        self.href = _hrefs(self.root)
        self.page = page  # for messages: the URL
        self.own = own  # "thing:oman": no link leads to the page it stands on
        self.numbered = numbered
        self.sources: dict[str, SourceView] = {}
        self._marks: dict[str, int] = {}
        self._found: dict[str, Thing | None] = {}
        self._links: dict[str, LinkView] = {}
        self._carded: set[str] = set()
        self.blocks = 0  # how many blocks have an id so far

    # -- addresses -------------------------------------------------------------------------------------

    def absolute(self, url: str) -> str:
        """A page of the site as an absolute, percent-encoded address."""
        return f"{self._base}/{percent_encoded(url)}"

    def link(self, ref: str) -> LinkView | None:
        """A link to an entity, term, article or topic by any of its names; None for no reference."""
        if not ref:
            return None
        known = self._links.get(ref)
        if known is None:
            it = self.find(ref)
            known = self._links[ref] = self._thing_link(it) if it else LinkView("", self.words(ref))
        return known

    def find(self, ref: str) -> Thing | None:
        """The thing that a reference stands for, or None."""
        if ref not in self._found:
            self._found[ref] = find(self.db, ref)
        return self._found[ref]

    def _thing_link(self, it: Thing) -> LinkView:
        """A link with the short name of a thing."""
        return LinkView(self.href(it.url), self.words(it.short), it.lang if it.lang != self.lang else "")

    def links(self, refs: tuple[str, ...]) -> tuple[LinkView, ...]:
        """Links in the order of the references, each thing once."""
        found = [it for ref in refs if (it := self.link(ref))]
        return tuple({it.url or it.text: it for it in found}.values()) if len(found) > 1 else tuple(found)

    # -- values ----------------------------------------------------------------------------------------

    def value(self, it: Fact, style: ValueStyle = "short") -> Markup:
        """The value of a fact as HTML, parties as links."""
        return format_value(it.value, self.locale, self._named, style)

    def value_text(self, it: Fact) -> str:
        """The value of a fact as plain text."""
        return value_text(it.value, self.locale, self._plain_name)

    def _named(self, ref: str) -> Markup:
        it = self.link(ref) or NO_LINK
        return anchor(it.url, it.text, it.lang)

    def _plain_name(self, ref: str) -> str:
        it = self.find(ref)
        return it.short if it else ref

    # -- sources ---------------------------------------------------------------------------------------

    def cite(self, it: Cited) -> SourceView | None:
        """A source with its number on this page; None when the reference means nothing."""
        if known := self.sources.get(it.url or it.ref):
            return known
        if it.url:
            return self._numbered(it.url, Source(id=SourceId(""), title=it.url, url=it.url), it.locator)
        found = source(self.db, it.ref)
        return self._numbered(it.ref, found, it.locator) if found else None

    def cite_all(self, cited: tuple[Cited, ...]) -> tuple[SourceView, ...]:
        """Sources with their numbers on this page."""
        return tuple([found for it in cited if (found := self.cite(it))])

    def _numbered(self, key: str, it: Source, locator: str) -> SourceView:
        if not self.numbered:
            return self.source_view(it)
        view = self.sources[key] = self.source_view(it, len(self.sources) + 1, locator)
        return view

    def source_view(self, it: Source, number: int = 0, locator: str = "") -> SourceView:
        """A source of `sources.yaml`, with its number on the page where it has one."""
        return SourceView(
            id=it.id,
            number=number,
            title=self.words(it.title),
            publisher=it.publisher,
            date=self.date(it.date),
            kind=it.kind,
            url=it.url,
            archived=it.archived,
            page=self.root + source_place(self.db, it.id) if it.id else it.url,
            lang=it.lang if it.lang != self.lang else "",
            note=self.words(it.note),
            via=self._source_link(it.via),
            locator=self.words(locator),
            mark=self.numeral(number) if number else "",
        )

    def _source_link(self, id: str) -> LinkView | None:
        found = source(self.db, id) if id else None
        if found is None:
            return None
        return LinkView(self.root + source_place(self.db, id), self.words(found.publisher or found.title))

    # -- bodies ----------------------------------------------------------------------------------------

    def inline(self, kind: Kind, path: str, place: str) -> Markup:
        """A front matter text with its holes filled."""
        return self.fill(inline(self.db, kind, path, place).parts)

    def fill(self, parts: Parts, quiet: bool = False) -> Markup:
        """The parts of a body as HTML; `quiet` leaves out cards and citation marks, for a sentence shown elsewhere."""
        return marked("".join([it.html if isinstance(it, Html) else self._part(it, quiet) for it in parts]))

    def _part(self, part: Link | FactRef | Citation | Image | Block, quiet: bool) -> Markup:
        match part:
            case Link():
                return self._link(part, quiet)
            case FactRef():
                return self._fact(part, quiet)
            case Citation():
                return NOTHING if quiet else self._citation(part)
            case Image():
                return self._image(part)
            case Block():
                from sitegen.graph.blocks import render_block

                return render_block(self, part)

    def _link(self, part: Link, quiet: bool) -> Markup:
        fragment = f"#{percent_encoded(part.fragment)}" if part.fragment or not part.target else ""
        if part.scheme == "source":
            return anchor(self.root + source_place(self.db, part.target), marked(part.html))
        it = self._target(part)
        if it is None:
            words = marked(part.html) if part.html else self.words(part.target)
            return anchor(self._path(part, fragment), words) if part.scheme == "path" else words
        words = marked(part.html) if part.html else self.words(it.short)
        if f"thing:{it.id}" == self.own:
            return anchor(fragment, words)
        url = self.href(it.url) + fragment
        if not part.target:
            return anchor(url, words)
        look = f"ref-{it.kind}"
        if quiet:
            return reference(look, url, words)
        return self._carded_link(look, url, words, self.words(it.name), self.words(it.summary), it.english)

    def _target(self, part: Link) -> Thing | None:
        """What a link leads to, if it has a name."""
        if part.scheme != "path":
            return self.find(part.target)
        known = thing_at(self.db, part.origin, part.target)
        return thing(self.db, known.kind, known.path) if known.id else None

    def _path(self, part: Link, fragment: str) -> str:
        """The address of a path that leads to something without a name: a list, an export, a picture; else ""."""
        from sitegen.graph.destinations import destination

        to = destination(self.db, part.origin, part.target)
        return "" if to.trouble else self.href(to.url) + fragment

    def _carded_link(
        self, look: str, url: str, words: Markup, title: Markup, text: Markup, english: str
    ) -> Markup:
        """A link and, the first time this page leads there, a card that opens on hover and focus without a script."""
        if not text or url in self._carded:
            return reference(look, url, words)
        self._carded.add(url)
        return carded(look, url, words, len(self._carded), title, text, english)

    def _fact(self, part: FactRef, quiet: bool) -> Markup:
        own = f"fact:{part.fact}" == self.own
        if part.html:
            alone = own or not public(self.db, part.fact)
            if quiet or alone:  # it does not matter here what the fact says
                words = marked(part.html)
                return words if alone else reference("ref-fact", self.href(fact_url(part.fact)), words)
        it = fact(self.db, part.fact)
        if it is None:
            return marked(escaped(part.text or part.fact))
        words = marked(part.html) or self.field(it, part.field)
        if own or it.visibility != "public":
            return words
        url = self.href(fact_url(it.id))
        if quiet:
            return reference("ref-fact", url, words)
        linked = self._carded_link("ref-fact", url, words, self.words(it.label), self._fact_card(it), "")
        if it.certainty == "confirmed":
            return linked
        word = escaped(self.t[f"certainty_{it.certainty}"])
        return marked(f'{linked} <small class="badge badge-{escaped(it.certainty)}">{word}</small>')

    def _fact_card(self, it: Fact) -> Markup:
        pieces: list[str] = [self.value(it), escaped(self.t[f"certainty_{it.certainty}"])]
        if it.as_of:
            pieces.append(f"{escaped(self.t['as_of_day'])} {self.date(it.as_of)}")
        if it.attribution and (speaker := self.link(it.attribution)):
            pieces.append(f"{escaped(self.t['according_to'])} {speaker.text}")
        return marked(" · ".join(pieces))

    def field(self, it: Fact, name: str) -> Markup:
        """What `{fact:id.name}` prints; the value for ""."""
        match name:
            case "" | "value":
                return self.value(it)
            case "long":
                return self.value(it, "long")
            case "as_of":
                return self.date(it.as_of)
            case "label" | "note":
                return self.words(getattr(it, name))
            case "certainty" | "status":
                return marked(escaped(self.t[f"{name}_{getattr(it, name)}"]))
            case "attribution" | "subject":
                return self._named(getattr(it, name))
            case _:
                return marked(escaped(name))

    def _citation(self, part: Citation) -> Markup:
        view = self.cite(Cited(ref=SourceId(part.source)))
        if view is None:
            return NOTHING
        count = self._marks[part.source] = self._marks.get(part.source, 0) + 1
        number, mark, word = view.number, escaped(view.mark), escaped(self.t["source"])
        name = escaped(view.publisher or stripped(view.title))
        return marked(
            f'<sup class="cite"><a id="cite-{number}-{count}" href="#source-{number}" '
            f'aria-label="{word} {mark}: {name}">{mark}</a></sup>'
        )

    def _image(self, part: Image) -> Markup:
        url = media_path(self.db, part.src)
        title = Markup(' title="{}"').format(part.title) if part.title else ""
        return Markup('<img src="{}" alt="{}"{} loading="lazy" decoding="async">').format(
            self.root + percent_encoded(url), part.alt, title
        )


FIELDS = ("value", "long", "as_of", "label", "note", "certainty", "status", "attribution", "subject")
