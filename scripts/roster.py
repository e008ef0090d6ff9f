"""Make the roster: leaders from the World Factbook joined with the hand-written files of lexicon/people.

    python scripts/roster.py [FOLDER]      FOLDER holds leaders.jsonl (else $ONRECORD_FACTS)

One person a line, sorted by id; the same input gives the same bytes. Of a Factbook row only the holder counts
(and the governor who represents an absent monarch): deputies and notes after the first semicolon are left
out. A term ends when the next holder's begins; where the snapshots have a hole that could hide somebody,
the end is `likely`, and a hand-written holder inside the hole ends it earlier.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tomllib
from collections import Counter
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.lexicon import ROOT
from onrecord.people.names import fold, one_edit, skeletons, split

HERE = ROOT / "people"
ROSTER = HERE / "roster.jsonl"
HAND = ("prominent", "ministers", "organisations")
MONTHLY = 62  # days between two snapshots that follow each other; a longer hole could hide a holder
# A monarch or president of several countries is listed once, in the country that elects or crowns them.
HOME = ("uk", "fr", "us", "da", "nl", "no", "nz", "as")
# Countries by the Factbook's own code where its name is missing, outdated or a remark.
COUNTRIES = {
    "cc": "Curaçao",
    "sk": "Sint Maarten",
    "ez": "Czechia",
    "iv": "Côte d'Ivoire",
    "la": "Laos",
    "mk": "North Macedonia",
    "wz": "Eswatini",
    "tu": "Turkey",
    "bm": "Myanmar",
    "vt": "Holy See",
    "ks": "South Korea",
    "kn": "North Korea",
    "bf": "Bahamas",
    "ga": "Gambia",
    "cg": "DR Congo",
    "cf": "Republic of the Congo",
    "fm": "Micronesia",
    "sv": "Svalbard",
    "fk": "Falkland Islands",
}
# What stands before a name in the Factbook and is no part of it (lower-case words are never part of it).
TITLE_WORDS = frozenset(
    re.findall(
        r"\S+",
        """
    president presidents prime minister ministers premier king queen chancellor interim acting
    caretaker transitional transition general gen lt col capt maj brig adm dr sir dame sultan amir
    emir prince princess grand duke governor administrator chairman chairperson chairwoman chair
    council republic federal government taoiseach co-prince pope supreme leader chief executive
    captain captains regent regents secretary state head high commissioner prefect first territorial
    assembly swiss confederation presidency bishop archbishop marshal field ayatollah sheikh shaykh
    crown cnsp lord mayor speaker lieutenant representative commander forces commonwealth principal
    advisor economic foreign political affairs colonel sovereign transition’s democratic federation
    union mr mrs ms hon excellency marja imam custodian rassemblement national bureau board
    authority palestinian designate de-facto co-regent vice-governor spain senate senior party
    congress provisional caretaker-president mullah taliban amir-ul-momineen haji hajj al-haji
    executive minister-president minister-equivalent equivalent special island islands cook niue mp
    rev right reverend knight monsignor cardinal vice
    co-vice elect tui china uk gnu commission minister-designate australia
    french notification statement the of and or for
    """,
    )
)
RANKS = {"gen.", "lt.", "col.", "capt.", "maj.", "dr.", "brig.", "adm.", "sir", "ret.", "(ret.)"}
TITLES = (
    ("prime minister", r"prime minister|premier|taoiseach|president of the government"),
    ("chancellor", r"chancellor"), ("king", r"\bking\b"), ("queen", r"\bqueen\b"), ("pope", r"\bpope\b"),
    ("governor general", r"governor.general"), ("president", r"president"), ("sultan", r"sultan"),
    ("emir", r"\bamir\b|\bemir\b"),
    ("governor", r"governor"), ("supreme leader", r"supreme leader"),
)  # fmt: skip
SINCE = re.compile(r"\((?:all |both )?(?:sworn in |since )([^()]{4,24})\)")


class Holder(NamedTuple):
    """What one Factbook row says of one person."""

    name: str
    surname: str
    full: str
    title: str
    start: str


class Term(NamedTuple):
    """A stretch of rows with one holder: `seen` is the last snapshot that has them."""

    holder: Holder
    country: str
    start: str
    seen: str


def day(text: str) -> str:
    """An ISO date (year, or year and month, where no more is given); "" if it cannot be read.

    >>> day("7 May 2012"), day("September 2005"), day("2016")
    ('2012-05-07', '2005-09', '2016')
    """
    for given, kept in (("%d %B %Y", "%Y-%m-%d"), ("%B %Y", "%Y-%m"), ("%Y", "%Y")):
        try:
            return datetime.strptime(text.strip(), given).strftime(kept)
        except ValueError:
            continue
    return ""


def holders(text: str) -> list[Holder]:
    """The holder of a row, and the governor general who represents an absent one."""
    found = []
    for number, segment in enumerate(text.split(";")):
        segment = segment.strip()
        if number and not segment.startswith("represented by"):
            continue
        since = SINCE.search(segment)
        if segment.startswith("Notification"):  # a remark on recognition, not a holder
            continue
        if since and (start := day(since[1])) and (named := name_of(segment[: since.start()])):
            found.append(Holder(*named, start))
    return found


def name_of(segment: str) -> tuple[str, str, str, str] | None:
    """(name, surname, full name, title) of "President Donald J. TRUMP"; None without capitals."""
    segment = re.sub(r"\(.*?\)|\".*?\"|,.*", " ", segment.removeprefix("represented by"))
    words = [word for word in segment.split() if word.lower() not in RANKS]
    at = 0
    while at < len(words) and (words[at].lower().strip(".'’") in TITLE_WORDS or words[at].islower()):
        at += 1
    title, words = " ".join(words[:at]), words[at:]
    capitals = [n for n, word in enumerate(words) if shouted(word)]
    if not capitals:
        return None
    first = capitals[0]
    last = first
    while last + 1 in capitals:
        last += 1
    surname = " ".join(map(proper, words[first : last + 1]))
    given = [word for word in words[:first] if len(word.strip(".")) > 1]
    after = " ".join(words[last + 1 :])
    eastern = not given and bool(after) and after[0].isupper()  # XI Jinping
    name = f"{surname} {after}" if eastern or not given else " ".join([*given[:1], surname])
    full = " ".join([*words[:first], surname, after])
    return name.strip(), surname, re.sub(r" +", " ", full).strip(), title


def shouted(word: str) -> bool:
    """Whether a word is printed in capitals, "McDONALD" and "al-ASAD" among them; initials are not."""
    letters = [c for c in word if c.isalpha()]
    return (
        len(letters) > 1
        and sum(c.isupper() for c in letters) >= max(2, len(letters) - 3)
        and letters[-1].isupper()
    )


def proper(word: str) -> str:
    """ "O'NEILL" becomes "O'Neill"; numbers of monarchs and mixed forms stay."""
    if re.fullmatch(r"[IVX]+", word) or not word.isupper():
        return (
            word
            if re.fullmatch(r"[IVX]+", word)
            else re.sub(r"(?<=\w)[A-ZÀ-Þ]+$", lambda m: m[0].lower(), word)
        )
    return re.sub(r"\w+", lambda match: match[0].capitalize(), word)


def canonical(title: str) -> str:
    """The title in the words that the hand-written files use."""
    low = title.lower()
    return next((name for name, pattern in TITLES if re.search(pattern, low)), low.strip())


def terms(rows: list[dict[str, str]]) -> list[tuple[Term, str, str]]:
    """Terms of one office of one country with their ends: (term, end, sure)."""
    found: list[Term] = []
    for row in sorted(rows, key=lambda row: (row["first"], row["last"])):
        country = COUNTRIES.get(row["code"], row["country"])
        for holder in holders(row["text"])[:1]:
            previous = found[-1] if found else None
            if previous and same(previous.holder, holder):
                # the later snapshot corrects the earlier one
                found[-1] = Term(previous.holder, country, holder.start, max(previous.seen, row["last"]))
            else:
                found.append(Term(holder, country, holder.start, row["last"]))
    ends = []
    for term, following in zip_longest(found, found[1:]):
        if following is None:
            ends.append((term, "", "certain"))
            continue
        hole = (complete(following.start) - complete(term.seen)).days > MONTHLY
        ends.append((term, max(following.start, term.start), "likely" if hole else "certain"))
    return ends


def complete(start: str) -> date:
    """The first day of a date that may be a year or a month only."""
    return date.fromisoformat((start + "-01-01")[:10])


def same(a: Holder, b: Holder) -> bool:
    """Whether two rows name one person: equal names, or names that share a sound skeleton."""
    return bool(skeletons(a.name) & skeletons(b.name)) or fold(a.surname) == fold(b.surname)


def represented(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The rows of the governors general, as an office of their own."""
    found = []
    for row in rows:
        if (at := row["text"].find("represented by")) >= 0:
            found.append({**row, "text": row["text"][at:]})
    return found


