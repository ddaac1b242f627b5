# Avow's commands. `make` alone lists them. Needs Python 3.11 or newer, make, and the package registry.

PYTHON ?= python3
VENV ?= .venv
WORKERS ?= 2
PYTEST_ARGS ?=
MUTANTS ?= domain.*
MUTATION_MINUTES ?= 40

BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help run test check audit format bench mutation test-browser test-outage lock clean
.DELETE_ON_ERROR:

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp ## start Avow with an embedded PostgreSQL and a sample organisation, on 127.0.0.1:8000
	@exec $(BIN)/avow run

test: $(VENV)/test.stamp ## run every test but the browser's (WORKERS=2, PYTEST_ARGS="-k strategy")
	$(BIN)/python -m pytest -n $(WORKERS) $(PYTEST_ARGS)

check: $(VENV)/test.stamp ## lint, format, types, unsafe calls and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive domain application adapters

audit: $(VENV)/test.stamp ## look what Avow runs on up in the advisories; needs the package registry's own, online
	$(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement requirements/run.txt

format: $(VENV)/test.stamp ## write the code in the house's format, and mend what the linter can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/test.stamp ## measure, beside a peer where there is one
	$(BIN)/python -m benchmarks

mutation: $(VENV)/test.stamp ## change the domain's code and see whether its tests notice (MUTANTS="domain.temporal*")
	rm -rf mutants
	timeout $(MUTATION_MINUTES)m $(BIN)/mutmut run --max-children $(WORKERS) "$(MUTANTS)" || test $$? -eq 124
	$(BIN)/mutmut results --all true | $(BIN)/python tests/support/mutation_score.py

test-browser: $(VENV)/test.stamp ## run the tests that look at pages in Chromium
	@command -v chromium >/dev/null || { \
		echo "make test-browser needs Chromium, which is not here. To get it: apt-get install chromium" >&2; exit 1; }
	$(BIN)/python -m pytest -m browser $(PYTEST_ARGS) tests/browser

test-outage: $(VENV)/test.stamp ## run the tests that need a disk of their own to fill
	@test "$$(id -u)" = 0 -a -x "$$(command -v mount)" || { \
		echo "make test-outage mounts a small disk in memory. To be allowed to: run it as root, on Linux" >&2; exit 1; }
	$(BIN)/python -m pytest -m outage $(PYTEST_ARGS) tests/outage

lock: $(VENV)/test.stamp ## write requirements/*.txt anew: newest versions that pyproject.toml allows, with their hashes
	$(COMPILE) --upgrade --extra build --output-file requirements/run.txt pyproject.toml
	$(COMPILE) --upgrade --extra build --extra lock --extra test --constraint requirements/run.txt \
		--output-file requirements/test.txt pyproject.toml

clean: ## remove what was built here: the environment, caches, reports; never data
	rm -rf $(VENV) build dist mutants .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -rf *.egg-info

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Avow needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes --requirement requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes --requirement requirements/test.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/run.stamp
