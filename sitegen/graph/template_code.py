"""The Python that templates become: Jinja's own, with short ways to what most of it does.

Fields are taken from views and words from the theme's without a call, what is `Markup` or was written by a macro is put
out as it is, and an included template writes straight into the page. All else goes the way that Jinja goes, so a
template prints what it would print without.
"""

from __future__ import annotations

from types import MappingProxyType, MethodType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import escape
from msgspec import Struct

from sitegen.graph import views
from sitegen.text import escaped


def _owners() -> dict[str, frozenset[type]]:
    owners: dict[str, set[type]] = {}
    for kind in vars(views).values():
        if isinstance(kind, type) and issubclass(kind, Struct):
            for name in kind.__struct_fields__:
                owners.setdefault(name, set()).add(kind)
    return {name: frozenset(kinds) for name, kinds in owners.items()}


_OWNERS = _owners()  # the views that have a field, by its name


def told(context: Context, it: Any, *args: Any) -> str:
    """What the call `it(*args)` puts out: of most macros what they have written, elsewhere as Jinja has it."""
    if type(it) is Macro and not (it.caller or it.catch_kwargs or it.catch_varargs):
        lacking = it._argument_count - len(args)
        if lacking >= 0 and context.eval_ctx.autoescape:
            return it._func(*args, *(missing,) * lacking) if lacking else it._func(*args)
    return shown(asked(context, it, *args))


def asked(context: Context, it: Any, *args: Any) -> Any:
    """What the call `it(*args)` gives; most methods want to know nothing of the template that calls them."""
    plain = type(it) is MethodType and not hasattr(it, "jinja_pass_arg")
    return it(*args) if plain else context.call(it, *args)


def shown(value: Any) -> str:
    """`escape(value)`, where few values are neither `Markup` nor texts."""
    return str(value) if type(value) is int else escape(value)


# What the code names beside Jinja's own.
NAMES: dict[str, object] = {
    "escaped": escaped,
    "told": told,
    "asked": asked,
    "shown": shown,
    "Words": MappingProxyType,
    **{f"of_{name}": kinds for name, kinds in _OWNERS.items()},
}


class Code(CodeGenerator):
    """Writes the code of one template; `v` is the value at hand and `kind` its type."""

    _told: nodes.Node | None = None  # the call that is being put out

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (as the base class)
        """`obj.name`: what a view of this field has, else a word, else what Jinja finds."""
        name = node.attr
        ways = [(f"v.{name}", f"in of_{name}")] if name in _OWNERS else []
        ways.append((f"v[{name!r}]", f"is Words and {name!r} in v"))
        (first, condition), *others = ways
        self.write(f"({first} if type(v := ")
        self.visit(node.node, frame)
        self.write(f") {condition} else ")
        for value, condition in others:
            self.write(f"{value} if type(v) {condition} else ")
        self.write(f"environment.getattr(v, {name!r}))")

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 (as the base class)
        """A call; nothing that a template can call asks for the variables of loops and blocks."""
        named = node.kwargs or node.dyn_args or node.dyn_kwargs or forward_caller
        way = "told(context, " if node is self._told else "context.call(" if named else "asked(context, "
        self.write(way)
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802 (as the base class)
        """Another template within this one, with what this one knows."""
        name = node.template.value if isinstance(node.template, nodes.Const) else None
        plain = isinstance(name, str) and node.with_context and not node.ignore_missing
        if not plain or frame.buffer is not None:
            super().visit_Include(node, frame)
            return
        self.writeline(f"template = environment.get_template({name!r}, {self.name!r})", node)
        known = self.dump_local_context(frame)
        self.writeline(
            f"yield from template.root_render_func(template.new_context(context.get_all(), True, {known}))"
        )

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if _judged_later(frame):
            super()._output_child_pre(node, frame, finalize)
        elif isinstance(node, nodes.Call) and not (node.kwargs or node.dyn_args or node.dyn_kwargs):
            self._told = node
        else:
            self.write("(v if (kind := type(v := ")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if _judged_later(frame):
            super()._output_child_post(node, frame, finalize)
        elif self._told is node:
            self._told = None
        else:
            self.write(")) is Markup else escaped(v) if kind is str else shown(v))")


def _judged_later(frame: Frame) -> bool:
    """Whether it is not known here that what is put out is escaped."""
    return frame.eval_ctx.volatile or not frame.eval_ctx.autoescape
