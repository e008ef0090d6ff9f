"""Every kind of difference, and everything that is none: tables of two renderings of one remark."""

from __future__ import annotations

import pytest
from same import compared, found

NEGATIONS = [
    (
        "en",
        "The captain did not sign the harbour treaty.",
        "The captain did sign the harbour treaty.",
        "not",
        "",
    ),
    (
        "en",
        "We can’t open the northern lock this week.",
        "We can open the northern lock this week.",
        "can’t",
        "can",
    ),
    ("en", "Our crews never crossed the old line.", "Our crews crossed the old line.", "never", ""),
    (
        "en",
        "The pilot doesn't trust the new chart.",
        "The pilot trusts the new chart.",
        "doesn't trust",
        "trusts",
    ),
    (
        "en",
        "The boats are not going to the islands.",
        "The boats are now going to the islands.",
        "not",
        "now",
    ),
    (
        "en",
        "Did you fire?\n\nYes.\n\nWe saw the smoke over the quay.",
        "Did you fire?\n\nNo.\n\nWe saw the smoke over the quay.",
        "Yes",
        "No",
    ),
    ("fr", "Nous ne signerons pas le traité du détroit.", "Nous signerons le traité du détroit.", "ne", ""),
    (
        "de",
        "Wir werden den Hafen nicht schließen, sagte Brenn.",
        "Wir werden den Hafen schließen, sagte Brenn.",
        "nicht",
        "",
    ),
    (
        "es",
        "Nosotros no firmamos el acuerdo del puerto.",
        "Nosotros firmamos el acuerdo del puerto.",
        "no",
        "",
    ),
    ("ru", "Мы не закрывали пролив для рыбаков.", "Мы закрывали пролив для рыбаков.", "не", ""),
]

MORE_NEGATIONS = [
    ("en", "I don't know why, he is not here today.", "I don't know why, he is here today.", "not", ""),
    (
        "en",
        "Will you sign? I do not. The quay is closed.",
        "Will you sign? I do. The quay is closed.",
        "not",
        "",
    ),
    ("ru", "Море тихо. Не знаю, почему пролив закрыт.", "Море тихо. Знаю, почему пролив закрыт.", "Не", ""),
    ("fr", "On ne peut pas fermer le port ce soir.", "On peut fermer le port ce soir.", "pas", ""),
]

MODALITIES = [
    (
        "en",
        "We will reopen the ferry line in autumn.",
        "We could reopen the ferry line in autumn.",
        "will",
        "could",
    ),
    ("en", "The crews must leave the strait.", "The crews may leave the strait.", "must", "may"),
    ("en", "We hope to lift the blockade soon.", "We will lift the blockade soon.", "hope", "will"),
    ("fr", "La garde doit quitter le détroit.", "La garde peut quitter le détroit.", "doit", "peut"),
    (
        "de",
        "Die Boote müssen den Hafen verlassen.",
        "Die Boote dürfen den Hafen verlassen.",
        "müssen",
        "dürfen",
    ),
    ("es", "Los barcos deben salir del puerto.", "Los barcos pueden salir del puerto.", "deben", "pueden"),
]

NUMBERS = [
    (
        "en",
        "The blockade ends within forty days.",
        "The blockade ends within fourteen days.",
        "forty days",
        "fourteen days",
    ),
    ("en", "They stopped 114 boats in March.", "They stopped 141 boats in March.", "114", "141"),
    (
        "en",
        "It will cost $3 million this year.",
        "It will cost $5 million this year.",
        "$3 million",
        "$5 million",
    ),
    (
        "en",
        "The ferry sails on 3 May from Lindhavn.",
        "The ferry sails on 8 May from Lindhavn.",
        "3 May",
        "8 May",
    ),
    ("en", "One of the boats went down.", "Two of the boats went down.", "One", "Two"),
    ("fr", "Ils ont arrêté 114 bateaux au large.", "Ils ont arrêté 141 bateaux au large.", "114", "141"),
    ("ru", "Мы остановили 114 лодок у берега.", "Мы остановили 141 лодок у берега.", "114", "141"),
]

