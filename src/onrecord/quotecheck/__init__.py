"""Did they say it? The verdict on one quotation, and on every quotation of an article.

    quotation -> words, cuts, brackets (quotation.py) -> candidates (corpus.py) -> runs of equal words (runs.py)
              -> pieces, word beside word (passages.py, alignment.py) -> differences with kinds (wording.py)
              -> whose words (attribution.py), what was cut around them (context.py) -> verdict (verdict.py)

`docs/check.md` says what each verdict means and what counts as the same words.
"""

from onrecord.quotecheck.article import check_article
from onrecord.quotecheck.corpus import Candidate, Candidates, Corpus, Library
from onrecord.quotecheck.verdict import check

__all__ = ["Candidate", "Candidates", "Corpus", "Library", "check", "check_article"]
