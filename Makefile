# make demo: install and see it work.   make test: every test.   make help: the rest.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
SHARED ?= ../shared

.PHONY: help demo test lint long compiled wheel crash accuracy benchmark weights clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

WEB := web/package-lock.json web/vite.config.ts web/index.html $(shell find web/src -type f 2>/dev/null)

$(VENV)/.installed: pyproject.toml hatch_build.py web/build.py $(WEB)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml $(VENV)/.installed
	$(BIN)/python -m pip install -qq --editable '.[dev]'
	@touch $@

demo: $(VENV)/.installed  ## install, read the sample reports, show who holds what, write a map
	@$(BIN)/whoholds demo

test: $(VENV)/.installed-dev  ## the whole test suite
	@$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev  ## style, types, import walls, types of the web pages
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python web/build.py check

long: $(VENV)/.installed-dev  ## what takes minutes: long crash, fuzz, load and accuracy runs
	$(BIN)/python -m pytest -m long

compiled: $(VENV)/.installed-dev  ## the package with its inner loops in C, in build/compiled (minutes)
	$(BIN)/python compiled.py build/compiled

wheel: $(VENV)/.installed-dev  ## a wheel in dist/: compiled where a C compiler is there
	WHOHOLDS_COMPILED=1 $(BIN)/python -m pip wheel --no-deps --wheel-dir dist .

crash: $(VENV)/.installed-dev  ## kill `read` and `review` at random moments, KILLS times; ends with the counts
	@$(BIN)/python -m tests.pipeline.crash

accuracy: $(VENV)/.installed-dev  ## re-measure quality on the corpora in $(SHARED); writes docs/accuracy.json
	$(BIN)/python -m training.measure --data $(SHARED)/data --json docs/accuracy.json
	$(BIN)/python -m benchmarks.accuracy --shared $(SHARED) --json docs/accuracy.json
	$(BIN)/python -m benchmarks.confidence --parts test news --json docs/accuracy.json
	$(BIN)/python -m benchmarks.transfer --shared $(SHARED) --json docs/accuracy.json
	$(BIN)/python -m benchmarks.attribution --shared $(SHARED) --json docs/accuracy.json
	$(BIN)/python -m benchmarks.relations --shared $(SHARED) --json docs/accuracy.json
	$(BIN)/python docs/reference.py

benchmark: $(VENV)/.installed-dev  ## speed, on this machine; writes benchmarks/results.json
	$(BIN)/python -m benchmarks --json benchmarks/results.json

weights: $(VENV)/.installed-dev  ## train a reader from the corpora in $(SHARED); build/model
	$(BIN)/python -m pip install -qq --editable '.[training]'
	$(BIN)/python -m training --data $(SHARED)/data

clean:  ## remove what the targets above made
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
