"""One encoding of plain values, for fingerprints, the store and the workers alike."""

from __future__ import annotations

from typing import Final

import msgspec

try:  # what hashlib has; hashlib itself loads OpenSSL, for functions that nobody here asks for
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

SIZE: Final = 16  # bytes of a fingerprint

_encoder = msgspec.msgpack.Encoder()


def encode(value: object) -> bytes:
    """`value` as msgpack; dictionaries keep their order. Sets have none, so values must not contain any."""
    return _encoder.encode(value)


def fingerprint(encoded: bytes, *, failed: bool = False) -> bytes:
    """The fingerprint of an encoded value, or of the encoded diagnostics of a failure."""
    return blake2b(encoded, digest_size=SIZE, person=b"failed" if failed else b"").digest()


def fingerprint_of(value: object) -> bytes:
    """The fingerprint of a value, such as the bytes of a file or None for a missing one."""
    return fingerprint(encode(value))
