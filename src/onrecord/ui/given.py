"""What people say beside a text, a language or a date: is it one?"""

from __future__ import annotations

import re
from datetime import date

from onrecord import lexicon
from onrecord.errors import UsageError
from onrecord.ui import words

_ISO = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)


def given_language(said: str) -> str:
    """The code of a language (ISO 639-1) that onrecord has data for, or at least a name for; else `UsageError`.

    >>> given_language(" FR ")
    'fr'
    """
    code = said.strip().lower()
    if code in lexicon.languages() or words("en").named("languages", code):
        return code
    known = ", ".join(lexicon.languages())
    raise UsageError(f'"{said}" is not the code of a language (ISO 639-1): one of {known} …')


def given_date(said: str | date) -> str:
    """A year, a month or a day that exists, in ISO 8601; else `UsageError`.

    >>> given_date("2031-03"), given_date(date(2031, 3, 14))
    ('2031-03', '2031-03-14')
    """
    written = said.strftime("%Y-%m-%d") if isinstance(said, date) else said
    try:
        if _ISO.fullmatch(written):
            date.fromisoformat((written + "-01-01")[:10])
            return written
    except ValueError:
        pass  # no calendar has it: told below, with what is none for another reason
    raise UsageError(f'"{written}" is not a date; write 2031-03-14, 2031-03 or 2031')
