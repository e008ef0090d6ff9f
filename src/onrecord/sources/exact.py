"""XML that onrecord wrote: the very text comes back, with speakers, labels, marks and blocks as the file says them.

Such a file carries a witness, the hash of its text, in a processing instruction. Where the characters no longer have
that hash somebody edited them: then the file is read like anybody else's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from onrecord.sources.reading import JOINT, Layout
from onrecord.sources.witness import PERSON_KINDS, consistent, media_type, sha256

WITNESS = "onrecord"
"""`<?onrecord SHA256 MEDIA-TYPE?>` before the root: this text was written by onrecord, and this is its hash."""
CHARACTER = "onrecord-character"
"""`<?onrecord-character 0C?>`: a character that XML cannot hold."""
LABEL_END = "onrecord-label-end"
"""Inside a label's element: the label ends here, a separator follows."""
SILENT = "onrecord-silent"
"""`<?onrecord-silent p1 p2?>` inside a label's element: nothing of this turn was printed but its label."""
TOGETHER = "onrecord-together"
"""`<?onrecord-together #p1 #p3?>` inside a speech: who speaks, where the format's own element can name but one."""
JUDGEMENT = "onrecord-judgement"
"""`<?onrecord-judgement likely?>` inside a speech or a label's element: how sure its speaker is; else certain."""

_CODE = re.compile(r"[0-9A-Fa-f]{1,8}")

BLOCKS = {"heading": "heading", "frame": "frame", "furniture": "furniture"}
"""Roles of elements that are blocks of their own; all the rest is transcript."""


def role(local: str, attributes: Mapping[str, str], speaking: bool) -> str | None:
    """What an element of ours is: `floor`, `label`, `speech`, a block, `mark KIND`, `stray`; None for a mere wrapper.

    `speaking` says whether a speech is open: Akoma Ntoso prints all its paragraphs as `p`.
    """
    if local in ("u", "speech"):
        return "floor"
    if local == "from" or (local == "note" and attributes.get("type") == "speaker"):
        return "label"
    if local == "seg" or (local == "p" and speaking and attributes.get("class") != "mark"):
        return "speech"
    if local in ("head", "heading"):
        return "heading"
    if local == "incident":
        return "mark stage"
    if local == "gap":
        return "mark inaudible"
    said = {"note": "type", "narrative": "class", "remark": "class"}.get(local)
    found = attributes.get(said, "") if said else ""
    if local == "narrative" and found == "label":
        return "label"
    return found or None


def character(code: str) -> str:
    """What an instruction stands for; one that was made by somebody else stands for a gap, which the hash will not fit.

    >>> character("0C"), character("FFFFFFFF"), character("none")
    ('\\x0c', '\\ufffd', '\\ufffd')
    """
    number = int(code, 16) if _CODE.fullmatch(code) else 0x110000
    return chr(number) if number < 0xD800 or 0xE000 <= number < 0x110000 else "\ufffd"


class _Open(NamedTuple):
    """An element that is open: its role, where it began, and whom it refers to."""

    role: str | None
    start: int
    who: str


