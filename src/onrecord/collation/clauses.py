"""What a stretch of words holds that matters: figures, names, negations, modal verbs, deeds, and who does them."""

from __future__ import annotations

from typing import NamedTuple

from onrecord.collation.account import Account
from onrecord.collation.tokens import Token


class Holding(NamedTuple):
    """The tokens of a stretch by what they are; indexes into `Account.tokens`, in order.

    `content` are words that are neither function words nor any of the others; `acts` and `subjects` may also be in
    another list.
    """

    content: tuple[int, ...]
    figures: tuple[int, ...]
    names: tuple[int, ...]
    negations: tuple[int, ...]
    modals: tuple[int, ...]
    subjects: tuple[int, ...]
    acts: tuple[int, ...]

    @property
    def weight(self) -> int:
        """How much is said: content words, figures and names."""
        return len(self.content) + len(self.figures) + len(self.names)


def holding(account: Account, first: int, last: int) -> Holding:
    """What tokens `[first, last)` hold."""
    book = account.phrasebook
    found: tuple[list[int], ...] = tuple([] for _ in Holding._fields)
    content, figures, names, negations, modals, subjects, acts = found
    for at in range(first, last):
        token = account.tokens[at]
        key = token.key
        if token.kind in {"number", "date"}:
            figures.append(at)
        elif token.kind == "name":
            names.append(at)
        elif key in book.negations:
            if negates(account, at):
                negations.append(at)
        elif key in book.modals:
            modals.append(at)
        elif key not in book.function_words:
            content.append(at)
        if key in book.subjects:
            subjects.append(at)
        if key in book.acts:
            acts.append(at)
    return Holding(*map(tuple, found))


def negates(account: Account, at: int) -> bool:
    """Whether a negation word denies its clause: "no doubt", "not only" and the answer "no," do not."""
    token, book = account.tokens[at], account.phrasebook
    following = following_in_sentence(account, at)
    if following and f"{token.key} {following.key.lstrip('#')}" in book.not_negations:
        return False
    if token.key in book.interjections:
        return following is not None and account.read(token.end, following.start).isspace()
    return True


def following_in_sentence(account: Account, at: int) -> Token | None:
    """The next token of the same sentence, None at its end."""
    last = account.sentences[account.tokens[at].sentence].last
    return account.tokens[at + 1] if at + 1 < last else None


def sentence_of(account: Account, first: int, last: int) -> tuple[int, int]:
    """The tokens of the sentences that a stretch (or a place between words) touches."""
    if not account.tokens:
        return 0, 0
    tokens = account.tokens
    left = account.sentences[tokens[min(first, len(tokens) - 1)].sentence]
    right = account.sentences[tokens[max(min(first, len(tokens) - 1), last - 1)].sentence]
    return left.first, right.last


def weighty(account: Account, first: int, last: int) -> bool:
    """Whether the sentence around a stretch settles, promises, refuses or binds something."""
    book = account.phrasebook
    begin, end = sentence_of(account, first, last)
    keys = account.keys[begin:end]
    return any(key in book.acts or book.modals.get(key) in book.binding for key in keys)


def printed(account: Account, first: int, last: int, longest: int = 60) -> str:
    """A stretch as it is printed, on one line, cut in the middle where it is long."""
    if first >= last:
        return ""
    text = " ".join(account.read(account.tokens[first].start, account.tokens[last - 1].end).split())
    if len(text) <= longest:
        return text
    half = longest // 2
    return f"{text[:half].rsplit(' ', 1)[0]} … {text[-half:].split(' ', 1)[-1]}"
