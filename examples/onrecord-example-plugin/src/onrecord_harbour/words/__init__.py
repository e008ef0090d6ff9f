"""Words: the folder is laid out like onrecord's own `lexicon/`, and its lists are joined to those."""
