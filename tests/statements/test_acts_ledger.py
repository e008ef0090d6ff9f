"""The ledger of a text: voices, attributes, relations."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Alias, Block, Person, Quote, Relation, Statement, Turn
from onrecord.spans import Text
from onrecord.statements.ledger import find_statements
from onrecord.statements.opposition import alike, opposed
from onrecord.statements.relations import find_relations

PEOPLE = [
    Person(id="p1", name="Ada Orval", kind="person", aliases=(Alias("Orval", "short", "certain"),)),
    Person(id="p2", name="Ben Tamsin", kind="person", aliases=(Alias("Tamsin", "short", "certain"),)),
]


def said(*speeches: tuple[str, str]) -> tuple[Text, list[Turn]]:
    """A transcript of (speaker, words)."""
    text = Text("\n".join(words for _, words in speeches))
    turns, at = [], 0
    for number, (speaker, words) in enumerate(speeches, 1):
        span = text.span(at, at + len(words))
        turns.append(Turn(f"t{number}", "s1", span, words, None, (span,), speaker, judgement="certain"))
        at += len(words) + 1
    return text, turns


def ledger(language: str, *speeches: tuple[str, str]) -> list[Statement]:
    text, turns = said(*speeches)
    return find_statements(text, language, turns, people=PEOPLE)


def only(language: str, words: str) -> Statement:
    (statement,) = ledger(language, ("p1", words))
    return statement


@pytest.mark.parametrize(
    ("language", "words", "content"),
    [
        ("en", "We have agreed to reopen the northern bridge.", "reopen the northern bridge."),
        ("en", "We will build two schools by June.", "build two schools by June."),
        ("en", "Today's agreement is historic.", None),
        ("fr", "Je propose une commission commune sur le fleuve.", "une commission commune sur le fleuve."),
        ("fr", "Nous avons signé un accord.", None),
        ("fr", "Nous avons signé un accord sur la pêche.", "la pêche."),
        ("fr", "Nous avons signé un accord de pêche avec Torve.", "pêche avec Torve."),
        ("fr", "Nous avons signé un accord d’échange de prisonniers.", "échange de prisonniers."),
        ("fr", "Nous avons signé un accord de principe.", None),
        # What is meant begins with its article or its verb, and not with the word that leads to it.
        ("en", "We must at last restore the pier.", "at last restore the pier."),
        ("fr", "Nous construirons deux écoles.", "construirons deux écoles."),
        ("fr", "Nous sommes convenus d'ouvrir le pont.", "ouvrir le pont."),
        ("de", "Wir haben uns auf eine Brücke geeinigt.", "auf eine Brücke geeinigt."),
        ("de", "Wir haben vereinbart, eine Brücke zu bauen.", "eine Brücke zu bauen."),
        ("de", "Wir haben uns geeinigt.", None),
        ("de", "Wir werden die Brücke bauen.", "die Brücke bauen."),
    ],
)
def test_content_names_what_or_says_that_nobody_did(language: str, words: str, content: str | None) -> None:
    statement = next(
        one for one in ledger(language, ("p1", words)) if one.kind in {"agreed", "promised", "proposed"}
    )
    assert (words[statement.content.start : statement.content.end] if statement.content else None) == content


@pytest.mark.parametrize(
    ("language", "words", "content"),
    [
        ("en", "We refuse the offer of the islanders.", "the offer of the islanders."),
        ("en", "We demand the release of the crew.", "the release of the crew."),
        ("fr", "Nous demandons la libération de l'équipage.", "la libération de l'équipage."),
        ("fr", "Nous exigeons qu'ils partent demain.", "ils partent demain."),
        ("de", "Ein neues Wettrüsten lehnen wir ab.", "Ein neues Wettrüsten"),
        ("de", "Wir lehnen den Antrag ab.", "den Antrag ab."),
    ],
)
def test_content_of_a_demand_or_a_refusal(language: str, words: str, content: str) -> None:
    statement = only(language, words)
    assert statement.content and words[statement.content.start : statement.content.end] == content


@pytest.mark.parametrize(
    ("language", "words", "reason"),
    [
        # The words as they are printed, but for doubled blanks; an entry of a list as the list has it.
        ("en", "Today We  WILL build the school.", "the words “We WILL” say so"),
        ("fr", "NOUS EXIGEONS des preuves.", "the words “EXIGEONS des” say so"),
        ("en", "Catches FELL by 12% in 2019.", "it compares: “fell”"),
        ("en", "Catches fell by 12% in 2019.", "it names a share: “%”"),
    ],
)
def test_a_reason_names_the_words(language: str, words: str, reason: str) -> None:
    assert reason in only(language, words).reasons


@pytest.mark.parametrize(
    ("words", "firmness"),
    [
        ("We will build the school.", "firm"),
        ("We will build the school if the council pays.", "conditional"),
        ("Perhaps we will build the school.", "hedged"),
        ("You must release the crew.", "firm"),
    ],
)
def test_firmness(words: str, firmness: str) -> None:
    assert only("en", words).firmness == firmness


@pytest.mark.parametrize(
    ("language", "words", "quantities", "deadline"),
    [
        ("en", "We will send forty engineers by 12 May 2031.", ("40",), "2031-05-12"),
        ("en", "We will build two schools and 350 flats before the end of 2030.", ("2", "350"), "2030"),
        ("en", "We agreed on 25 million crowns for the dam.", ("25000000",), None),
        ("en", "Valmora must release the crew within ten days.", (), "P10D"),
        ("en", "We will cut emissions by 40 percent by 2035.", ("40 %",), "2035"),
        ("en", "The two presidents will meet again on 3 June.", ("2",), "XXXX-06-03"),
        ("en", "I propose a truce of three weeks from Monday.", ("P3W",), "XXXX-WXX-1"),
        ("en", "We will pay $1.2 billion over four years.", ("1200000000 $", "P4Y"), None),
        ("en", "We demand that they withdraw 2,500 soldiers by Friday.", ("2500",), "XXXX-WXX-5"),
        ("en", "We will hire between 200 and 250 observers in May 2031.", ("200..250",), "2031-05"),
        ("fr", "Nous enverrons quarante ingénieurs avant le 12 mai 2031.", ("40",), "2031-05-12"),
        ("fr", "Nous construirons deux écoles et 350 logements d'ici 2030.", ("2", "350"), "2030"),
        ("fr", "Nous avons signé un accord sur 25 millions de couronnes.", ("25000000",), None),
        ("fr", "Le pays voisin doit libérer l'équipage dans les dix jours.", (), "P10D"),
        ("fr", "Nous réduirons les émissions de 40 % d'ici 2035.", ("40 %",), "2035"),
        ("fr", "Les deux présidents se rencontreront le 3 juin.", ("2",), "XXXX-06-03"),
        ("fr", "Je propose une trêve de trois semaines à partir de lundi.", ("P3W",), "XXXX-WXX-1"),
        ("fr", "Nous verserons 1,2 milliard d'euros sur quatre ans.", ("1200000000 EUR", "P4Y"), None),
        ("fr", "Nous exigeons que 2 500 soldats se retirent avant vendredi.", ("2500",), "XXXX-WXX-5"),
        ("fr", "Nous accueillerons entre 200 et 250 observateurs en mai 2031.", ("200..250",), "2031-05"),
        ("de", "Wir werden bis zum 12. Mai 2031 vierzig Ingenieure schicken.", ("40",), "2031-05-12"),
        ("de", "Wir werden bis 2030 zwei Schulen und 350 Wohnungen bauen.", ("2", "350"), "2030"),
        ("de", "Wir haben uns auf 25 Millionen Kronen geeinigt.", ("25000000",), None),
        ("de", "Wir fordern, dass die Besatzung binnen zehn Tagen freikommt.", (), "P10D"),
        ("de", "Wir werden die Emissionen bis 2035 um 40 Prozent senken.", ("40 %",), "2035"),
        ("de", "Die Präsidenten werden sich im Juni treffen.", (), "XXXX-06"),
        ("de", "Ich schlage eine Waffenruhe von drei Wochen vor.", ("P3W",), None),
        ("de", "Wir werden 1,2 Milliarden Euro in vier Jahren investieren.", ("1200000000 EUR", "P4Y"), None),
        ("de", "Wir verlangen, dass 2.500 Soldaten bis Freitag abziehen.", ("2500",), "XXXX-WXX-5"),
        ("de", "Wir werden im Mai 2031 200 Ärzte finanzieren.", ("200",), "2031-05"),
        ("es", "Enviaremos cuarenta ingenieros antes del 12 de mayo de 2031.", ("40",), "2031-05-12"),
        ("es", "Construiremos dos escuelas y 350 viviendas antes de 2030.", ("2", "350"), "2030"),
        ("es", "Firmamos un acuerdo de 25 millones de coronas.", ("25000000",), None),
        ("es", "Exigimos que liberen a la tripulación en diez días.", (), "P10D"),
        ("es", "Reduciremos las emisiones un 40 % hasta 2035.", ("40 %",), "2035"),
        ("es", "Los presidentes se reunirán el 3 de junio.", (), "XXXX-06-03"),
        ("es", "Propongo una tregua de tres semanas.", ("P3W",), None),
        ("es", "Invertiremos 1200 millones de euros en cuatro años.", ("1200000000 EUR",), "P4Y"),
        ("es", "Exigimos que 2.500 soldados se retiren antes del viernes.", ("2500",), "XXXX-WXX-5"),
        ("es", "Pagaremos 200 euros en mayo de 2031.", ("200 EUR",), "2031-05"),
        ("ru", "Мы направим сорок инженеров до 12 мая 2031 года.", ("40",), "2031-05-12"),
        ("ru", "Мы построим две школы и 350 квартир до 1 мая 2030 года.", ("2", "350"), "2030-05-01"),
        ("ru", "Мы подписали соглашение на 25 миллионов крон.", ("25000000",), None),
        ("ru", "Мы требуем освободить экипаж в течение десяти дней.", (), "P10D"),
        ("ru", "Мы сократим выбросы на 40 процентов до июня 2035 года.", ("40 %",), "2035-06"),
        ("ru", "Президенты встретятся 3 июня.", (), "XXXX-06-03"),
        ("ru", "Я предлагаю перемирие на три недели.", ("P3W",), None),
        ("ru", "Мы выделим 1,2 миллиарда евро.", ("1200000000 EUR",), None),
        ("ru", "Мы требуем вывести 2500 солдат до пятницы.", ("2500",), "XXXX-WXX-5"),
        ("ru", "В мае 2031 года мы построим 200 домов.", ("200",), "2031-05"),
    ],
)
def test_quantities_and_deadlines(
    language: str, words: str, quantities: tuple[str, ...], deadline: str | None
) -> None:
    statement = only(language, words)
    assert tuple(item.value for item in statement.quantities) == quantities
    assert (statement.deadline and statement.deadline.value) == deadline
    assert statement.kind != "claim"


@pytest.mark.parametrize(
    ("language", "words", "day", "deadline"),
    [
        ("en", "We will open the bridge next year.", "2031-05-04", "2032"),
        ("en", "We will open the bridge next year.", "2031", "2032"),
        ("en", "We will open the bridge next month.", "2031-12-04", "2032-01"),
        ("en", "The ministers will meet again next week.", "2031-05-04", "2031-W19"),
        ("en", "We will publish the list tomorrow.", "2031-12-31", "2032-01-01"),
        ("en", "We will open the bridge by the end of the year.", "2031-05-04", "2031"),
        ("fr", "Nous ouvrirons le pont l’année prochaine.", "2031-05-04", "2032"),
        ("fr", "Nous ouvrirons le pont d’ici la fin du mois.", "2031-05-04", "2031-05"),
        ("de", "Wir werden die Brücke nächstes Jahr bauen.", "2031-05-04", "2032"),
        ("es", "Construiremos el puente el próximo año.", "2031-05-04", "2032"),
        ("ru", "Мы построим мост в следующем году.", "2031-05-04", "2032"),
        # No narrower than the day of the event is known, and nothing where it is not.
        ("en", "The ministers will meet again next week.", "2031-05", None),
        ("en", "We will open the bridge next year.", "XXXX-05-04", None),
        ("en", "We will open the bridge next year.", None, None),
        # A length of time, a figure that says more, the day itself, a day that is past, and no day at all.
        ("en", "We will build two bridges over the next year.", "2031-05-04", None),
        ("en", "We will open the bridge by the end of the year 2040.", "2031-05-04", None),
        ("en", "Today we agreed to reopen the bridge.", "2031-05-04", None),
        ("en", "Yesterday we agreed to reopen the bridge.", "2031-05-04", None),
        ("en", "We will build the bridges of tomorrow.", "2031-05-04", None),
        # A printed date that stands first is the deadline.
        ("en", "We will open the bridge in June 2033 and the pier next year.", "2031-05-04", "2033-06"),
    ],
)
def test_deadlines_counted_from_the_event(
    language: str, words: str, day: str | None, deadline: str | None
) -> None:
    text, turns = said(("p1", words))
    found = find_statements(text, language, turns, people=PEOPLE, day=day)
    assert [one.deadline and one.deadline.value for one in found] == [deadline]
    counted = f"is counted from the date of the event: {day}"
    assert any(counted in reason for reason in found[0].reasons) == (deadline not in (None, "2033-06"))


def test_what_the_narrative_or_another_source_dates_is_not_counted_from_the_event() -> None:
    frame = "Ada Orval said that she will open the bridge next year."
    block = Block("s1", Text(frame).span(0, len(frame)), frame, "frame")
    told = find_statements(Text(frame), "en", [], [block], people=PEOPLE, day="2031-05-04")
    text, turns = said(("p1", "Ben Tamsin said he will open the bridge next year."))
    assert [
        one.deadline for one in (*told, *find_statements(text, "en", turns, people=PEOPLE, day="2031"))
    ] == [
        None,
        None,
    ]


def test_deadline_quantity_addressee() -> None:
    statement = only("en", "We will send Tamsin forty engineers by 12 May 2031.")
    assert statement.deadline and statement.deadline.value == "2031-05-12"
    assert [item.value for item in statement.quantities] == ["40"]
    assert statement.to == ("p2",)
    assert statement.speaker == "p1" and statement.chain == ("p1",)


def test_you_is_the_other_of_two_speakers() -> None:
    first, *_ = ledger("en", ("p1", "You must release the crew."), ("p2", "Good morning."))
    assert first.to == ("p2",)


def test_reported_speech_has_a_chain() -> None:
    statement = only("en", "Tamsin said that the company will invest forty million.")
    assert (statement.speaker, statement.chain, statement.factuality) == ("p2", ("p1", "p2"), "reported")


def test_a_turn_whose_speaker_is_not_settled_gives_a_statement_without_speaker() -> None:
    text, turns = said(("p1", "We will build the school."))
    import msgspec

    turns = [msgspec.structs.replace(turns[0], judgement="ambiguous")]
    assert [one.speaker for one in find_statements(text, "en", turns)] == [None]


def test_a_quotation_in_the_narrative_speaks_for_itself() -> None:
    words = "Orval was clear. “We will build the school”, she said. The hall was full."
    text = Text(words)
    span = text.span(words.index("We"), words.index("”"))
    quote = Quote(
        "q1", "s1", span, text.read(span), (span,), "direct", None, "p1", None, ("p1",), "likely", None, "x"
    )
    block = Block("s1", text.span(0, len(words)), words, "frame")
    promised = next(
        one for one in find_statements(text, "en", [], [block], [quote]) if one.kind == "promised"
    )
    assert (promised.text, promised.speaker, promised.turn) == ("We will build the school", "p1", None)


def test_words_of_news_tell_of_others_in_the_narrative_and_of_nobody_in_speech() -> None:
    words = "The islanders are seeking a ban on night flights."
    text = Text(words)
    frame = Block("s1", text.span(0, len(words)), words, "frame")
    assert [one.kind for one in find_statements(text, "en", [], [frame])] == ["demanded"]
    assert "demanded" not in [one.kind for one in ledger("en", ("p1", words))]


def test_the_items_of_a_list_go_on_with_the_promise_that_leads_it() -> None:
    found = ledger(
        "en", ("p1", "Our government will fund:\nA tram line to the harbour\nA clinic in Lerona\nIt rained.")
    )
    items = [one for one in found if one.text.startswith("A ")]
    assert [(one.kind, one.text) for one in items] == [
        ("promised", "A tram line to the harbour"),
        ("promised", "A clinic in Lerona"),
    ]
    assert [one.content for one in items] == [one.span for one in items], "an item is what is promised"


@pytest.mark.parametrize(
    ("words", "promised"),
    [
        # A line that says what is to be done, and what goes on with it.
        ("Deliver regional clinics through the councils.\nA ferry for the northern islands.\nIt rained.", 2),
        ("Reviewing the visa programme of the islands.", 1),
        # The same words in a paragraph are an appeal; a heading promises nothing.
        ("It rained. Deliver regional clinics through the councils. It rained.", 0),
        ("Reviewing visas\nIt rained.", 0),
        # No list without what leads it; a list ends where a sentence begins.
        ("A ferry for the northern islands\nA clinic in the valley", 0),
        ("We will fund:\nIt rained all day.\nA clinic in the valley", 1),
    ],
)
def test_items_of_lists(words: str, promised: int) -> None:
    text = Text(words)
    frame = Block("s1", text.span(0, len(words)), words, "frame")
    assert [one.kind for one in find_statements(text, "en", [], [frame])].count("promised") == promised


def test_nobody_speaks_in_list_items_unless_a_promise_leads_them() -> None:
    assert ledger("en", ("p1", "Deliver regional clinics through the councils.")) == []
    led = "We will do two things:\nDeliver regional clinics through the councils."
    assert [one.kind for one in ledger("en", ("p1", led))] == ["promised", "promised"]


def test_what_is_said_again_counts_less() -> None:
    found = ledger("en", ("p1", "We will build the school."), ("p1", "We will build the school."))
    assert [one.salience for one in found] == ["core", "minor"]


@given(st.text(alphabet="we wilagrdtopmsun,;.«»'no\n", max_size=150), st.text(max_size=60))
@settings(max_examples=60)
def test_a_statement_never_joins_two_voices_and_keeps_its_characters(first: str, second: str) -> None:
    text, turns = said(("p1", first + "We will go"), ("p2", second + "and you must stay."))
    for statement in find_statements(text, "en", turns, people=PEOPLE):
        text.check(statement.span, statement.text)
        turn = next(turn for turn in turns if turn.id == statement.turn)
        assert turn.span.holds(statement.span)
        assert statement.content is None or statement.span.holds(statement.content)


# ------------------------------------------------------------------------------------------------ relations


def related(language: str, *speeches: tuple[str, str]) -> list[tuple[str, str, str | None]]:
    text, turns = said(*speeches)
    statements = find_statements(text, language, turns, people=PEOPLE)
    shown = {one.id: one.text for one in statements}
    found: Sequence[Relation] = find_relations(statements, text.characters, language, turns)
    return [(one.kind, shown[one.a], shown[one.b] if one.b else None) for one in found]


def test_agreed_against_denied_is_contested() -> None:
    assert related("en", ("p1", "We signed an agreement today."), ("p2", "There is no agreement.")) == [
        ("contested", "We signed an agreement today.", "There is no agreement.")
    ]


def test_figures_of_two_speakers_contest_each_other() -> None:
    kinds = related(
        "en",
        ("p1", "The northern bridge at Lerona cost 40 million in 2019."),
        ("p2", "The northern bridge at Lerona cost 65 million in 2019."),
    )
    assert [kind for kind, *_ in kinds] == ["contested"]


@pytest.mark.parametrize("speaker", ["p1", "p2"])
def test_two_renderings_are_repeated_and_never_contested(speaker: str) -> None:
    first = "Il n’y a aucun accord tant qu’il n’y a pas de nomination."
    second = "Il n’y a donc aucun accord tant qu’il n’y a pas de rendez-vous."
    kinds = [kind for kind, *_ in related("fr", (speaker, first), (speaker, second))]
    assert kinds == ["repeated"]


def test_both_agree() -> None:
    kinds = related("en", ("p1", "We signed an agreement."), ("p2", "We have agreed to reopen the bridge."))
    assert [kind for kind, *_ in kinds] == ["agreeing"]


def test_a_demand_nobody_touches_is_unanswered() -> None:
    answer = " ".join(f"The {word} weather was mild in Valmora." for word in WEATHER.split())
    found = related("en", ("p1", "You must release the captured sailors."), ("p2", answer))
    assert ("unanswered", "You must release the captured sailors.", None) in found
    found = related(
        "en", ("p1", "You must release the captured sailors."), ("p2", answer + " The sailors are well.")
    )
    assert "unanswered" not in [kind for kind, *_ in found]


WEATHER = """
northern southern eastern western upper lower coastal inland mountain valley river harbour winter summer autumn spring
morning evening yearly monthly weekly daily usual recent early later brisk golden quiet gentle pleasant humid cloudy
windy frosty sunny misty rainy snowy stormy
"""


@pytest.mark.parametrize(
    ("language", "a", "b", "reason"),
    [
        ("fr", "Le pont est ouvert.", "Le pont n'est pas ouvert.", "a negation on one side"),
        ("fr", "Le pont est ouvert.", "Le pont est fermé.", "opposite words: ouvert / fermé"),
        (
            "fr",
            "Il a coûté 40 millions.",
            "Il a coûté 65 millions.",
            "figures differ: 40 millions / 65 millions",
        ),
        ("en", "The report is genuine.", "The report is a hoax.", "one side says: hoax"),
        ("en", "The bridge is open.", "The bridge is open.", None),
        (None, "Der Steg ist offen.", "Der Steg ist breit.", None),
    ],
)
def test_opposition(language: str | None, a: str, b: str, reason: str | None) -> None:
    assert opposed(a, b, language) == ([reason] if reason else [])
    assert len(opposed(b, a, language)) == bool(reason)


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_symmetric(a: str, b: str) -> None:
    assert alike(a, b, "en") == alike(b, a, "en")


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Tamsin said that the council must reopen the bridge.", "p2"),
        ("I agree with Tamsin, as he said that today.", "p1"),
    ],
)
def test_an_act_in_front_of_a_verb_of_saying_is_the_speakers_own(words: str, speaker: str) -> None:
    statement = next(one for one in ledger("en", ("p1", words)) if one.kind in {"demanded", "endorsed"})
    assert statement.speaker == speaker