def hand_written() -> list[dict[str, Any]]:
    """The people of the hand-written files as roster rows."""
    rows = []
    for stem in HAND:
        data = tomllib.loads((HERE / f"{stem}.toml").read_text("utf-8"))
        for entry in data["people"]:
            names = {"en": entry["name"]} | {k: entry[k] for k in ("de", "es", "fr", "ru") if k in entry}
            offices = [
                [*office[:3], end or None, "authors", (*sure, "certain")[0], end or data["known_until"]]
                for *office, end, sure in ((*o[:4], o[4:]) for o in entry.get("offices", []))
            ]
            rows.append(
                {
                    "id": entry["id"], "name": entry["name"], "surname": entry["surname"], "names": names,
                    "aliases": entry.get("aliases", []), "gender": entry.get("gender"), "prominent": True,
                    "offices": offices,
                }
            )  # fmt: skip
    return rows


def slug(name: str) -> str:
    """An id from a name."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


def roster(folder: Path) -> list[dict[str, Any]]:
    """All rows, sorted by id."""
    leaders = [json.loads(line) for line in (folder / "leaders.jsonl").read_text("utf-8").splitlines()]
    people = {row["id"]: row for row in hand_written()}
    by_name = {fold(form): row for row in people.values() for form in forms(row)}
    by_sound = {sound: row for row in people.values() for form in forms(row) for sound in skeletons(form)}
    offices: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in leaders:
        offices.setdefault((row["code"], row["office"]), []).append(row)
    for (code, office), rows in list(offices.items()):
        offices[code, office + " (governor)"] = represented(rows)
    for code, office in sorted(offices, key=at_home):
        rows = offices[code, office]
        usual = Counter(canonical(h.title) for row in rows for h in holders(row["text"])[:1] if h.title)
        for term, end, sure in terms(rows):
            holder = term.holder
            row = (
                by_name.get(fold(holder.full)) or by_name.get(fold(holder.name)) or sounding(by_sound, holder)
            )
            row = row or misspelt(people, term)
            if row is None or not fits(row, term):
                row = add(people, term)
                for form in forms(row):
                    by_name[fold(form)] = row
            title = canonical(holder.title) or (usual.most_common(1)[0][0] if usual else office)
            record(row, [title, term.country, term.start, end or None, "factbook", sure, end or term.seen])
    close_holes(people)
    return [people[id] | keys(people[id]) for id in sorted(people)]


def keys(row: dict[str, Any]) -> dict[str, list[str]]:
    """The index keys of a person, so that nothing is folded when the roster is read."""
    full = sorted({fold(form) for form in forms(row)})
    sounds = sorted({sound for form in forms(row) for sound in skeletons(form)}) if row["prominent"] else []
    return {"keys": full, "surnames": sorted(surnames(row)), "sounds": sounds}


def surnames(row: dict[str, Any]) -> set[str]:
    """The surname in every spelling: the words that stand where it stands in the English name."""
    english, surname = fold(row["name"]).split(), fold(row["surname"]).split()
    found = {" ".join(surname)}
    starts = [n for n in range(len(english)) if english[n : n + len(surname)] == surname]
    for form in forms(row):
        words = fold(form).split()
        if starts and len(words) == len(english):
            found.add(" ".join(words[starts[0] : starts[0] + len(surname)]))
        elif starts and starts[0] > 0 and starts[0] + len(surname) == len(english):
            found.add(split(form).surname)
    return found


def at_home(key: tuple[str, str]) -> tuple[int, tuple[str, str]]:
    """Sort key: countries that crown or elect a shared head of state come first."""
    return (HOME.index(key[0]) if key[0] in HOME else len(HOME), key)


def forms(row: dict[str, Any]) -> list[str]:
    """Every printed form of a person."""
    return [row["name"], *row["names"].values(), *row["aliases"]]


def sounding(by_sound: dict[str, dict[str, Any]], holder: Holder) -> dict[str, Any] | None:
    """The hand-written person whose name has the same sound."""
    return next((by_sound[sound] for sound in sorted(skeletons(holder.name)) if sound in by_sound), None)


def misspelt(people: dict[str, dict[str, Any]], term: Term) -> dict[str, Any] | None:
    """A holder in the same country whose name is one letter away: the Factbook's own slips ("PELLIGRINI")."""
    name = fold(term.holder.name)
    for row in people.values():
        if any(o[1] == term.country for o in row["offices"]) and one_edit(name, fold(row["name"])):
            return row
    return None


