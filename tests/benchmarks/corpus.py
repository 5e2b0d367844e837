"""Writes a made-up site in the form that a generator reads: `python -m tests.benchmarks.corpus sitegen 1000 FOLDER`."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.model import Article, Block, Corpus, Mark, Text, article_id

HERE = Path(__file__).parent
Say = Callable[[Mark], str]
File = tuple[str, str]  # path in the site's folder, text


def write(tool: str, count: int, folder: Path, seed: int = 1) -> None:
    """Make `folder` anew with the site of `count` articles as `tool` (a key of `EMITTERS`) reads it."""
    if folder.exists():
        shutil.rmtree(folder)
    templates = HERE / tool
    if templates.is_dir():
        shutil.copytree(templates, folder)
    made: set[str] = set()
    for path, text in EMITTERS[tool](Corpus(count, seed)):
        parent = os.path.join(folder, os.path.dirname(path))
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        with open(os.path.join(folder, path), "w", encoding="utf-8") as file:
            file.write(text)


def articles(corpus: Corpus) -> Iterator[Article]:
    """The articles of a corpus, one at a time."""
    return (corpus.article(number) for number in range(corpus.count))


def pages(count: int) -> Iterator[str]:
    """The files that every generator makes of a site of that size, relative to its output."""
    corpus = Corpus(count)
    yield from ("index.html", "sitemap.xml", "sources/index.html")
    yield from (f"{name}/index.html" for name in ("articles", "entities", "topics", "facts"))
    yield from (f"articles/{article_id(number)}/index.html" for number in range(count))
    for name, pool in (("entities", corpus.entities), ("topics", corpus.topics), ("facts", corpus.shared)):
        yield from (f"{name}/{it.id}/index.html" for it in pool)


# -- Markdown ------------------------------------------------------------------------------------------


def markdown(body: tuple[Block, ...], say: Say) -> str:
    """A body as Markdown whose references `say` writes."""
    return "\n\n".join(_block(it, say) for it in body) + "\n"


def _text(text: Text, say: Say) -> str:
    return "".join(it if isinstance(it, str) else say(it) for it in text).strip()


def _block(it: Block, say: Say) -> str:
    texts = [_text(one, say) for one in it.texts]
    match it.kind:
        case "heading2":
            return f"## {texts[0]}"
        case "heading3":
            return f"### {texts[0]}"
        case "bullets":
            return "\n".join(f"- {one}" for one in texts)
        case "numbers":
            return "\n".join(f"{number}. {one}" for number, one in enumerate(texts, 1))
        case "quote":
            return f"> {texts[0]}"
        case "table":
            rows = [f"| {one} |" for one in texts]
            return "\n".join([rows[0], "| --- | --- | --- |", *rows[1:]])
        case _:
            return texts[0]


def quoted(text: object) -> str:
    """A text as YAML and JSON both write it."""
    return json.dumps(text, ensure_ascii=False)


def listed(ids: tuple[str, ...]) -> str:
    """Ids as a list in YAML."""
    return f"[{', '.join(ids)}]"


# -- sitegen -------------------------------------------------------------------------------------------


def _sitegen_mark(it: Mark) -> str:
    match it.kind:
        case "entity":
            return f"[[{it.id}|{it.words}]]"
        case "article":
            return f"[{it.words}](article:{it.id})"
        case "fact":
            return f"{{fact:{it.id}}}"
        case _:
            return f"[^{it.id}]"


def _sitegen_article(it: Article) -> str:
    lines = [
        "---",
        f"title: {quoted(it.title)}",
        f"slug: {it.id}",
        "kind: explainer",
        f"summary: {quoted(it.summary)}",
        f"answer: {quoted(it.answer)}",
        f"published: {quoted(it.date)}",
        f"as_of: {quoted(it.date)}",
        "authors: [desk]",
        f"topics: {listed(it.topics)}",
        f"parties: {listed(it.parties)}",
        "facts:",
    ]
    lines += [f"  - use: {id}" for id in it.shared]
    for fact in it.facts:
        value = f"[[{fact.value}]]" if fact.type == "party" else fact.value
        lines += [f"  - label: {quoted(fact.label)}", f"    type: {fact.type}", f"    value: {quoted(value)}"]
    lines += [f"sources: {listed(it.cited)}", "---", "", markdown(it.body, _sitegen_mark)]
    return "\n".join(lines)


def sitegen(corpus: Corpus) -> Iterator[File]:
    """The files of sitegen's content model."""
    yield (
        "content/site.yaml",
        'title: "شروح"\nbase_url: "https://example.org"\nlang: ar\ncontent_as_of: "2025-12-31"\n'
        'publisher: "شروح"\nauthors:\n  desk: {name: "التحرير"}\n',
    )
    for article in articles(corpus):
        yield f"content/articles/{article.id}.md", _sitegen_article(article)
    for it in corpus.entities:
        head = (
            f"id: {it.id}\nkind: organisation\nname: {{ar: {quoted(it.name)}}}\nsummary: {quoted(it.summary)}"
        )
        yield f"content/entities/{it.id}.md", f"---\n{head}\n---\n"
    for it in corpus.topics:
        head = f"id: {it.id}\ntitle: {quoted(it.name)}\nsummary: {quoted(it.summary)}"
        yield f"content/topics/{it.id}.md", f"---\n{head}\n---\n"
    lines = []
    for fact in corpus.shared:
        lines += [f"{fact.id}:", f"  label: {quoted(fact.label)}", f"  type: {fact.type}"]
        lines += [
            f"  value: {quoted(fact.value)}",
            f"  subject: {fact.subject}",
            f"  sources: [{fact.source}]",
        ]
    yield "content/facts/shared.yaml", "\n".join(lines) + "\n"
    lines = []
    for source in corpus.sources:
        lines += [
            f"{source.id}:",
            f"  title: {quoted(source.title)}",
            f"  publisher: {quoted(source.publisher)}",
        ]
        lines += [f"  date: {quoted(source.date)}", "  kind: news"]
    yield "content/sources.yaml", "\n".join(lines) + "\n"


