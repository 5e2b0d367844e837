"""The `:::` blocks of a body, rendered by `blocks/<name>.html`."""

from __future__ import annotations

from markupsafe import Markup
from msgspec.structs import replace

from sitegen.core.body import Block, Item
from sitegen.core.charts import order_key
from sitegen.core.edtf import parse_date
from sitegen.core.facts import Cited
from sitegen.core.values import FuzzyDate, SourceId
from sitegen.graph.composing import Composer
from sitegen.graph.facts import fact_views, quote_view
from sitegen.graph.figures import Entry, between, fact_entries, gauge_view, timeline_view
from sitegen.graph.people import entity_views, term_views
from sitegen.graph.registry import fact
from sitegen.graph.templating import render_template
from sitegen.graph.timelines import LEAST, timeline
from sitegen.graph.views import BlockView, QuestionView, QuoteView, TimelineView
from sitegen.graph.wording import NOTHING
from sitegen.text import marked


def render_block(c: Composer, it: Block) -> Markup:
    """A block as HTML."""
    c.blocks += 1
    view = block_view(c, it, f"{it.name}-{c.blocks}")
    return marked(render_template(c.db, f"blocks/{it.name}.html", c.page, block=view, t=c.t).decode())


def ids(it: Block) -> tuple[str, ...]:
    """What a block's list names, one a line."""
    return tuple(item.text for item in it.items)


def block_view(c: Composer, it: Block, anchor: str) -> BlockView:
    """What the template of a block gets to see."""
    args = dict(it.args)
    base = BlockView(it.name, anchor, c.words(args.get("title", "")), dir=c.locale.direction)
    match it.name:
        case "facts":
            return replace(base, facts=fact_views(c, ids(it)))
        case "who":
            return replace(base, entities=entity_views(c, ids(it)))
        case "glossary":
            return replace(base, terms=term_views(c, ids(it)))
        case "gauge":
            lit = frozenset(item.text for item in it.items if "highlight" in item.classes)
            return replace(base, gauge=gauge_view(c, args["scale"], ids(it), lit, anchor))
        case "timeline":
            return replace(base, timeline=_timeline(c, it, args, anchor))
        case "qa":
            pairs = tuple(
                QuestionView(c.fill(question.parts), c.fill(answer)) for question, answer in it.pairs
            )
            return replace(base, questions=pairs)
        case "quote":
            return replace(base, quote=_quote(c, it, args))
        case "known" | "unknown" | "disputed":
            return replace(base, items=tuple(c.fill(item.parts) for item in it.items))
        case "changed" | "correction":
            since = c.date(_date(args.get("since") or args.get("date", "")))
            return replace(base, body=c.fill(it.parts), since=since)


def _date(text: str) -> FuzzyDate | None:
    found = parse_date(text) if text else None
    return found if isinstance(found, FuzzyDate) else None


def _timeline(c: Composer, it: Block, args: dict[str, str], anchor: str) -> TimelineView | None:
    title, url = c.words(args.get("title", "")), ""
    owner = args.get("use") or args.get("party", "")
    entries: list[Entry] = []
    if owner and (whose := c.find(owner)):
        chosen = timeline(c.db, whose.id)
        if args.get("use") and (party := c.find(args.get("party", ""))):
            chosen = tuple(id for id in chosen if id in timeline(c.db, party.id))
        entries = fact_entries(c, chosen)
        title = title or c.words(whose.name)
        url = c.href(f"timelines/{whose.id}/") if len(timeline(c.db, whose.id)) >= LEAST else ""
    entries += [entry for item in it.items if (entry := _entry(c, item))]
    entries.sort(key=lambda entry: order_key(entry.day))
    entries = between(entries, _date(args.get("from", "")), _date(args.get("to", "")))
    return timeline_view(c, entries, title, url, anchor)


def _entry(c: Composer, item: Item) -> Entry | None:
    found = fact_entries(c, (item.text,))
    if found:
        return found[0]
    day = _date(item.date)
    return Entry(day, c.fill(item.parts, quiet=True)) if day else None


def _quote(c: Composer, it: Block, args: dict[str, str]) -> QuoteView | None:
    if id := args.get("use"):
        known = fact(c.db, id)
        return quote_view(c, known) if known else None
    sources = tuple(Cited(ref=SourceId(ref)) for ref in args.get("source", "").split() if ref)
    return QuoteView(
        text=c.fill(it.parts),
        speaker=c.link(args.get("speaker", "")),
        role=NOTHING,
        original=NOTHING,
        original_lang="",
        original_dir="",
        translation="",
        date=c.date(_date(args.get("date", ""))),
        sources=c.cite_all(sources),
    )
