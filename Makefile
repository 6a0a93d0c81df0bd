# Maskwright: what people and machines run. `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help up dev test check check-python check-frontend format test-frontend explore bench bench-peers lock openapi screenshots clean setup setup-dev setup-python-dev setup-frontend setup-browser tools python-exists
SHELL := /bin/sh

# The first Python on this machine that is new enough. Only this line must run on old ones.
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	if command -v $$p >/dev/null 2>&1 && \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then echo $$p; break; fi; done)
BIN := .venv/bin
BOOTSTRAP = $(PYTHON) backend/maskwright/launcher/bootstrap.py
# Both sides beside each other, from the installation on: each keeps one core busy.
TWO_AT_ONCE = $(MAKE) --no-print-directory -j2
WHAT := backend workers tests migrations docs

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: setup ## Install, build and start everything; prints the address and the demo accounts
	@MASKWRIGHT_DEMO=$${MASKWRIGHT_DEMO:-1} exec $(BIN)/maskwright up

dev: setup-dev ## The same, with reload for the API and the front end
	@MASKWRIGHT_DEMO=$${MASKWRIGHT_DEMO:-1} exec $(BIN)/maskwright up --dev

test: tools ## Everything: lint, types, Python, front-end and browser tests
	@$(TWO_AT_ONCE) check-python check-frontend setup-browser test-frontend
	@MASKWRIGHT_CHROMIUM="$$($(BOOTSTRAP) browser)" && test -n "$$MASKWRIGHT_CHROMIUM" \
	&& export MASKWRIGHT_CHROMIUM && exec $(BIN)/pytest $(PYTEST)

# Two at a time wherever it runs: each worker has servers of its own, and a browser is with one of
# them (tests/distribution.py).
PYTEST ?= -n 2

check: tools ## Lint and types, Python and front end
	@$(TWO_AT_ONCE) check-python check-frontend

check-python: setup-python-dev
	@$(BIN)/ruff check $(WHAT)
	@$(BIN)/ruff format --check --quiet $(WHAT)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

check-frontend: setup-frontend
	@cd frontend && npm run --silent lint && npm run --silent typecheck

test-frontend: setup-frontend
	@cd frontend && npm run --silent test

# What `make test` tries are always the same examples: what lands depends on the change, not on luck.
ROUNDS ?= 20
explore: setup-dev ## Try the properties with new examples, ROUNDS times (20)
	@export MASKWRIGHT_EXPLORE=1; for round in $$(seq $(ROUNDS)); do \
	echo "Round $$round of $(ROUNDS)"; \
	(cd frontend && npm run --silent test -- --reporter=dot $$(grep -rl fast-check src --include=*.test.ts)) \
	&& $(BIN)/pytest $(PYTEST) -q -m hypothesis || exit 1; done

format: setup-dev ## Put all code into its standard shape
	@$(BIN)/ruff check --quiet --fix $(WHAT); $(BIN)/ruff format --quiet $(WHAT)
	@cd frontend && npm run --silent format

bench: setup-dev ## Run every benchmark; bench-<name> runs one (editor, queue, masks, export, …)
	@for file in tests/benchmarks/bench_*.py; do \
	$(BIN)/python -m "tests.benchmarks.$$(basename "$$file" .py)" || exit 1; done

bench-peers: setup-dev ## The same work against Label Studio, which it installs beside; a gigabyte
	@$(BIN)/python -m tests.benchmarks.peers.bench
	@exec $(BIN)/python -m tests.benchmarks.peers.editors

bench-%: setup-dev
	@exec $(BIN)/python -m tests.benchmarks.bench_$*

screenshots: setup-dev ## Take the README's picture anew
	@exec $(BIN)/python -m tests.e2e.screenshots

openapi: setup-dev ## Write the API's description and the browser's client from it
	@$(BIN)/maskwright openapi > frontend/openapi.json
	@cd frontend && npm run --silent api

LOCK = $(BIN)/uv pip compile pyproject.toml --group build --universal --generate-hashes \
	--python-version 3.11 --quiet

lock: setup-dev ## Lock what pyproject.toml asks for; UPGRADE=--upgrade takes the newest of all
	@$(LOCK) $(UPGRADE) -o requirements/runtime.txt
	@$(LOCK) $(UPGRADE) --group dev -c requirements/runtime.txt -o requirements/dev.txt
	@cd frontend && npm install --package-lock-only --no-audit --no-fund

clean: ## Remove what was installed and built; the data in var/ stays
	rm -rf .venv frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache \
	.hypothesis .import_linter_cache

# One process, not three: where all is installed, a start waits for this alone.
setup: python-exists
	@$(BOOTSTRAP) tools python frontend

setup-dev: tools
	@$(TWO_AT_ONCE) setup-python-dev setup-frontend

setup-python-dev:
	@$(BOOTSTRAP) python --dev

setup-frontend:
	@$(BOOTSTRAP) frontend

setup-browser:
	@$(BOOTSTRAP) browser > /dev/null

tools: python-exists
	@$(BOOTSTRAP) tools

python-exists:
	@test -n "$(PYTHON)" || { echo "maskwright: Python 3.11 or newer is not installed." >&2; exit 1; }
