"""The words of the theme: `strings/<language>.yaml`, the site's own over the built-in ones, English for the rest."""

from __future__ import annotations

from sitegen.core.frontmatter import Pairs, Scalar, read_yaml
from sitegen.engine.db import Db, query
from sitegen.errors import SiteError, Span, diagnostic
from sitegen.graph.templating import BUILT_IN, OWN

FALLBACK = "en"


@query
def strings(db: Db, language: str) -> dict[str, str]:
    """Texts of the theme by name in `language`; what it lacks is in English."""
    texts: dict[str, str] = {}
    for code in dict.fromkeys((FALLBACK, language)):
        for folder in (BUILT_IN, OWN):
            texts.update(texts_in(db, f"{folder}/strings/{code}.yaml"))
    return texts


@query
def has_words(db: Db, language: str) -> bool:
    """Whether the theme speaks a language."""
    return any(db.read(f"{folder}/strings/{language}.yaml") is not None for folder in (BUILT_IN, OWN))


@query
def texts_in(db: Db, path: str) -> dict[str, str]:
    """The texts of one file; none when there is no such file, a `SiteError` when it is not a list of texts."""
    data = db.read(path)
    if data is None:
        return {}
    document = read_yaml(path, data)
    if document.found:
        raise SiteError(*document.found)
    if not isinstance(document.root, Pairs):
        raise SiteError(diagnostic("T407", Span(path)))
    texts = {}
    for key, value in document.root.pairs:
        if not isinstance(value, Scalar):
            raise SiteError(diagnostic("T407", Span(path, key.at.line, key.at.column)))
        texts[key.text] = value.text
    return texts
