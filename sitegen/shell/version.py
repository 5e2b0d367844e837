"""Which program this is, for the store: what another program has worked out is not to be believed."""

from __future__ import annotations

import os
import sys

import sitegen
from sitegen.engine.fingerprint import fingerprint

_SHAPING = (
    "babel",
    "jinja2",
    "markdown_it_py",
    "markupsafe",
    "msgspec",
    "pyyaml",
)  # decide on bytes of pages


def namespace() -> str:
    """The versions of sitegen, of its sources, of Python and of the libraries that shape the output.

    The sources count by content, because a checkout changes without its version. The libraries count by the names of
    their metadata folders: importing the machinery that reads those would cost more than a build with no change.
    """
    python = ".".join(map(str, sys.version_info[:3]))
    libraries = ",".join(_libraries())
    return f"sitegen {sitegen.__version__} {_sources()} python {python} {libraries}"


def _sources() -> str:
    parts: list[bytes] = []
    package = os.path.dirname(os.path.abspath(sitegen.__file__))
    for folder, inner, names in os.walk(package):
        inner[:] = sorted(name for name in inner if name not in ("__pycache__", "theme", "starter"))
        for name in sorted(names):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), "rb", buffering=0) as file:
                    parts += name.encode(), file.readall()
    return fingerprint(b"\0".join(parts)).hex()


def _libraries() -> list[str]:
    """Names such as "jinja2-3.1.6", in order, the ones found first on the path."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                library, _, version = name.rpartition(".")[0].partition("-")
                key = library.lower().replace("-", "_").replace(".", "_")
                if key in _SHAPING:
                    found.setdefault(key, version)
    return [f"{library}-{version}" for library, version in sorted(found.items())]
