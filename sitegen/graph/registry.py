"""The facts of the whole site: one id, one value, one place."""

from __future__ import annotations

from sitegen.core.facts import Fact
from sitegen.engine.db import Db, query
from sitegen.graph.data_files import FACTS_FOLDER, facts_in, facts_written
from sitegen.graph.queries import articles, files, identity
from sitegen.graph.things import resolve


@query
def fact_files(db: Db) -> tuple[str, ...]:
    """Files that write facts with an id: the registry first, then such articles as are shown."""
    known = ((path, identity(db, "article", path)) for path in articles(db))
    return (*files(db, FACTS_FOLDER, ".yaml"), *(path for path, it in known if it and it.has_facts))


@query(eager=True)
def fact_ids(db: Db, path: str) -> tuple[str, ...]:
    return tuple(it.id for it in facts_written(db, path))


@query
def fact_index(db: Db) -> dict[str, str]:
    """The file of every fact, by id; the first one wins when two files claim an id (which is an error)."""
    index: dict[str, str] = {}
    for path in fact_files(db):
        for id in fact_ids(db, path):
            index.setdefault(id, path)
    return index


@query
def fact(db: Db, id: str) -> Fact | None:
    """A fact by its id."""
    path = fact_index(db).get(id)
    return next((it for it in facts_in(db, path) if it.id == id), None) if path else None


@query
def fact_label(db: Db, id: str) -> str:
    """What a fact is called, for those who show no more of it; "" when there is none."""
    found = fact(db, id)
    return found.label if found else ""


@query
def public(db: Db, id: str) -> bool:
    """Whether a fact has a page and stands in the exports."""
    found = fact(db, id)
    return found is not None and found.visibility == "public"


@query
def public_facts(db: Db) -> tuple[str, ...]:
    """Ids of the facts that have a page, in registry order."""
    return tuple(id for id in fact_index(db) if public(db, id))


def fact_url(id: str) -> str:
    """Where a public fact has its page, relative to the root of the site."""
    return f"facts/{id}/"


@query
def chain(db: Db, id: str) -> tuple[str, ...]:
    """The facts that replaced each other, of which `id` is one, oldest first."""
    replaced_by = replacements(db)
    replaces = {new: old for old, new in replaced_by.items()}
    seen = [id]
    while (older := replaces.get(seen[0])) and older not in seen:
        seen.insert(0, older)
    while (newer := replaced_by.get(seen[-1])) and newer not in seen:
        seen.append(newer)
    return tuple(seen) if len(seen) > 1 else ()


@query
def replacement(db: Db, id: str) -> tuple[str, str]:
    """What a fact supersedes and what supersedes it."""
    found = fact(db, id)
    return (found.supersedes, found.superseded_by) if found else ("", "")


@query
def replacements(db: Db) -> dict[str, str]:
    """The newer fact by the older one."""
    pairs: dict[str, str] = {}
    for id in public_facts(db):
        older, newer = replacement(db, id)
        if newer and public(db, newer):
            pairs[id] = newer
        if older and public(db, older):
            pairs[older] = id
    return pairs


@query
def series_key(db: Db, id: str) -> str:
    """What a fact measures, in one string; "" when it is not part of a series."""
    found = fact(db, id)
    if found is None or not (found.subject and found.property):
        return ""
    return "\n".join((subject_of(db, id)[0], found.property, found.measure))


@query
def series_index(db: Db) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for id in public_facts(db):
        if key := series_key(db, id):
            grouped.setdefault(key, []).append(id)
    return {key: tuple(ids) for key, ids in grouped.items()}


@query
def series(db: Db, id: str) -> tuple[str, ...]:
    """Public facts that measure the same thing as `id`, itself included; () when it is alone."""
    ids = series_index(db).get(series_key(db, id), ())
    return ids if len(ids) > 1 else ()


@query
def subject_of(db: Db, id: str) -> tuple[str, str]:
    """Whom a fact is about and who says it, by their ids."""
    found = fact(db, id)
    return (canonical(db, found.subject), canonical(db, found.attribution)) if found else ("", "")


def canonical(db: Db, ref: str) -> str:
    """The id of what a reference means; one that means nothing as it is."""
    return (resolve(db, ref).id or ref) if ref else ""


@query
def subjects(db: Db) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By entity: the public facts about it and the public facts it says."""
    about: dict[str, list[str]] = {}
    said: dict[str, list[str]] = {}
    for id in public_facts(db):
        subject, speaker = subject_of(db, id)
        if subject:
            about.setdefault(subject, []).append(id)
        if speaker:
            said.setdefault(speaker, []).append(id)
    return {
        name: (tuple(about.get(name, ())), tuple(said.get(name, ())))
        for name in dict.fromkeys((*about, *said))
    }


@query
def facts_about(db: Db, id: str) -> tuple[str, ...]:
    """Public facts whose subject is the entity `id`."""
    return subjects(db).get(id, ((), ()))[0]


@query
def facts_said(db: Db, id: str) -> tuple[str, ...]:
    """Public facts that the entity `id` is quoted for."""
    return subjects(db).get(id, ((), ()))[1]
