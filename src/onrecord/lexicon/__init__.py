"""What the languages know. The data are TOML files that a jurist or a translator can edit; this is their loader.

    lexicon/<language>/<topic>.toml     fr/text.toml, fr/labels.toml, fr/marks.toml …
    lexicon/<topic>.toml                what belongs to no single language

Installed packages add words to these files, or languages, with files of the same names (`onrecord.lexicons`): their
lists are joined to ours, and nothing of ours is replaced.

>>> "abbreviations" in load("fr", "text")["sentences"]
True
>>> load("tlh", "text")
Traceback (most recent call last):
    ...
onrecord.errors.UsageError: no lexicon for language 'tlh' (available: ar, de, en, es, fr, it, pt, ru, uk)
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from onrecord.errors import UsageError
from onrecord.lexicon import toml
from onrecord.lexicon.shapes import kinds, misfit, missing
from onrecord.plugins import Offer, knowledge, offers

ROOT = Path(__file__).parent
GROUP = "onrecord.lexicons"
"""Entry points of this group name a package; its folder is laid out like this one."""


@cache
def languages() -> tuple[str, ...]:
    """Codes (ISO 639-1) of the languages that have a folder of data, in alphabetical order."""
    return tuple(sorted({folder.name for root in (ROOT, *_added()) for folder in _folders(root)}))


@cache
def load(language: str, topic: str) -> dict[str, Any]:
    """The data of one language on one topic; empty where the language has none yet."""
    if language not in languages():
        raise UsageError(f"no lexicon for language {language!r} (available: {', '.join(languages())})")
    return _read(f"{language}/{topic}.toml")


@cache
def shared(topic: str) -> dict[str, Any]:
    """Data that belong to no single language."""
    return _read(f"{topic}.toml")


@cache
def digest() -> str:
    """Hash over every data file, so that a record can say with which knowledge it was made."""
    total = hashlib.sha256()
    for root in (ROOT, *_added()):
        for parts in sorted(_data_files(root)):
            total.update("/".join(parts).encode() + b"\0")
            total.update(root.joinpath(*parts).read_bytes())
    for line in knowledge():
        total.update(line.encode() + b"\0")
    return total.hexdigest()


def _data_files(root: Path) -> Iterator[list[str]]:
    """Where the data files of a lexicon are below its root, folder by folder."""
    for folder, _, names in os.walk(root):
        above = Path(folder).relative_to(root).parts
        yield from ([*above, name] for name in names if name.endswith((".toml", ".jsonl", ".json")))


# ------------------------------------------------------------------------------------------ of installed packages


@cache
def _added() -> dict[Path, Offer]:
    """The folders that installed packages add, with who offers each."""
    added = {}
    for offer in offers(GROUP, ModuleType):
        if not (places := list(getattr(offer.thing, "__path__", ()))):
            raise offer.unusable(f"{offer.thing.__name__} is a module, not a folder of files")
        root = Path(places[0])
        for folder in _folders(root):
            if not ((ROOT / folder.name).is_dir() or (folder / "text.toml").is_file()):
                raise offer.unusable(f"the language {folder.name} has no text.toml")
        added[root] = offer
    return added


def _folders(root: Path) -> list[Path]:
    """The languages of a lexicon."""
    return [folder for folder in root.iterdir() if len(folder.name) == 2 and folder.is_dir()]


def _read(name: str) -> dict[str, Any]:
    """A data file of ours, if there is one, with those of the same name that were added."""
    ours = ROOT / name
    data = toml.load(ours) if ours.is_file() else {}
    for root, offer in _added().items():
        if (path := root / name).is_file():
            try:
                theirs = toml.load(path)
                _check(name, theirs)
                _join(data, theirs)
            except (OSError, ValueError) as error:
                raise offer.unusable(f"{name}: {error}") from error
    return data


@contextmanager
def building(language: str | None, topic: str) -> Iterator[None]:
    """Around what makes rules of the data of a language: an entry that cannot be read is the fault of who added it.

    `UsageError` that names the package, the file and the entry, where packages add to the file; else it is our own
    fault, and the exception goes on.
    """
    try:
        yield
    except (LookupError, ValueError) as error:
        name = f"{language}/{topic}.toml"
        adding = [offer for root, offer in _added().items() if (root / name).is_file()]
        if not adding:
            raise
        entry = f"nothing is known of {error}" if isinstance(error, LookupError) else error
        packages = " or ".join(offer.package for offer in adding)
        raise adding[0]._replace(package=packages).unusable(f"{name}: {entry}") from error


def _check(name: str, theirs: dict[str, Any]) -> None:
    """`ValueError` for what is not of the shape that ours has in some language, and for half a language."""
    folder, _, topic = name.rpartition("/")
    ours = _of_ours(f"{'*/' if folder else ''}{topic}")
    if (wrong := misfit(theirs, kinds(ours))) is not None:
        raise ValueError(wrong)
    if topic == "text.toml" and not (ROOT / name).is_file():  # a language of theirs is told from this table
        absent = missing(theirs.get("language", {}), [one["language"] for one in ours])
        if absent is not None:
            raise ValueError(f"language.{absent} is missing")


@cache
def _of_ours(pattern: str) -> tuple[dict[str, Any], ...]:
    return tuple(toml.load(path) for path in sorted(ROOT.glob(pattern)))


def _join(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    """Add lists to lists, tables to tables; `ValueError` for what would replace something.

    >>> data = {"offices": "mayor", "phrases": "the hon. | the right hon."}
    >>> _join(data, {"offices": "reeve", "phrases": "the most hon.", "verbs": "rose"})
    >>> data
    {'offices': 'mayor\\nreeve', 'phrases': 'the hon. | the right hon. | the most hon.', 'verbs': 'rose'}
    >>> rows = {"rows": "say | said\\ntell | told"}
    >>> _join(rows, {"rows": "sing | sung"})
    >>> rows["rows"].splitlines()
    ['say | said', 'tell | told', 'sing | sung']
    """
    waiting = [(ours, theirs)]
    while waiting:
        mine, more = waiting.pop()
        for key, value in more.items():
            held = mine.get(key)
            if held is None:
                mine[key] = value
            elif isinstance(held, dict) and isinstance(value, dict):
                waiting.append((held, value))
            elif isinstance(held, list) and isinstance(value, list):
                mine[key] = held + value
            elif isinstance(held, str) and isinstance(value, str) and held != value:
                mine[key] = f"{held} | {value}" if _phrases(held) else f"{held}\n{value}"
            elif held != value:
                raise ValueError(f"{key} has another value in onrecord, and packages only add")


def _phrases(listed: str) -> bool:
    """Whether a list has its entries apart by `|`; one of several lines is a table, with its cells apart by it."""
    return "|" in listed and "\n" not in listed.strip()