RANGES = [
    ("en", "The plan for 2015-2016 was kept.", "The plan for 2025-2016 was kept.", "2015-2016", "2025-2016"),
    ("en", "From 200 to 250 pilots came.", "From 200 to 350 pilots came.", "200 to 250", "200 to 350"),
]

NAMES = [
    ("en", "I met Elin Sorby on the old quay.", "I met Elin Sorley on the old quay.", "Sorby", "Sorley"),
    (
        "en",
        "The fleet should withdraw from Torvenia.",
        "The fleet should withdraw from Veldania.",
        "Torvenia",
        "Veldania",
    ),
]

MEANING_BEARING = [  # wording of major rank: a mark that changes number, possession or the sort of sentence
    (
        "en",
        "I saw only his supporters on the quay.",
        "I saw only his supporter's on the quay.",
        "supporters",
        "supporter's",
    ),
    (
        "en",
        "It is the ministers’ list, I am told.",
        "It is the minister's list, I am told.",
        "ministers’",
        "minister's",
    ),
    (
        "en",
        "You sold the lighthouse to Torvenia?",
        "You sold the lighthouse to Torvenia.",
        "You sold the lighthouse to Torvenia?",
        "You sold the lighthouse to Torvenia.",
    ),
]

ACTS = [  # wording of major rank: a verb by which something is settled faces another
    ("en", "We agreed on the ferry line today.", "We spoke on the ferry line today.", "agreed", "spoke"),
    ("fr", "Nous avons signé le texte du traité.", "Nous avons lu le texte du traité.", "signé", "lu"),
]

OMISSIONS = [
    (
        "en",
        "Much can be done through patience, if we look.",
        "Much can be done, if we look.",
        "through patience",
    ),
    (
        "uk",
        "Ми вважаємо, що ми закрили протоку за старим договором.",
        "Ми вважаємо, що закрили протоку за старим договором.",
        "ми",
    ),
    (
        "en",
        "The line reopens soon. Captain Orval sank two boats. The quay is closed.",
        "The line reopens soon. The quay is closed.",
        "Captain Orval sank two boats",
    ),
]

NO_FLIP = [  # a negation comes or goes, and the clause is denied all the same
    ("en", "We don't have nothing to hide here.", "We don't have anything to hide here."),
    ("ru", "Никто не закрывал этот пролив.", "Никто закрывал этот пролив."),
    ("es", "No firmamos nada en el puerto.", "No firmamos eso en el puerto."),
]

NOTHING = [  # the same thing printed in two ways
    ("en", "I don't know, and we'll see.", "I do not know, and we will see."),
    ("en", "We can't, we cannot, we can not say.", "We cannot, we can not, we can't say."),
    ("en", "It’s true: he’s gone and they’ve left.", "It's true: he is gone and they have left."),
    ("en", "He'd rather talk; who's there?", "He would rather talk; who is there?"),
    ("en", "Twenty per cent of 3,500 boats by 1 September.", "20 percent of 3500 boats by September 1."),
    ("en", "Two hours and forty minutes at 1:15 p.m.", "2 hours and 40 minutes at 13:15."),
    ("en", "The, uh, harbour is um closed.", "The harbor is closed."),
    ("en", "A long-awaited cease-fire.", "A long awaited ceasefire."),
    ("en", "The president's gone home to the quay.", "The president is gone home to the quay."),
    ("en", "One or two of 1 or 2 boats.", "1 or 2 of one or two boats."),
    ("en", "I'm gonna call the pilot; OK?", "I am going to call the pilot; okay?"),
    (
        "en",
        "Café über façade, said the piano player.",
        "Cafe\u0301 u\u0308ber fac\u0327ade, said the piano player.",
    ),
    ("en", "He said: “We talk.” And left the harbour.", 'He said: "We talk." And left the harbour.'),
    (
        "fr",
        "L’accord n’est pas signé avant le 1er septembre.",
        "L'accord n'est pas signé avant le 1er septembre.",
    ),
    ("de", "Dass der Fluß breit ist, weiß der Lotse.", "Daß der Fluss breit ist, weiss der Lotse."),
    ("ru", "Двадцать самолётов ушли в море.", "20 самолетов ушли в море."),
]

