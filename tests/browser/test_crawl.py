"""Every page of the sample site in a real browser: nothing is refused, missing, moving, or in need of a script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from built_site import BuiltSite
from playwright.sync_api import Browser
from specimen import ARABIC_PATH
from static_host import Host
from visits import Visit, opened

Visits = dict[str, Visit]


class Strict(HTTPRedirectHandler):
    """A link that is answered with a redirection is an error: pages name the last address at once."""

    def redirect_request(self, *args: object) -> None:
        return None


def status(url: str) -> int:
    """How the host answers a request for `url`."""
    try:
        with build_opener(Strict).open(url) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def faults(visits: Visits, name: str) -> dict[str, list[str]]:
    return {path: found for path, it in visits.items() if (found := getattr(it, name))}


def test_every_page_was_visited(visits: Visits, sample: BuiltSite) -> None:
    """The walk reaches all pages, more than a hundred and fifty, each with words in it."""
    assert len(visits) > 150
    assert all(it.words for it in visits.values())


def test_the_policy_of_the_site_refuses_nothing_of_its_own(visits: Visits) -> None:
    """No page asks for what its Content Security Policy forbids."""
    assert faults(visits, "refused") == {}


def test_the_policy_is_in_force(browser: Browser, sample: BuiltSite) -> None:
    """A script that somebody slips into a page does not run, and the walk would have noticed it."""
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda it: said.append(it.text))
        opened(page, sample.url + "/")
        page.evaluate(
            "document.body.insertAdjacentElement('beforeend', document.createElement('script')).text = 'x = 1'"
        )
        assert page.evaluate("typeof x") == "undefined"
        assert any("Content Security Policy" in it for it in said)


def test_no_page_complains(visits: Visits) -> None:
    """No error or warning stands in the console."""
    assert faults(visits, "complaints") == {}


def test_no_request_leaves_the_site(visits: Visits, sample: BuiltSite) -> None:
    """A page loads files of its own site only."""
    abroad = {url for it in visits.values() for url in it.requests if not url.startswith(sample.url + "/")}
    assert abroad == set()


def test_nothing_moves_while_a_page_loads(visits: Visits) -> None:
    """The layout shift of every page is 0."""
    assert faults(visits, "moved") == {}


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_scrolls_sideways(visits: Visits, width: int) -> None:
    """At the width of a telephone, and at 400 % zoom, a page is read by scrolling down alone."""
    assert {path: it.sideways[width] for path, it in visits.items() if it.sideways[width]} == {}


def test_a_page_is_complete_without_javascript(visits: Visits) -> None:
    """With scripts off the same words stand on the page."""
    assert [path for path, it in visits.items() if it.words != it.words_without_script] == []


def test_no_texts_of_a_drawing_lie_over_each_other(visits: Visits) -> None:
    """The words of gauges and time lines keep clear of each other and of the edge, in wide windows and narrow."""
    assert faults(visits, "overlaps") == {}


def test_every_number_is_isolated(visits: Visits) -> None:
    """No percentage, decimal, range or negative number stands where the letters around it could reorder it."""
    assert faults(visits, "bare") == {}


def test_no_element_parts_the_letters_of_a_word(visits: Visits) -> None:
    """Case 13: inside an Arabic word stands no bdi, padding or inline-block, and words in a row do not run together."""
    assert faults(visits, "torn") == {}


def test_ids_are_unique(visits: Visits) -> None:
    """No page has an id twice."""
    assert {
        path: sorted(twice)
        for path, it in visits.items()
        if (twice := {one for one in it.ids if it.ids.count(one) > 1})
    } == {}


def test_every_link_of_a_page_leads_somewhere(visits: Visits, sample: BuiltSite) -> None:
    """Each address a page names is answered with 200, and each fragment is an id there; others are https or mailto."""
    broken: dict[str, str] = {}
    known: dict[str, int] = {}
    for path, it in visits.items():
        for link in it.links:
            address, fragment = urldefrag(link)
            if not address.startswith(sample.url + "/"):
                if urlsplit(address).scheme not in ("https", "mailto"):
                    broken[link] = f"{path}: a link of another kind"
                continue
            code = known.setdefault(address, status(address))
            target = visits.get(urlsplit(address).path)
            if code != 200:
                broken[link] = f"{path}: {code}"
            elif fragment and (target is None or unquote(fragment) not in target.ids):
                broken[link] = f"{path}: no such id"
    assert broken == {}


def published_addresses(sample: BuiltSite) -> set[str]:
    """The addresses of this site in feeds, exports, the map of the site, and the data within pages."""
    files = [it for it in sample.folder.rglob("*") if it.suffix in (".html", ".xml", ".json", ".csv", ".txt")]
    found: set[str] = set()
    for file in files:
        text = file.read_text(encoding="utf-8-sig").replace("&amp;", "&").replace("\\/", "/")
        found |= set(re.findall(re.escape(sample.url) + r"/[^\s\"'<>,;،؛)\]}]*", text))
    return found


def test_every_address_in_feeds_and_data_is_answered(sample: BuiltSite) -> None:
    """What machines read names addresses that exist; ids of things in JSON-LD are names, whatever their fragment."""
    addresses = {urldefrag(it).url for it in published_addresses(sample)}
    assert len(addresses) > 150
    assert {it: code for it in addresses if (code := status(it)) != 200} == {}


def test_feed_readers_find_the_section_they_are_sent_to(visits: Visits, sample: BuiltSite) -> None:
    """Fragments of links in feeds and exports are ids of the pages they name."""
    broken = []
    for name in ("atom.xml", "changes.xml", "facts.json", "timeline.json", "entities.json", "sources.json"):
        text = (sample.folder / name).read_text(encoding="utf-8")
        for link in re.findall(rf'(?:href="|"url": ?")({re.escape(sample.url)}[^"]*#[^"]*)', text):
            address, fragment = urldefrag(link)
            if unquote(fragment) not in visits[urlsplit(address).path].ids:
                broken.append(link)
    assert broken == []


def test_data_files_are_what_they_say(sample: BuiltSite) -> None:
    """JSON parses, and every file of the assets is used by a page or by the style sheet."""
    for name in sample.folder.glob("*.json"):
        json.loads(name.read_text(encoding="utf-8"))
    texts = "".join(
        it.read_text(encoding="utf-8") for it in sample.folder.rglob("*") if it.suffix in (".html", ".css")
    )
    assets = [it for it in (sample.folder / "assets").rglob("*") if it.is_file()]
    assert assets
    assert [it.name for it in assets if it.name not in texts] == []


def test_a_moved_page_leads_to_its_new_place(browser: Browser, sample: BuiltSite) -> None:
    """The stub at an old address sends the reader on without a script, to where `_redirects` says."""
    assert sample.stubs
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for old, new in sample.stubs.items():
            page.goto(sample.url + old)
            page.wait_for_url(sample.url + new)


def test_an_arabic_path_is_served_and_leads_on(browser: Browser, specimen: BuiltSite) -> None:
    """An old address in Arabic letters works as typed."""
    assert ARABIC_PATH in {unquote(it) for it in specimen.stubs}
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(specimen.url + ARABIC_PATH)
        page.wait_for_url(f"{specimen.url}/articles/specimen/")


def test_an_unknown_address_shows_the_way_back(browser: Browser, sample: BuiltSite) -> None:
    """Whatever the depth of an unknown address, the page that answers it has its style and its links."""
    with browser.new_context() as context:
        page = context.new_page()
        answer = page.goto(f"{sample.url}/لا/شيء/هنا/")
        assert answer is not None
        assert answer.status == 404
        assert page.evaluate("document.styleSheets.length") == 1
        page.click("main a")
        assert page.url == sample.url + "/"


def test_the_host_sends_the_headers_of_the_site(sample: BuiltSite) -> None:
    """What the other tests lean on: the policy on every page, and lasting copies of hashed files."""
    host = Host()
    with host:
        host.folder = Path(sample.folder)
        policy = host.headers("/articles/")["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "immutable" in host.headers("/assets/css/site.css")["Cache-Control"]
        assert host.find("/_headers")[0] == 404
        assert host.find("/articles")[0] == 301
