"""What must hold before anything leaves this machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.errors import Diagnostic
from sitegen.messages import MESSAGES, hint, sentence
from sitegen.shell import manifest
from sitegen.shell.deploy.preflight import check, file_of, references, unread
from sitegen.shell.deploy.target import Limits, Redacted, refusal
from sitegen.shell.files import theme_folder
from sitegen.shell.manifest import Entry
from sitegen.shell.preview import tabbed

# Made of parts, so that nothing here looks like a key to those who look for keys.
KEYS = (
    "AKIA" + "A1B2" * 4,
    "ghp_" + "a1B2" * 9,
    "github_pat_" + "a1B2" * 10,
    "glpat-" + "a1B2" * 5,
    "nfp_" + "a1B2" * 9,
    "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
    "-----BEGIN " + "PRIVATE KEY-----",
    "sk_live_" + "a1B2" * 6,
    "xoxb-" + "1234-" * 5,
)


class Memory:
    """A site in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.entries: Mapping[str, Entry] = {
            path: manifest.seal(data, "asset" if path.startswith("assets/") else "page")
            for path, data in files.items()
        }

    def read(self, path: str) -> bytes:
        return self.files[path]


def found(
    files: Mapping[str, bytes],
    base: str = "https://example.org",
    limits: Limits = Limits(),  # noqa: B008 # a constant
    environment: Mapping[str, str] = {},  # never changed
) -> list[Diagnostic]:
    return list(check(Memory(files), base, lambda data: str(len(data)), limits, environment).problems)


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("/a/", "a/index.html"),
        ("/", "index.html"),
        ("https://example.org/a/?q#part", "a/index.html"),
        ("../assets/x.css", "assets/x.css"),
        ("./", "p/index.html"),
        ("%D8%B5/", "p/ص/index.html"),
        ("/feed.xml", "feed.xml"),
        ("#part", None),
        ("?q", None),
        ("mailto:a@example.org", None),
        ("https://elsewhere.org/a/", None),
        ("//elsewhere.org/a/", None),
        ("", None),
    ],
)
def test_an_address_names_a_file(url: str, file: str | None) -> None:
    """Absolute, relative, encoded and with the site's own address; none for what is elsewhere."""
    assert file_of(url, "p/index.html", "https://example.org", "") == file


def test_addresses_below_a_path_leave_the_path_out() -> None:
    """Where the site lives in a folder of its host, addresses outside it are not of the site."""
    assert file_of("/docs/a/", "index.html", "https://example.org", "/docs") == "a/index.html"
    assert file_of("/other/", "index.html", "https://example.org", "/docs") is None


def test_all_kinds_of_references_are_seen() -> None:
    """Links, pictures in several sizes, posters, refreshes, and what style sheets name; quoted text is no reference."""
    html = (
        b"""<a href="/a/">x</a> <img src='/b.png' srcset="/c.png 1x, /d.png 2x"><video poster="/e.png"></video>"""
        b"""<meta http-equiv="refresh" content="0; url=/f/"><code>&lt;a href=&quot;/no/&quot;&gt;</code>"""
    )
    assert set(references("x.html", html)) == {"/a/", "/b.png", "/c.png", "/d.png", "/e.png", "/f/"}
    css = b"""@font-face { src: url("../f.woff2") } a { background: url(g.svg) }"""
    assert set(references("assets/x.css", css)) == {"../f.woff2", "g.svg"}


def test_a_reference_that_leads_nowhere_is_an_error() -> None:
    """It is named with its page, once; everything else resolves."""
    files = {
        "index.html": b'<a href="/a/"></a><a href="/gone/"></a><a href="/gone/"></a><link href="/assets/x.css">',
        "a/index.html": b'<a href="../"></a>',
        "assets/x.css": b"url(y.woff2)",
    }
    assert [(it.code, it.at.path, dict(it.args)["url"]) for it in found(files)] == [
        ("U203", "index.html", "/gone/"),
        ("U203", "assets/x.css", "y.woff2"),
    ]


@pytest.mark.parametrize("key", KEYS)
def test_keys_of_services_do_not_leave(key: str) -> None:
    """The finding names the file and shows no more of the key than its first letters."""
    (problem,) = found({"a.html": f"<p>{key}</p>".encode()})
    assert problem.code == "U205"
    assert key not in str(problem)
    assert found({"a.html": b"<p>AKIA is how they begin; ghp_ too</p>"}) == []


