"""What was said: from the cue to the end of its clause, and from the beginning of the sentence to the cue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from onrecord.statements import quote_sources as sources
from onrecord.statements.quote_cues import Told
from onrecord.statements.quote_sentences import CAP, CUE, NUMBER, PUNCT, QUOTE, Sentence
from onrecord.statements.quote_sources import Range
from onrecord.statements.quote_words import (
    ADV, AUX, CLITIC, CONJ, CONTRAST, DET, FINITE, PREP, PRON, REL, SUB, THAT, TIME, WHETHER,
)  # fmt: skip

REACH = 22  # tokens from a cue to its "that", colon or quotation
_STOPS = {";"}
_ENDS = {".", "!", "?", "…"}
_DASHES = {"—", "–", "--", "-"}

Link = Literal["that", "colon", "marks", "bare", "as"]


class Content(NamedTuple):
    """The tokens that a cue gives to somebody: one range, or several around the cue; `rule` says how."""

    ranges: tuple[Range, ...]
    rule: str


def behind(sentence: Sentence, told: Told, later: Sequence[Told]) -> Content | None:
    """The words that follow a cue."""
    link = linked(sentence, told)
    if link is None:
        return None
    kind, start = link
    end = clause_end(sentence, start, later)
    if kind in ("marks", "colon") and sentence.has(start, QUOTE):
        end = _quoted_end(sentence, start, end)
    if end <= start:
        return None
    if kind in ("that", "bare", "as") and not _enough(sentence, start, end):
        return None
    return Content(tuple(_split(sentence, start, end)), kind)


def linked(sentence: Sentence, told: Told) -> tuple[Link, int] | None:
    """How the words are tied to the cue, and the token where they begin."""
    cue, at = told.cue, told.after
    words = sentence.words
    free = True  # nothing but adjuncts so far
    if words.bare and cue.frame == "bare" and (start := _bare(sentence, told)) is not None:
        return "bare", start
    commas = 0
    for index in range(at, min(len(sentence), at + REACH)):
        bits, low = sentence.bits[index], sentence.low[index]
        if bits & THAT and index + 1 < len(sentence) and not (bits & CAP):
            held = not cue.addressee and any(_object(sentence, i) for i in range(at, index))
            if cue.frame == "marks" or not free or held or _relative(sentence, index, at):
                return None
            return "that", index + 1
        if low == ":":
            plain = free and not any(_object(sentence, i) for i in range(at, index))
            return ("colon", index + 1) if sentence.has(index + 1, QUOTE) or plain and index + 1 < len(sentence) else None
        if bits & QUOTE:
            begin = _content_start(sentence, at, index)
            return ("marks", index) if begin == index else ("as", begin)
        if low in _STOPS or low in _ENDS and index + 1 == len(sentence):
            return None
        if bits & WHETHER and index == at and cue.frame != "marks" and not bits & THAT:
            return "that", index
        if bits & CONJ or bits & (SUB | REL) and not bits & (PREP | ADV | THAT):
            free = free and bool(bits & CONJ) and not _verb_follows(sentence, index)
            if not free and not bits & CONJ:
                return None
        if low == ",":
            commas += 1
            if commas > 2:
                return None
        if bits & CUE and index > at and not bits & CAP and not sentence.has(index - 1, DET):
            return None
        if bits & DET and not bits & PREP and index == at and not cue.addressee and told.order != "behind":
            free = words.language == "en" and cue.frame == "marks"
        if bits & PRON and not bits & DET and index > at:
            return None
    return None


def _object(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase begins here that no preposition leads in."""
    if not sentence.has(at, DET) or sentence.has(at, PREP) or sentence.has(at + 1, NUMBER | TIME):
        return False
    return not sentence.has(at - 1, PREP) and not sentence.has(at, THAT)


def _verb_follows(sentence: Sentence, at: int) -> bool:
    return sentence.has(at + 1, CUE | FINITE | AUX)


def _relative(sentence: Sentence, index: int, at: int) -> bool:
    """Whether "that" belongs to a noun before it and opens no clause of content."""
    return sentence.has(index - 1, PREP) or sentence.has(index - 1, CONJ) and index - 1 == at


def _content_start(sentence: Sentence, at: int, quotation: int) -> int:
    """Where content begins that leads up to a quotation: "called the plan “a mistake”", not "said in Oslo, “…”"."""
    start = past_addressee(sentence, at) if sentence.words.cues and _speaks_to(sentence, at) else at
    while start < quotation:
        bits = sentence.bits[start]
        if bits & (ADV | TIME | NUMBER | PUNCT) and not bits & (DET | PRON):
            start += 1
        elif bits & PREP and not _infinitive(sentence, start + 1):
            end = _past_phrase(sentence, start)
            if end == start:
                break
            start = end
        else:
            break
    if sentence.has(start, PREP) and _infinitive(sentence, start + 1):
        start += 1
    return min(start, quotation)


def _speaks_to(sentence: Sentence, at: int) -> bool:
    """Whether the verb before token `at` takes whom it speaks to as its object ("told reporters")."""
    cue = sentence.words.cues.get(sentence.word(at - 1))
    return bool(cue and cue.addressee)


