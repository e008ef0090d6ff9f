"""Hostile pages and XML in miniature."""

from __future__ import annotations

from hostile_small import EN, FR, Expect, Hostile, Record, speakers, text

REFUSED = (65,)
EITHER = (0, 65)
ROW = "<p>Ida Morrow: We will sign.</p><p>Peter Vance: We will not.</p><p>Ida Morrow: Then we wait.</p>"
SECRET = "Peter Vance: I confess."


def page(body: str, head: str = "") -> bytes:
    """A whole page."""
    return f"<!DOCTYPE html><html><head><title>Talks</title>{head}</head><body>{body}</body></html>".encode()


def unspoken(record: Record) -> bool:
    """Whether what nobody sees was not read, and what everybody sees was."""
    return "confess" not in text(record) and text(record).count("Morrow") == 2


def hidden(name: str, attributes: str, head: str = "", element: str = "p") -> Hostile:
    """A page with a paragraph that a browser does not show."""
    body = f"<div>{ROW}<{element} {attributes}>{SECRET}</{element}></div>"
    return Hostile(f"hidden_{name}.html", page(body, head), Expect(says="left out", holds=unspoken))


def tei(body: str, head: str = "", before: str = "") -> bytes:
    """A TEI document."""
    return f'<?xml version="1.0"?>{before}<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<text><body>{body}</body></text></TEI>'.encode()


SPOKEN = '<u who="#a"><seg>We will sign.</seg></u><u who="#b"><seg>We will not.</seg></u>'
PEOPLE = '<teiHeader><person xml:id="a"><persName>Ida Morrow</persName></person></teiHeader>'
KEPT = Expect(holds=lambda record: "We will sign." in text(record))

