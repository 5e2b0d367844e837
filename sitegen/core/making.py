"""What the making of every value needs: its keys, its text and number, and where to report."""

from __future__ import annotations

from decimal import Decimal

from sitegen.core.frontmatter import Items, Mark, Node, Scalar
from sitegen.core.inference import Inferred, infer, party_refs
from sitegen.core.numbers import Measured, read_measured, read_number
from sitegen.core.problem import Problem, problem
from sitegen.core.reading import BAD, Bad, Reading, join, wrong_shape
from sitegen.core.scalars import check_plain, read_text, unwrap
from sitegen.core.value_keys import ValueKeys
from sitegen.core.values import Bound, Number, Parties, Text, Value
from sitegen.messages import MESSAGES


class Making:
    """The making of one value: the keys, and where to report what is wrong with them."""

    def __init__(self, reading: Reading, keys: ValueKeys, label: str, path: str, at: Mark) -> None:
        self.reading = reading
        self.keys = keys
        self.label = label
        self.path = path
        self.at = at  # of the whole fact

    @property
    def node(self) -> Node | None:
        return self.keys.value.node if self.keys.value else None

    def refuse(self, wrong: Problem, key: str = "value") -> Bad:
        """Report `wrong` where `key` stands, or at the fact."""
        return self.reading.refuse(wrong, self.reading.places.get(join(self.path, key), self.at))

    def text(self) -> str | Bad:
        """The text under `value`; "" when there is none."""
        return read_text(self.reading, self.node, self.path) if self.node else ""

    def number(self) -> Measured | Bad:
        """The number under `value` with the words after it, under `bound`, `max` and `decimals`."""
        text = self.text()
        if isinstance(text, Bad):
            return text
        measured = read_measured(text) or problem("S123", value=text)
        if not text:
            return self.refuse(problem("S103", key="value"))
        if isinstance(measured, Problem):
            return self.refuse(measured)
        number = self.bounded(measured.number)
        return number if isinstance(number, Bad) else Measured(number, measured.rest)

    def bounded(self, number: Number) -> Number | Bad:
        """`number` under the keys `bound`, `max` and `decimals`."""
        keys = self.keys
        bound: Bound = keys.bound or number.bound
        upper = number.upper
        if keys.max:
            top = read_number(keys.max)
            assert isinstance(top, Number)  # the form of `max` has been checked
            bound, upper = keys.bound or "range", top.value
        if number.bound not in ("exact", bound) or (bound == "range") != (upper is not None):
            return self.refuse(problem("S152"), "bound" if keys.bound else "max")
        if upper is not None and upper <= number.value:
            return self.refuse(
                problem("S127", value=f"{number.value:f}–{upper:f}"), "max" if keys.max else "value"
            )
        if keys.decimals is None:
            return Number(number.value, bound, upper)
        step = Decimal(1).scaleb(-keys.decimals) if 0 <= keys.decimals <= 12 else Decimal(0)
        figures = [it.quantize(step) for it in (number.value, upper) if it is not None] if step else []
        if (
            not step
            or figures[0] != number.value
            or figures[-1] != (number.value if upper is None else upper)
        ):
            return self.refuse(problem("S153", value=f"{number.value:f}", decimals=keys.decimals), "decimals")
        return Number(figures[0], bound, None if upper is None else figures[-1])


def read_short(reading: Reading, node: Node, label: str) -> Value | Bad:
    """The value of `label: value`, with a report when it cannot be, or may not, be what it looks like."""
    if isinstance(node, Items):
        refs = refs_in(node)
        return Parties(refs) if refs else reading.report("S154", node.at)
    if not isinstance(node, Scalar) or node.absent:
        return wrong_shape(reading, node, "text")
    text = read_text(reading, node, "")
    if isinstance(text, Bad):
        return text
    found: Inferred = infer(label, text, node.plain)
    if isinstance(found.value, Text) and (refused := check_plain(text)):
        return reading.refuse(refused, node.at)
    if found.problem is not None:
        reading.refuse(found.problem, node.at)
        if MESSAGES[found.problem.code].severity == "error":
            return BAD
    return BAD if found.value is None else found.value


def refs_in(node: Items) -> tuple[str, ...]:
    """The parties in a list of "[[iran]]", or in [[iran]] without quotes; none if anything else is among them."""
    bare = unwrap(node)
    if isinstance(bare, Scalar) and len(node.items) == 1 and isinstance(node.items[0], Items):
        return (bare.text,)
    refs: list[str] = []
    for item in node.items:
        inner = refs_in(item) if isinstance(item, Items) else ()
        if isinstance(item, Scalar):
            inner = party_refs(item.text)
        if not inner:
            return ()
        refs.extend(inner)
    return tuple(refs)
