"""The eight tools: what each is for, what it is asked and what it answers.

A tool is a function of an archive that is open for reading; nothing here writes, fetches or opens a file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from onrecord.mcp import answers, questions
from onrecord.mcp.answers import Answered
from onrecord.mcp.finding import get_event, search
from onrecord.mcp.listing import compare_versions, get_flags, get_statements, get_turns
from onrecord.mcp.quoting import check_quote, cite
from onrecord.store import Archive


class Tool(NamedTuple):
    """One tool: its name, what it is for, the types of question and answer, and the function that answers."""

    name: str
    title: str
    purpose: str
    question: type[questions.Question]
    answer: type[answers.Answer]
    ask: Callable[[Archive, Any], Answered]


TOOLS = (
    Tool(
        "search", "Search the archive",
        "Find passages of published accounts by words, speaker, kind of statement, kind of damage, event, date or"
        " language. Start here: each hit has its exact characters and a permalink for the other tools.",
        questions.Search, answers.Found, search,
    ),
    Tool(
        "get_event", "What an account says of its event",
        "Title, date, place and participants as one account gives them, every account and version that is held, and"
        " how many turns, statements and flags there are.",
        questions.GetEvent, answers.EventCard, get_event,
    ),
    Tool(
        "get_turns", "Who said what, in order",
        "The turns of one version: speaker, how sure that is, and the exact words. The link of a turn begins there.",
        questions.GetTurns, answers.Turns, get_turns,
    ),
    Tool(
        "get_statements", "What was agreed, promised, refused, left open",
        "The ledger of one version: what was put on record, by whom, how firmly, to whom, and what answers it.",
        questions.GetStatements, answers.Statements, get_statements,
    ),
    Tool(
        "check_quote", "Did they say it?",
        "Check a quotation against the archive: exact, altered, spliced, cut out of context, somebody else's,"
        " translated, or not found. Use it before repeating any quotation as somebody's words.",
        questions.CheckQuote, answers.Checked, check_quote,
    ),
    Tool(
        "compare_versions", "What differs between two texts of one event",
        "Hold one version against an earlier one or against another account of the event, in one language or two:"
        " what is missing, added or changed, most serious first. It does not say which of them is right.",
        questions.CompareVersions, answers.Compared, compare_versions,
    ),
    Tool(
        "get_flags", "Where a text cannot be trusted",
        "Visible damage of one version (glued, untranslated, doubled, mistranslated …). No flag does not mean no"
        " damage: wrong senses seldom show in one text alone.",
        questions.GetFlags, answers.Flags, get_flags,
    ),
    Tool(
        "cite", "A citation that is ready to paste",
        "Cite a turn, a statement, a quotation or a stretch of characters: one line, CSL-JSON and BibTeX, with"
        " speaker, event, place of the characters and hash of the text.",
        questions.Cite, answers.Citation, cite,
    ),
)  # fmt: skip
"""In the order in which they are most wanted."""


def schema(type: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a question or an answer, an object at its root as every client expects."""
    (root,), shared = msgspec.json.schema_components([type], ref_template="#/$defs/{name}")
    name = root["$ref"].rpartition("/")[2]
    made: dict[str, Any] = shared.pop(name)
    return {**made, "$defs": shared} if shared else made
