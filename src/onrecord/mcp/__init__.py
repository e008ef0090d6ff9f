"""An archive for assistants: eight read-only tools of the Model Context Protocol, over stdio or HTTP.

    questions.py  what a tool is asked        pages.py   how much of a list one answer shows
    answers.py    what it answers             fence.py   quoted material is data: how an answer is written
    account.py    one version of an account   server.py  the one door to the library `mcp`, and to the wire
    tools.py      the tools, as functions of an archive

The tools know neither the library nor the protocol; each answer is a plain value whose JSON Schema is its type's.
"""

from onrecord.mcp.server import serve

__all__ = ["serve"]
