"""Who may ask: browsers of this machine on pages of this server, and nobody on behalf of another site."""

from __future__ import annotations

from collections.abc import Collection

from sitegen.shell.preview.http import Answer, Request, plain

OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
READING = ("GET", "HEAD")


def hosts(port: int) -> frozenset[str]:
    """What a Host header may say to a server at `port`."""
    named = {f"{name}:{port}" for name in OWN_NAMES}
    return frozenset(named | set(OWN_NAMES) if port == 80 else named)


def refused(request: Request, allowed: Collection[str]) -> Answer | None:
    """The answer to a request that must not be served; None for one that may.

    The name in Host keeps pages out whose name was made to point here. Sec-Fetch-Site and Origin keep out what pages
    of other sites ask for; a person who follows a link is let in, since no page can read what another tab shows.
    """
    host = request.headers.get("host", "").lower()
    if host not in allowed:
        return plain(403, "This preview answers to localhost only.")
    origin = request.headers.get("origin")
    if origin is not None and origin.lower() != f"http://{host}":
        return plain(403, "This preview does not answer pages of other sites.")
    site = request.headers.get("sec-fetch-site", "none")
    if site not in ("same-origin", "none") and not _follows_a_link(request):
        return plain(403, "This preview does not answer pages of other sites.")
    if request.method not in (*READING, "POST"):
        return plain(405)._replace(headers=(("Allow", "GET, HEAD, POST"),))
    if request.method == "POST" and (origin is None or site != "same-origin"):
        return plain(403, "Only pages of this preview may ask for this.")
    return None


def _follows_a_link(request: Request) -> bool:
    return (
        request.method == "GET"
        and request.headers.get("sec-fetch-mode") == "navigate"
        and request.headers.get("sec-fetch-dest") == "document"
    )