def _infinitive(sentence: Sentence, at: int) -> bool:
    """Whether a word looks like an infinitive: by the language's endings, and no small word."""
    endings = sentence.words.infinitive_endings
    return bool(endings) and sentence.word(at).endswith(endings) and not sentence.has(at, DET | PREP | CAP | ADV)


def _bare(sentence: Sentence, told: Told) -> int | None:
    """Where a clause without "that" begins right behind the cue; None if none does."""
    at, size = told.after, len(sentence)
    if told.order == "behind":
        return None
    if told.cue.addressee and sentence.words.cues[sentence.low[told.at]].addressee:
        at = past_addressee(sentence, at)
    while at < size and sentence.bits[at] & (ADV | TIME) and not sentence.bits[at] & (PRON | DET | CONJ):
        at += 1
    if sentence.has(at, PREP) and not sentence.has(at, DET):
        at = _past_phrase(sentence, at)
    if sentence.has(at, THAT) and not sentence.has(at + 1, FINITE):
        return at + 1 if at + 1 < size else None
    if at >= size or sentence.bits[at] & (PUNCT | QUOTE):
        return at if sentence.has(at, QUOTE) and _goes_on(sentence, at) else None
    if sentence.bits[at] & (CONJ | PREP | REL | WHETHER) and not sentence.bits[at] & (DET | SUB):
        return None
    noun_end = sources.phrase_beginning(sentence, at)
    if sentence.has(noun_end, THAT | REL) and sum(1 for bits in sentence.bits[noun_end:] if bits & FINITE) < 2:
        return None  # "announced a plan that would": the clause describes the noun
    return at if has_verb(sentence, at) else None


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Whether a quotation is the subject of a clause: more words follow it directly."""
    return sentence.has(at + 1, FINITE)


def past_addressee(sentence: Sentence, at: int) -> int:
    """Behind whom the words are told to."""
    if sentence.has(at, PRON) or sentence.word(at) in ("him", "her", "them", "me", "us"):
        return at + 1
    return sources.phrase_beginning(sentence, at)


def _past_phrase(sentence: Sentence, at: int) -> int:
    """Behind "in a statement", "on Tuesday", "at a rally in Ohio", and a comma after it."""
    while sentence.has(at, PREP) and not sentence.has(at, CAP):
        end = sources.phrase_beginning(sentence, at + 1)
        if end == at + 1:
            while sentence.has(end, TIME | NUMBER):
                end += 1
        if end == at + 1:
            return at
        at = end
    while sentence.has(at, TIME | ADV):
        at += 1
    return at


def has_verb(sentence: Sentence, start: int) -> bool:
    """Whether a clause that begins here has a verb before it ends."""
    if sentence.has(start, PRON) and not sentence.has(start, DET):
        return True
    endings = sentence.words.participle_endings
    for at in range(start, min(len(sentence), start + REACH + 8)):
        bits, low = sentence.bits[at], sentence.low[at]
        if low in (";", ":") or bits & QUOTE and at == start:
            return False
        if at > start and (bits & FINITE or (low.endswith(endings) and not bits & (CAP | ADV | DET | PREP | CUE))):
            return True
    return False


def clause_end(sentence: Sentence, start: int, later: Sequence[Told]) -> int:
    """The token before which a clause of content ends: the sentence's end, a semicolon, or the next cue of the writer's."""
    size = len(sentence)
    breaks = {_breaks(sentence, told, start) for told in later} - {None}
    nearest = min((at for at in breaks if at is not None), default=size)
    for at in range(start, nearest):
        bits, low = sentence.bits[at], sentence.low[at]
        if low in _STOPS:
            return at
        if low == "," and at > start + 1 and _writer_resumes(sentence, at):
            return at
        if bits & CONJ and sentence.has(at + 1, THAT) and False:
            return at
    return nearest


def _writer_resumes(sentence: Sentence, comma: int) -> bool:
    """Whether the writer's own words follow a comma: ", according to …", ", while the mayor …"."""
    first = comma + 1
    if sentence.has(first, CONTRAST) and not sentence.has(first + 1, ADV):
        return has_verb(sentence, first + 1)
    return source_phrase(sentence, first) is not None


def _breaks(sentence: Sentence, told: Told, start: int) -> int | None:
    """Where a later cue ends the words of an earlier one; None if it stands inside them."""
    first = told.first
    if first <= start:
        return None
    if told.order == "shared":
        lead = first if sentence.has(first, CONJ) else first - 1 if sentence.word(first - 1) == "," else None
        if lead is None and sentence.word(first - 1) in ("before", "avant", "puis", "then"):
            lead = first - 1
        if lead is None or lead <= start:
            return None
        if linked(sentence, told) is None:
            return None
        return lead - (sentence.word(lead - 1) == ",")
    if told.order == "behind":
        return first - 1 if sentence.word(first - 1) == "," else first if sentence.has(first - 1, QUOTE) else None
    if sentence.has(first - 1, QUOTE):
        return first
    if sentence.has(first - 1, CONJ) and (
        linked(sentence, told) is not None or sentence.word(first - 2) == "," and not told.cue.attitude
    ):
        return first - 1 - (sentence.word(first - 2) == ",")
    if sentence.word(first - 1) == "," and (_closes(sentence, told.after) or linked(sentence, told) is not None):
        return first - 1
    return None


