"""The reader: records, comparisons, quotations and corrections of one archive, in a browser.

    server.py   the one door to Starlette and uvicorn     gate.py     who may come in, what a page may do
    routes.py   which page answers which address          forms.py    HTML, JSON, Markdown, XML
    shelf.py    the archive, for every thread             words.py    English and French

Pages are functions of an `Ask` (exchange.py); none of them knows the framework. They share the templates and the style
sheet of the self-contained page (`export/`), and work without their scripts.
"""

from onrecord.web.server import application, serve

__all__ = ["application", "serve"]
