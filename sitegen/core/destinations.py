"""Where a site is deployed: the targets under `deploy` in `content/site.yaml`, one struct for each kind."""

from __future__ import annotations

import re
from typing import Any, Final, TypeAlias

from msgspec import Struct
from msgspec.structs import asdict

from sitegen.core.binding import SHORTHANDS, check_required, fields_of, read_fields
from sitegen.core.frontmatter import Node, Pairs, Scalar
from sitegen.core.reading import BAD, Bad, Reading, join, wrong_shape
from sitegen.core.scalars import check_form, choice_reader
from sitegen.core.words import SLUG, Branch, Bucket, Host, Place, Port, Prefix, Remote, WebUrl, Word


class FolderTarget(Struct, frozen=True, kw_only=True, tag_field="to", tag="folder"):
    """A folder of this machine, or one that is mounted."""

    path: Place
    precompress: bool = False


class GitTarget(Struct, frozen=True, kw_only=True, tag_field="to", tag="git"):
    """A branch that GitHub, GitLab, Codeberg or another forge serves as pages."""

    remote: Remote = "origin"
    branch: Branch = "gh-pages"


class S3Target(Struct, frozen=True, kw_only=True, tag_field="to", tag="s3"):
    """A bucket of S3 or of storage that speaks its language."""

    bucket: Bucket
    prefix: Prefix = ""
    endpoint: WebUrl = ""
    region: Word = ""
    profile: Word = ""


class SshTarget(Struct, frozen=True, kw_only=True, tag_field="to", tag="ssh"):
    """A server that is reached with ssh and rsync."""

    host: Host
    path: Place
    port: Port = ""
    precompress: bool = False


class NetlifyTarget(Struct, frozen=True, kw_only=True, tag_field="to", tag="netlify"):
    """A site of Netlify."""

    site: Word


class CloudflareTarget(Struct, frozen=True, kw_only=True, tag_field="to", tag="cloudflare"):
    """A project of Cloudflare Pages."""

    project: Word
    branch: Branch = "main"


Destination: TypeAlias = FolderTarget | GitTarget | S3Target | SshTarget | NetlifyTarget | CloudflareTarget

KINDS: Final[dict[str, type[Struct]]] = {
    "folder": FolderTarget,
    "git": GitTarget,
    "s3": S3Target,
    "ssh": SshTarget,
    "netlify": NetlifyTarget,
    "cloudflare": CloudflareTarget,
}

_SECRET_KEY: Final = re.compile(
    r"token|secret|passw|credential|access_?key|api_?key|private_?key", re.IGNORECASE
)
# A password in an address; to a web server the name alone is one, too.
_USER_INFO: Final = re.compile(r"^(?:[a-z+]+://[^/@\s]*:[^/@\s]*|https?://[^/@\s]+)@", re.IGNORECASE)
# Keys of services by the form their makers gave them, so that they can be found anywhere.
SECRETS: Final = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{36,}|\bgithub_pat_[A-Za-z0-9_]{36,}"
    r"|\bglpat-[A-Za-z0-9_-]{20,}"
    r"|\bnfp_[A-Za-z0-9]{36,}"
    r"|\bxox[abprs]-[A-Za-z0-9-]{20,}"
    r"|\bsk_live_[A-Za-z0-9]{20,}"
    r"|\bAIza[A-Za-z0-9_-]{35}\b"
)

# One of these is in every one of them; looking for them is a hundred times faster than for the forms.
SECRET_MARKS: Final = (
    "PRIVATE KEY", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "nfp_",
    "xoxa-", "xoxb-", "xoxp-", "xoxr-", "xoxs-", "sk_live_", "AIza",
)  # fmt: skip


def read_destination(reading: Reading, node: Node, path: str) -> Any:
    """A target: `to` says of which kind, and that which other keys it has. U101 for a credential in it."""
    if not isinstance(node, Pairs):
        return wrong_shape(reading, node, "mapping")
    if _credentials(reading, node):
        return BAD
    kind = node.get("to")
    if kind is None:
        return reading.report("S103", node.at, key="to")
    name = choice_reader(tuple(KINDS))(reading, kind, join(path, "to"))
    if isinstance(name, Bad):
        return BAD
    cls = KINDS[name]
    fields = fields_of(cls)
    values = read_fields(reading, node, fields, path, also=("to",))
    check_required(reading, node, fields, values)
    if any(it.required and values.get(it.name, BAD) is BAD for it in fields.values()):
        return BAD
    return cls(**values)


def read_destinations(reading: Reading, node: Node, path: str) -> Any:
    """Targets by name; a name is an id."""
    if not isinstance(node, Pairs):
        return wrong_shape(reading, node, "mapping")
    found: dict[str, Any] = {}
    for key, value in node.pairs:
        wrong = check_form(key.text, SLUG)
        target = (
            reading.refuse(wrong, key.at) if wrong else read_destination(reading, value, join(path, key.text))
        )
        if target is not BAD:
            found[key.text] = target
    return found


def _credentials(reading: Reading, node: Pairs) -> bool:
    """Whether keys or values look like what nobody but their owner may read."""
    found = False
    for key, value in node.pairs:
        text = value.text if isinstance(value, Scalar) else ""
        if _SECRET_KEY.search(key.text) or _USER_INFO.search(text) or SECRETS.search(text):
            # The line itself would show the secret, so the finding points at the key and quotes nothing.
            reading.report_quietly("U101", key.at, key=key.text)
            found = True
    return found


def described(target: Destination) -> str:
    """The target in one line, for people."""
    values = {key: value for key, value in asdict(target).items() if value}
    return f"{target.__struct_config__.tag} ({', '.join(f'{key} {value}' for key, value in values.items())})"


SHORTHANDS[Destination] = read_destination
SHORTHANDS[dict[str, Destination]] = read_destinations
