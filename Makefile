# yijianshi: the commands of the house. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help run chat test lint bench check docs clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(VENV)/bin/python:
	@$(PYTHON) deploy/preflight.py
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing what yijianshi needs (once, about a minute) ..."
	@$(PIP) -r requirements.lock || { $(PYTHON) deploy/preflight.py --pip-failed; exit 1; }
	@$(BIN)/pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@echo "Installing what the checks need (once) ..."
	@$(PIP) -r requirements-dev.lock || { $(PYTHON) deploy/preflight.py --pip-failed; exit 1; }
	@touch $@

run: $(VENV)/.run ## Start everything on this machine: app, worker, demo exchange, demo province
	@YJS_PORT=$${YJS_PORT:-$(PORT)} $(BIN)/yijianshi serve

chat: $(VENV)/.run ## Talk to the bot in this terminal
	@$(BIN)/yijianshi chat

check: $(VENV)/.run ## Check the content files
	@$(BIN)/yijianshi check

test: $(VENV)/.dev ## Run the whole test suite (starts the PostgreSQL and Valkey it needs)
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev ## ruff, mypy --strict, import rules
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: $(VENV)/.dev ## Measure, and write docs/reference/performance.md
	@$(BIN)/python -m benchmarks

docs: $(VENV)/.run ## Write the generated parts of docs/reference anew
	@$(BIN)/python -m deploy.reference

clean: ## Remove the environment and what `make run` wrote (the demo database too)
	rm -rf $(VENV) var dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
