"""onrecord turns published accounts of public events into a record that anyone can check."""

__version__ = "0.1.0"