# -- the others ----------------------------------------------------------------------------------------


def _plain_mark(corpus: Corpus) -> Say:
    """References as ordinary links; the values of shared facts are written out."""
    values = {it.id: it.value for it in corpus.shared}

    def say(it: Mark) -> str:
        match it.kind:
            case "entity":
                return f"[{it.words}](/entities/{it.id}/)"
            case "article":
                return f"[{it.words}](/articles/{it.id}/)"
            case "fact":
                return f"[{values[it.id]}](/facts/{it.id}/)"
            case _:
                return f"[*](/sources/#{it.id})"

    return say


def _plain_article(it: Article, say: Say) -> str:
    lines = [
        "---",
        f"title: {quoted(it.title)}",
        f"date: {it.date}",
        f"summary: {quoted(it.summary)}",
        f"answer: {quoted(it.answer)}",
        f"topics: {listed(it.topics)}",
        f"entities: {listed(it.parties)}",
        f"facts: {listed(it.shared)}",
        f"sources: {listed(it.cited)}",
        "box:",
    ]
    for fact in it.facts:
        lines += [
            f"  - label: {quoted(fact.label)}",
            f"    type: {fact.type}",
            f"    value: {quoted(fact.value)}",
        ]
    return "\n".join([*lines, "---", "", markdown(it.body, say)])


def _data(corpus: Corpus) -> dict[str, object]:
    """What pages look up by id."""
    return {
        "names": {it.id: it.name for it in (*corpus.entities, *corpus.topics)},
        "registry": {
            it.id: {"label": it.label, "type": it.type, "value": it.value, "source": it.source}
            for it in corpus.shared
        },
        "publications": {
            it.id: {"title": it.title, "publisher": it.publisher, "date": it.date} for it in corpus.sources
        },
    }


def hugo(corpus: Corpus) -> Iterator[File]:
    """The files of a Hugo site; entities, topics and shared facts are taxonomies."""
    say = _plain_mark(corpus)
    for article in articles(corpus):
        yield f"content/articles/{article.id}.md", _plain_article(article, say)
    for folder, pool in (("entities", corpus.entities), ("topics", corpus.topics)):
        for it in pool:
            head = f"title: {quoted(it.name)}\nsummary: {quoted(it.summary)}"
            yield f"content/{folder}/{it.id}/_index.md", f"---\n{head}\n---\n"
    for fact in corpus.shared:
        head = f"title: {quoted(fact.label)}\nvalue: {quoted(fact.value)}\nsource: {fact.source}"
        yield f"content/facts/{fact.id}/_index.md", f"---\n{head}\n---\n"
    yield "content/sources.md", '---\ntitle: "المصادر"\nlayout: sources\n---\n'
    for name, data in _data(corpus).items():
        yield f"data/{name}.json", quoted(data)


def eleventy(corpus: Corpus) -> Iterator[File]:
    """The files of an Eleventy site; pages of entities, topics and shared facts come from data by pagination."""
    say = _plain_mark(corpus)
    for article in articles(corpus):
        yield f"src/articles/{article.id}.md", _plain_article(article, say)
    yield "src/_data/publications.json", quoted(_data(corpus)["publications"])
    for name, pool in (("entities", corpus.entities), ("topics", corpus.topics)):
        rows = {it.id: {"id": it.id, "name": it.name, "summary": it.summary} for it in pool}
        yield f"src/_data/pools/{name}.json", quoted(rows)
    facts = {
        it.id: {"id": it.id, "name": it.label, "type": it.type, "value": it.value, "source": it.source}
        for it in corpus.shared
    }
    yield "src/_data/pools/facts.json", quoted(facts)


EMITTERS: dict[str, Callable[[Corpus], Iterator[File]]] = {
    "sitegen": sitegen,
    "hugo": hugo,
    "eleventy": eleventy,
}


if __name__ == "__main__":
    write(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
