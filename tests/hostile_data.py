"""Hostile captions and JSON in miniature."""

from __future__ import annotations

import json

from hostile_small import Expect, Hostile

REFUSED = (65,)
EITHER = (0, 65)
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida Morrow>We will sign.\n\n"


def cue(times: str, words: str = "Ida Morrow: We will wait.") -> bytes:
    """SubRip: a good cue, one with these times, and another good one."""
    return (
        f"1\n00:00:01,000 --> 00:00:02,000\nIda Morrow: We will sign.\n\n2\n{times}\n{words}\n\n"
        "3\n00:00:08,000 --> 00:00:09,000\nPeter Vance: We will not.\n"
    ).encode()


def rows(*made: object) -> bytes:
    """One row of JSON a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made).encode()


ROW = {"speaker": "Ida Morrow", "text": "We will sign."}

DATA = [
    Hostile(
        "one_deep_line.jsonl",
        rows({"speaker": "Ida Morrow", "text": "We will sign."})
        + b'{"text":'
        + b"[" * 100_000
        + b"]" * 100_000
        + b"}\n"
        + rows({"speaker": "Peter Vance", "text": "We will not."}),
        Expect((3,), "line 2: nested too deeply", lambda r: len(r["turns"]) == 2),
    ),
    Hostile("negative.srt", cue("-00:00:03,000 --> 00:00:04,000"), Expect(says="line 6")),
    Hostile("ends_first.srt", cue("00:00:05,000 --> 00:00:04,000"), Expect(says="line 6")),
    Hostile("absurd.srt", cue("00:99:99,000 --> 00:99:99,900"), Expect(says="line 6")),
    Hostile("centuries.srt", cue("9999:59:59,000 --> 9999:59:59,900"), Expect(says="order|line")),
    Hostile("backwards.srt", cue("00:00:00,100 --> 00:00:00,200"), Expect(says="order")),
    Hostile("overlap.srt", cue("00:00:01,500 --> 00:00:08,500"), Expect()),
    Hostile("no_cue.srt", b"1\n00:00 -> 00:01\nIda Morrow: yes\n", Expect(EITHER)),
    Hostile("twice.vtt", VTT.encode() * 2, Expect()),
    Hostile(
        "style.vtt",
        (VTT + "STYLE\n::cue{background:url(http://127.0.0.1:9/x)}\n\nNOTE secret\n\n").encode(),
        Expect(),
    ),
    Hostile("many.vtt", ("WEBVTT\n\n" + "00:01.000 --> 00:02.000\nyes\n\n" * 2_000).encode(), Expect()),
    Hostile("tags.vtt", VTT.replace("We will", "<" * 50_000 + "<v " * 20_000 + "We will").encode(), Expect()),
    Hostile(
        "one_line.jsonl", rows(*[ROW] * 2, {"speaker": "Peter Vance", "text": "no " * 100_000}), Expect()
    ),
    Hostile("bom.ndjson", b"\xef\xbb\xbf" + rows(ROW, ROW), Expect(holds=lambda r: len(r["turns"]) == 2)),
    Hostile(
        "crlf.jsonl", rows(ROW, ROW).replace(b"\n", b"\r\n"), Expect(holds=lambda r: len(r["turns"]) == 2)
    ),
    Hostile(
        "separators.jsonl",
        rows({"speaker": "Ida Morrow", "text": "We will\u2028sign\u0085now."}, ROW),
        Expect(holds=lambda r: len(r["turns"]) == 2),
    ),
    Hostile(
        "deep_inside.jsonl",
        rows(ROW) + b'{"text":' + b"[" * 50_000 + b"]" * 50_000 + b"}\n",
        Expect((0, 3, 65)),
    ),
    Hostile("deep_objects.json", b'{"a":' * 50_000 + b"1" + b"}" * 50_000, Expect(REFUSED)),
    Hostile("comments.json", b'// talk\n{"text": "Ida Morrow: yes"}', Expect((0, 3, 65))),
    Hostile("single_quotes.json", b"{'text': 'Ida Morrow: yes'}", Expect(EITHER)),
    Hostile("no_text.json", b'{"speaker": "Ida Morrow"}', Expect(REFUSED, "text")),
    Hostile("number.json", b"42", Expect(EITHER)),
    Hostile("text_is_list.json", b'{"text": ["Ida Morrow: yes"]}', Expect((0, 3, 65))),
    Hostile("nul.json", b'{"text": "Ida Morrow: y\\u0000es"}', Expect(says="NUL")),
    Hostile(
        "keys.json",
        ('{"text": "Ida Morrow: yes", ' + ",".join(f'"k{n}": {n}' for n in range(50_000)) + "}").encode(),
        Expect(says="not read"),
    ),
    Hostile(
        "prototype.json",
        b'{"text": "Ida Morrow: yes", "__proto__": {"text": "x"}, "constructor": 1}',
        Expect(says="not read"),
    ),
    Hostile(
        "big_number.json", b'{"text": "Ida Morrow: yes", "n": 1e999999, "m": ' + b"9" * 9_000 + b"}", Expect()
    ),
    Hostile(
        "times.jsonl",
        rows({**ROW, "start": -5}, {**ROW, "start": "soon", "end": 1e300}),
        Expect(says="seconds"),
    ),
    Hostile(
        "formula_speakers.jsonl",
        rows(
            *(
                {"speaker": name, "text": "We will sign."}
                for name in ("=1+1", "@SUM(1)", "../../etc", "<script>", "'; --", "\x1b[2J", "a" * 9_999)
            )
        ),
        Expect(holds=lambda r: len(r["turns"]) == 7),
    ),
    Hostile(
        "cut.json",
        b'{"utterances": [{"speaker": "Ida Morrow", "text": "We will',
        Expect(EITHER, "malformed|JSON"),
    ),
    Hostile(
        "stolen_hash.json",
        b'{"schema_version":1,"sources":[{"text":"Ida Morrow: no","text_sha256":"' + b"0" * 64 + b'"}]}',
        Expect(REFUSED, "hash"),
    ),
]
