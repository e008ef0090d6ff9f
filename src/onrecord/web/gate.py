"""Who may come in, what may be sent, and what a page may do: the rules, without a web framework.

- A form carries the secret of a cookie that other sites can neither read nor send along (double submit). Nothing of
  it is kept by the server, so that a form which was opened before a restart can be sent after it.
- A team's token comes once in the address or as a bearer and is kept in a cookie as its hash.
- A page may load the style and the scripts of this server, and nothing else.
"""

from __future__ import annotations

import hmac
import re
import secrets
import string
from collections.abc import Mapping, MutableMapping
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

SESSION, ACCESS, LANGUAGE = "onrecord_session", "onrecord_access", "onrecord_ui"
"""The cookies; none of them says who somebody is."""

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Frame-Options": "DENY",
}
"""Sent with every answer."""

_SESSION = re.compile(r"[A-Za-z0-9_-]{43}")
_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")


def policy(style: str = "") -> str:
    """The Content-Security-Policy of a page; `style` is the hash of the one style that stands in the page itself."""
    allowed = f"'self' {style}".rstrip()
    return (
        f"default-src 'none'; style-src {allowed}; script-src 'self'; connect-src 'self'; img-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def session(cookies: Mapping[str, str]) -> tuple[str, bool]:
    """The secret of this browser, and whether it is new."""
    held = cookies.get(SESSION, "")
    return (held, False) if _SESSION.fullmatch(held) else (secrets.token_urlsafe(32), True)


def sent_by_us(posted: str, cookies: Mapping[str, str], origin: str | None, address: str) -> bool:
    """Whether a form was sent from a page of ours: it knows the cookie's secret, and its origin is not another's."""
    held = cookies.get(SESSION, "")
    known = bool(_SESSION.fullmatch(held) and _SESSION.fullmatch(posted)) and hmac.compare_digest(
        posted, held
    )
    if origin is None:  # an old browser; the secret alone decides
        return known
    return known and _netloc(origin) == _netloc(address)


def straighten(scope: MutableMapping[str, Any]) -> None:
    """Take out of a request what no address can hold: a server hands on whatever bytes it was sent.

    >>> scope = {"query_string": b"q=\\xff", "headers": [(b"host", b"[::1"), (b"accept", b"*/*")]}
    >>> straighten(scope); scope
    {'query_string': b'q=%FF', 'headers': [(b'accept', b'*/*')]}
    """
    scope["query_string"] = quote(scope["query_string"], safe=string.printable).encode()
    scope["headers"] = [
        (name, value)
        for name, value in scope["headers"]
        if name != b"host" or _is_host(value.decode("latin-1"))
    ]


def _is_host(value: str) -> bool:
    return _HOST.fullmatch(value) is not None and _netloc(f"//{value}") is not None


def _netloc(address: str) -> str | None:
    """Host and port of an address; None where it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port  # which is read only now, and may be none
        return parts.netloc
    except ValueError:
        return None


def stamp(token: str) -> str:
    """What is kept of a token in a cookie."""
    return sha256(f"onrecord\0{token}".encode()).hexdigest()


def admitted(token: str | None, cookies: Mapping[str, str], authorization: str) -> bool:
    """Whether a request may come in; without a token everybody who reaches the server may."""
    if token is None:
        return True
    held = cookies.get(ACCESS, "")
    bearer = authorization.removeprefix("Bearer ") if authorization.startswith("Bearer ") else ""
    return hmac.compare_digest(held.encode(), stamp(token).encode()) or opens(token, bearer)


def opens(token: str, given: str) -> bool:
    """Whether this is the token; takes the same time wherever they differ."""
    return hmac.compare_digest(stamp(given).encode(), stamp(token).encode())


def our_host(host: str, allowed: tuple[str, ...]) -> bool:
    """Whether the Host of a request is a name of this server; a stranger's name that resolves to us is not.

    >>> our_host("127.0.0.1:8000", ("127.0.0.1",)), our_host("evil.example:8000", ("127.0.0.1",))
    (True, False)
    """
    name = host.rsplit(":", 1)[0] if re.search(r":\d{1,5}$", host) else host
    return not allowed or name.lower() in allowed


def path_of_ours(given: str) -> str:
    """A place to go on to: a path of this server, else its first page.

    >>> path_of_ours("/e/quay?page=2"), path_of_ours("//evil.example"), path_of_ours("https://evil.example")
    ('/e/quay?page=2', '/', '/')
    """
    plain = given.isprintable() and "\\" not in given
    return given if plain and given.startswith("/") and not given.startswith("//") else "/"
