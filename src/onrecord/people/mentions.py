"""Names in running text: capitalised runs that look like names, and mentions of people already known.

>>> [text for _, _, text in runs("Then Vera Lindholm met Ole van der Berg in Oslo.", 0, 48)]
['Then Vera Lindholm', 'Ole van der Berg', 'Oslo']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.model import Person
from onrecord.people.names import fold, is_particle, split
from onrecord.text.expressions import later
from onrecord.text.matching import Matcher

_TOKEN = later(r"[^\W\d_](?:[^\W\d_]|['’\-‑](?=[^\W\d_])){0,40}\.?")
# Tokens that open with a capital, or with one behind an elided word ("d’Orval"); and a few others, for the class
# that leaves out the small letters of English is the one that a search can skip by.
_CAPITAL = later(
    r"[^\W\d_a-z](?:(?<![^\W\d_].)(?<![^\W\d_]['’\-‑].)|(?<=[dl]['’].)(?<![\w'’\-‑][dl]['’].)"
    r"|(?<=qu['’].)(?<![\w'’\-‑]qu['’].))(?:[^\W\d_]|['’\-‑](?=[^\W\d_])){0,40}\.?"
)
_GAPS = {" ", "\u00a0", "\u202f"}
_ELISION = later(r"(?:[DL]|Qu)['’](?=\w)")


def runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Runs of capitalised words with the particles between them: (start, end, text), in order, linear.

    The first word of a sentence is capitalised too, and so may open a run that is no name; the caller judges.
    """
    first = last = None
    pending: int | None = None  # end of particles that wait for the next capital
    for match in _CAPITAL.finditer(text, start, end):
        word, at, stop = match[0], match.start(), match.end()
        elided = at > start and text[at - 1] in "'’"
        if leads := _ELISION.match(word):
            at, word, elided = leads.end() + at, word[leads.end() :], True
        if not word[0].isupper():
            continue
        if word.endswith(".") and len(word) > 2:
            stop -= 1
        if last is not None and not elided and text[pending or last : at] in _GAPS:
            last = stop
        else:
            if first is not None and last is not None:
                yield first, last, text[first:last]
            first, last = at, stop
        pending = _past_particles(text, stop, end)
        if text[stop : stop + 1] == ".":
            yield first, last, text[first:last]  # type: ignore[misc]
            first = last = None
    if first is not None and last is not None:
        yield first, last, text[first:last]


def _past_particles(text: str, at: int, end: int) -> int | None:
    """Behind the particles that follow a name: "van der" in "Ole van der Berg"; None where none do."""
    found = None
    while at < end and text[at] in _GAPS and (token := _TOKEN.match(text, at + 1, end)):
        if token[0][0].isupper() or not is_particle(token[0].removesuffix(".")):
            break
        found = at = token.end() - (len(token[0]) > 2 and token[0].endswith("."))
    return found


def find_mentions(
    text: str, people: Sequence[Person], start: int = 0, end: int | None = None
) -> list[tuple[int, int, str]]:
    """Where the text names these people, by a full name or a surname that only one of them bears.

    One pass over the text for all people; whole words only; longest form first where two begin together.
    """
    matcher = Matcher(_forms(people).items(), ignore_case=False, hyphen_joins=True)
    return list(matcher.scan(text, start, end))


def _forms(people: Sequence[Person]) -> dict[str, str]:
    """Every form that names exactly one person."""
    bearers: dict[str, set[str]] = {}
    for person in people:
        if person.kind != "person":
            continue
        printed = {alias.text for alias in person.aliases if alias.kind not in ("role", "given", "typo")}
        translated = {alias.text for alias in person.aliases if alias.kind == "translated"}
        for form in {person.name, *printed} - translated:
            bearers.setdefault(form, set()).add(person.id)
            if split(form).full and " " in form:
                words = form.split(" ")
                tail = " ".join(words[len(split(form).given) :])
                if fold(tail):
                    bearers.setdefault(tail, set()).add(person.id)
    return {form: min(ids) for form, ids in bearers.items() if len(ids) == 1 and len(form) > 1}
