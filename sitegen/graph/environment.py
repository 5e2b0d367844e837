"""The Jinja environment of templates: as Jinja makes it, without the detours that each value and each macro takes."""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from types import MappingProxyType
from typing import Any

from jinja2 import BytecodeCache, Environment, StrictUndefined, Template, TemplateNotFound
from jinja2.environment import TemplateModule
from jinja2.loaders import BaseLoader
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

_ESCAPED = re.compile("[&<>\"']")


def escaped(value: Any) -> str:
    """`escape(value)`, but what needs no escaping is taken as it is, without an object of its own."""
    kind = type(value)
    plain = kind is Markup or (kind is str and _ESCAPED.search(value) is None)
    text: str = value if plain else escape(value)
    return text


class _Template(Template):
    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        namespace["escape"] = escaped
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()  # no template has globals of its own


class _Context(Context):
    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (as the base class)
        if type(__obj) is not Macro:
            return super().call(__obj, *args, **kwargs)
        # What a macro wants to know of its caller is known; most are given exactly what they take.
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        more = kwargs or __obj.caller or __obj.catch_kwargs or __obj.catch_varargs
        if more or len(args) != __obj._argument_count or not __self.eval_ctx.autoescape:
            return __obj(__self.eval_ctx, *args, **kwargs)
        return Markup(__obj._func(*args))


class SiteEnvironment(Environment):
    """Templates by name with their text and file; the same sources always make the same pages."""

    template_class = _Template
    context_class = _Context

    def __init__(self, sources: dict[str, tuple[str, str]], compiled: BytecodeCache) -> None:
        super().__init__(
            loader=_Loader(sources),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=compiled,
        )
        for impure in ("random", "lipsum"):  # the same page would come out different every time
            self.filters.pop(impure, None)
            self.globals.pop(impure, None)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute`; the words of the theme are looked up as such first, for they have no attributes."""
        if type(obj) is MappingProxyType and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


class _Loader(BaseLoader):
    def __init__(self, sources: dict[str, tuple[str, str]]) -> None:
        self.sources = sources

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if template not in self.sources:
            raise TemplateNotFound(template)
        text, path = self.sources[template]
        return text, path, lambda: True
