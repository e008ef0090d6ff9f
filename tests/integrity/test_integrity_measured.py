"""The figures that faces show are the measured ones; and time grows with the text, whatever the text is."""

from __future__ import annotations

import time

import pytest
from evals import floors

from onrecord.integrity import find_flags
from onrecord.integrity.figures import figures
from onrecord.spans import Text

GROUPS = {
    "glued words": "synthetic_fr_glue_camel",
    "doubled phrases": "synthetic_fr_dup",
    "words left untranslated": "synthetic_fr_untranslated",
    "names without capital": "synthetic_fr_lower_name",
    "all damage": "seed",
}


def test_figures_are_the_measured_ones() -> None:
    measured = floors.load().floors["integrity"]["dev"]
    shown = {row.kind: row.recall for row in figures([], 1, "fr").measured}
    assert shown == {
        kind: pytest.approx(measured[group].values["flag_recall"], abs=0.5) for kind, group in GROUPS.items()
    }


HOSTILE = ["de ", "la mer ", "« ", "À bord Pour ", "a", "aB", ". ", "(a) ", "<b ", "5, 6, 7 000 ", "si il était ",
           "l’ai dit très ", "x\n", "B. Took ", "Ã©", "a\u200b", "aа", "« il n y a pas de paix ici » "]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    text = Text(piece * (100_000 // len(piece)))
    begun = time.process_time()
    find_flags(text, "fr")
    assert time.process_time() - begun < 5, "a tenth of this is usual"
