"""Facts as a page shows them."""

from __future__ import annotations

from markupsafe import Markup

from sitegen.core.facts import Fact, FactUse, Position
from sitegen.core.values import TYPE_OF, Quantity, Quotation
from sitegen.graph.composing import NO_LINK, Composer
from sitegen.graph.links import use_count
from sitegen.graph.registry import fact, fact_label, fact_url, public
from sitegen.graph.views import DisputeView, FactView, LinkView, PositionView, QuoteView
from sitegen.graph.wording import NOTHING
from sitegen.locale import duration, get_locale
from sitegen.text import escaped, marked


def fact_view(c: Composer, it: Fact, label: str = "", note: str = "", featured: bool = True) -> FactView:
    """A fact for templates; its sources get their numbers here."""
    return FactView(
        id=it.id,
        url=fact_href(c, it.id),
        label=c.words(label or it.label),
        value=c.value(it),
        text=c.value_text(it),
        type=TYPE_OF[type(it.value)],
        certainty=it.certainty,
        status=it.status,
        as_of=c.date(it.as_of),
        basis=c.words(it.value.basis) if isinstance(it.value, Quantity) else NOTHING,
        subject=c.link(it.subject),
        attribution=c.link(it.attribution),
        via=c.link(it.via),
        positions=tuple(position_view(c, one) for one in it.positions),
        sources=c.cite_all(it.sources),
        note=c.words(note or it.note),
        duration=duration(it.duration, c.locale) if it.duration else NOTHING,
        superseded_by=fact_link(c, it.superseded_by),
        featured=featured,
        sensitive=it.sensitive,
        used_in=_use_count(c, it.id),
    )


def _use_count(c: Composer, id: str) -> Markup:
    count = use_count(c.db, id) if id else 0
    return c.count(count, "count_articles") if count else NOTHING


def fact_href(c: Composer, id: str) -> str:
    """The address of a fact's page, or "" when it has none."""
    return c.href(fact_url(id)) if id and public(c.db, id) else ""


def fact_link(c: Composer, id: str) -> LinkView | None:
    """A link to a fact's page by its label; None when it has none."""
    url = fact_href(c, id)
    return LinkView(url, c.words(fact_label(c.db, id))) if url else None


def position_view(c: Composer, it: Position) -> PositionView:
    says = c.words(it.says)
    if it.value is not None and not says:
        says = c.value(Fact(label="", value=it.value))
    return PositionView(c.link(it.by) or NO_LINK, says, c.cite_all(it.sources))


def use_view(c: Composer, use: FactUse) -> FactView | None:
    """A fact as an article uses it, or None when there is no such fact."""
    it = use.fact or fact(c.db, use.use)
    return fact_view(c, it, use.label, use.note, use.featured) if it else None


def fact_views(c: Composer, ids: tuple[str, ...]) -> tuple[FactView, ...]:
    """The facts that exist, in the order given."""
    return tuple(fact_view(c, it) for id in ids if (it := fact(c.db, id)))


def dispute_view(c: Composer, question: str, id: str, note: str) -> DisputeView:
    it = fact(c.db, id) if id else None
    return DisputeView(c.words(question), fact_view(c, it) if it else None, c.words(note))


def quote_view(c: Composer, it: Fact) -> QuoteView | None:
    """A fact of type quote as a quotation, or None when it is of another type."""
    said = it.value
    if not isinstance(said, Quotation):
        return None
    speaker = said.speaker or it.attribution
    translation = c.t["translation_ours"] if said.translation == "ours" else said.translation
    return QuoteView(
        text=c.words(said.text),
        speaker=c.link(speaker),
        role=NOTHING,
        original=marked(escaped(said.original)),
        original_lang=said.original_lang,
        original_dir=get_locale(said.original_lang).direction if said.original_lang else "",
        translation=translation,
        date=c.date(said.date),
        sources=c.cite_all(it.sources),
    )
