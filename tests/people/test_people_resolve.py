"""Labels become people: each table row is a small dialogue and what must come of it."""

from __future__ import annotations

import pytest
from dialogue import Line, Play, office, person, voice
from hypothesis import given, settings
from hypothesis import strategies as st

LIND, FALK = person("Vera Lind"), person("Otto Falk")

SAME_PERSON = [
    # the labels of one dialogue, the label asked for, the name it must resolve to, the judgement
    ([person("Vera Lind"), person("Lind")], "Lind", "Vera Lind", "certain"),
    ([person("Lind"), person("Vera Lind")], "Lind", "Vera Lind", "certain"),
    ([person("Vera Lind"), person("LIND")], "LIND", "Vera Lind", "certain"),
    ([person("Vera Lind"), person("V. Lind")], "V. Lind", "Vera Lind", "certain"),
    ([person("В.Линд"), person("Вера Линд")], "В.Линд", "Вера Линд", "certain"),
    ([person("Vera Lind"), person("Vera")], "Vera", "Vera Lind", "likely"),
    ([person("Vera von der Aue"), person("von der Aue")], "von der Aue", "Vera von der Aue", "certain"),
    ([person("Vera Lind"), person("Lind", honorific="Mme", gender="f")], "Mme Lind", "Vera Lind", "certain"),
    (
        [person("McVane", honorific="Mr."), person("MCVANE", honorific="Mr.")],
        "Mr. MCVANE",
        "McVane",
        "certain",
    ),
    ([person("Vera Lind", affiliation="Aue, LIB"), person("Vera Lind")], "Vera Lind", "Vera Lind", "certain"),
    ([person("Vladimir Poutine"), person("Владимир Путин")], "Владимир Путин", "Vladimir Poutine", "likely"),
    ([person("Vera\u200b Lind"), person("Vera Lind")], "Vera Lind", "Vera Lind", "certain"),
    ([person("Otto Falk", office="President of Ruritania"), person("Falk")], "Falk", "Otto Falk", "certain"),
]


@pytest.mark.parametrize(("labels", "asked", "name", "judgement"), SAME_PERSON)
def test_one_person_under_two_labels(labels: list, asked: str, name: str, judgement: str) -> None:
    play = Play([(parts, "Yes.") for parts in labels])
    assert (play.name(asked), play[asked].judgement) == (name, judgement)
    assert len(play.people) == 1


AMBIGUOUS = [
    # two people share what the label prints: it is never forced
    ([person("Owen Reed"), person("Chloe Reed", affiliation="Secretary"), person("Reed")], "Reed"),
    ([person("Reed", honorific="Mr", affiliation="Ewen"), person("Reed", honorific="Mr", affiliation="Stephen"),
      person("Reed", honorific="Mr")], "Mr Reed"),
    ([person("Moreau", office="Le Président"), person("Zelinka", office="Le Président"), office("Le Président")],
     "Le Président"),
    ([person("Owen Reed"), person("Otto Reed"), person("O. Reed")], "O. Reed"),
    ([person("Vera Lind"), person("Vera Falk"), person("Vera")], "Vera"),
]  # fmt: skip


@pytest.mark.parametrize(("labels", "asked"), AMBIGUOUS)
def test_ambiguous_labels_stay_open(labels: list, asked: str) -> None:
    play = Play([(parts, "Yes.") for parts in labels], "fr")
    assert play[asked].person is None
    assert play[asked].judgement == "ambiguous"
    assert play[asked].candidates == (play[labels[0].text].person, play[labels[1].text].person)
    assert "may be" in play[asked].reasons[0]


def test_an_honorific_tells_two_bearers_of_a_surname_apart() -> None:
    owen = person("Owen Reed", honorific="Mr", gender="m")
    chloe = person("Chloe Reed", honorific="Ms", gender="f")
    play = Play([(owen, "a"), (chloe, "b"), (person("Reed", honorific="Ms", gender="f"), "c")])
    assert play.name("Ms Reed") == "Chloe Reed"


def test_an_honorific_of_the_other_gender_is_another_person() -> None:
    owen = person("Owen Reed", honorific="Mr", gender="m")
    play = Play([(owen, "a"), (person("Reed", honorific="Mrs", gender="f"), "b")])
    assert play.name("Mrs Reed") == "Reed"
    assert len(play.people) == 2


def test_a_chair_keeps_its_printed_holder() -> None:
    chair = office("Le président", "David Lindon", gender="m")
    play = Play([(chair, "a"), (FALK, "b"), (office("M. le président", gender="m"), "c")], "fr")
    assert play.name("M. le président") == "David Lindon"
    assert play[chair.text].person == play["M. le président"].person


