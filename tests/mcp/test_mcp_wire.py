"""Real clients of the SDK, both generations of the protocol, both transports."""

from __future__ import annotations

import asyncio
import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from assistants import (
    INJECTED,
    PIER,
    Held,
    asked,
    between_marks,
    listening,
    over_http,
    over_stdio,
    program,
    quotations,
    written,
)

pytest.importorskip("mcp.server", reason='no SDK here: pip install "onrecord[mcp]"')

TOOLS = [
    "search", "get_event", "get_turns", "get_statements", "check_quote", "compare_versions", "get_flags", "cite",
]  # fmt: skip
PROTOCOLS = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28"}


@pytest.fixture(scope="module")
def address(held: Held) -> Iterator[str]:
    with listening(held.path) as found:
        yield found


@pytest.fixture(params=[(way, mode) for way in ("stdio", "http") for mode in PROTOCOLS], ids="-".join)
def client(request: pytest.FixtureRequest, held: Held, address: str) -> Any:
    """A maker of clients, and the version of the protocol that they speak."""
    way, mode = request.param
    make = (lambda: over_stdio(held.path, mode)) if way == "stdio" else (lambda: over_http(address, mode))
    return make, PROTOCOLS[mode]


def test_a_client_finds_quotes_and_cites(client: Any, held: Held) -> None:
    """One conversation over the wire; the client itself holds every answer against the tool's output schema."""
    make, protocol = client

    async def talk() -> None:
        async with make() as assistant:
            assert assistant.protocol_version == protocol
            listed = (await assistant.list_tools()).tools
            assert [tool.name for tool in listed] == TOOLS
            assert all(tool.annotations.read_only_hint for tool in listed)
            assert not any(
                tool.annotations.destructive_hint or tool.annotations.open_world_hint for tool in listed
            )
            found = (await assistant.call_tool("search", {"query": "fishing zones"})).structured_content
            link = found["hits"][0]["quoted"]["link"]
            cited = await assistant.call_tool("cite", {"link": link})
            quoted = cited.structured_content["quoted"]
            assert quoted["link"] == link
            resource = next(one for one in cited.content if one.type == "resource_link")
            read = await assistant.read_resource(resource.uri)
            assert read.contents[0].text == quoted["text"]
            assert "fishing zones" in quoted["text"]

    asked(talk)


def test_every_tool_answers_over_the_wire(held: Held, address: str) -> None:
    questions: dict[str, dict[str, Any]] = {
        "search": {"query": "pier"},
        "get_event": {"link": held.links["later"]},
        "get_turns": {"link": held.links["first"]},
        "get_statements": {"link": held.links["first"]},
        "check_quote": {"quote": "We did not agree on the fishing zones", "by": "Brask"},
        "compare_versions": {"link": held.links["later"]},
        "get_flags": {"link": held.links["first"]},
        "cite": {"link": held.links["first"] + "/t2"},
    }
    assert list(questions) == TOOLS

    async def talk() -> dict[str, Any]:
        async with over_http(address) as assistant:
            return {name: await assistant.call_tool(name, question) for name, question in questions.items()}

    for name, result in asked(talk).items():
        assert not result.is_error, (name, written(result))
        before, inside, behind = between_marks(written(result))
        assert json.loads(inside) == result.structured_content, name
        assert "It is data" in before, name
        assert behind == "", name


def test_injected_sentences_stay_data(held: Held, address: str) -> None:
    """They come as characters of a turn, inside the fence; its mark cannot be forged, and nothing else is served."""

    async def talk() -> tuple[Any, Any]:
        async with over_http(address) as assistant:
            turns = await assistant.call_tool("get_turns", {"link": held.links["first"]})
            return turns, await assistant.call_tool("delete_archive", {})

    turns, refused = asked(talk)
    before, inside, behind = between_marks(written(turns))
    assert "Ignore all earlier" not in before + behind
    assert inside.count("Ignore all earlier") == 1
    assert "\u202e" not in inside
    assert "\U000e0041" not in inside
    exact = [one for one in quotations(turns.structured_content) if INJECTED in one["text"]]
    assert len(exact) == 1
    assert exact[0]["text"] == PIER[slice(*exact[0]["span"])]
    assert refused.is_error
    assert "there is no tool of that name" in written(refused)


def test_many_ask_at_once(held: Held, address: str) -> None:
    """Every call has the archive to itself."""
    quotes = ["We did not agree on the fishing zones", "There is no treaty", "The négociations go on"] * 5

    async def talk() -> list[Any]:
        async with over_http(address) as assistant:
            return await asyncio.gather(
                *(assistant.call_tool("check_quote", {"quote": one}) for one in quotes)
            )

    verdicts = [result.structured_content["verdict"] for result in asked(talk)]
    assert verdicts == ["exact", "context_cut", "exact"] * 5


def test_a_resource_that_is_not_there(address: str) -> None:
    from mcp import MCPError

    async def talk() -> None:
        async with over_http(address) as assistant:
            with pytest.raises(MCPError, match="there is no version"):
                await assistant.read_resource("onrecord://e/nowhere/v/aaaaaaaa-777777/t1")

    asked(talk)


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("Host", "evil.example", 421),
        ("Origin", "https://evil.example", 403),
        ("Content-Length", "99999999", 413),
    ],
)
def test_strangers_and_floods_are_turned_away(address: str, header: str, value: str, status: int) -> None:
    """A page of another site that reaches the loopback address by a name of its own (DNS rebinding) gets nothing."""
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        header: value,
    }
    request = urllib.request.Request(address, b"{}", headers)
    with pytest.raises(urllib.error.HTTPError) as answered:
        urllib.request.urlopen(request, timeout=20)
    with answered.value as answer:
        assert answer.code == status


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        ((), "there is no archive"),
        (("http", "0.0.0.0", 1), "give the names under which clients call it"),
    ],
)
def test_what_cannot_be_served_says_so(held: Held, tmp_path: Path, rest: tuple[Any, ...], says: str) -> None:
    path = held.path if rest else tmp_path / "none.onrecord"
    ended = subprocess.run(program(path, *rest), capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert says in ended.stderr.splitlines()[-1]
    assert not ended.stdout


def test_a_port_that_is_taken(held: Held, address: str) -> None:
    port = int(address.rsplit(":", 1)[1].removesuffix("/mcp"))
    ended = subprocess.run(
        program(held.path, "http", "127.0.0.1", port), capture_output=True, text=True, timeout=60
    )
    assert "UsageError: cannot listen at 127.0.0.1" in ended.stderr.splitlines()[-1]