MARKUP = [
    hidden("display", 'style="display : none"'),
    hidden("important", 'style="DISPLAY:NONE !important"'),
    hidden("visibility", 'style="visibility:hidden"'),
    hidden("attribute", "hidden"),
    hidden("until", 'hidden=""'),
    hidden("size", 'style="font-size:0"'),
    hidden("tiny", 'style="font-size:1px"'),
    hidden("off", 'style="position:absolute;left:-9999px"'),
    hidden("off_em", 'style="position:absolute;left:-999em"'),
    hidden("off_top", 'style="position:fixed;top:-200vh"'),
    hidden("off_right", 'style="position:absolute;right:-5000px"'),
    hidden("indent", 'style="text-indent:-9999px"'),
    hidden("indent_em", 'style="text-indent:-100em"'),
    hidden("white", 'style="color:#fff;background:#fff"'),
    hidden("white_rgba", 'style="color:rgba(0,0,0,0)"'),
    hidden("white_default", 'style="color:white"'),
    hidden("font", 'color="#FFFFFF"', element="font"),
    hidden("opacity", 'style="opacity:0.0"'),
    hidden("opacity_percent", 'style="opacity:0%"'),
    hidden("clip", 'style="position:absolute;clip:rect(0 0 0 0)"'),
    hidden("clip_path", 'style="clip-path:inset(50%)"'),
    hidden("comment", 'style="/* a */display:/**/none"'),
    hidden("escape", 'style="d\\69 splay:\\6eone"'),
    hidden("filter", 'style="filter:opacity(0)"'),
    hidden("unrendered", 'style="content-visibility:hidden"'),
    hidden(
        "every_screen", 'class="x"', '<style>@charset "utf-8";@media all{p{margin:0}.x{display:none}}</style>'
    ),
    hidden("layer", 'class="x"', "<style>@layer base{.x{display:none}}.y{color:red}</style>"),
    Hostile(
        "printed_only.html",
        page(
            f"{ROW}<p class='x'>Peter Vance: Then sail.</p>", "<style>@media print{.x{display:none}}</style>"
        ),
        Expect(holds=lambda record: "Then sail." in text(record)),
    ),
    Hostile(
        "behind_the_end.html",
        page(ROW) + b"<p>Peter Vance: Then sail.</p>",
        Expect(holds=lambda record: "Then sail." in text(record)),
    ),
    Hostile(
        "two_pages.html",
        page(ROW) + page("<p>Peter Vance: Then sail.</p>"),
        Expect(holds=lambda record: "Then sail." in text(record)),
    ),
    Hostile(
        "zeros_in_tags.html",
        page(ROW.replace("<p>", "<p\0>") + "<scr\0ipt>alert(1)</script>"),
        Expect(
            says="4 zero bytes",
            holds=lambda record: len(speakers(record)) == 3 and "alert" not in text(record),
        ),
    ),
    Hostile(
        "million_digits.html",
        page(f"{ROW}<p>Ida Morrow: &#{'9' * 100_000}; &#x{'f' * 100_000}; wait.</p>"),
        Expect(holds=lambda record: len(speakers(record)) == 4),
    ),
    hidden("scale", 'style="transform:scale(0)"'),
    hidden("height", 'style="height:0;overflow:hidden"'),
    hidden("max_height", 'style="max-height:0px;overflow:hidden"'),
    hidden("class", 'class="x"', "<style>.x{display:none}</style>"),
    hidden("element_class", 'class="x"', "<style>p.x{display:none}</style>"),
    hidden("id", 'id="y"', "<style>#y{visibility:hidden}</style>"),
    hidden("reader", 'class="sr-only"'),
    hidden("content", 'style="content-visibility:hidden"'),
    hidden("template", "", element="template"),
    hidden("noscript", "", element="noscript"),
    hidden("dialog", "", element="dialog"),
    hidden("dropped_iframe", "", element="iframe"),
    Hostile(
        "aria_hidden.html",
        page(f"<div>{ROW}<p aria-hidden=true>Peter Vance: Seen by all.</p></div>"),
        Expect(holds=lambda r: "Seen by all" in text(r)),
    ),
    Hostile(
        "white_on_dark.html",
        page(f'<div style="background:#000"><p style="color:white">{ROW}</p></div>'),
        Expect(holds=lambda r: text(r).count("Morrow") == 2),
    ),
    Hostile(
        "base.html",
        page(ROW + "<a href=x>more</a>", "<base href='file:///etc/'>"),
        Expect(holds=lambda r: "etc" not in text(r)),
    ),
    Hostile(
        "refresh.html",
        page("", '<meta http-equiv=refresh content="0;url=file:///etc/passwd">'),
        Expect(REFUSED, "no text"),
    ),
    Hostile(
        "frameset.html",
        b"<html><frameset><frame src=a.html><frame src=file:///etc/passwd></frameset></html>",
        Expect(REFUSED, "frame"),
    ),
    Hostile("iframe.html", page(f"{ROW}<iframe src=talk.html></iframe>"), Expect(says="(?i)frame")),
    Hostile(
        "srcdoc.html",
        page(f"{ROW}<iframe srcdoc='<p>{SECRET}</p>'></iframe>"),
        Expect(says="(?i)frame", holds=unspoken),
    ),
    Hostile(
        "svg.html",
        page(f"{ROW}<svg><script>alert(1)</script><text>{SECRET}</text></svg>"),
        Expect(says="svg", holds=unspoken),
    ),
    Hostile(
        "mathml.html",
        page(f"{ROW}<math><mtext><script>alert(1)</script>x</mtext></math>"),
        Expect(holds=lambda r: "alert" not in text(r)),
    ),
    Hostile("open_script.html", page(f"{ROW}<script>var a = 1; {ROW * 9}"), Expect(says="truncated|never")),
    Hostile(
        "open_title.html",
        f"<html><head><title>Talks<body>{ROW * 9}</body></html>".encode(),
        Expect(EITHER, "(?i)title|truncated|no text|lost|never"),
    ),
    Hostile("open_textarea.html", page(f"{ROW}<textarea>{ROW * 9}"), Expect(says="textarea|truncated")),
    Hostile("open_comment.html", page(f"{ROW}<!-- {ROW * 9}"), Expect(says="truncated|comment")),
    Hostile(
        "plaintext.html", page(f"{ROW}<plaintext>{SECRET}</p>"), Expect(holds=lambda r: "confess" in text(r))
    ),
    Hostile(
        "conditional.html",
        page(f"{ROW}<!--[if IE]><p>{SECRET}</p><![endif]-->"),
        Expect(says="comment", holds=unspoken),
    ),
    Hostile(
        "long_attribute.html",
        page(f"<p data-x='{'y' * 300_000}'>{EN}</p>"),
        Expect(holds=lambda r: "sign on Friday" in text(r)),
    ),
    Hostile(
        "many_attributes.html",
        page("<p " + " ".join(f"a{n}=1" for n in range(20_000)) + f">{EN}</p>"),
        Expect(holds=lambda r: "Friday" in text(r)),
    ),
    Hostile(
        "deep.html",
        page("<div>" * 20_000 + "Ida Morrow: yes." + "</div>" * 20_000),
        Expect(says="deep", holds=lambda r: "yes." in text(r)),
    ),
    Hostile(
        "deep_inline.html",
        page("<b><i>" * 10_000 + "Ida Morrow: yes."),
        Expect(says="deep", holds=lambda r: "yes." in text(r)),
    ),
    Hostile(
        "tables.html",
        page("<table><tr><td>" * 60 + ROW + "</table>" * 60),
        Expect(holds=lambda r: text(r).count("Morrow") == 2),
    ),
    Hostile(
        "form.html",
        page(f"<form>{ROW}<input value='{SECRET}'><select><option>A</select></form>"),
        Expect(holds=unspoken),
    ),
    Hostile(
        "misnested.html",
        page("<p><b>Ida Morrow:<p></b>We will sign.</i></div></table>" + ROW),
        Expect(holds=lambda r: "We will sign." in text(r)),
    ),
    Hostile(
        "mojibake.html",
        page(f"<p>{FR}</p>").decode().encode("utf-8").decode("cp1252", "replace").encode(),
        Expect(holds=lambda r: bool(r["flags"])),
    ),
    Hostile(
        "entities_twice.html",
        page(FR.replace("é", "&amp;eacute;").replace("è", "&amp;egrave;")),
        Expect(says="entities"),
    ),
    Hostile("nul.html", page(ROW.replace("sign", "si\0gn")), Expect(holds=lambda r: "gn." in text(r))),
    Hostile(
        "control_entities.html",
        page(ROW.replace("sign", "&#0;&#27;[2J&#128;&#x110000;&#xD800;sign")),
        Expect(holds=lambda r: "sign." in text(r)),
    ),
    Hostile(
        "many_entities.html",
        page("<p>Ida Morrow: " + "&eacute;" * 100_000 + "</p>"),
        Expect(holds=lambda r: text(r).count("é") == 100_000),
    ),
    Hostile("rtl_override.html", page(f"<bdo dir=rtl>{ROW}</bdo>"), Expect()),
    Hostile(
        "many_tags.html",
        page("<p>Ida Morrow: yes</p>" * 2_000),
        Expect(holds=lambda r: len(r["turns"]) == 2_000),
    ),
    Hostile(
        "only_script.html",
        page("<script>document.write('Ida Morrow: yes')</script>"),
        Expect(REFUSED, "no text"),
    ),
    Hostile(
        "lone_brackets.html",
        page("<p>Ida Morrow: 3 < 4 and <5 or <<6>> <-</p>" + ROW),
        Expect(holds=lambda r: "3 < 4" in text(r)),
    ),
    Hostile("instructions.xml", tei("<?x y?>" * 50_000 + SPOKEN), KEPT),
    Hostile(
        "attributes.xml",
        tei("<u " + " ".join(f'a{n}="1"' for n in range(50_000)) + ">We will sign.</u>"),
        Expect(EITHER),
    ),
    Hostile(
        "attribute_twice.xml",
        tei('<u who="#a" who="#b">We will sign.</u>'),
        Expect(REFUSED, "duplicate attribute"),
    ),
    Hostile("base.xml", tei('<div xml:base="file:///etc/">' + SPOKEN + "</div>"), KEPT),
    Hostile(
        "schema.xml",
        tei(SPOKEN).replace(
            b"<TEI ",
            b'<TEI xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
            b'xsi:schemaLocation="http://x http://127.0.0.1:9/x.xsd" ',
        ),
        KEPT,
    ),
    Hostile(
        "stylesheet.xml",
        tei(SPOKEN, before='<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/x.xsl"?>'),
        KEPT,
    ),
    Hostile("cdata.xml", tei("<u><![CDATA[<script>We will sign.</script>]]></u>"), KEPT),
    Hostile("namespace.xml", tei('<x:u xmlns:x="http://elsewhere" who="#a">We will sign.</x:u>'), KEPT),
    Hostile("empty_doctype.xml", tei(SPOKEN, before="<!DOCTYPE TEI>"), Expect(REFUSED, "document type")),
    Hostile(
        "parameter_entity.xml",
        tei(SPOKEN, before='<!DOCTYPE TEI [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]>'),
        Expect(REFUSED, "document type"),
    ),
    Hostile("undefined_entity.xml", tei("<u>We &never; sign.</u>"), Expect(REFUSED, "line 1")),
    Hostile("two_roots.xml", tei(SPOKEN) + b"<TEI/>", Expect(REFUSED, "line")),
    Hostile("cut.xml", tei(SPOKEN * 9)[:-60], Expect(REFUSED, "line")),
    Hostile("xml11.xml", tei(SPOKEN).replace(b'"1.0"', b'"1.1"'), Expect(EITHER)),
    Hostile(
        "same_ids.xml",
        tei(
            SPOKEN,
            PEOPLE.replace(
                "</teiHeader>", '<person xml:id="a"><persName>Peter Vance</persName></person></teiHeader>'
            ),
        ),
        Expect(says="(?i)declared|twice", holds=lambda r: "Ida Morrow Peter Vance" not in speakers(r)),
    ),
    Hostile("long_id.xml", tei(f'<u who="#{"a" * 100_000}">We will sign.</u>'), KEPT),
    Hostile(
        "outside_body.xml",
        tei(SPOKEN).replace(
            b"</TEI>", b"<standOff><note>" + SECRET.encode() * 9 + b"</note></standOff></TEI>"
        ),
        KEPT,
    ),
    Hostile(
        "many_speakers.xml", tei("".join(f'<u who="#p{n}">We will sign.</u>' for n in range(1_000))), KEPT
    ),
    Hostile(
        "rss.xml",
        b"<rss><channel><item><description>" + ROW.encode() + b"</description></item></channel></rss>",
        Expect(REFUSED, "kind"),
    ),
    Hostile(
        "svg.xml",
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>Ida Morrow: yes</text></svg>',
        Expect(REFUSED, "kind|picture"),
    ),
]