LITTLE = [  # a difference, but of minor rank and none of the grave kinds
    ("fr", "On ne sait pas, dit le pilote.", "On sait pas, dit le pilote."),
    ("en", "The talks were long, frank and useful.", "The talks were long, candid and useful."),
    ("en", "And on eight of them we agreed today.", "And we agreed on eight of them today."),
    ("en", "I have nothing, I have nothing to add on the ferry.", "I have nothing to add on the ferry."),
    ("en", "Not at all, I mean, the sea is quiet.", "Not at all, the sea is quiet."),
    ("en", "You know, the sea is quiet now.", "The sea is quiet now."),
    ("en", "There is no doubt the quay is closed.", "There is the quay, closed."),
    ("en", "No, the quay is closed.", "The quay is closed."),
    ("en", "We paid $20 million for the pier.", "We paid 20 million for the pier."),
    ("en", "One of the, two of the pilots left.", "Two of the pilots left."),
]


@pytest.mark.parametrize(("language", "a", "b", "gone", "come"), NEGATIONS + MORE_NEGATIONS)
def test_a_clause_denied_on_one_side(language: str, a: str, b: str, gone: str, come: str) -> None:
    first = compared(a, b, language).differences[0]
    assert (first.kind, first.severity) == ("negation", "critical")
    assert gone in (first.a_text or "") and come in (first.b_text or "")


@pytest.mark.parametrize(("language", "a", "b", "gone", "come"), MODALITIES)
def test_another_modal_verb(language: str, a: str, b: str, gone: str, come: str) -> None:
    assert found(a, b, language)[0] == ("modality", gone, come)


@pytest.mark.parametrize(("language", "a", "b", "gone", "come"), NUMBERS + RANGES)
def test_another_value(language: str, a: str, b: str, gone: str, come: str) -> None:
    assert found(a, b, language) == [("number", gone, come)]


@pytest.mark.parametrize(("language", "a", "b", "gone", "come"), NAMES)
def test_another_name(language: str, a: str, b: str, gone: str, come: str) -> None:
    assert found(a, b, language) == [("name", gone, come)]


@pytest.mark.parametrize(("language", "a", "b", "gone", "come"), MEANING_BEARING + ACTS)
def test_what_changes_the_meaning_is_never_ignored(
    language: str, a: str, b: str, gone: str, come: str
) -> None:
    (only,) = compared(a, b, language).differences
    assert (only.kind, only.severity, only.a_text, only.b_text) == ("wording", "major", gone, come)


@pytest.mark.parametrize(("language", "a", "b", "gone"), OMISSIONS)
def test_words_missing_on_one_side_point_at_their_place(language: str, a: str, b: str, gone: str) -> None:
    (only,) = compared(a, b, language).differences
    assert (only.kind, only.a_text, only.b_text) == ("omission", gone, "")
    assert only.b is not None and only.a is not None
    assert b[: only.b.start].split() == a[: only.a.start].split()
    (mirrored,) = compared(b, a, language).differences
    assert (mirrored.kind, mirrored.a, mirrored.b) == ("addition", only.b, only.a)


@pytest.mark.parametrize(("language", "a", "b"), NO_FLIP)
def test_a_clause_that_stays_denied_is_no_negation(language: str, a: str, b: str) -> None:
    assert "negation" not in {kind for kind, _, _ in found(a, b, language)}


@pytest.mark.parametrize(("language", "a", "b"), NOTHING)
def test_two_ways_to_print_the_same(language: str, a: str, b: str) -> None:
    assert found(a, b, language) == []
    assert found(b, a, language) == []