def test_a_chair_that_changes_hands_is_told_by_turn() -> None:
    bare = office("Le président")
    lines: list[Line] = [
        (office("Le président", "David Lindon"), "a"), (bare, "b"),
        (office("Le président", "Anne Roy"), "c"), (bare, "d"),
    ]  # fmt: skip
    play = Play(lines, "fr")
    found = play["Le président"]
    assert (found.person, found.judgement) == (None, "ambiguous")
    assert [(turn, play.names[id]) for turn, id in found.by_turn] == [(1, "David Lindon"), (3, "Anne Roy")]


def test_the_chair_is_never_a_guest() -> None:
    guest = person("Falk", office="Le Président")
    play = Play([(guest, "a"), (office("Le Président"), "b"), (office("La Présidente de séance"), "c")], "fr")
    assert play.who("Le Président").kind == "office"
    assert play["Le Président"].person != play[guest.text].person
    assert play.candidates("Le Président") == ["Falk"]
    assert play.who("La Présidente de séance").kind == "office"


def test_men_and_women_in_the_chair_are_two() -> None:
    man, woman = office("M. le président", gender="m"), office("Mme la présidente", gender="f")
    play = Play([(man, "a"), (woman, "b"), (man, "c")], "fr")
    assert play[man.text].person != play[woman.text].person


def test_queries_are_nobody_and_groups_are_entries() -> None:
    play = Play(
        [(voice("query", "Q"), "a?"), (voice("group", "Des voix"), "Oh!"), (voice("code", "SPEAKER_00"), "b")]
    )
    assert (play["Q"].person, play["Q"].judgement) == (None, "unresolved")
    assert play["Q"].reasons
    assert play.who("Des voix").kind == "group"
    assert play.who("SPEAKER_00").kind == "unnamed"


def test_a_joint_label_is_both() -> None:
    both = person("", text="Mme Lind et M. Falk")._replace(joint=(person("Lind"), person("Falk")))
    play = Play([(LIND, "a"), (FALK, "b"), (both, "Nous.")], "fr")
    assert play[both.text].person == play["Vera Lind"].person
    assert play[both.text].others == (play["Otto Falk"].person,)


def misprinted(rare: str, *, between: str = "Otto Falk") -> Play:
    lines: list[Line] = []
    for _ in range(4):
        lines += [(person("KERIK"), "a"), (person(between), "b")]
    return Play([*lines, (person(rare), "c"), (person(between), "d")])


@pytest.mark.parametrize("rare", ["KERIRK", "KRIK", "KEIRK", "KERAK"])
def test_a_rare_label_one_letter_off_is_a_misprint(rare: str) -> None:
    play = misprinted(rare)
    if len(rare) < 5:
        assert play.name(rare) == rare
        return
    assert (play.name(rare), play[rare].judgement) == ("KERIK", "likely")
    assert [alias.kind for alias in play.who("KERIK").aliases] == ["printed", "typo"]


def test_two_who_speak_in_turn_are_not_one_misprinted() -> None:
    lines: list[Line] = [(person("Hansen"), "a"), (FALK, "b")] * 4
    play = Play([*lines, (person("Hanson"), "c"), (person("Hansen"), "d")])
    assert play.name("Hanson") == "Hanson"
    assert "speak in turn" in play["Hanson"].reasons[0]


def test_two_known_names_one_letter_apart_are_two_people() -> None:
    lines: list[Line] = [(person("Peskov"), "a"), (FALK, "b")] * 4
    play = Play([*lines, (person("Petkov"), "c"), (FALK, "d")])
    assert play.name("Petkov") == "Petkov"
    assert "names of known people" in play["Petkov"].reasons[0]


def test_what_the_user_says_goes_first() -> None:
    play = Play([(LIND, "a"), (FALK, "b"), (person("Reed"), "c")], aliases={"Reed": "Otto Falk"})
    assert play.name("Reed") == "Otto Falk"
    (alias,) = [a for a in play.who("Otto Falk").aliases if a.text == "Reed"]
    assert (alias.kind, alias.judgement, alias.reasons) == ("user", "certain", ("you said so",))


def test_a_surname_becomes_the_full_name_that_the_text_prints() -> None:
    play = Play(
        [(person("LIND"), "a"), (person("FALK"), "b")], frame="Yesterday Vera Lind met the minister in Aue."
    )
    assert play.name("LIND") == "Vera Lind"
    assert play.name("FALK") == "FALK"