class Collector:
    """Characters and roles as they arrive; `finish` has the text and its layout, or None where it was edited."""

    def __init__(self, witness: str) -> None:
        self.claimed, _, said = witness.strip().partition(" ")
        self.media_type = media_type(said, "application/xml")
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.found: list[Layout] = []
        self.label_end: int | None = None
        self.silent: str | None = None
        self.together: str | None = None
        self.judgement: str | None = None
        self.speaking = 0

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.speaking += local == "speech"
        what = role(local, attributes, bool(self.speaking))
        self.open.append(_Open(what, self.length, attributes.get("who") or attributes.get("by") or ""))

    def end(self, local: str) -> None:
        """The innermost element ends."""
        self.speaking -= local == "speech"
        one = self.open.pop()
        end = self.length
        if one.role == "label":
            end = self.label_end if self.label_end is not None else end
            self.found.append(Layout("label", one.start, end, self.silent))
            if self.silent is not None:
                self._judge(one.start, end)
            self.label_end = self.silent = None
        elif one.role == "floor":
            self._judge(one.start, end)
            self.found.append(Layout("turn", one.start, end, self.together or one.who))
            self.together = None
        elif one.role == "speech":
            self.found.append(Layout("speech", one.start, end))
        elif one.role in BLOCKS:
            self.found.append(Layout("block", one.start, end, one.role))
        elif one.role and one.role.startswith("mark "):
            self.found.append(Layout("mark", one.start, end, one.role.removeprefix("mark ")))
        elif one.role == "stray":
            self.found.append(Layout("paragraph", one.start, end))

    def _judge(self, start: int, end: int) -> None:
        if self.judgement is not None:
            self.found.append(Layout("judgement", start, end, self.judgement))
            self.judgement = None

    def characters(self, text: str) -> None:
        """Characters of the text."""
        self.pieces.append(text)
        self.length += len(text)

    def instruction(self, target: str, data: str) -> None:
        """A processing instruction of ours inside the text."""
        if target == CHARACTER:
            self.characters(character(data))
        elif target == LABEL_END:
            self.label_end = self.length if self.label_end is None else self.label_end
        elif target == SILENT:
            self.silent = data
        elif target == TOGETHER:
            self.together = data
        elif target == JUDGEMENT:
            self.judgement = data

    def finish(self, people: Mapping[str, tuple[str, str]]) -> tuple[str, tuple[Layout, ...]] | None:
        """The text and its layout; `people` has kind and name for each id. None where the hash does not hold."""
        text = "".join(self.pieces)
        if sha256(text) != self.claimed:
            return None
        order = sorted(people, key=lambda one: (len(one), one))  # p2 before p10
        listed = (
            Layout("person", 0, 0, f"{kind if kind in PERSON_KINDS else 'person'}{JOINT}{name}")
            for kind, name in (people[one] for one in order)
        )
        names = {one: name for one, (_, name) in people.items()}
        laid = [*_blocks(self.found, len(text)), *_turns(self.found, names)]
        return (text, (*listed, *laid)) if consistent(laid, len(text)) else None


def _turns(found: list[Layout], people: Mapping[str, str]) -> list[Layout]:
    """Turns from their label, if one is printed, to their last spoken character; marks as they stand."""
    laid: list[Layout] = []
    label: Layout | None = None
    spoken: list[Layout] = []
    for item in found:
        if item.kind == "label":
            if item.value is not None:
                laid += [
                    Layout("turn", item.start, item.end, _names(item.value, people)),
                    item._replace(value=None),
                ]
            else:
                label = item
        elif item.kind == "speech":
            spoken.append(item)
        elif item.kind in ("mark", "judgement"):
            laid.append(item)
        elif item.kind == "turn":
            ends = [*spoken, *([label] if label else [])]
            if ends:
                start = min(one.start for one in ends)
                end = max(one.end for one in ends)
                laid.append(Layout("turn", start, end, _names(item.value or "", people)))
                laid += [*([label] if label else []), *spoken]
            label, spoken = None, []
    return laid


def _names(references: str, people: Mapping[str, str]) -> str:
    ids = [one.removeprefix("#") for one in references.split()]
    return JOINT.join(people[one] for one in ids if people.get(one))


def _outermost_first(item: Layout) -> tuple[int, int, bool]:
    return item.start, -item.end, item.kind != "block"


def _blocks(found: list[Layout], length: int) -> list[Layout]:
    """Blocks that tile the text: between two of another kind lies transcript; blanks go with what stands before."""
    outer = sorted((item for item in found if item.kind not in ("turn", "judgement")), key=_outermost_first)
    blocks: list[Layout] = []
    reach = 0
    for item in outer:
        kind = item.value if item.kind == "block" else "transcript"
        if item.start < reach:  # a mark inside a heading or a frame
            continue
        if item.kind == "block":
            reach = item.end
        if item.kind == "block" or not blocks or blocks[-1].value != kind:
            blocks.append(Layout("block", item.start, item.end, kind))
    if not blocks:  # no words at all
        return []
    starts = [0, *(block.start for block in blocks[1:])]
    ends = [*(block.start for block in blocks[1:]), length]
    return [
        block._replace(start=start, end=end) for block, start, end in zip(blocks, starts, ends, strict=True)
    ]
