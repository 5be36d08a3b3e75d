# Everything from nothing but Python ≥ 3.11, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv

.PHONY: help demo test check proof bench docs clean

help:
	@echo "make demo   generate a project, install it, run its tests, say how to start it"
	@echo "make test   unit and integration tests, in parallel"
	@echo "make check  format, lint, types, spelling, import contracts"
	@echo "make proof  the slow tests: generated projects, servers, browsers, whole matrices"
	@echo "make bench  the measurements of docs/performance.md"
	@echo "make docs   regenerate the generated documents"

$(VENV)/.ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "scaffold needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13,<1"
	$(UV) pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable . --group dev
	touch $@

demo: $(VENV)/.ready
	rm -rf demo
	$(BIN)/scaffold new demo --defaults --no-git
	$(MAKE) --no-print-directory -C demo test
	@echo
	@echo "The project is in demo/. Start it:  make -C demo setup run"

test: $(VENV)/.ready
	$(BIN)/python -m pytest -q -n auto --dist worksteal tests/unit tests/integration

check: $(VENV)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/codespell
	$(BIN)/lint-imports

proof: $(VENV)/.ready
	$(BIN)/python -m tools.proof

bench: $(VENV)/.ready
	$(BIN)/python -m benchmarks --write

docs: $(VENV)/.ready
	$(BIN)/python -m tools.recommendation_page
	$(BIN)/python -m tools.rules_page

clean:
	rm -rf $(VENV) demo dist build
