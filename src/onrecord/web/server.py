"""The one door to Starlette and uvicorn: requests become an `Ask`, answers become bytes with their headers."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import AsyncGenerator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from onrecord.batch import say
from onrecord.errors import BadData, CannotWrite, MissingExtra, NoInput, OnrecordError, UsageError
from onrecord.export import visible
from onrecord.export.typesetting import digest
from onrecord.web import gate, routes, statics
from onrecord.web.exchange import Answer, Ask, File, Form, Page, Problem, Redirect, Upload, link
from onrecord.web.forms import MEDIA, written
from onrecord.web.listening import listening
from onrecord.web.shelf import Shelf
from onrecord.web.words import preferred, reader_words

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

MIB = 1024 * 1024
MAX_BODY = 20 * MIB
"""Of one form with its files; a day of a parliament is about 1 MiB."""
MAX_FILES = 100
"""Of one form: a folder that is dropped on the page."""
_DRAINED = 200 * MIB  # of a form that is too large, so that its sender hears why and not that the line broke
_KEPT_OPEN = (
    75  # seconds; longer than proxies keep theirs, or one asks while we hang up and tells its reader 502
)
_NAMES = 4000  # characters of a list of names that a browser has: what follows is sent again
_THREADS = 4  # more would only wait for each other: pages are made by the processor, not by waiting
_LISTS = frozenset({"/events", "/open", "/speaker"})
"""Pages without a form: they show what the archive holds, to everybody alike, and are set once until it changes."""
_LOG = logging.getLogger("onrecord.web")
_SUFFIXES: dict[str, Form] = {".json": "json", ".md": "md", ".xml": "xml"}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Settings(NamedTuple):
    """How an archive is served."""

    token: str | None
    readonly: bool
    fetching: bool
    hosts: tuple[str, ...]


def application(
    archive: str | os.PathLike[str],
    *,
    token: str | None = None,
    readonly: bool = False,
    fetching: bool = True,
    hosts: tuple[str, ...] = (),
) -> ASGIApp:
    """The reader of one archive as an ASGI application.

    `archive` is a path or an address of PostgreSQL; it is made where there is none, unless `readonly`. With a `token`
    nobody comes in without it. `fetching` allows readers to name an address that this server then reads. `hosts` are
    the names under which it may be called; none given: any, for a server behind a proxy.
    """
    try:
        import python_multipart  # noqa: F401  Starlette needs it for forms, and says so only when one comes
        from starlette.applications import Starlette
        from starlette.responses import Response
        from starlette.routing import Route
    except ImportError as missing:
        raise MissingExtra(
            "an archive in a browser", "web", str(missing.name or "starlette").partition(".")[0]
        ) from missing

    shelf = Shelf(os.fspath(archive), readonly=readonly)
    shelf.archive.count()  # what is no archive is refused now, not when the first reader comes
    house = _House(shelf, Settings(token, readonly, fetching, tuple(host.lower() for host in hosts)))

    async def answer(request: Request) -> Response:
        gate.straighten(request.scope)
        sent = await house.answer(request)
        response = Response(sent.body, sent.status, sent.headers)
        for cookie in sent.cookies:
            response.headers.append("Set-Cookie", cookie)
        return response

    methods = ["GET", "HEAD", "POST"]
    return Starlette(routes=[Route("/{path:path}", answer, methods=methods)])


def serve(
    archive: str | os.PathLike[str],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    token: str | None = None,
    readonly: bool = False,
    open_browser: bool = False,
    hosts: tuple[str, ...] = (),
) -> None:
    """Serve an archive until it is interrupted; on the loopback address alone unless another is asked for.

    On the loopback address it answers to the names of that address and to `hosts`, those that a proxy calls it by.
    `UsageError` for another address without a token, unless the archive is `readonly`: who reaches it may write.
    """
    local = host in ("127.0.0.1", "localhost", "::1")
    if not local and token is None and not readonly:
        raise UsageError(
            f"{host} can be reached by others: give --token, or --readonly to let everybody read and nobody write"
        )
    served = application(
        archive,
        token=token,
        readonly=readonly,
        fetching=local or token is not None,
        hosts=(*LOOPBACK, *hosts) if local else hosts,
    )
    import uvicorn

    plug = listening(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{plug.getsockname()[1]}"
    say(f"the archive is at {address}; Ctrl+C ends it")
    if open_browser:
        import threading
        import webbrowser

        threading.Timer(0.8, webbrowser.open, [link(f"{address}/", token=token or "")]).start()
    config = uvicorn.Config(served, log_level="warning", server_header=False, timeout_keep_alive=_KEPT_OPEN)
    uvicorn.Server(config).run(sockets=[plug])


class Sent(NamedTuple):
    """An answer as it goes out."""

    status: int
    body: bytes
    headers: dict[str, str]
    cookies: tuple[str, ...] = ()


class _House:
    """One served archive."""

    def __init__(self, shelf: Shelf, settings: Settings) -> None:
        self.shelf = shelf
        self.settings = settings
        self.threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="onrecord")

    async def answer(self, request: Request) -> Sent:
        """What a request is answered; whatever happens, it is a page and never a trace."""
        path = request.url.path
        if (found := statics.find(path)) is not None:
            headers = {"Content-Type": found.media_type, "Cache-Control": statics.CACHE}
            return Sent(200, found.data, gate.HEADERS | headers)
        session, fresh = gate.session(request.cookies)
        ask = self._ask(request, session)
        cookies = [_cookie(gate.SESSION, session, request)] if fresh else []
        if request.query_params.get("ui") == ask.said.language:
            cookies.append(_cookie(gate.LANGUAGE, ask.said.language, request))
        try:
            self._check(request, ask)
            if (entered := self._enter(request, ask)) is not None:
                return entered
            if request.method == "POST":
                ask = await self._posted(request, ask)
                self._check_form(request, ask)
            loop = asyncio.get_running_loop()
            sent = await loop.run_in_executor(self.threads, self._made, ask)
        except OnrecordError as error:
            sent = self._failed(ask, error)
        return _unchanged(request, sent)._replace(cookies=tuple(cookies))

    def _ask(self, request: Request, session: str) -> Ask:
        path, form = request.url.path, "html"
        for suffix, name in _SUFFIXES.items():
            if path.endswith(suffix):
                path, form = path.removesuffix(suffix), name
        path = "/" if path == "/index" else path  # what the first page is called where a name is needed
        query = {name: value for name, value in request.query_params.items() if name not in ("ui", "token")}
        chosen = request.query_params.get("ui") or request.cookies.get(gate.LANGUAGE)
        language = preferred(chosen, request.headers.get("Accept-Language", ""))
        return Ask(
            method="GET" if request.method == "HEAD" else request.method,
            path=path,
            form=form,  # type: ignore[arg-type]  # one of the suffixes
            query=query,
            posted={},
            uploads=(),
            said=reader_words(language),
            csrf=session,
            address=f"{request.url.scheme}://{request.url.netloc}",
            now=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        )

    def _check(self, request: Request, ask: Ask) -> None:
        if not gate.our_host(request.headers.get("Host", ""), self.settings.hosts):
            raise Problem(421, "wrong_host")

    def _enter(self, request: Request, ask: Ask) -> Sent | None:
        """The answer to somebody at the door with a token; None for those who are in."""
        token = self.settings.token
        given = request.query_params.get("token")
        if token is not None and given is not None and gate.opens(token, given):
            entered = _cookie(gate.ACCESS, gate.stamp(token), request)
            return _redirected(Redirect(ask.here))._replace(cookies=(entered,))
        if not gate.admitted(token, request.cookies, request.headers.get("Authorization", "")):
            raise Problem(401, "wrong_token" if given is not None else "no_token")
        return None

    async def _posted(self, request: Request, ask: Ask) -> Ask:
        """The request with the fields and the files of its form."""
        if self.settings.readonly:
            raise Problem(403, "readonly")
        fields, uploads = await _form(request)
        return ask._replace(posted=fields, uploads=uploads)

    def _check_form(self, request: Request, ask: Ask) -> None:
        """A form counts if it was sent from a page of ours; else what was typed is given back with a new one."""
        origin = request.headers.get("Origin")
        if not gate.sent_by_us(ask.posted.get("csrf", ""), request.cookies, origin, ask.address):
            raise Problem(403, "not_ours")

    def _made(self, ask: Ask) -> Sent:
        """The answer of a page, or what went wrong; runs in a thread that has an archive of its own."""
        try:
            if ask.method == "GET" and ask.path in _LISTS:
                key = (ask.path, ask.form, tuple(sorted(ask.query.items())), ask.said.language)
                return self.shelf.lasting(key, lambda: self._answered(ask), lambda sent: len(sent.body))
            return self._answered(ask)
        except OnrecordError as error:
            return self._failed(ask, error)
        except Exception:
            _LOG.exception("%s %s", ask.method, ask.path)
            return self._failed(ask, Problem(500, "fault"))

    def _answered(self, ask: Ask) -> Sent:
        return self._sent(routes.answer(self.shelf, self.settings.fetching, ask), ask)

    def _sent(self, made: Answer, ask: Ask) -> Sent:
        if isinstance(made, Redirect):
            return _redirected(made, ask.form if ask.method == "GET" else "html")
        headers = {
            **gate.HEADERS,
            "Cache-Control": "no-store" if ask.method == "POST" else "private, no-cache",
        }
        if isinstance(made, File):
            headers |= {
                "Content-Type": made.media_type,
                "Content-Security-Policy": "default-src 'none'; sandbox",
            }
            if made.name is not None:
                headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name, safe='')}"
            return Sent(200, made.data, headers)
        body, media_type = written(made, ask)
        headers["Content-Type"] = media_type
        headers["Content-Language"] = ask.said.language
        headers["Vary"] = "Accept-Language, Cookie"
        headers["Content-Security-Policy"] = gate.policy(digest(made.style) if made.style else "")
        return Sent(made.status, body, headers)

    def _failed(self, ask: Ask, error: OnrecordError) -> Sent:
        """What went wrong, in one sentence, without a word about this machine."""
        status, says = _told(error, ask, self.shelf.address)
        page = Page(
            "problem.html",
            ask.said("web.problem.title"),
            {"says": says, "status": status, "readonly": self.settings.readonly, "door": status == 401},
            {"error": says, "status": status},
            status,
        )
        return self._sent(page, ask)


def _told(error: OnrecordError, ask: Ask, address: str) -> tuple[int, str]:
    if isinstance(error, Problem):
        return error.status, ask.said(f"web.problem.{error.key}", **error.values)
    statuses = ((NoInput, 404), (UsageError, 400), (BadData, 422), (CannotWrite, 503))
    status = next((code for kind, code in statuses if isinstance(error, kind)), 500)
    says = str(error)
    for private in (address, visible.path(address)):
        says = says.replace(f"{private}: ", "").replace(private, ask.said("web.archive"))
    return status, visible.line(says)


def _unchanged(request: Request, sent: Sent) -> Sent:
    """The answer with the name of its bytes; no bytes for who has them already, as a browser that goes back has."""
    if request.method == "POST" or sent.status != 200 or "no-store" in sent.headers.get("Cache-Control", ""):
        return sent
    name = f'"{hashlib.blake2b(sent.body, digest_size=16).hexdigest()}"'
    sent = sent._replace(headers={**sent.headers, "ETag": name})
    known = request.headers.get("If-None-Match", "")[:_NAMES].split(",")
    held = name in (one.strip().removeprefix("W/") for one in known)
    return sent._replace(status=304, body=b"") if held else sent


def _redirected(made: Redirect, form: Form = "html") -> Sent:
    """Go on to a path of ours; who asked for a form of data is sent to that form of the next page."""
    path, mark, rest = gate.path_of_ours(made.to).partition("?")
    suffix = "" if form == "html" else f".{form}"
    # Only characters that a header can hold; what the path holds already is left as it is.
    place = quote(f"{path}{suffix}{mark}{rest}", safe="/?&=%+#:-._~,;@!$'()*")
    return Sent(303, b"", gate.HEADERS | {"Location": place, "Cache-Control": "no-store"})


def _cookie(name: str, value: str, request: Request) -> str:
    jar: SimpleCookie = SimpleCookie({name: value})
    held = jar[name]
    held["path"], held["httponly"], held["samesite"] = "/", True, "Lax" if name == gate.ACCESS else "Strict"
    held["max-age"] = 180 * 24 * 3600
    if request.url.scheme == "https":
        held["secure"] = True
    return held.OutputString()


# --------------------------------------------------------------------------------------------------------- forms


async def _form(request: Request) -> tuple[Mapping[str, str], tuple[Upload, ...]]:
    """The fields and the files of a form; `Problem` where it is too large or none."""
    from starlette.datastructures import UploadFile
    from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

    body = await _body(request)

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            found = await MultiPartParser(
                request.headers,
                stream(),
                max_files=MAX_FILES,
                max_fields=60,
                max_part_size=MAX_BODY,
            ).parse()
        elif kind == "application/x-www-form-urlencoded":
            found = await FormParser(
                request.headers,
                stream(),
                max_fields=60,
                max_part_size=MAX_BODY,
            ).parse()
        else:
            raise Problem(415, "no_form")
    except (MultiPartException, UnicodeDecodeError, KeyError, ValueError) as error:
        if body.count(b"; filename=") > MAX_FILES:
            raise Problem(413, "too_many", most=MAX_FILES) from error
        raise Problem(400, "broken_form") from error
    fields: dict[str, str] = {}
    uploads: list[Upload] = []
    for name, value in found.multi_items():
        if isinstance(value, UploadFile):
            data = await value.read()
            if value.filename and data:
                uploads.append(Upload(value.filename, data, value.content_type))
        else:
            fields[name] = value
    await found.close()
    return fields, tuple(uploads)


async def _body(request: Request) -> bytes:
    from starlette.requests import ClientDisconnect

    pieces: list[bytes] = []
    size = 0
    if (
        float(request.headers.get("Content-Length", 0)) > _DRAINED
    ):  # not waited for; the server took only digits
        raise Problem(413, "too_large", most=MAX_BODY // MIB)
    try:
        async for piece in request.stream():
            size += len(piece)
            if size <= MAX_BODY:
                pieces.append(piece)
            elif size > _DRAINED:
                break
            else:
                pieces.clear()
    except ClientDisconnect:
        raise Problem(400, "broken_form") from None  # nobody is there to be answered; the log needs no trace
    if size > MAX_BODY:
        raise Problem(413, "too_large", most=MAX_BODY // MIB)
    return b"".join(pieces)


__all__ = ["MAX_BODY", "MEDIA", "application", "serve"]
