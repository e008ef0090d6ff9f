"""What the tools answer: exact characters, caps, refusals, and an archive that nothing of this changes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from assistants import COUNCIL, LATER, LONG, PIER, Held, between_marks, filled, quotations
from hypothesis import given
from hypothesis import strategies as st

from onrecord import store
from onrecord.errors import UsageError
from onrecord.mcp.desk import Desk, Refusal
from onrecord.mcp.fence import fenced
from onrecord.mcp.pages import MOST, page
from onrecord.mcp.tools import TOOLS, schema
from onrecord.spans import Span

SOURCES = {hashlib.sha256(text.encode()).hexdigest(): text for text in (PIER, LATER, COUNCIL)}
NOON = "2031-06-11T12:00:00Z"


def ask(desk: Desk, name: str, **question: Any) -> Any:
    """The answer of a tool as plain data; a test that wants a refusal asks for it."""
    told = desk.ask(name, question)
    assert not isinstance(told, Refusal), told.line
    return msgspec.json.decode(msgspec.json.encode(told.answer))


def refused(desk: Desk, name: str, **question: Any) -> str:
    told = desk.ask(name, question)
    assert isinstance(told, Refusal)
    return told.line


# ------------------------------------------------------------------------------------------- exact, hashed, linked

QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "pier"}),
    ("search", {"speaker": "castagne", "limit": 50}),
    ("search", {"query": "salt", "event": "council", "limit": 3}),
    ("get_event", {"link": "first"}),
    ("get_turns", {"link": "first"}),
    ("get_turns", {"link": "council", "speaker": "BRENNER"}),
    ("get_statements", {"link": "first"}),
    ("get_statements", {"link": "later", "kind": "promised", "speaker": "morel"}),
    ("get_flags", {"link": "first"}),
    ("check_quote", {"quote": "There is no treaty until every village has been heard", "by": "Ida Morel"}),
    ("check_quote", {"quote": "We agreed on the fishing zones", "by": "Brask"}),
    (
        "check_quote",
        {"quote": "We reopen the northern pier and we will meet again in Quentin Bay, in the spring"},
    ),
    ("compare_versions", {"link": "later"}),
    ("compare_versions", {"link": "later", "against": "first", "severity": "critical"}),
    ("cite", {"link": "first/t2"}),
    ("cite", {"link": "first/c60-80"}),
    ("cite", {"link": "first/a1"}),
]


def located(held: Held, question: dict[str, Any]) -> dict[str, Any]:
    """The question with the names of versions in its links replaced by their permalinks."""

    def place(link: str) -> str:
        name, slash, item = link.partition("/")
        return held.links[name] + slash + item

    links = {name: place(value) for name, value in question.items() if name in ("link", "against", "event")}
    return {**question, **links}


@pytest.mark.parametrize(("name", "question"), QUESTIONS)
def test_every_quoted_stretch_is_exact(held: Held, name: str, question: dict[str, Any]) -> None:
    answer = ask(held.desk, name, **located(held, question))
    found = [*quotations(answer)]
    assert found or name == "get_flags"
    with store.open(held.path, readonly=True) as archive:
        for one in found:
            source = SOURCES[one["text_sha256"]]
            assert one["text"] == source[slice(*one["span"])]
            place = archive.resolve(one["link"])
            assert place.text is not None
            whole = Span(*(one["whole"] or one["span"]))
            # A passage that was found is the speech alone; its link leads to the turn, label included.
            assert place.span is not None
            assert place.span.holds(whole) if name == "search" else place.span == whole
            assert one["text"] in place.text


# ----------------------------------------------------------------------------------------------------------- caps


def test_pages_go_on_until_everything_was_shown(held: Held) -> None:
    link, shown, after = held.links["council"], [], None
    for _ in range(80):
        answer = ask(held.desk, "get_turns", link=link, limit=50, **({"after": after} if after else {}))
        assert len(msgspec.json.encode(answer["turns"])) <= MOST + 2 * len(answer["turns"])
        assert answer["truncated"] == (answer["next"] is not None)
        shown += [turn["id"] for turn in answer["turns"]]
        after = answer["next"]
        if after is None:
            break
    assert shown == [f"t{number}" for number in range(1, 81)]
    assert answer["total"] == 80


def test_a_turn_begins_where_its_link_says(held: Held) -> None:
    answer = ask(held.desk, "get_turns", link=f"onrecord:/{held.links['first']}/t3", limit=1)
    assert [turn["id"] for turn in answer["turns"]] == ["t3"]
    assert answer["truncated"]


def test_a_long_turn_is_cut_and_says_where_the_rest_is(held: Held) -> None:
    turn = ask(held.desk, "get_turns", link=held.links["council"] + "/t2", limit=1)["turns"][0]
    start, end = turn["quoted"]["whole"]
    assert turn["quoted"]["span"] == [start, start + 4000]
    assert LONG.strip() in COUNCIL[start:end]
    told = refused(held.desk, "cite", link=turn["quoted"]["link"])
    assert f"…/c{start}-{start + 4000}" in told
    rest = ask(held.desk, "cite", link=f"{held.links['council']}/c{start + 4000}-{end}")
    assert turn["quoted"]["text"] + rest["quoted"]["text"] == COUNCIL[start:end]


class Leaf(msgspec.Struct):
    id: str
    text: str


@given(st.lists(st.integers(0, 30_000), max_size=40), st.integers(1, 50))
def test_paging_shows_each_once_whatever_their_size(sizes: list[int], limit: int) -> None:
    leaves = [Leaf(f"t{number}", "x" * size) for number, size in enumerate(sizes)]
    seen: list[Leaf] = []
    after: str | None = None
    while True:
        shown, part = page(leaves, lambda one: one.id, lambda one: one, limit, after)
        assert 0 < len(shown) <= limit or not leaves
        assert len(shown) == 1 or sum(len(one.text) for one in shown) <= MOST
        seen += shown
        after = part.next
        if not part.truncated:
            break
    assert seen == leaves


def test_a_foreign_mark_is_refused() -> None:
    with pytest.raises(UsageError, match="not the mark of a page"):
        page([Leaf("t1", "")], lambda one: one.id, lambda one: one, 5, "t9")


# ---------------------------------------------------------------------------------------------- did they say it?


@pytest.mark.parametrize(
    ("quote", "by", "verdict", "line"),
    [
        ("There is no treaty until every village has been heard", "Morel", "exact", "exact: same words"),
        (
            "There is no treaty until every village has been heard",
            "Brask",
            "misattributed",
            "said by someone else",
        ),
        ("We will never meet again in Quentin Bay, in the spring", None, "altered", "altered: words differ"),
        (
            "The comet will be towed into the harbour by whales",
            None,
            "absent",
            "absent: not found (3 texts searched)",
        ),
    ],
)
def test_a_quotation_is_judged(held: Held, quote: str, by: str | None, verdict: str, line: str) -> None:
    told = held.desk.ask("check_quote", {"quote": quote, **({"by": by} if by else {})})
    assert not isinstance(told, Refusal)
    assert line in told.line
    answer = msgspec.to_builtins(told.answer)
    assert answer["verdict"] == verdict
    for match in answer["matches"]:
        assert match["role"] == "nearest" or verdict != "absent"
        assert match["quoted"]["text_sha256"] == match["account"]["text_sha256"]
        assert match["account"]["version"] in match["quoted"]["link"]
        assert match["account"]["caveat"] in match["citation"]


def test_a_lost_negation_comes_first(held: Held) -> None:
    answer = ask(held.desk, "compare_versions", link=held.links["later"])
    first = answer["differences"][0]
    assert (first["kind"], first["severity"]) == ("negation", "critical")
    assert answer["a"]["link"] == held.links["first"]
    assert not answer["a"]["current"]
    assert answer["b"]["current"]
    assert "not" in first["a"]["text"] + first["message"]


# ------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("name", "question", "says"),
    [
        ("drop_everything", {}, "there is no tool of that name"),
        ("search", {"query": "pier", "path": "/etc/passwd"}, "unknown field `path`"),
        ("search", {"limit": 1000}, "`int` <= 50"),
        ("search", {"since": "last spring"}, "matching regex"),
        ("search", {"query": "pier", "after": "x"}, "not the mark of a page"),
        ("get_turns", {}, "missing required field `link`"),
        ("get_turns", {"link": "../../etc/passwd"}, "they look like /e/EVENT"),
        ("get_turns", {"link": "/e/nowhere"}, "there is no event 'nowhere'"),
        ("get_turns", {"link": "first", "after": "t99"}, "not the mark of a page"),
        ("get_statements", {"link": "first", "kind": "sworn"}, "Invalid enum value 'sworn'"),
        ("check_quote", {"quote": "…"}, "holds no word"),
        ("check_quote", {"quote": "word " * 30_000}, "length <= 100000"),
        ("compare_versions", {"link": "council"}, "no earlier version of this account is held"),
        ("compare_versions", {"link": "first", "against": "first"}, "the same version"),
        ("cite", {"link": "first"}, "name what is cited"),
        ("cite", {"link": "first/t99"}, "there is no t99"),
        ("cite", {"link": "first/c9-999999"}, "there is no c9-999999"),
    ],
)
def test_a_refusal_says_what_to_do_and_nothing_of_this_machine(
    held: Held, name: str, question: dict[str, Any], says: str
) -> None:
    known = {"first": held.links["first"], "council": held.links["council"]}
    asked = {
        field: next(
            (link + value.removeprefix(one) for one, link in known.items() if value.startswith(one)), value
        )
        if field in ("link", "against")
        else value
        for field, value in question.items()
    }
    told = refused(held.desk, name, **asked)
    assert says in told
    assert str(held.path.parent) not in told
    assert "\n" not in told


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "AND OR NOT (",
        "*",
        "\ud800",
        "\0",
        "a" * 100_000,
        "a " * 20_000,
        "👩‍🚀 %_!",
        "-- ; DROP TABLE event",
    ],
)
def test_whatever_is_typed_is_a_query(held: Held, typed: str) -> None:
    assert isinstance(ask(held.desk, "search", query=typed)["hits"], list)


# ------------------------------------------------------------------------------------------- the archive as it is now


def test_nothing_that_is_asked_changes_the_archive(held: Held) -> None:
    before = held.path.read_bytes()
    for name, question in QUESTIONS:
        held.desk.ask(name, located(held, question))
    assert held.path.read_bytes() == before


def test_corrections_and_removals_are_seen_at_once(tmp_path: Path) -> None:
    path = tmp_path / "desk.onrecord"
    links = filled(path)
    desk = Desk(path)
    before = ask(desk, "get_turns", link=links["later"])["turns"]
    assert before[3]["speaker"] != "Hugo Brenner"
    version = links["later"].rsplit("/", 1)[1]
    with store.open(path) as archive:
        span = archive.record(version).turns[3].span
        archive.correct(
            version, "speaker", span, "Hugo Brenner", author="A. Desk", time=NOON, reason="the recording"
        )
        archive.remove(links["first"].rsplit("/", 1)[1], time=NOON, reason="asked for")
    assert ask(desk, "get_turns", link=links["later"])["turns"][3]["speaker"] == "Hugo Brenner"
    assert "was removed on" in refused(desk, "get_turns", link=links["first"])
    removed = ask(desk, "get_event", link=links["later"])["versions"][0]
    assert (removed["link"], removed["removed"]) == (links["first"], NOON)


# --------------------------------------------------------------------------------------------------- the fence, schemas


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_the_fence_holds_the_same_value_and_shows_all_of_it(text: str) -> None:
    value = {"text": text}
    before, inside, behind = between_marks(fenced("one turn", msgspec.json.encode(value)))
    assert json.loads(inside) == value
    assert all(one.isprintable() or one.isspace() for one in inside)
    assert before.startswith("one turn\nWhat stands between")
    assert behind == ""


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_schemas_are_objects_that_name_everything(tool: Any) -> None:
    asked, told = schema(tool.question), schema(tool.answer)
    assert asked["type"] == told["type"] == "object"
    assert asked["additionalProperties"] is False
    references = {one for one in json.dumps([asked, told]).split('"') if one.startswith("#/$defs/")}
    held = {f"#/$defs/{name}" for one in (asked, told) for name in one.get("$defs", {})}
    assert references <= held
    assert len(tool.purpose) < 300
