# ruff: noqa: E501 - a table of texts reads best with a text a line
"""Quotations where the verb stands second, in two parts, or without its subject. Nobody and no country here exists."""

from __future__ import annotations

import time

import pytest

from onrecord.statements.quotes import find_quotes

GERMAN = [
    # what stands before the verb is the subject with all that belongs to it
    ("Lind, die das Rathaus seit Mai leitet, sagte: „Wir fangen an.“", "Lind, die das Rathaus seit Mai leitet"),
    ("Der neue Sprecher der Werft, Ole Brand, nannte den Plan „verrückt“.", "Der neue Sprecher der Werft, Ole Brand"),
    ("Die Hafenarbeiter der Stadt werfen der Reederei vor: „Ihr habt uns vergessen.“", "Die Hafenarbeiter der Stadt"),
    ("Brand verneigte sich und sagte: „Wir fangen an.“", "Brand"),
    ("Von der Quay betonte, dass „niemand“ gefragt worden sei.", "Von der Quay"),
    # or none of it is
    ("Gestern sagte Lind: „Wir fangen an.“", "Lind"),
    ("Der örtlichen Zeitung sagte Ole Brand: „Wir fangen an.“", "Ole Brand"),
    ("Den Plan nannte Orval „verrückt“.", "Orval"),
    ("In einem Brief an die Stadt wies der Hafenmeister alle Vorwürfe als „Unfug“ zurück.", "der Hafenmeister"),
    ("Dem Sender Welle 4 sagte Hafenchef Ole Brand, der Plan sei „ein Witz“.", "Hafenchef Ole Brand"),
    # no verb, adverb or object stands in a mention
    ("Danach entgegnete Brand empört: „Wir fangen an.“", "Brand"),
    ("In Torv begründete die Ministerin ihre Absage folgendermaßen: „Wir sind müde.“", "die Ministerin"),
    ("„Bis zum Winter“, stellte Brand fest, „ist es zu spät.“", "Brand"),
    ("„Es reicht“, meint die 56-jährige Kapitänin.", "die 56-jährige Kapitänin"),
    ("Orval kritisierte den Beschluss des Rates scharf: „Das ist Unfug.“", "Orval"),
    # a verb in two parts
    ("Lind teilte am Abend mit: „Wir verkaufen den Kai nicht.“", "Lind"),
    ("Ole Brand hat den Verkauf in einem Brief bestätigt: „Wir gehen.“", "Ole Brand"),
    ("„Wir gehen“, hatte Reeder Brand in einem Gespräch erklärt.", "Reeder Brand"),
    ("„Wir gehen“, so schrieb Reeder Brand an die Stadt.", "Reeder Brand"),
    # who is cited, not who cites
    ("Brand wird mit den Worten zitiert: „Niemand hat uns gefragt.“", "Brand"),
    ("Der Torver Bote zitiert einen Matrosen mit den Worten: „Wir gehen.“", "einen Matrosen"),
    # sources
    ("Brand zufolge ist der Kai „nicht zu retten“.", "Brand"),
    ("Der Kai ist laut einem Ratsmitglied „ein trauriger Anblick“.", "einem Ratsmitglied"),
    ("Nach Angaben der Hafenmeisterin ist der Kai „nicht zu retten“.", "der Hafenmeisterin"),
    ("Brand sagte weiter, er sei „kein Freund von Eile“.", "Brand"),
    # any verb between the marks and its subject, and words that say they are somebody's
    ("„Kein Kommentar“, ließ er ausrichten.", "er"),
    ("„Das wird ein langer Winter“, lächelte die Wirtin.", "die Wirtin"),
    ("Mit den Worten „Jetzt reicht es“ verließ Orval den Saal.", "Orval"),
    ("Orval hatte zuvor von einem „Unfug mit Ansage“ gesprochen.", "Orval"),
    ("Brand erklärte, dass er ablehne. Der Antrag sei „nicht einmal gelesen worden“.", "Brand"),
    # nobody
    ("Der Plan war schon als „größter Unfug des Jahres“ bezeichnet worden.", None),
    ("In dem Brief heißt es: „Wir kommen nicht zurück.“", None),
    ("Darin steht unter anderem: „Wir kommen nicht zurück in diese kleine Stadt.“", None),
]  # fmt: skip

SPANISH = [
    ("—El muelle está abierto —dijo Lind—. Mañana zarpamos.", "Lind"),
    ("—¿Y quién paga? —preguntó el marinero.", "el marinero"),
    ("El ministro, que visitó ayer el puerto, calificó el plan de “locura”.", "El ministro, que visitó ayer el puerto"),
    ("“No”, zanjó el alcalde.", "el alcalde"),
    ("Me lo dijo Lind: “Cierra la puerta”.", "Lind"),
    ("Orval llegó tarde y dijo: “Cierra la puerta”.", "Orval"),
    ("“Hemos firmado”, explicó este lunes a la prensa la alcaldesa de Torv.", "la alcaldesa de Torv"),
]  # fmt: skip

