"""Inline tokens as pieces, judged on the way: addresses, images, raw HTML, leftovers of markup."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from markdown_it.token import Token

from sitegen.core.body import Citation, FactRef, Image, Link
from sitegen.core.markdown.destination import Elsewhere, Here, Refused, judge, media_path
from sitegen.core.markdown.page import Page, Place
from sitegen.core.markdown.pieces import End, Hole, Piece, Solid, Start, Words, to_html, to_text
from sitegen.locale import Locale

_TAGS = {
    f"{name}_{side}": Start(f"<{name}>", f"</{name}>") if side == "open" else End(f"</{name}>")
    for name in ("em", "strong", "s")
    for side in ("open", "close")
}
_SPECIAL = ("link_open", "fact_open")
_FACT_ID = re.compile(r"(?P<fact>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?P<field>[a-z_]+))?")
_SUSPECT = re.compile(r"[*~{\[\]:<]")  # where a leftover begins
_LEFTOVER = re.compile(
    r"(?=[*~{\[\]:<])(?:(?P<B112>(?:\[[^\[\]^][^\[\]]*)?\]\[[^\[\]]*\])|(?P<B110>\*\*+|~~+|\{[#.][\w-]+\})|(?P<B111>\[\[|\{(?:fact|حقيقة):|\[\^|\]\(|:::)"
    r"|(?P<B101><(?:!--|\?|!\[CDATA\[|/?[A-Za-z])\S*))"
)


class InlineReader:
    """Reads the inline tokens of one text."""

    def __init__(self, page: Page, locale: Locale) -> None:
        self.page = page
        self.locale = locale
        self.judged: dict[str, Elsewhere | Here | Refused] = {}
        self.token = Token("inline", "", 0)
        self.offset = 0  # of the content: where the token that is read next begins

    def read_token(self, token: Token) -> list[Piece]:
        """The pieces of the inline `token`."""
        self.token = token
        self.offset = 0
        if "pieces" in token.meta:
            return self._read_at_once(token.meta["pieces"])
        return self._read(token.children or ())

    def _read_at_once(self, matches: Sequence[re.Match[str]]) -> list[Piece]:
        """The pieces of what `shortcut` has taken apart."""
        if not matches:
            return [Words(self.token.content)] if self.token.content else []
        pieces: list[Piece] = []
        words = ""
        for match in matches:
            kind = match.lastgroup
            if kind in ("text", "line"):
                words += match.group()
                continue
            if words:
                pieces.append(Words(words))
                words = ""
            if kind == "stressed":
                name = "em" if match["stars"] == "*" else "strong"
                pieces += (_TAGS[f"{name}_open"], Words(match["stressed"]), _TAGS[f"{name}_close"])
            elif kind == "code":
                pieces.append(_code(match["code"]))
            else:
                pieces += self._reference_at_once(match)
        if words:
            pieces.append(Words(words))
        return pieces

    def _reference_at_once(self, match: re.Match[str]) -> list[Piece]:
        place = self.page.place(self.token, *match.span())
        if source := match["source"]:
            return [Hole(Citation(source, *place), "")]
        if url := match["address"]:
            return self._address(url, "", [Words(match["words"])], place, False)
        written = match["linked"] or match["stated"] or ""
        words: list[Piece] = [Words(written)] if written.strip() else []
        if link := match["link"]:
            return self._wikilink(" ".join(link.split()), words, place)
        return self._fact(" ".join(match["fact"].split()), words, place)

    def _read(self, children: Sequence[Token]) -> list[Piece]:
        """The pieces of `children`; neighbouring words are one piece."""
        pieces: list[Piece] = []
        words: list[str] = []
        index = 0
        while index < len(children):
            child = children[index]
            if child.type in ("text", "text_special", "softbreak"):
                words.append(self._words(child))
                index += 1
                continue
            if words:
                pieces.append(Words("".join(words)))
                words = []
            if child.type in _SPECIAL:
                end = _partner(children, index)
                pieces += self._reference(child, children[index + 1 : end])
                index = end
            else:
                pieces += self._simple(child)
            index += 1
        if words:
            pieces.append(Words("".join(words)))
        return pieces

    def _words(self, child: Token) -> str:
        if child.type == "softbreak":
            self._pass("\n")
            return "\n"
        start = self._pass(child.markup if child.type == "text_special" else child.content)
        if child.type == "text" and _SUSPECT.search(child.content):
            for leftover in _LEFTOVER.finditer(child.content):
                place = self.page.place(self.token, start + leftover.start(), start + leftover.end())
                self.page.report(str(leftover.lastgroup), place, text=leftover.group()[:40])
        return child.content

    def _simple(self, child: Token) -> list[Piece]:
        match child.type:
            case "code_inline":
                self.offset = child.meta["at"][1]
                return [_code(child.content)]
            case "hardbreak":
                self._pass("\n")
                return [Solid("<br>\n", "\n")]
            case "image":
                return self._image(child)
            case "citation":
                place = self._place(child)
                if child.meta["definition"]:
                    self.page.report("B109", place, source=child.meta["source"])
                return [Hole(Citation(child.meta["source"], *place), "")]
            case "html_inline":
                self.page.report("B101", self._place(child), text=child.content[:40])
                return [Words(child.content)]
        self._pass(child.markup)
        return [_TAGS[child.type]]

    def _reference(self, opening: Token, inner: Sequence[Token]) -> list[Piece]:
        """A link or a fact with the pieces of its words."""
        place = self._place(opening)
        self.offset = opening.meta.get("words", opening.meta["at"][0])
        automatic = opening.markup == "autolink"
        words: list[Piece] = [Words(it.content) for it in inner] if automatic else self._read(inner)
        self.offset = opening.meta["at"][1]
        if opening.type == "fact_open":
            return self._fact(opening.meta["target"], words, place)
        if "href" not in opening.attrs:
            return self._wikilink(opening.meta["target"], words, place)
        url, title = str(opening.attrs["href"]), str(opening.attrs.get("title", ""))
        return self._address(url, title, words, place, automatic)

    def _wikilink(self, target: str, words: list[Piece], place: Place) -> list[Piece]:
        name, _, fragment = target.partition("#")
        return self._here(Here("", name.strip(), fragment), words, place)

    def _address(
        self, url: str, title: str, words: list[Piece], place: Place, automatic: bool
    ) -> list[Piece]:
        self.page.spend(len(url) + len(title))
        destination = self.judged.get(url) or self.judged.setdefault(url, judge(url))
        match destination:
            case Refused():
                self.page.report(destination.code, place, url=destination.shown)
                return words
            case Elsewhere():
                return self._elsewhere(destination, title, words, place, automatic)
            case Here():
                if title:
                    self.page.report("B106", place)
                return self._here(destination, [] if automatic else words, place)

    def _here(self, to: Here, words: list[Piece], place: Place) -> list[Piece]:
        if to.scheme == "fact":
            return self._fact(to.target, words, place)
        text = self._link_words(words, place)
        shown = to_html(words, self.locale) if text else ""
        if not words and not to.target:
            self.page.report("B103", place)
        origin = self.page.path if to.scheme == "path" else ""
        link = Link(to.target, to.scheme, shown, to.fragment, *place, origin=origin)
        return [Hole(link, text or to.target)]

    def _fact(self, target: str, words: list[Piece], place: Place) -> list[Piece]:
        match = _FACT_ID.fullmatch(target.strip())
        if match is None:
            self.page.report("B108", place, text=target)
            return words or [Words(target)]
        text = self._link_words(words, place)
        shown = to_html(words, self.locale) if text else ""
        return [Hole(FactRef(match["fact"], match["field"] or "", shown, text, *place), text)]

    def _link_words(self, words: list[Piece], place: Place) -> str:
        """The plain words of a reference, "" if there are none; references may not stand inside one another."""
        if any(isinstance(it, Hole) for it in words):
            self.page.report("B107", place)
        text = to_text(words)
        return text if text.strip() else ""

    def _elsewhere(
        self, to: Elsewhere, title: str, words: list[Piece], place: Place, automatic: bool
    ) -> list[Piece]:
        if not any(isinstance(it, Hole) for it in words) and not to_text(words).strip():
            self.page.report("B103", place)
        if automatic:
            text = to_text(words)
            words = [Solid(f'<bdi dir="ltr">{html.escape(text)}</bdi>', text)]
        attributes = f' href="{html.escape(to.href)}"'
        if title:
            attributes += f' title="{html.escape(title)}"'
        if to.external:
            attributes += ' rel="external"'
        return [Start(f"<a{attributes}>", "</a>"), *words, End("</a>")]

    def _image(self, child: Token) -> list[Piece]:
        place = self._place(child)
        alt = _alternative(child.children or ())
        if alt is None:
            self.page.report("B107", place)
            alt = child.content
        src = media_path(str(child.attrs["src"]))
        if not alt.strip():
            self.page.report("B105", place)
        if src is None:
            self.page.report("B104", place, url=str(child.attrs["src"])[:80])
            return [Words(alt)]
        return [
            Hole(Image(src, " ".join(alt.split()), str(child.attrs.get("title", "")), False, *place), alt)
        ]

    def _place(self, child: Token) -> Place:
        """Where a token that knows its characters stands; what is read next comes after it."""
        start, end = child.meta["at"]
        self.offset = end
        return self.page.place(self.token, start, end)

    def _pass(self, written: str) -> int:
        """The offset of `written`, which is next in the content but for blanks around a line end; step over it."""
        start = max(self.offset, self.token.content.find(written, self.offset))
        self.offset = start + len(written)
        return start


def _code(text: str) -> Solid:
    return Solid(f'<code dir="ltr">{html.escape(text)}</code>', text)


def _partner(children: Sequence[Token], index: int) -> int:
    """The index of the token that closes the one at `index`."""
    depth = 0
    for at in range(index, len(children)):
        if children[at].type.startswith(("link_", "fact_")):
            depth += children[at].nesting
            if depth == 0:
                return at
    return len(children)


def _alternative(children: Sequence[Token]) -> str | None:
    """The words of the description of an image; None if there are references in it."""
    words: list[str] = []
    for child in children:
        if child.type in ("fact_open", "citation") or (child.type == "link_open" and not child.attrs):
            return None
        if child.type == "image":
            words.append(_alternative(child.children or ()) or "")
        elif child.type in ("softbreak", "hardbreak"):
            words.append("\n")
        else:
            words.append(child.content)
    return "".join(words)
