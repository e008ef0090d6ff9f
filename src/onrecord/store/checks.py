"""Seals and packed bytes: what is read from an archive is what was written, or it is not served.

>>> unpack(pack(b"words"), "a test")
b'words'
>>> seal("t7", 3) == seal("t7", 3), seal("t7", 3) == seal("t7", 4)
(True, False)
"""

from __future__ import annotations

import hashlib
import zlib

import msgspec

from onrecord.errors import BadData
from onrecord.store.protocol import Value

_LEVEL = 6
_MOST = 1 << 31
"""Bytes that packed bytes may become: far above any record, far below what a damaged length could ask for."""


def sha256(data: bytes) -> str:
    """The hash of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def seal(*values: Value) -> int:
    """63 bits over the values of a row, in their order."""
    digest = hashlib.blake2b(msgspec.msgpack.encode(values), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


def pack(data: bytes) -> bytes:
    """Bytes, compressed."""
    return zlib.compress(data, _LEVEL)


def unpack(data: bytes, what: str) -> bytes:
    """The bytes that were packed; `BadData` says of `what` that it is damaged."""
    try:
        reader = zlib.decompressobj()
        whole = reader.decompress(data, _MOST)
        if not reader.eof or reader.unused_data:
            raise zlib.error("bytes are missing")
    except zlib.error as error:
        raise damaged(what) from error
    return whole


def damaged(what: str) -> BadData:
    """The refusal to serve what is not as it was stored."""
    return BadData(f"{what}: not what was stored; onrecord verify says where the archive is damaged")