def fits(row: dict[str, Any], term: Term) -> bool:
    """Whether a row of that name can be this holder: a namesake elsewhere is somebody else."""
    held = [o for o in row["offices"] if o[4] == "factbook"]
    return not held or any(o[1] == term.country or o[2] == term.start for o in held)


def add(people: dict[str, dict[str, Any]], term: Term) -> dict[str, Any]:
    """A new row made from the Factbook alone."""
    holder = term.holder
    id = slug(holder.name)
    if id in people:
        id = f"{id}-{slug(term.country)}"
    aliases = [holder.full] if fold(holder.full) != fold(holder.name) else []
    row = {
        "id": id, "name": holder.name, "surname": holder.surname, "names": {"en": holder.name},
        "aliases": aliases,        "gender": None, "prominent": False, "offices": [],
    }  # fmt: skip
    return people.setdefault(id, row)


def record(row: dict[str, Any], office: list[Any]) -> None:
    """Add an office unless the row has it, from a better source or another country of the same crown."""
    for known in row["offices"]:
        one_office = known[0] == office[0] and (known[1] == office[1] or known[2] == office[2])
        if one_office and (known[2][:4] == office[2][:4] or (known[3] or "9999") > office[2] >= known[2]):
            if known[1] == office[1] and known[3] is None and office[3] is None:
                known[6] = max(known[6], office[6])
            return
    row["offices"] = sorted([*row["offices"], office], key=lambda o: (o[2], o[0], o[1]))


def close_holes(people: dict[str, dict[str, Any]]) -> None:
    """A term whose end lies in a hole ends where a hand-written holder of the same office begins."""
    starts: dict[tuple[str, str], list[str]] = {}
    for row in people.values():
        for title, country, start, *_ in row["offices"]:
            starts.setdefault((title, country), []).append(start)
    for row in people.values():
        for office in row["offices"]:
            later = [s for s in starts[office[0], office[1]] if office[2] < s < (office[3] or "9999")]
            if office[4] == "factbook" and office[5] == "likely" and later:
                office[3] = office[6] = min(later)


def render(rows: list[dict[str, Any]]) -> str:
    """The file's text; what is empty or repeats the name is left out."""
    lines = []
    for row in rows:
        names = {language: name for language, name in row["names"].items() if name != row["name"]}
        kept = {key: value for key, value in (row | {"names": names}).items() if value}
        lines.append(json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n")
    return "".join(lines)


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ONRECORD_FACTS", ""))
    if not (folder / "leaders.jsonl").is_file():
        sys.exit("roster: no leaders.jsonl; give its folder or set ONRECORD_FACTS")
    ROSTER.write_text(render(roster(folder)), "utf-8")


if __name__ == "__main__":
    main()