def test_secrets_of_the_environment_do_not_leave() -> None:
    """What a variable with a telling name holds may stand in no file, unless it is a word, an address or a path."""
    environment = {"MY_API_TOKEN": "tr0ub4dor&3-and-more", "HOME": "/srv/someone/else"}
    assert [
        it.code for it in found({"a.json": b'{"x":"tr0ub4dor&3-and-more"}'}, environment=environment)
    ] == ["U205"]
    harmless = {
        "X_TOKEN": "production",
        "TOKEN_URL": "https://example.org/token",
        "TOKEN_FILE": "/run/secrets/x",
    }
    text = f"{' '.join(harmless.values())} {environment['HOME']}".encode()
    assert found({"a.json": text}, environment=environment | harmless) == []


def test_drafts_and_previews_do_not_leave() -> None:
    """A page with the ribbon of the theme, or with what the preview server puts into pages, is refused."""
    ribbon = re.search(r'<p class="ribbon"[^{]*', Path(theme_folder(), "base.html").read_text("utf-8"))
    assert ribbon
    preview = tabbed.page(b"<head></head>", "1")
    files = {"a.html": ribbon[0].encode(), "b.html": preview, "c.html": b"<p class=ribbons>/.sitegen/</p>"}
    assert [(it.code, it.at.path) for it in found(files)] == [
        ("U204", "a.html"),
        ("U203", "b.html"),  # whose script is no file of the site
        ("U204", "b.html"),
    ]


def test_what_a_host_does_not_take_is_said_before() -> None:
    """Too many files, too large a file, too large a site."""
    limits = Limits("Host", files=1, file_size=1 << 20, total_size=2 << 20)
    files = {"a.png": b"x" * (3 << 20), "b.png": b""}
    assert [(it.code, dict(it.args)["what"]) for it in found(files, limits=limits)] == [
        ("U206", "2 files"),
        ("U206", "3 MiB"),
        ("U206", "a file of 3 MiB"),
    ]


def test_rules_that_a_host_does_not_read_are_named() -> None:
    """`_headers` where nobody obeys it."""
    site = Memory({"_headers": b"", "_redirects": b""})
    assert [it.code for it in unread(site, Limits("Host", reads=("_redirects",)))] == ["U401"]
    assert list(unread(site, Limits())) == []


@pytest.mark.parametrize(
    "text",
    [
        "https://me:hunter2hunter2@example.org/x.git",
        "Authorization: Bearer hunter2hunter2",
        "sent basic hunter2hunter2",
        "the token is hunter2hunter2.",
        "key " + "AKIA" + "A1B2" * 4,
    ],
)
def test_messages_show_no_secret(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither addresses with passwords, nor headers, nor values of the environment, nor keys of known forms."""
    monkeypatch.setenv("SOME_TOKEN", "hunter2hunter2")
    (problem,) = refusal("U303", text, text).diagnostics
    for words in (sentence(problem), hint(problem), str(problem)):
        assert "hunter2" not in words
        assert "A1B2" not in words
    assert "***" in sentence(problem)


@pytest.mark.parametrize("name", ["GITHUB_PAT", "DB_PASS", "SSH_KEY", "DEPLOY_KEY_LIVE", "NPM_TOKEN"])
def test_values_of_variables_with_telling_names_are_hidden(name: str) -> None:
    """Whatever a team calls its secrets."""
    assert Redacted({name: "hunter2hunter2"})("it was hunter2hunter2") == "it was ***"


def test_short_and_plain_values_are_left_in_words() -> None:
    """A secret of three letters would stand in any text by chance."""
    assert Redacted({"X_TOKEN": "abc", "HOME": "/srv/me"})("abc at /srv/me") == "abc at /srv/me"


def test_every_finding_of_a_deployment_has_its_family() -> None:
    """U1 is the configuration, U2 and U3 keep the site from leaving or from arriving."""
    grades = {code[:2]: it.severity for code, it in MESSAGES.items() if code[0] == "U"}
    assert grades == {"U1": "error", "U2": "error", "U3": "error", "U4": "info"}
