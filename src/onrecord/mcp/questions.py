"""What each tool may be asked: the types are the input schemas, and nothing else is let in."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from onrecord.model import FlagKind, Severity, StatementKind

LONGEST = 100_000
"""Characters of a quotation that is checked, or of a query; about forty pages."""

Link = Annotated[
    str,
    Meta(
        max_length=400,
        description="A permalink, as answers give them: /e/EVENT (the version that is current now), "
        "/e/EVENT/v/VERSION, or one of an item: /e/EVENT/v/VERSION/t7",
    ),
]
Date = Annotated[
    str, Meta(pattern="^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="ISO 8601: a year, a month or a day")
]
Limit = Annotated[
    int, Meta(ge=1, le=50, description="How many at most; an answer may hold fewer and says so")
]
After = Annotated[str, Meta(max_length=200, description="`next` of the page before, to go on")]
Speaker = Annotated[
    str, Meta(max_length=300, description="Part of the speaker's name, in any case, with or without accents")
]


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a tool is asked."""


class Search(Question, frozen=True, kw_only=True):
    """Words, filters, or both; with filters alone, everything that fits is listed."""

    query: Annotated[
        str,
        Meta(
            max_length=LONGEST,
            description='Every word must be found; "words in quotes" stand together; negoc* is a beginning',
        ),
    ] = ""
    speaker: Speaker | None = None
    statement: StatementKind | None = None
    flag: FlagKind | None = None
    event: (
        Annotated[
            str,
            Meta(
                max_length=400, description="The name of an event, as answers give it, or a permalink of it"
            ),
        ]
        | None
    ) = None
    since: Date | None = None
    until: Date | None = None
    language: Annotated[str, Meta(max_length=20, description="ISO 639-1, as fr")] | None = None
    limit: Limit = 10
    after: After | None = None


class GetEvent(Question, frozen=True, kw_only=True):
    """Which event."""

    link: Link


class GetTurns(Question, frozen=True, kw_only=True):
    """Turns of which version; the link of a turn begins with that turn."""

    link: Link
    speaker: Speaker | None = None
    limit: Limit = 20
    after: After | None = None


class GetStatements(Question, frozen=True, kw_only=True):
    """Statements of which version, of which sort."""

    link: Link
    kind: StatementKind | None = None
    speaker: Speaker | None = None
    firmness: Literal["firm", "conditional", "hedged"] | None = None
    limit: Limit = 20
    after: After | None = None


class CheckQuote(Question, frozen=True, kw_only=True):
    """Which words, and who is said to have spoken them."""

    quote: Annotated[
        str, Meta(min_length=1, max_length=LONGEST, description="The words, as they were quoted")
    ]
    by: Annotated[str, Meta(max_length=300, description="Who is said to have spoken them")] | None = None
    since: Date | None = None
    event_title: (
        Annotated[str, Meta(max_length=300, description="Only events whose title holds these words")] | None
    ) = None


class CompareVersions(Question, frozen=True, kw_only=True):
    """Which text, and what it is held against: an earlier version of it, or another account of the event."""

    link: Link
    against: (
        Annotated[Link, Meta(description="Left out: the version of the same account that came before")] | None
    ) = None
    severity: Severity | None = None
    limit: Limit = 20
    after: After | None = None


class GetFlags(Question, frozen=True, kw_only=True):
    """Flags of which version, of which sort."""

    link: Link
    kind: FlagKind | None = None
    tier: Literal["versions", "form", "facts", "hint"] | None = None
    severity: Severity | None = None
    limit: Limit = 20
    after: After | None = None


class Cite(Question, frozen=True, kw_only=True):
    """Which item: a turn (…/t7), a statement (…/a3), a quotation (…/q1), a flag (…/f2) or characters (…/c12-40)."""

    link: Link
