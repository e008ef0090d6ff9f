"""The faces of a record: a terminal summary, Markdown minutes, one self-contained page, the ledger as CSV.

A face only arranges what the record says; it finds, resolves and judges nothing. Source text is never
trusted: each face makes the characters that could steer its medium visible instead of passing them on.
"""