def _closes(sentence: Sentence, at: int) -> bool:
    """Whether a cue has nothing to its right but the end, a comma or adjuncts."""
    at = _past_phrase(sentence, at)
    return at >= len(sentence) or sentence.low[at] in {",", ".", ";"} or bool(sentence.bits[at] & (TIME | ADV | SUB | QUOTE | CONTRAST))


def _quoted_end(sentence: Sentence, start: int, end: int) -> int:
    """The end of content that begins with a quotation: with it, or further where the clause plainly goes on."""
    after = start + 1
    if after >= end:
        return after
    last = sentence.text[sentence.quotations[start].end - 1]
    if last in ".!?…," or sentence.bits[after] & PUNCT:
        return after
    while after < end and sentence.bits[after] & (CONJ | QUOTE):
        after += 1
    if sentence.has(after - 1, QUOTE) and after > start + 1:
        return after
    return end


def _enough(sentence: Sentence, start: int, end: int) -> bool:
    return sum(1 for at in range(start, end) if not sentence.bits[at] & PUNCT) >= 2 or sentence.has(start, QUOTE)


def _split(sentence: Sentence, start: int, end: int) -> list[Range]:
    """One range, or several where each clause has its own "que"."""
    if sentence.words.bare:
        return [(start, end)]
    pieces = []
    for at in range(start + 2, end - 2):
        if sentence.bits[at] & CONJ and sentence.has(at + 1, THAT):
            pieces.append((start, at))
            start = at + 2
    return [*pieces, (start, end)]


def ahead(sentence: Sentence, told: Told, begin: int) -> Content | None:
    """The words before a cue that stands behind or inside them: "…, she said, …"."""
    first = told.first
    if told.order == "shared" or first <= begin:
        return None
    last = first
    quoted = sentence.has(last - 1, QUOTE)
    if not quoted:
        if sentence.low[last - 1] not in {",", "—", "–", "--"}:
            return None
        last -= 1
        if told.order == "before" and sentence.words.inverts:
            return None
        if sentence.has(last - 1, QUOTE):
            quoted = True
    if not quoted:
        if told.cue.frame == "marks" or told.cue.attitude and told.order == "before" or not _closes(sentence, told.after):
            return None
        if last - begin < 3 and not sentence.has(told.first, CLITIC) and told.order != "behind":
            return None
        if sentence.has(begin, SUB | PREP) and not any(sentence.low[at] == "," for at in range(begin, last)) and sentence.words.bare:
            return None
    colon = next((at for at in range(last - 1, begin, -1) if sentence.low[at] == ":"), None)
    begin = colon + 1 if colon is not None and colon + 1 < last else begin
    ranges = [(begin, last)]
    rest = _resumed(sentence, told)
    return Content((*ranges, rest) if rest else tuple(ranges), "postposed")


def _resumed(sentence: Sentence, told: Told) -> Range | None:
    """The words that go on behind an inserted cue."""
    at = told.after
    reach = min(len(sentence), at + REACH)
    while at < reach and not sentence.low[at] in {",", ":", ";", "—", "–"} and not sentence.bits[at] & QUOTE:
        if sentence.bits[at] & CONTRAST | sentence.bits[at] & SUB:
            return None
        at += 1
    if at >= reach or sentence.low[at] in {";"} or at + 1 >= len(sentence):
        return None
    if not sentence.bits[at] & QUOTE:
        at += 1
    if sentence.bits[at] & QUOTE:
        return at, at + 1
    if _writers(sentence, at) or _adjunct(sentence, at):
        return None
    return at, len(sentence)


def _adjunct(sentence: Sentence, at: int) -> bool:
    """Whether only "in a statement" or "on Monday" follows to the end: no verb, no new clause."""
    if not sentence.bits[at] & (PREP | TIME | NUMBER) or sentence.has(at, CONJ):
        return False
    return not any(sentence.bits[i] & (FINITE | QUOTE | PRON) and not sentence.bits[i] & DET for i in range(at, len(sentence)))


def _writers(sentence: Sentence, at: int) -> bool:
    """Whether what follows an inserted cue is the writer's again: a gerund, a conjunction, a relative clause."""
    bits, low = sentence.bits[at], sentence.low[at]
    gerund = low.endswith(("ing", "ant")) and not bits & (DET | PREP | CAP)
    cue = bits & CUE and "gerund" in sentence.words.cues[low].forms
    return bool(gerund or cue or bits & (CONTRAST | REL) and not bits & THAT or source_phrase(sentence, at) is not None)


def source_phrase(sentence: Sentence, at: int) -> int | None:
    """The token behind "according to", "selon", "d'après" that begins here; None if none does."""
    for phrase in sentence.words.prefix_sources.get(sentence.word(at), ()):
        end = at + len(phrase)
        if tuple(sentence.low[at:end]) == phrase and end < len(sentence):
            return end
    return None
