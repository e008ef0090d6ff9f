"""A label convention: the harbour's bulletin sets a guillemet behind the name.

Castle » We leave the pier open.
Brask » Until the spring, and no longer.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.structure.taught import Grammar, Place


def scan(line: str) -> Iterator[Place]:
    """At most one label a line; whether it is a name, and the text uses the form, is not decided here."""
    at = line.find(" » ", 0, 80)
    if at > 0:
        yield Place(0, at, at + 3)


# Quotations end with this sign too (» in French, « in German), so labels must recur before they are believed.
GUILLEMET = Grammar(scan, example="Castle » We leave the pier open.", prose=True)
