"""Which changed inputs made pages run: a walk over the traces, from the pages down."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from sitegen.engine.db import Db
from sitegen.engine.keys import InputKey, QueryKey
from sitegen.engine.node import Node
from sitegen.engine.store import Store
from sitegen.graph.site import Route, render, routes
from sitegen.shell import record
from sitegen.shell.files import Files
from sitegen.shell.record import LIMIT, Made


def causes(
    db: Db, pages: Iterable[QueryKey], changed: Collection[InputKey]
) -> dict[QueryKey, tuple[InputKey, ...]]:
    """For each of the pages, which have run since the last refresh, the `changed` inputs for which they did.

    A change arrives over answers that have changed too. Where no such way is left, because an earlier process
    walked it without rendering the page, whatever the page depends on counts.
    """
    names = sorted(changed)
    bits = {key: 1 << number for number, key in enumerate(names)}
    memory = db.memory
    nodes = [node for key in pages if (node := db.node(key)) is not None]
    roots = {it.id for it in nodes}

    def leading(node: Node) -> list[Node]:
        """What is on the shelf has not changed."""
        return memory.at_hand(node.reads) if memory.has_changed(node.id) or node.id in roots else []

    masks = _masks(nodes, bits, leading)
    rest = [node for node in nodes if not masks[node]]
    masks.update(_masks(rest, bits, lambda node: memory.get(node.reads)))
    return {
        node.key: tuple(key for key in names if masks[node] & bits[key])
        for node in nodes
        if isinstance(node.key, QueryKey)
    }


def note(db: Db, store: Store, source: Files) -> None:
    """Keep why the pages that ran did, and forget pages that are gone."""
    pages = {key for key in db.ran if key.query == render.name}
    if not pages:
        return
    beginning, changed = record.beginning(store), record.changed(store, source)
    paths = {route.path for route in routes(db)}
    known = {path: it for path, it in record.made(store).items() if path in paths}
    found = {} if changed is None else causes(db, pages, changed)
    for key in pages:
        route = key.args[0]
        assert isinstance(route, Route)
        if changed is None:
            known[route.path] = Made(beginning)
        elif route.path not in known:
            known[route.path] = Made("new")
        else:
            inputs = found.get(key, ())
            known[route.path] = Made("changed", inputs[:LIMIT], len(inputs))
    record.keep(store, "made", known)


def _masks(
    roots: Iterable[Node], bits: dict[InputKey, int], below: Callable[[Node], list[Node]]
) -> dict[Node, int]:
    """For each node at or below `roots`, the bits of the inputs it reaches."""
    masks: dict[Node, int] = {}
    entered: dict[Node, list[Node]] = {}
    waiting = list(roots)
    while waiting:
        node = waiting[-1]
        if node not in entered:
            entered[node] = below(node)
            waiting.extend(it for it in entered[node] if it not in entered)
            continue
        waiting.pop()
        if node not in masks:
            mask = bits.get(node.key, 0) if isinstance(node.key, InputKey) else 0
            for it in entered[node]:
                mask |= masks.get(it, 0)
            masks[node] = mask
    return masks
