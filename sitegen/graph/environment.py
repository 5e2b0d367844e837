"""The Jinja environment of templates: as Jinja makes it, without its detours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from types import MappingProxyType
from typing import Any

from jinja2 import BytecodeCache, Environment, StrictUndefined, Template, TemplateNotFound
from jinja2.environment import TemplateModule
from jinja2.loaders import BaseLoader
from jinja2.runtime import Context

from sitegen.graph.template_code import NAMES, Code


class _Template(Template):
    @classmethod
    def _from_namespace(
        cls, environment: Environment, namespace: MutableMapping[str, Any], globals: MutableMapping[str, Any]
    ) -> Template:
        namespace.update(NAMES)
        return super()._from_namespace(environment, namespace, globals)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()  # no template has globals of its own


class _Context(Context):
    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, Any] | None = None,
    ) -> None:
        super().__init__(environment, parent, name, blocks)  # no template has globals of its own


class SiteEnvironment(Environment):
    """Templates by name with their text and file; the same sources always make the same pages."""

    template_class = _Template
    context_class = _Context
    code_generator_class = Code

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
        self._found: dict[str, Template] = {}
        for impure in ("random", "lipsum"):  # the same page would come out different every time
            self.filters.pop(impure, None)
            self.globals.pop(impure, None)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: those of all."""
        return self.globals

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """The template `name`; what was looked up once is found at once."""
        found = self._found.get(name) if type(name) is str else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if type(name) is str:
                self._found[name] = found
        return found

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
