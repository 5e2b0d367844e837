"""Forgetting what nobody needs."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from sitegen.engine.keys import Key
from sitegen.engine.memory import Memory
from sitegen.engine.rows import ids


def collect(memory: Memory, roots: Iterable[Key]) -> None:
    """Forget every node that the roots do not reach through their reads."""
    memory.get(tuple(memory.tray.nodes))
    shelf = memory.shelf
    reads = {} if shelf is None else {it.row.id: ids(it.row.reads) for it in shelf.every()}
    for number in memory.removed:
        reads.pop(number, None)
    reads.update((node.id, node.reads) for node in memory.nodes.values())
    keep: set[int] = set()
    waiting = [node.id for key in roots if (node := memory.look(key)) is not None]
    while waiting:
        number = waiting.pop()
        if number not in keep:
            keep.add(number)
            waiting.extend(reads[number])
    gone = reads.keys() - keep
    for node in memory.get({read for number in gone for read in reads[number] if read in keep}):
        node.dependents = array("I", [it for it in node.dependents if it not in gone])
        memory.relinked[node] = None
    memory.drop(gone)
