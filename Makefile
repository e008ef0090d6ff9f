# Two commands do everything on a fresh machine that has python3 (3.11 or later) and make:
#   make demo    install, then read the shipped example and show the page
#   make test    install, then run the tests
.PHONY: demo test check eval bench screenshots fuzz faults lock audit clean

VENV = .venv
PYTHON = python3
RUN = $(VENV)/bin
SPLIT = dev
BENCH =
ARGS =
PIP = $(RUN)/python -m pip --disable-pip-version-check --quiet

# The page is opened where there is a screen to open it on; its path is printed in any case.
demo: $(VENV)/installed
	@$(RUN)/onrecord demo --html demo.html $$([ "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ] && echo --open)

test: $(VENV)/developing
	@$(RUN)/python -m pytest -n 2 --dist loadfile

check: $(VENV)/developing
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .
	@$(RUN)/mypy

# BENCH=DIR names another folder of texts with known answers; without one, the default is measured if it is there.
eval: $(VENV)/developing
	@$(RUN)/python -m evals --split $(SPLIT) $(if $(BENCH),--bench "$(BENCH)")

bench: build/bench/installed $(VENV)/installed
	@$(RUN)/python -m benchmarks --peer build/bench/bin/python $(ARGS)

# Every page type of the reader, wide and narrow, light and dark, in build/screenshots; DOCS=--docs makes those of docs/reader.md.
screenshots: $(VENV)/developing
	@$(RUN)/python scripts/screenshots.py $(DOCS)

clean:
	rm -rf $(VENV) build demo.html .pytest_cache .mypy_cache .ruff_cache .hypothesis src/onrecord.egg-info

# Pip before 25.1 does not know --group, and a fresh venv has whatever pip its Python shipped.
$(VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or later: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV) || { echo "python3 has no venv module here: apt install python3-venv"; exit 1; }
	@$(PIP) install --upgrade "pip>=25.1"
	@touch $@

$(VENV)/installed: $(VENV)/pip pyproject.toml
	@echo "installing onrecord with every reader (once) …"
	@$(PIP) install --editable ".[all]"
	@$(RUN)/python -m compileall -q src
	@touch $@

$(VENV)/developing: $(VENV)/installed
	@$(PIP) install --group dev
	@touch $@

# The parser that speed is compared with gets a home of its own: onrecord never depends on it.
build/bench/installed: benchmarks/requirements.txt
	@echo "installing spaCy to compare with (once) …"
	@$(PYTHON) -m venv build/bench
	@build/bench/bin/python -m pip --disable-pip-version-check --quiet install -r benchmarks/requirements.txt
	@touch $@

# Changed inputs for MINUTES against each target (TARGETS=html names some; there are 27): every reader, the labels, quotations,
# comparison, search, imports, servers. What breaks stays in tests/fuzz/corpus. ATHERIS=yes steers by coverage (Linux).
MINUTES = 10
TARGETS =
ATHERIS =
fuzz: $(VENV)/developing
	@$(if $(ATHERIS),$(PIP) install "atheris>=3,<4")
	@$(RUN)/python tests/fuzz/run.py $(MINUTES) $(if $(ATHERIS),--atheris) $(TARGETS)

# Every fault of docs/reliability.md at its acceptance figure, with a table: about an hour of one processor. SHARE=0.1 takes a
# tenth of every count, FAULTS="F03 F13" some only. The short forms run in `make test`.
SHARE = 1
FAULTS =
faults: $(VENV)/developing
	@$(RUN)/python tests/faults/run.py $(FAULTS) --share $(SHARE)

# Exact versions with hashes of all that may be installed: the lock is made anew, held against known weaknesses, and listed
# for others (CycloneDX, build/sbom.json). ADVISORIES=URL asks a mirror of api.osv.dev instead of the package index.
ADVISORIES =
lock: build/audit/installed
	@build/audit/bin/uv pip compile pyproject.toml --extra all --group dev --universal --generate-hashes --no-header --quiet --output-file requirements.lock

audit: build/audit/installed
	@build/audit/bin/python scripts/audit.py --advisories "$(ADVISORIES)"

build/audit/installed:
	@$(PYTHON) -m venv build/audit
	@build/audit/bin/python -m pip --disable-pip-version-check --quiet install "uv>=0.13,<1" "pip-audit>=2.10,<3" "cyclonedx-bom>=7.5,<8"
	@touch $@
