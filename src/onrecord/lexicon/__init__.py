"""What the languages know. The data are TOML files that a jurist or a translator can edit; this is their loader.

    lexicon/<language>/<topic>.toml     fr/text.toml, fr/labels.toml, fr/marks.toml …
    lexicon/<topic>.toml                what belongs to no single language

>>> "abbreviations" in load("fr", "text")["sentences"]
True
>>> load("tlh", "text")
Traceback (most recent call last):
    ...
onrecord.errors.UsageError: no lexicon for language 'tlh' (available: ar, de, en, es, fr, it, pt, ru, uk)
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError

ROOT = Path(__file__).parent


@cache
def languages() -> tuple[str, ...]:
    """Codes (ISO 639-1) of the languages that have a folder of data, in alphabetical order."""
    return tuple(sorted(entry.name for entry in ROOT.iterdir() if entry.is_dir() and len(entry.name) == 2))


@cache
def load(language: str, topic: str) -> dict[str, Any]:
    """The data of one language on one topic; empty where the language has none yet."""
    if language not in languages():
        raise UsageError(f"no lexicon for language {language!r} (available: {', '.join(languages())})")
    path = ROOT / language / f"{topic}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


@cache
def shared(topic: str) -> dict[str, Any]:
    """Data that belong to no single language."""
    return tomllib.loads((ROOT / f"{topic}.toml").read_text("utf-8"))


@cache
def digest() -> str:
    """Hash over every data file, so that a record can say with which knowledge it was made."""
    total = hashlib.sha256()
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in {".toml", ".jsonl", ".json"}:
            total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
