"""How each written value of a file was understood: the inference rules made visible."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from sitegen.core.frontmatter import Items, Node, Pairs, Scalar, read_markdown, read_yaml
from sitegen.core.inference import infer
from sitegen.core.making import refs_in


class Explained(Struct, frozen=True):
    """A value as written, what it was taken for, and the code of the rule that decided."""

    line: int
    label: str
    text: str
    type: str
    reason: str


def explain_values(path: str, data: bytes) -> tuple[Explained, ...]:
    """Every value below `facts:`, or of a registry file, whose type is inferred; in the order of the file."""
    document = read_markdown(path, data) if path.endswith(".md") else read_yaml(path, data)
    root = document.root
    if path.endswith(".md") and root is not None:
        root = _under(root, "facts")
    facts = root.items if isinstance(root, Items) else (root,)
    return tuple(it for fact in facts if isinstance(fact, Pairs) for it in _values(fact, ""))


def _values(node: Node, label: str) -> Iterator[Explained]:
    match node:
        case Scalar() if not node.absent:
            found = infer(label, node.text, node.plain)
            yield Explained(node.at.line, label, node.text, found.type, found.reason)
        case Items() if refs := refs_in(node):
            yield Explained(node.at.line, label, " ".join(f"[[{it}]]" for it in refs), "party", "F221")
        case Pairs():
            keys = {key.text for key, _ in node.pairs}
            if keys & {"value", "use", "type"}:
                own = _under(node, "label")
                value = _under(node, "value")
                if "type" not in keys and isinstance(value, Scalar | Items):
                    yield from _values(value, own.text if isinstance(own, Scalar) else label)
            else:
                for key, value in node.pairs:
                    yield from _values(value, key.text)
        case _:
            pass


def _under(node: Node, name: str) -> Node | None:
    if not isinstance(node, Pairs):
        return None
    return next((value for key, value in node.pairs if key.text == name), None)
