"""Ends that are missing or stand in the wrong place: a paragraph without its full stop, a text that breaks off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.integrity.document import Document, Paragraph
from onrecord.integrity.findings import Example, Finding, Rule, repair
from onrecord.text.expressions import later

_PROSE = 120
"""Characters of a paragraph that is prose and no line of a list."""
_SURE = 5
"""Prose paragraphs from which their habit of ending in a full stop is known."""
_ENDS = frozenset(".!?…:;»”\")]’'*—–-|،؟。>")
_INSIDE = re.compile(r"[.!?…][»”\")]? ")
_STOP = later(r"[.!?…][»”\")]? |\n")
_SENTENCE = 400
_INITIAL = later(r"[A-Z](?<![\w.’'].)\. ([A-Z][a-z]{2,12})(?![\w’'-])")


def lost_full_stops(document: Document) -> Iterator[Finding]:
    """A paragraph of prose ends in a word, where the others end in a full stop."""
    prose = _prose(document)
    bare = [one for one in prose if document.text[one.end - 1].isalpha() and _anew(document, one)]
    if len(prose) < _SURE or len(bare) * 10 > len(prose) + 5 or not document.tongue.rules:
        return
    for paragraph in bare:
        if paragraph is prose[-1] and _hanging(document, paragraph):
            continue
        start = _last_word(document, paragraph)
        printed = document.text[start : paragraph.end]
        yield Finding(
            start,
            paragraph.end,
            "minor",
            f"the full stop is missing behind “{printed}”",
            repair(printed + "."),
        )


def _anew(document: Document, paragraph: Paragraph) -> bool:
    """Whether the next paragraph begins anew: it does not go on, and no bracket interrupts the speaker."""
    follows = document.text[paragraph.end :][:40].lstrip()[:1]
    return not follows or follows.isupper()


def truncated(document: Document) -> Iterator[Finding]:
    """The text breaks off behind a comma or a word that needs another."""
    prose = _prose(document)
    if not prose or not document.paragraphs or prose[-1] != document.paragraphs[-1]:
        return
    last = prose[-1]
    if _hanging(document, last):
        yield Finding(
            _last_word(document, last), last.end, "major", "the text breaks off in the middle of a sentence"
        )


def broken_by_initial(document: Document) -> Iterator[Finding]:
    """A name cut behind its initial by a verb with a capital: "senior pilot B. Took the wheel"."""
    verbs = document.tongue.listed("verbs_past")
    if not verbs:
        return
    for found in _INITIAL.finditer(document.text):
        if found[1].lower() not in verbs:
            continue
        broken = _sentence_start(document.text, found.start())
        yield Finding(
            broken, found.end(), "critical",
            f"the sentence is broken at “{found[0]}”: a name is cut off and what follows has no subject",
        )  # fmt: skip


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence around a place begins, at most so far back as a sentence is long."""
    low = max(0, at - _SENTENCE)
    stops = [stop.end() for stop in _STOP.finditer(text, low, at)]
    start = stops[-1] if stops else low
    return start + len(text[start:at]) - len(text[start:at].lstrip())


def _prose(document: Document) -> list[Paragraph]:
    """Paragraphs long enough to be prose, with a sentence end inside, that no heading or page furniture covers."""
    text = document.text
    return [
        one
        for one in document.paragraphs
        if one.end - one.start >= _PROSE
        and _INSIDE.search(text, one.start, one.end)
        and document.prose(one.end - 1, one.end)
    ]


def _last_word(document: Document, paragraph: Paragraph) -> int:
    """Where the last word of a paragraph begins."""
    return max(document.text.rfind(" ", paragraph.start, paragraph.end) + 1, paragraph.start)


def _hanging(document: Document, paragraph: Paragraph) -> bool:
    last = document.text[paragraph.end - 1]
    word = document.folded[_last_word(document, paragraph) : paragraph.end]
    return last == "," or word in document.tongue.listed("never_last")


RULES = (
    Rule(
        "lost_full_stop", "full_stop", "form", lost_full_stops,
        Example(
            "en",
            "".join(f"The {n} ferry left on time. {'It crossed the strait in good order. ' * 3}It came back.\n" for n in
                    ("first", "second", "third", "fourth"))
            + "The last ferry left late. "
            + "It crossed the strait in the rain, and everybody on board was cold and wet. " * 2
            + "It came ⟦back⟧",
        ),
        Example("en", "Ferries and their captains\nThe Long Crossing, with Elin Sorby\nThe Short Crossing"),
    ),
    Rule(
        "breaks_off", "truncated", "form", truncated,
        Example(
            "en",
            "The ferry left on time and crossed the strait in good order. It was cold, and everybody on board was "
            "glad to see the light of ⟦the⟧",
        ),
        Example(
            "en",
            "The ferry left on time and crossed the strait in good order. It was cold, and everybody on board was "
            "glad to see the light again. The end.",
        ),
    ),
    Rule(
        "broken_by_initial", "full_stop", "form", broken_by_initial,
        Example("en", "⟦The mayor died yesterday the well-known pilot S. Took⟧ the wheel of the ferry."),
        Example("en", "The pilot S. Cook took the wheel, and J. R. Vale said thanks. He has plan B. They agreed."),
    ),
)  # fmt: skip
