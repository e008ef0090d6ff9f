"""What strangers may send: texts that would run, forms from elsewhere, names of inner hosts, things too large."""

from __future__ import annotations

import asyncio
import re
import socket
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import House
from reading_room import SHORT, Reader, said

from onrecord.sources import address
from onrecord.sources.address import Retrieved
from onrecord.web import gate, server

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</textarea><script>alert(1)</script>",
    "</title></style><script>alert(1)</script>",
    "javascript:alert(1)",
    "\u202eevil\u2066",
    "]]><x/>",
]


class Dangers(HTMLParser):
    """Everything of a page that would run, load or lead elsewhere; text that would reorder what stands around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.found += [
            f"{tag} {name}" for name in given if name.startswith("on") or name in ("style", "autofocus")
        ]
        if tag in ("img", "iframe", "x", "object", "base") or (
            tag == "script" and "/static/" not in given.get("src", "")
        ):
            self.found.append(tag)
        places = [given[name] for name in ("href", "src", "action") if name in given]
        self.found += [place for place in places if not re.match(r"/(?!/)|#|$", place)]

    def handle_data(self, data: str) -> None:
        if self.get_starttag_text() not in ("", None) and "<textarea" not in (self.get_starttag_text() or ""):
            self.found += [f"text {data!r}"] if "\u202e" in data else []


def harmless(html: str) -> None:
    assert Dangers(html).found == []


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_of_a_text_runs_on_any_page(text: str, reader: Reader) -> None:
    path = reader.give(
        f"{text}\n\nIlse Marrow {text}: We agreed on {text} for 12 crowns.\n\nTomas Arkell: No. {text}\n"
    )
    event = path.partition("/v/")[0]
    reader.fill_in("/alerts", {"name": text.replace("\u202e", ""), "q": "crowns"}, page="/search?q=crowns")
    places = ["/", "/events", event, path, f"{path}/t1", f"{path}/about", f"{path}/ledger", f"{path}/correct/t1",
              "/speaker", "/open", "/alerts", "/search?q=crowns"]  # fmt: skip
    for place in places:
        harmless(reader.get(place).text)
    for name in ("/search?q", "/search?speaker", "/check?quote", "/speaker?name", "/compare?a"):
        answer = reader.get(name.partition("?")[0], params={name.partition("?")[2]: text, "b": text})
        harmless(answer.text)
        assert "49" not in said(answer.text)


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_of_an_error_runs(text: str, reader: Reader) -> None:
    harmless(reader.get("/" + text.replace("?", "").replace("#", "")).text)
    answer = reader.fill_in("/read", {"text": text, "address": "https://example.org", "date": text})
    assert answer.status_code == 400
    harmless(answer.text)


def test_a_policy_stands_over_every_page(house: House) -> None:
    for path in ("/", house.article, "/nope", "/static/reader.js"):
        answer = house.reader.get(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if not path.startswith("/static"):
            policy = answer.headers["Content-Security-Policy"]
            assert (
                "default-src 'none'" in policy and "unsafe" not in policy and "script-src 'self';" in policy
            )
    style = re.search(r"<style>(.*?)</style>", house.reader.get(house.article).text, re.DOTALL)
    assert style
    from onrecord.export.typesetting import digest

    assert digest(style[1]) in house.reader.get(house.article).headers["Content-Security-Policy"]


def test_a_source_is_saved_and_never_shown(house: House) -> None:
    answer = house.reader.get(f"{house.article}/source")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


# ------------------------------------------------------------------------------------------------------- forms


def test_a_form_from_elsewhere_is_refused_and_loses_nothing(reader: Reader) -> None:
    for fields in ({"text": SHORT}, {"text": SHORT, "csrf": "x"}, {"text": SHORT, "csrf": "A" * 43}):
        reader.get("/")
        answer = reader.post("/read", data=fields)
        assert answer.status_code == 403
        assert "Ilse Marrow" in answer.text, "what was typed is given back"
    reader.cookies.clear()
    assert reader.post("/read", data={"text": SHORT, "csrf": ""}).status_code == 403


def test_another_origin_is_refused(reader: Reader) -> None:
    token = reader.token()
    answer = reader.post(
        "/read", data={"csrf": token, "text": SHORT}, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    own = reader.post("/read", data={"csrf": token, "text": SHORT}, headers={"Origin": "http://testserver"})
    assert own.status_code == 303


def test_a_form_outlives_a_restart(tmp_path: Path) -> None:
    before = Reader(tmp_path / "a.onrecord")
    token = before.token()
    after = Reader(tmp_path / "a.onrecord")
    after.cookies = before.cookies
    assert after.post("/read", data={"csrf": token, "text": SHORT}).status_code == 303


@pytest.mark.parametrize("given", ["//evil.example", "https://evil.example", "/\\evil.example", "\tx", ""])
def test_no_page_sends_elsewhere(given: str) -> None:
    assert gate.path_of_ours(given) == "/"


def test_cookies_are_kept_from_scripts_and_other_sites(reader: Reader) -> None:
    cookie = reader.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


# ------------------------------------------------------------------------------------------------------ doors


def test_a_team_needs_its_token(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "a.onrecord", token="pier 12")
    assert reader.get("/").status_code == 401
    assert reader.get("/?token=wrong").status_code == 401
    assert reader.get("/events.json", headers={"Authorization": "Bearer pier 12"}).status_code == 200
    entered = reader.get("/search?q=pier&token=pier+12")
    assert entered.status_code == 303 and entered.headers["Location"] == "/search?q=pier"
    assert "pier 12" not in entered.headers["Set-Cookie"], "a cookie holds the hash only"
    assert reader.get("/").status_code == 200


def test_readonly_is_only_read(house: House) -> None:
    reader = Reader(house.path, readonly=True)
    assert 'action="/read"' not in reader.get("/").text
    assert reader.get(house.article).status_code == 200
    assert 'class="mend"' not in reader.get(house.article).text
    assert reader.post("/read", data={"text": SHORT}).status_code == 403
    assert reader.get(f"{house.article}/correct/t1").status_code == 403


def test_a_name_that_resolves_to_us_is_not_ours(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "a.onrecord", hosts=("127.0.0.1",))
    assert reader.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert reader.get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_others_may_not_write_without_a_token(tmp_path: Path) -> None:
    with pytest.raises(server.UsageError, match="--token"):
        server.serve(tmp_path / "a.onrecord", host="0.0.0.0")


def test_a_port_that_is_taken_says_so(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(server.UsageError, match="choose another with --port"):
            server.serve(tmp_path / "a.onrecord", port=taken.getsockname()[1])


@pytest.mark.parametrize("host", ["nosuch.invalid", "192.0.2.1", "a..b"])
def test_an_address_that_is_not_ours_says_so(host: str, tmp_path: Path) -> None:
    with pytest.raises(server.UsageError, match="choose another with --host"):
        server.serve(tmp_path / "a.onrecord", host=host, token="let me in")


PATHS = [
    "/e/../../etc/passwd", "/static/../server.py", "/static/%2e%2e/server.py", "/e/x/v/y", "/e/" + "a" * 500,
    "/e/quay/v/aaaaaaaa-bbbbbb/t1", "/e/quay/t1", "/compare?a=1&b=2", "/e/quay/v/aaaaaaaa-bbbbbb/as/nope",
    "/.git/config", "/e/quay%00", "/alerts/none.xml", "/search?q=islands&after=zzz", "/speaker?name=Nobody",
    "/e/quay/v/aaaaaaaa-bbbbbb/c9-1",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_hostile_paths_are_refused(path: str, house: House) -> None:
    answer = house.reader.get(path)
    assert 400 <= answer.status_code < 500
    assert str(house.path) not in answer.text and "Traceback" not in answer.text


def test_a_fault_says_nothing_of_this_machine(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(f"secret of {__file__}")

    monkeypatch.setattr("onrecord.web.routes.answer", broken)
    answer = reader.get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text and ".py" not in answer.text
    assert "server’s log" in said(answer.text)


# ------------------------------------------------------------------------------------------------ what is given

BAD = [
    ({}, {}, 400, "Nothing was given"),
    ({"text": "   \n"}, {}, 400, "Nothing was given"),
    ({"text": SHORT, "address": "https://example.org/a"}, {}, 400, "one thing only"),
    ({"text": SHORT, "date": "14 March"}, {}, 400, "2031-03-14"),
    ({"text": SHORT, "event": "No Such Name!"}, {}, 422, "small letters"),
    ({}, {"file": ("a.zip", b"PK\x03\x04" + b"\0" * 200)}, 422, "cannot be read"),
    ({}, {"file": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 200)}, 422, "cannot be read"),
    ({}, {"file": ("a.txt", b"")}, 400, "Nothing was given"),
    ({"text": "Ilse Marrow: no.\n" * 320_000}, {}, 413, "longer than"),
]


@pytest.mark.parametrize(("fields", "files", "status", "says"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_what_cannot_be_read_says_what_to_do(
    fields: dict[str, str], files: dict[str, tuple[str, bytes]], status: int, says: str, reader: Reader
) -> None:
    answer = reader.fill_in("/read", fields, **({"files": files} if files else {}))
    assert answer.status_code == status
    assert says in said(answer.text)
    if 0 < len(fields.get("text", "").strip()) < 1000:
        assert "Ilse Marrow" in answer.text, "what was typed stays in the field"


def test_fifty_megabytes_are_refused_in_a_sentence(reader: Reader) -> None:
    answer = reader.post("/read", data={"csrf": reader.token(), "text": "x" * 50_000_000})
    assert answer.status_code == 413
    assert "larger than 20 MB" in said(answer.text)
    assert reader.get("/").status_code == 200


def test_what_is_no_form_is_refused(reader: Reader) -> None:
    assert (
        reader.post("/read", content=b"{}", headers={"Content-Type": "application/json"}).status_code == 415
    )
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert reader.post("/read", content=b"--x\r\nnothing", headers=broken).status_code in (400, 403)


@pytest.mark.parametrize(("length", "status"), [("12", 400), ("9" * 20, 413), ("300000000", 413)])
def test_a_sender_who_leaves_or_says_too_much_is_no_fault(length: str, status: int, tmp_path: Path) -> None:
    asked = {
        "type": "http", "method": "POST", "path": "/read", "raw_path": b"/read", "query_string": b"", "scheme": "http",
        "http_version": "1.1", "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 5), "root_path": "",
        "headers": [
            (b"host", b"127.0.0.1:8000"), (b"content-length", length.encode()),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ],
    }  # fmt: skip
    sent: list[dict[str, object]] = []

    async def left() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    asyncio.run(server.application(tmp_path / "a.onrecord")(asked, left, send))
    assert sent[0]["status"] == status


# ---------------------------------------------------------------------------------------------------- addresses

INSIDE = [
    "http://127.0.0.1/a", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/latest",
    "http://2130706433/", "http://0x7f.1/", "file:///etc/passwd", "ftp://example.org/a", "gopher://example.org/",
    "http://user@example.org/", "http://192.168.1.1:8080/", "//example.org", "javascript:alert(1)", "http://inside.internal/",
]  # fmt: skip


@pytest.mark.parametrize("given", INSIDE)
def test_no_packet_goes_inside(given: str, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_plug(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "create_connection", no_plug)
    answer = reader.fill_in("/read", {"address": given})
    assert answer.status_code == 422
    assert given.split("?")[0] in answer.text.replace("&#x27;", "'")


def fetched(monkeypatch: pytest.MonkeyPatch, robots: bytes) -> list[str]:
    asked: list[str] = []

    def retrieve(given: str) -> Retrieved:
        asked.append(given)
        return Retrieved(given, robots if given.endswith("/robots.txt") else SHORT.encode(), "text/plain")

    monkeypatch.setattr(address, "retrieve", retrieve)
    return asked


def test_an_address_is_read_when_asked(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = fetched(monkeypatch, b"User-agent: *\nDisallow: /private\n")
    answer = reader.fill_in("/read", {"address": "https://example.org/talks.txt"})
    assert answer.status_code == 303
    assert asked == ["https://example.org/robots.txt", "https://example.org/talks.txt"]
    path = answer.headers["Location"].partition("?")[0]
    assert reader.get(f"{path}/source").content == SHORT.encode(), "the bytes that came are the source"
    assert "https://example.org/talks.txt" in reader.get(f"{path}/about").text


def test_robots_are_named_and_asked(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = fetched(monkeypatch, b"User-agent: *\nDisallow: /\n")
    answer = reader.fill_in("/read", {"address": "https://example.org/talks.txt"})
    assert answer.status_code == 409 and "robots.txt" in said(answer.text)
    assert asked == ["https://example.org/robots.txt"]
    again = reader.fill_in("/read", {"address": "https://example.org/talks.txt", "anyway": "yes"})
    assert again.status_code == 303


def test_a_public_server_does_not_read_addresses(tmp_path: Path) -> None:
    reader = Reader(tmp_path / "a.onrecord", fetching=False)
    assert reader.fill_in("/read", {"address": "https://example.org/"}).status_code == 403
