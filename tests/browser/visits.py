"""A walk through every page of a site: what each page asks for, says, shows, and does while it loads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from built_site import BuiltSite
from playwright.sync_api import Browser, ConsoleMessage, ElementHandle, Error, Page, Request, ViewportSize

PROBES = Path(__file__).with_name("probes.js").read_text(encoding="utf-8")
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 390, "height": 844}
NARROWEST: ViewportSize = {"width": 320, "height": 800}

# Runs before the page: notes refused requests and everything that moves.
WATCH = """
window.refused = [];
window.moved = [];
document.addEventListener("securitypolicyviolation", (it) => refused.push(`${it.violatedDirective} ${it.blockedURI}`));
new PerformanceObserver((list) => {
  for (const it of list.getEntries()) {
    moved.push(`${it.value} ${it.sources.map((one) => one.node?.className || one.node?.nodeName)}`);
  }
}).observe({type: "layout-shift", buffered: true});
"""


@dataclass
class Visit:
    """One page in a wide window, then in narrow ones, with and without JavaScript."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    overlaps: list[str] = field(default_factory=list)
    sideways: dict[int, int] = field(default_factory=dict)
    words: str = ""
    words_without_script: str = ""


def ask(page: Page, probe: str, about: ElementHandle | None = None) -> Any:
    """What the probe of this name in `probes.js` finds on the page."""
    return page.evaluate(
        f"([name, about]) => ({PROBES.strip().removesuffix(';')})[name](about)", [probe, about]
    )


@contextmanager
def window(browser: Browser, site: BuiltSite, size: ViewportSize = WIDE, **options: Any) -> Iterator[Page]:
    """A window of a reader who has been on the site before and so has its letters."""
    with browser.new_context(viewport=size, **options) as context:
        page = context.new_page()
        opened(page, site.url + "/")
        yield page


def opened(page: Page, url: str) -> None:
    """Go to `url` and wait until it is drawn in its own letters."""
    page.goto(url)
    page.evaluate("document.fonts.ready.then(() => null)")


def visit_all(browser: Browser, site: BuiltSite) -> dict[str, Visit]:
    """Visit every page that is not a mere way to another."""
    paths = [path for path in site.pages if path not in site.stubs]
    found = {path: Visit() for path in paths}
    with window(browser, site) as page:
        page.add_init_script(WATCH)
        for path in paths:
            _look_around(page, site.url + path, found[path])
    with window(browser, site, java_script_enabled=False) as page:
        for path in paths:
            page.goto(site.url + path, wait_until="domcontentloaded")
            found[path].words_without_script = ask(page, "words")
    return found


def _look_around(page: Page, url: str, it: Visit) -> None:
    def note_request(request: Request) -> None:
        it.requests.append(request.url)

    def note_message(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            it.complaints.append(message.text)

    def note_error(error: Error) -> None:
        it.complaints.append(str(error))

    page.on("request", note_request)
    page.on("console", note_message)
    page.on("pageerror", note_error)
    page.set_viewport_size(WIDE)
    opened(page, url)
    for probe in ("links", "ids", "words", "bare", "torn", "overlaps"):
        setattr(it, probe, ask(page, probe))
    it.refused, it.moved = page.evaluate("[window.refused, window.moved]")
    for size in (NARROW, NARROWEST):
        page.set_viewport_size(size)
        it.sideways[size["width"]] = ask(page, "sideways")
        it.overlaps += ask(page, "overlaps")
    page.remove_listener("request", note_request)
    page.remove_listener("console", note_message)
    page.remove_listener("pageerror", note_error)
