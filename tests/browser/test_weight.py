"""What a reader's connection has to carry, in bytes."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from built_site import BuiltSite

KIB = 1024


def test_an_article_is_light(sample: BuiltSite) -> None:
    """The heaviest article is at most 60 KiB of HTML, style and script compressed, and 50 KiB of letters."""
    weights = {
        path: weigh(sample.folder, path)
        for path in sample.folder.glob("articles/*/index.html")
        if "refresh" not in path.read_text(encoding="utf-8")
    }
    path, (text, letters) = max(weights.items(), key=lambda it: it[1])
    said = f"{path.parent.name}: {text / KIB:.1f} KiB of text, {letters / KIB:.1f} KiB of letters"
    assert text <= 60 * KIB, said
    assert 0 < letters <= 50 * KIB, said


def weigh(folder: Path, page: Path) -> tuple[int, int]:
    """Compressed bytes of a page with its style sheet and script, and bytes of the fonts it loads."""
    html = page.read_text(encoding="utf-8")
    assets = {folder / it for it in re.findall(r'"/(assets/[^"]+\.(?:css|js|woff2))"', html)}
    assert {it.suffix for it in assets} == {".css", ".js", ".woff2"}
    texts = [page, *(it for it in assets if it.suffix != ".woff2")]
    text = sum(len(gzip.compress(it.read_bytes(), 6, mtime=0)) for it in texts)
    return text, sum(it.stat().st_size for it in assets if it.suffix == ".woff2")
