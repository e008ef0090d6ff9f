"""Two accounts of one event: what aligns, what differs, and in which order to look at it."""

from onrecord.collation.comparison import compare

__all__ = ["compare"]