NO_FULLER_NAME = [
    "Yesterday Senators Lind and Falk met; Senators Lind and Reed did not. Senators Falk spoke.",
    "THEN VERA LIND CAME.",
    "The Lind-Falk plan, the Reed-Lind plan.",
    "The President Lind met us.",
]


@pytest.mark.parametrize("frame", NO_FULLER_NAME)
def test_titles_and_capitals_give_nobody_a_first_name(frame: str) -> None:
    play = Play([(person("LIND"), "a"), (person("REED"), "b")], frame=frame)
    assert play.name("LIND") == "LIND"


def test_two_spellings_that_the_roster_knows_are_one_person() -> None:
    play = Play([(person("Tayyip Erdogan"), "a"), (person("Recep Tayyip Erdoğan"), "b")])
    (erdogan,) = play.people
    assert (erdogan.name, erdogan.known) == ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan")


def test_the_roster_never_fills_in_a_bare_surname() -> None:
    play = Play([(person("TRUMP"), "a"), (person("HOLT"), "b")], date="2025-08-15")
    assert play.name("TRUMP") == "TRUMP"
    assert play.who("TRUMP").known is None
    assert "Donald Trump" in play.who("TRUMP").aliases[0].reasons[0]


KNOWN = [
    (person("Vladimir Poutine"), "fr", "vladimir-putin"),
    (person("Wladimir Putin"), "de", "vladimir-putin"),
    (person("Сергей Лавров"), "ru", "sergey-lavrov"),
    (person("RECEP TAYYIP ERDOGAN"), "en", "recep-tayyip-erdogan"),
    (person("Zelensky", office="Le Président"), "fr", "volodymyr-zelenskyy"),
    (person("Vera Lind"), "en", None),
]


@pytest.mark.parametrize(("label", "language", "known"), KNOWN)
def test_the_roster_knows_full_names(label: object, language: str, known: str | None) -> None:
    play = Play([(label, "a"), (FALK, "b")], language)  # type: ignore[list-item]
    assert play.people[0].known == known


def test_names_outside_labels_become_people() -> None:
    play = Play([(LIND, "a"), (person("FALK"), "b")], extra=["Otto Falk", "Anne Roy", "Vera Lind"])
    assert sorted(play.names.values()) == ["Anne Roy", "Otto Falk", "Vera Lind"]


def test_what_stands_in_brackets_tells_bearers_apart_and_is_shown() -> None:
    jersey = person("REED", honorific="Mr.", affiliation="of New Aue", text="Mr. REED of New Aue")
    texas = person("REED", honorific="Mr.", affiliation="of Lind", text="Mr. REED of Lind")
    play = Play([(jersey, "a"), (texas, "b"), (jersey, "c"), (person("REED", honorific="Mr."), "d")])
    assert play.name("Mr. REED of New Aue") == "REED of New Aue"
    assert play.candidates("Mr. REED") == ["REED of New Aue", "REED of Lind"]


def test_a_label_with_very_many_bearers_lists_a_few() -> None:
    people: list[Line] = [(person(f"{a}{b}na Lind"), "a") for a in "BDKLM" for b in "aeiou"]
    play = Play([*people, (person("Lind"), "b")])
    assert len(play["Lind"].candidates) == 20
    assert "and 5 more" in play["Lind"].reasons[0]


def test_many_labels_are_near_linear_and_say_what_was_left_out() -> None:
    play = Play([(person(f"Personne{n}"), "oui") for n in range(6000)], "fr")
    assert len(play.people) == 6000
    assert any("misprints were not looked for" in reason for reason in play["Personne7"].reasons)


names = st.text("ab лeéM.-' \u200b", max_size=12)
kinds = st.sampled_from(["person", "office", "group", "query", "code", "unnamed"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(kinds, names, st.sampled_from(["", "Ewen", "LIB"])), max_size=12))
def test_every_label_is_answered_and_every_id_exists(labels: list[tuple[str, str, str]]) -> None:
    lines = [(voice(kind, name)._replace(name=name, affiliation=mark), "x") for kind, name, mark in labels]
    play = Play(lines)
    again = Play(lines)
    ids = {one.id for one in play.people}
    assert play.people == again.people and play.labels == again.labels
    for found in play.labels.values():
        assert {found.person, *found.others, *found.candidates} - {None} <= ids
        assert (found.judgement in ("certain", "likely")) == (
            found.person is not None
        ) or found.judgement == "ambiguous"
        if found.judgement == "ambiguous":
            assert found.reasons
