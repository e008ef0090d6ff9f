"""What a statement speaks of: names, listed topics, and things the text keeps naming."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.topics import MOST, Topics

FERRY = "The seawall is old. We need the seawall. Who pays for the seawall? The mayor slept. "


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        ("en", "We agreed on a ceasefire.", ("ceasefire",)),
        ("en", "Port Harlan needs the Ardel Strait.", ("Port Harlan", "Ardel Strait")),
        # A name that is also a word is a name.
        ("en", "Then Anna Rivers spoke.", ("Anna Rivers",)),
        ("en", "We met, and Mr. spoke.", ()),
        ("en", "It was a good day for the whole world.", ()),
        ("en", FERRY + "The seawall stays.", ("seawall",)),
        ("en", "The seawall stays.", ()),
        ("fr", "Nous exigeons un cessez-le-feu à Lerona.", ("Lerona", "cessez-le-feu")),
        ("de", "Wir fordern einen Waffenstillstand und höhere Löhne.", ("Waffenruhe", "Arbeit")),
        ("es", "Exigimos un alto el fuego.", ("alto el fuego",)),
        ("ru", "Мы договорились о прекращении огня.", ("прекращение огня",)),
        ("tlh", "We agreed on a ceasefire.", ()),
    ],
)
def test_topics(language: str, text: str, topics: tuple[str, ...]) -> None:
    assert Topics(text, language).about(0, len(text), []) == topics


def test_people_and_dates_are_no_topics() -> None:
    text = "We will see Tamsin in Lerona."
    assert Topics(text, "en").about(0, len(text), [(12, 18)]) == ("Lerona",)


@given(st.text(alphabet="the Lerona truce,.’'-Ä\n", max_size=120), st.sampled_from(["en", "fr", "de", None]))
def test_topics_are_few_and_said_once(text: str, language: str | None) -> None:
    found = Topics(text, language).about(0, len(text), [])
    assert len(set(found)) == len(found) <= MOST
