"""Why a line stands in the ledger: plain sentences, and each of them in French."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from onrecord.record import read_source
from onrecord.sources import open_path
from onrecord.statements import reasons
from onrecord.statements.cuebook import WEIGHTS
from onrecord.statements.we import whose
from onrecord.ui.told import told

EXAMPLES = Path(str(files("onrecord") / "examples"))


@pytest.mark.parametrize(
    ("language", "clause", "kind", "side"),
    [
        ("en", "we will keep the bridge open together", "promised", "both"),
        ("en", "we agreed on the ferry", "agreed", "both"),
        ("en", "Minister Tamsin and I will open our archives", "promised", "both"),
        ("en", "we demand the release of the crew", "demanded", "own"),
        ("en", "we ask you to be patient with us", "proposed", "own"),
        ("en", "our government will pay for our share", "promised", "own"),
        ("en", "we will defend our country", "promised", "country"),
        ("en", "we will build a bridge", "promised", "open"),
        ("en", "I will build a bridge", "promised", None),
        ("fr", "nous sommes convenus de la trêve", "agreed", "both"),
        ("fr", "nos deux pays ont besoin de la paix", "position", "both"),
        ("fr", "notre délégation n’a rien signé", "denied", "own"),
        ("fr", "nous défendrons notre pays", "promised", "country"),
        ("fr", "nous construirons un pont", "promised", "open"),
        ("de", "wir bauen gemeinsam eine Brücke", "promised", "both"),
        ("es", "nosotros construiremos juntos un puente", "promised", "both"),
        ("ru", "мы вместе построим мост", "promised", "both"),
        (None, "we agreed", "agreed", None),
    ],
)
def test_whose_we(language: str | None, clause: str, kind: str, side: str | None) -> None:
    found = whose(clause, language, 0, len(clause), kind, joint=False)
    assert (found.side if found else None) == side


def test_who_speaks_together_says_we_of_all_of_them() -> None:
    found = whose("we will defend our country", "en", 0, 26, "promised", joint=True)
    assert found and (found.side, found.reason) == ("both", reasons.WE_JOINT)


@pytest.mark.parametrize(
    "name", ["official.en.txt", "article.fr.txt", "transcript.de.txt", "transcript.ru.txt"]
)
def test_every_reason_of_an_example_is_told_in_french(name: str) -> None:
    record = read_source(open_path(str(EXAMPLES / name)), ledger=True)
    given = {reason for one in record.statements for reason in one.reasons}
    given |= {reason for one in record.relations for reason in one.reasons}
    assert record.statements
    assert {reason for reason in given if told(reason, "fr") is None} == set()
    assert not [reason for reason in given if reason.split(":")[0] in WEIGHTS], "no reason is a field's name"