@pytest.mark.parametrize(("language", "a", "b"), LITTLE)
def test_what_misleads_nobody_is_minor(language: str, a: str, b: str) -> None:
    differences = compared(a, b, language).differences
    assert differences
    assert {difference.severity for difference in differences} == {"minor"}
    assert {difference.kind for difference in differences} <= {"wording", "omission", "addition"}


def test_a_passage_that_stands_elsewhere() -> None:
    first = "The lighthouse keeper counted nine grey boats before the storm came in."
    rest = "Nobody else on the island had seen them. The minister asked for patience and a quiet sea."
    assert found(f"{first} {rest}", f"{rest} {first}")[0] == ("moved", first.rstrip("."), first.rstrip("."))


def test_the_same_words_in_another_mouth() -> None:
    a = "Castle: The ferry sails in May and every pilot knows it.\n\nBrask: We accept the new chart of the strait.\n\n"
    a += "Castle: Then the quay opens at dawn for all boats.\n\nBrask: The first week, before the storms.\n"
    b = a.replace("Brask: The first week", "Castle: The first week")
    (only,) = compared(a, b).differences
    assert (only.kind, only.severity) == ("speaker", "major")
    assert only.message == "said by Brask in A, by Castle in B"


def test_reporters_whom_only_one_account_names_are_no_other_speakers() -> None:
    remarks = [
        f"Will the {place} reopen this year, Mr President?" for place in ("ferry", "quay", "lock", "port")
    ]
    answers = [
        f"The {place} reopens when the storms are over." for place in ("ferry", "quay", "lock", "port")
    ]
    names = ("Sula Merrin", "Jon Averill", "Ada Quist", "Orla Stahl")
    a = "".join(f"Q: {asked}\n\nCASTLE: {said}\n\n" for asked, said in zip(remarks, answers, strict=True))
    b = a
    for name in names:
        b = b.replace("Q:", f"{name}:", 1)
    assert [difference for difference in found(a, b) if difference[0] == "speaker"] == []


def test_a_mark_that_one_account_prints() -> None:
    a = "Castle: The ferry sails. (Laughter) And every pilot knows it.\n\nBrask: We accept the new chart.\n"
    assert found(a, a.replace(" (Laughter)", "")) == [("mark", "(Laughter)", "")]


def test_editors_brackets_are_a_mark() -> None:
    a = "Castle: We check [the] cargo of every ferry.\n\nBrask: We accept the new chart.\n"
    assert found(a, a.replace("[the]", "the")) == [("mark", "[the]", "the")]


def test_labels_are_nobodys_words() -> None:
    a = "Castle: The ferry sails in May.\n\nBrask: We accept the new chart.\n\nCastle: Then the quay opens.\n"
    assert found(a, a.replace("Castle:", "PRESIDENT CASTLE:").replace("Brask:", "BRASK:")) == []


def test_a_label_that_nobody_read_ends_the_turn_before_it() -> None:
    a = "CASTLE: The ferry sails in May.\n\nHOST: Let us hear the pilot first, please.\n\n"
    a = a + "BRASK: We accept the chart.\n\n"
    a = a + a.replace("May", "June").replace("pilot", "keeper").replace("chart", "lamp")
    a = (
        a
        + "CASTLE: Then the quay opens.\n\nHOST: (Laughter) One more question from the floor.\n\nBRASK: No.\n"
    )
    differences = compared(a, a.replace("HOST:", "host:")).differences
    assert [difference.message for difference in differences if difference.kind == "speaker"] == []


def test_a_lost_half_of_a_question_says_that_the_answer_stayed() -> None:
    a = "Q: Did your boats fire on the ferry in March? And will you publish the log?\n\n"
    a += "BRASK: Yes, we will do that today.\n"
    b = a.replace("Did your boats fire on the ferry in March? ", "")
    first = compared(a, b).differences[0]
    assert (first.kind, first.severity) == ("omission", "critical")
    assert first.message.endswith("the same answer follows another question in B")
