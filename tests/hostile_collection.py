"""What must come of each file of the collection that a generator beside the checkout makes: 69 kinds.

`READ` are those that `onrecord read` is given; the others (names, addresses, searches, pairs, near duplicates) have a
test of their own. LONG=1 makes them at full size, else a twentieth of it.
"""

from __future__ import annotations

import os

from hostile_small import REFUSED, Expect, Record, labels, notes, speakers, text

LONG = bool(os.environ.get("LONG"))
SHARE = 1 if LONG else 20

OK = Expect()
READ_OR_REFUSED = Expect((0, 65))
PARTLY = (0, 3)


def languages(record: Record) -> set[str]:
    """The languages that stretches of the text are said to be in."""
    return {stretch["value"] for stretch in record["sources"][0]["languages"]}


def judgements(record: Record) -> dict[str, str]:
    """For each printed label, the judgement on its last turn."""
    return dict(zip(labels(record), (turn["judgement"] for turn in record["turns"]), strict=True))


def spoken(record: Record) -> str:
    """Every spoken character."""
    return "".join(text(record)[a:b] for turn in record["turns"] for a, b in turn["speech"])


READ = {
    "H01": Expect(REFUSED, "empty"),
    "H02": Expect(REFUSED, "no text"),
    "H04": Expect(holds=lambda r: len(r["turns"]) == 4),
    "H05": Expect(says="guessed", holds=lambda r: "\0" not in text(r)),
    "H06": Expect(says="cp1252|windows-1252", holds=lambda r: "é" in text(r) and "’" in text(r)),
    "H08": Expect(
        says="not UTF-8 at byte 90", holds=lambda r: len({n["byte"] for n in notes(r)} - {None}) >= 2
    ),
    "H09": Expect(says="NUL"),
    "H10": Expect(says="surrogate"),
    "H12": Expect(holds=lambda r: len(r["turns"]) == 4),
    "H12b": Expect(holds=lambda r: len(r["turns"]) == 4),
    "H13": Expect(says="invisible", holds=lambda r: "Donald Trump" in speakers(r)),
    "H15": Expect(
        says=r"(?i)mixed|cyrillic|script|homoglyph|look", holds=lambda r: len(set(speakers(r))) <= 3
    ),
    "H16": Expect(says="combining marks"),
    "H17": Expect(holds=lambda r: len(r["turns"]) >= 5 and "\r\n" in text(r)),
    "H18b": Expect(says="cp1251|windows-1251", holds=lambda r: "Путин" in text(r)),
    "H19": Expect(says="control"),
    "H20": Expect(holds=lambda r: len(r["turns"]) == 5),
    "H22": Expect(holds=lambda r: len(r["turns"]) == 1_000_000 // SHARE),
    "H23": Expect(says="without a blank", holds=lambda r: r["turns"] == []),
    "H24": Expect(says="capped", holds=lambda r: len(r["turns"]) == 100_000 // SHARE),
    "H26": Expect(says="not paired"),
    "H27": OK,
    "H28": Expect(says="digits is kept as text"),
    "H30": OK,
    "H31": OK,
    "H31b": OK,
    "H33": Expect(holds=lambda r: len(r["turns"]) == 4),
    "H71": Expect(says="no turns", holds=lambda r: r["turns"] == [] and r["people"] == []),
    "H72": Expect(holds=lambda r: set(labels(r)) == {"Trump", "Q", "R"}),
    "H75": Expect(
        says="may be more than one person",
        holds=lambda r: judgements(r)["Smith"] == judgements(r)["Mr Jones"] == "ambiguous",
    ),
    "H76": Expect(
        says="may be more than one person",
        holds=lambda r: judgements(r)["Le Président"] in {"ambiguous", "unresolved"},
    ),
    "H77": Expect(says="“Tell” is English", holds=lambda r: {"es", "en", "fr"} <= languages(r)),
    "H34": Expect(says="left out|markup", holds=lambda r: "alert" not in spoken(r)),
    "H36": Expect(holds=lambda r: text(r) == "Trump: ok"),
    "H37": Expect(says=r"(?i)charset|encoding"),
    "H38": Expect(says="truncated"),
    "H39": Expect(says="hidden", holds=lambda r: "AGREED" not in spoken(r) and "archive" not in spoken(r)),
    "H41": Expect(says="comments"),
    "H42": Expect(REFUSED),
    "H44": Expect(REFUSED),
    "H45": Expect(REFUSED),
    "H46": Expect(says="XInclude of .*, not followed"),
    "H48": Expect(REFUSED),
    "H49": Expect(says=r"(?s)without a name.*no time: 25:61.*ghost", holds=lambda r: "Oui & non" in text(r)),
    "H50": Expect(REFUSED, r"line \d+"),
    "H51": Expect(REFUSED),
    "H53": Expect(says="6 members of the archive refused"),
    "H54": Expect(REFUSED, "duplicate"),
    "H56": Expect(says="members of the archive refused"),
    "H57": Expect(REFUSED, "truncated"),
    "H57b": Expect(REFUSED, "docx"),
    "H59": Expect(REFUSED),
    "H59b": Expect(holds=lambda r: "accord" in text(r)),
    "H59c": Expect(REFUSED),
    "H60": Expect(REFUSED, "OCR"),
    "H61": Expect(REFUSED, "OCR"),
    "H61b": Expect(says=r"(?i)html", holds=lambda r: text(r).startswith("Trump: ok")),
    "H63": Expect(REFUSED),
    "H64": Expect(REFUSED, r"(?i)duplicate|twice|NaN"),
    "H65": Expect(PARTLY, r"501\b", lambda r: len(r["turns"]) >= 2),
    "H67": Expect(says=r"line 10: not a cue time"),
    "H68": READ_OR_REFUSED,
    "H69": Expect(says=r"(?s)id stands twice.*unknown id.*circle"),
    "H79": Expect(says=r"(?s)30 February.*31 November.*0000-00-00.*Saturday.*25:61"),
    "H80": Expect(holds=lambda r: judgements(r)["Question"] == "unresolved"),
}