RUSSIAN = [
    ("— Причал открыт, — сказал Орвал. — Завтра выходим.", "Орвал"),
    ("— Никто, — ответила она.", "она"),
    ('"Причал открыт, - сказала мэр города в среду на совещании. - Но паром пока не ходит".', "мэр города"),
    ("«Причал открыт», — заявила в понедельник журналистам мэр Торва Вера Линд.", "мэр Торва Вера Линд"),
    ("Глава порта Оле Бранд недавно рассказал, что «никого не спросили».", "Глава порта Оле Бранд"),
    ("В свою очередь Орвал отметил: «Мы готовы ждать».", "Орвал"),
    ("Орвал поднялся и сказал: «Мы готовы ждать».", "Орвал"),
    ("«Нет», — ответил Бранд и ушёл.", "Бранд"),
    ("«Нет», — усмехнулась Линд.", "Линд"),
    ("По её словам, причал «никому не нужен».", "её"),
    ("«Мы не спешим», — приводит слова Бранда «Голос Торва».", "Бранда"),
    ("Обращаясь к залу, Бранд сказал: «Мы готовы ждать».", "Бранд"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (language, *row)
        for language, rows in (("de", GERMAN), ("es", SPANISH), ("ru", RUSSIAN))
        for row in rows
    ],
)
def test_mentions(language: str, text: str, expected: str | None) -> None:
    mentions = [quote.mention for quote in find_quotes(text, language)]
    assert mentions
    assert {text[slice(*mention)] if mention else None for mention in mentions} == {expected}


DIALOGUE = [
    ("es", "—El muelle está abierto —dijo Lind—. Mañana zarpamos.", ["El muelle está abierto", "Mañana zarpamos"]),
    ("ru", "— Причал открыт, — сказал Орвал. — Завтра выходим.", ["Причал открыт", "Завтра выходим"]),
    ("ru", "— Никто, — ответила она.", ["Никто"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), DIALOGUE)
def test_a_cue_between_dashes_is_the_writers(language: str, text: str, expected: list[str]) -> None:
    assert [
        text[slice(*part)] for quote in find_quotes(text, language) for part in quote.segments
    ] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "—El muelle está abierto desde el lunes."), ("ru", "— Причал открыт с понедельника."), ("fr", "— Le quai, dit Lind, est à nous.")],
)  # fmt: skip
def test_a_dash_without_a_cue_quotes_nobody(language: str, text: str) -> None:
    assert [quote for quote in find_quotes(text, language) if quote.rule == "inserted"] == []


NAMES = [
    ("de", "Lind sprach beim „3. Torver Hafentag der Fischerei“ vor allen Gästen."),
    ("de", "Der lateinische Name lautet „Torva torva minor“, sagte Lind."),
    ("de", "Die Reederei (Motto: „Wir fahren auch bei Nebel gern“) sagte ab."),
    ("de", "Lind kommentierte den Bericht laut „bote.torv.example“ nicht."),
    ("de", "Brand forderte eine Rücknahme von „Kai II“."),
    ("de", "Lind berichtete im Saal des Kulturhauses „Leuchtturm“, das am Kai steht."),
    ("de", "Brand kritisierte in der Zeitung „Torver Bote“ niemanden."),
    ("de", "Am Kai fand der Probelauf der „alten Fähre“ bei Nebel statt."),
    ("de", "Der Lauf, das „III Tour du Quai de Torv“, ging an Brand."),
    ("de", "„Nordwind“, so heißt die neue Fähre, sagte niemand."),
    ("es", "El diario «La Voz de Torv» publicó el plan, dijo Lind."),
    ("ru", "Фильм «Старый причал» выйдет завтра, сообщила компания «Нордкино»."),
]  # fmt: skip

NO_NAMES = [
    ("de", "Orval warnte vor einem „Ausverkauf“.", ["Ausverkauf"]),
    ("de", "Orval sprach von „Ausverkauf“.", ["Ausverkauf"]),
    ("de", "Orval wies den Vorwurf „Unfug“ zurück.", ["Unfug"]),
    ("de", "Die Fischer riefen Sprüche wie „Kai für alle“.", ["Kai für alle"]),
    ("ru", "Министр назвал план «безумием».", ["безумием"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), NAMES)
def test_names_in_marks_are_no_quotations(language: str, text: str) -> None:
    assert find_quotes(text, language) == []


@pytest.mark.parametrize(("language", "text", "expected"), NO_NAMES)
def test_words_that_a_verb_of_speech_governs_are(language: str, text: str, expected: list[str]) -> None:
    assert [
        text[slice(*part)] for quote in find_quotes(text, language) for part in quote.segments
    ] == expected


HOSTILE = ["Der ", "Lind, die ", "hat ", "teilte ", "„a“ ", "Lind und ", "(", "— dijo ", "— ", "laut Lind ", "der von der ", "sagte ", ", "]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("language", ["de", "es", "ru"])
def test_hostile_text_is_read_in_linear_time(piece: str, language: str) -> None:
    text = "„x“ " + piece * (100_000 // len(piece))
    started = time.process_time()
    find_quotes(text, language)
    assert time.process_time() - started < 4
