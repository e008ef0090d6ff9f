"""A corpus: millions of documents become a dataset of partitioned Parquet, with flat memory, and go on after a stop.

shards      inputs become units of work              documents, streams, warc   a shard's documents, one at a time
worker      a child process reads them               supervision   its parent has the clock, and replaces it
journal     what a shard has so far                  parts         the tables of a shard, written whole or not at all
engines     processes, Daft, Daft on Ray             quality, report, meter   how good, and how far

>>> import tempfile, pathlib
>>> folder = tempfile.TemporaryDirectory()
>>> place = pathlib.Path(folder.name)
>>> _ = (place / "talks.jsonl").write_text('{"id": "quay", "text": "Vance: We leave the pier open."}\\nbroken\\n')
>>> summary = run([place / "talks.jsonl"], place / "dataset", workers=1)
>>> summary.documents, summary.quarantined, summary.status
(1, {'damaged': 1}, 3)
>>> folder.cleanup()
"""

from onrecord.corpus.flow import Progress, Summary, run
from onrecord.corpus.limits import Limits
from onrecord.corpus.meter import meter
from onrecord.corpus.readings import reading
from onrecord.corpus.supervision import do_shard
from onrecord.corpus.worker import Task

__all__ = ["Limits", "Progress", "Summary", "Task", "do_shard", "meter", "reading", "run"]
