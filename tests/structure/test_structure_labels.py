"""Labels taken apart: a table of printed labels, and of strings that look like one and are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.structure.labels import LONGEST, parse
from onrecord.structure.printed import GOOD, STRONG, WEAK

PARTS = [
    # label, rank, kind, the parts that are not empty
    ("TRUMP", WEAK, "person", {"name": "TRUMP"}),
    ("Vladimir Poutine", GOOD, "person", {"name": "Vladimir Poutine"}),
    ("MR. McFAUL", STRONG, "person", {"honorific": "MR.", "name": "McFAUL", "gender": "m"}),
    ("Mr. SMITH of New Jersey", STRONG, "person", {"name": "SMITH", "affiliation": "of New Jersey"}),
    ("Mr. KING of Iowa", STRONG, "person", {"name": "KING", "affiliation": "of Iowa"}),
    ("Mrs. Lind (France) (spoke in French)", STRONG, "person", {"affiliation": "France", "manner": "spoke in French"}),
    ("Mme Ada Lind, ministre déléguée à la pêche", STRONG, "person", {"role": "ministre déléguée à la pêche"}),
    ("L'hon. Ada Lind (ministre (Pêche), PXC)", STRONG, "person", {"affiliation": "ministre (Pêche), PXC"}),
    ("SEN. ADA LIND (D-VT), CANDIDATE", STRONG, "person", {"affiliation": "D-VT", "role": "CANDIDATE"}),
    ("Detlef Muster (Chemnitz) (SPX)", STRONG, "person", {"name": "Detlef Muster", "affiliation": "Chemnitz"}),
    ("В.Путин", GOOD, "person", {"name": "В.Путин"}),
    ("Браск Т. И.", GOOD, "person", {"name": "Браск Т. И."}),
    ("ترامب", WEAK, "person", {"name": "ترامب"}),
    ("President of Veldania Marlen Castle", STRONG, "person", {"name": "Marlen Castle"}),
    ("President of the United States Ada Lind", STRONG, "person", {"office": "President of the United States"}),
    ("Federal President of Austria Alexander Van der Lind", STRONG, "person", {"name": "Alexander Van der Lind"}),
    ("Präsidentin Bärbel Lind", STRONG, "person", {"office": "Präsidentin", "name": "Bärbel Lind", "gender": "f"}),
    ("PRESIDENT CASTLE", STRONG, "person", {"office": "PRESIDENT", "name": "CASTLE"}),
    ("Le président", STRONG, "office", {"office": "Le président"}),
    ("Mme la présidente", STRONG, "office", {"honorific": "Mme", "gender": "f"}),
    ("El señor PRESIDENTE", STRONG, "office", {"honorific": "El señor", "office": "PRESIDENTE"}),
    ("The PRESIDING OFFICER (Mr. Lind)", STRONG, "office", {"office": "The PRESIDING OFFICER", "name": "Lind"}),
    ("The SPEAKER pro tempore (during the vote)", STRONG, "office", {"office": "The SPEAKER pro tempore"}),
    ("Des voix", STRONG, "group", {}),
    ("Plusieurs députés du groupe XYZ", STRONG, "group", {}),
    ("UNIDENTIFIED MALE", STRONG, "group", {}),
    ("Q", STRONG, "query", {}),
    ("Вопрос", STRONG, "query", {}),
    ("Question (retranslated)", STRONG, "query", {"manner": "retranslated"}),
    ("SPEAKER_00", STRONG, "code", {"name": "SPEAKER_00"}),
    ("De heer De Lind (XYZ)", STRONG, "person", {"name": "De Lind", "affiliation": "XYZ"}),
    ("الرئيس ماروك", GOOD, "person", {"office": "الرئيس", "name": "ماروك"}),
    ("議長（山田太郎君）", GOOD, "office", {"office": "議長", "name": "山田太郎"}),
    ("鈴木花子君", GOOD, "person", {"honorific": "君", "name": "鈴木花子"}),
    ("대변인", GOOD, "office", {"office": "대변인"}),
    ("记者", STRONG, "query", {}),
    # Office and name in one word: which of its characters are the name, nobody prints.
    ("发言人林安", GOOD, "office", {"office": "发言人林安", "name": ""}),
    ("林安", WEAK, "person", {"name": "林安"}),
    # A verb between office and name makes it a sentence: no more than the shape of a name is left.
    ("الرئيس كان ماروك", WEAK, "person", {"office": ""}),
    ("قال الرئيس", WEAK, "person", {"office": ""}),
    ("ΠΡΟΕΔΡΟΣ (Νίκος Δάλας)", STRONG, "office", {"office": "ΠΡΟΕΔΡΟΣ", "name": "Νίκος Δάλας"}),
    ("The Secretary of State for Transport (Jane Corder)", STRONG, "office", {"name": "Jane Corder"}),
    ("The President (New Veldania)", STRONG, "office", {"name": "", "affiliation": "New Veldania"}),
    # Letters behind a name are no part of it, and no office; one word keeps them.
    ("Wenna Oake CBE MP", STRONG, "person", {"name": "Wenna Oake", "role": "CBE MP"}),
    ("WENNA OAKE MP", STRONG, "person", {"name": "WENNA OAKE", "role": "MP"}),
    ("Mr Oake KC, Chair of the Inquiry", STRONG, "person", {"name": "Oake", "role": "Chair of the Inquiry"}),
    ("KC", WEAK, "person", {"name": "KC"}),
    ("Oake KC", GOOD, "person", {"name": "Oake KC", "role": ""}),
    ("The Right Honourable Baroness Oake", STRONG, "person", {"honorific": "The Right Honourable Baroness"}),
    ("Son Excellence Monsieur Tomas Arkell", STRONG, "person", {"name": "Tomas Arkell", "gender": "m"}),
    ("H.E. Mr. Tomas Arkell", STRONG, "person", {"honorific": "H.E. Mr.", "name": "Tomas Arkell"}),
    # Two places behind "of" are not two people; a title behind "and" is somebody else's.
    ("Baroness Wenna Oake of Port Harlan and Saint Merryn", STRONG, "person",
     {"name": "Wenna Oake", "affiliation": "of Port Harlan and Saint Merryn"}),
    ("Lord Arkell of Merryn and Lady Oake", STRONG, "person", {"name": ""}),
    # A portfolio may be long.
    ("Wenna Oake, Minister for Harbours, Islands and Fisheries and Special Envoy of the President for the Northern Sea",
     STRONG, "person", {"name": "Wenna Oake"}),
    ("Wenna Oake, ministre des Ports, des Îles et de la Pêche et envoyée spéciale de la présidente pour la mer du Nord",
     STRONG, "person", {"name": "Wenna Oake"}),
]  # fmt: skip


@pytest.mark.parametrize(("label", "rank", "kind", "expected"), PARTS, ids=[row[0] for row in PARTS])
def test_parts(label: str, rank: int, kind: str, expected: dict[str, str]) -> None:
    found = parse(label)
    assert found is not None
    assert (found.parts.text, found.rank, found.parts.kind) == (label, rank, kind)
    assert {field: getattr(found.parts, field) for field in expected} == expected


@pytest.mark.parametrize(
    ("label", "names"),
    [
        ("M. Ruben Mariton et M. Filip Gosselin", ["Ruben Mariton", "Filip Gosselin"]),
        ("Castle and Brask", ["Castle", "Brask"]),
        ("M. Ada Lind et M. Bo Ruas et Mme Cy Tarbek", ["Ada Lind", "Bo Ruas", "Cy Tarbek"]),
    ],
)
def test_joint_speakers(label: str, names: list[str]) -> None:
    found = parse(label)
    assert found is not None
    assert [part.name for part in found.parts.joint] == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Now, here is my question",
        "Note",
        "The Iraqi people have not wavered",
        "M. Guaino, enfin, s’est découvert une vocation",
        "Facts. CLINTON",
        "Il l’a dit",
        # A verb that reports, in small letters or glued to the name.
        "The Minister said Lind",
        "Le ministre est Ada Lind",
        "林安表示",
        "发言人表示",
        "发言人林安强调",
        "김하나말했다",
        "Wildfires Mr. Dane Lind",
        "Präsidentin Bärbel Lind: Nächste Rednerin",
        # Behind one word, so much is news and no office.
        "Brask, minister of ports and head of the council of the isles and of the northern sea and strait",
        "12:05",
        "x" * (LONGEST + 1),
        "((((",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert parse(text) is None


def test_what_cannot_be_seen_is_not_read() -> None:
    found = parse("Donald Tr\u200bu\u00admp")
    assert found is not None
    assert found.parts.name == "Donald Trump"


@given(st.text(max_size=300))
def test_any_text_is_parsed_or_declined(text: str) -> None:
    found = parse(text)
    assert found is None or found.rank in (WEAK, GOOD, STRONG)
