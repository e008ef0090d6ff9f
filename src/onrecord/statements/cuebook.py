"""The cues of one language, compiled: `acts.toml` becomes rules, found by the words of a sentence.

A rule is looked at only where the sentence holds one of the words that it cannot do without; that makes the
cost of a sentence depend on its words, not on the size of the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple, cast

from onrecord.lexicon import languages, load
from onrecord.model import StatementKind
from onrecord.statements.patterns import Compiled, Needs, Patterns
from onrecord.text.vocabulary import words

WEIGHTS: Mapping[str, int] = {
    "left_open": 47, "warned": 46, "refused": 45, "denied": 44, "agreed": 40, "accused": 38, "endorsed": 36,
    "praised": 34, "next_step": 32, "expected": 30, "demanded": 26, "proposed": 24, "promised": 22, "claim": 8,
    "position": 5,
}  # fmt: skip
"""Which kind speaks for a clause with cues of several; a cue may set its own."""


class Rule(NamedTuple):
    """One cue of the data file; the fields are those of docs/ledger.md."""

    name: str
    kind: StatementKind
    weight: int
    patterns: tuple[Compiled, ...]
    unless: tuple[Compiled, ...]
    not_as: tuple[Compiled, ...]
    negated: StatementKind | None
    negation: Literal["changes", "part", "either"]
    factuality: Literal["asserted", "presupposed", "reported"]
    firmness: Literal["firm", "conditional", "hedged"] | None
    span: Literal["clause", "match"]
    own_line: bool
    more: bool
    noun: bool
    agent: bool
    told: bool
    fronted: bool
    example: str
    counter: str


class Called(NamedTuple):
    """A rule with one of its patterns, and those of its blockers, that a sentence may hold."""

    rule: Rule
    pattern: Compiled
    unless: tuple[Compiled, ...]
    not_as: tuple[Compiled, ...]


class Cuebook:
    """The rules of a language, by the words that call them."""

    def __init__(self, language: str | None) -> None:
        data = load(language, "acts") if language in languages() and language else {}
        common = words(load(language, "text")["language"]["function_words"]) if data and language else []
        finite = {"finite": data.get("clauses", {}).get("finite", "")}
        compiler = Patterns(finite | data.get("words", {}), common)
        self.rules = [_rule(compiler, cue) for cue in data.get("cue", [])]
        self._needs = Needs()
        self._callers = 0  # the bits of the rarest needs, by which a pattern is looked up
        self._by_caller: dict[int, list[tuple[int, int, int]]] = {}  # rule, pattern, the bits that it needs
        self._bits: dict[Compiled, int] = {}
        for number, rule in enumerate(self.rules):
            for pattern in (*rule.patterns, *rule.unless, *rule.not_as):
                self._bits[pattern] = self._needs.bits(pattern)
            for which, pattern in enumerate(rule.patterns):
                caller = self._needs.bit(pattern.needs[0])
                self._callers |= caller
                self._by_caller.setdefault(caller, []).append((number, which, self._bits[pattern]))

    def called(self, pieces: Iterable[str]) -> list[Called]:
        """The rules, each with the pattern, that a sentence of these words may hold, in the file's order."""
        met = self._needs.met(pieces)
        left, lacking = met & self._callers, ~met
        pairs: list[tuple[int, int]] = []
        while left:
            caller = left & -left  # the lowest bit
            pairs += [
                (number, which) for number, which, need in self._by_caller[caller] if not need & lacking
            ]
            left ^= caller
        return [self._call(self.rules[number], which, lacking) for number, which in sorted(pairs)]

    def _call(self, rule: Rule, which: int, lacking: int) -> Called:
        pattern = rule.patterns[which]
        if not rule.unless and not rule.not_as:
            return Called(rule, pattern, (), ())
        unless = tuple(one for one in rule.unless if not self._bits[one] & lacking)
        not_as = tuple(one for one in rule.not_as if not self._bits[one] & lacking)
        return Called(rule, pattern, unless, not_as)


def _rule(compiler: Patterns, cue: dict[str, Any]) -> Rule:
    kind = cast(StatementKind, cue["kind"])
    return Rule(
        name=cue["name"],
        kind=kind,
        weight=cue.get("weight", WEIGHTS[kind]),
        patterns=tuple(map(compiler.compile, cue["patterns"])),
        unless=tuple(map(compiler.compile, cue.get("unless", ()))),
        not_as=tuple(map(compiler.compile, cue.get("not_as", ()))),
        negated=cue.get("negated"),
        negation=cue.get("negation", "changes"),
        factuality=cue.get("factuality", "asserted"),
        firmness=cue.get("firmness"),
        span=cue.get("span", "clause"),
        own_line=cue.get("own_line", False),
        more=cue.get("more", False),
        noun=cue.get("noun", False),
        agent=cue.get("subject") == "agent",
        told=cue.get("told", False),
        fronted=cue.get("fronted", False),
        example=cue["example"],
        counter=cue["counter"],
    )


@cache
def cuebook(language: str | None) -> Cuebook:
    """The cuebook of a language, compiled once; without rules where there is no `acts.toml`."""
    return Cuebook(language)
