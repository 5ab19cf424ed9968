# yijianshi: the commands of the house. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
NLU ?= $(YJS_NLU)
RASA := .rasa-venv
PIP := $(BIN)/pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.PHONY: help run chat test lint bench check docs clean miniprogram miniprogram-official miniprogram-pictures rasa test-rasa bench-nlu

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

# Where the console publishes changed content to, so that a fresh machine can try it.
run chat check: export YJS_CONTENT_DIR ?= var/content

run: $(VENV)/.run ## Start everything on this machine: app, worker, demo exchange, demo province (NLU=rasa: with Rasa)
	@YJS_PORT=$${YJS_PORT:-$(PORT)} YJS_NLU=$(or $(NLU),local) $(BIN)/yijianshi serve

chat: $(VENV)/.run ## Talk to the bot in this terminal
	@$(BIN)/yijianshi chat

check: $(VENV)/.run ## Check the content files
	@$(BIN)/yijianshi check

# One process more than there are cores: tests wait for servers and browsers much of their time.
test: $(VENV)/.dev ## Run the whole test suite (starts the PostgreSQL and Valkey it needs)
	@$(BIN)/python -m pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.dev ## ruff, mypy --strict, import rules
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

miniprogram: $(VENV)/.dev ## Check the mini-program with Node: compile, types, every page and component
	@cd tests/miniprogram && npm ci --ignore-scripts --no-audit --no-fund --silent
	@$(BIN)/python -m pytest -q -rs tests/miniprogram

miniprogram-official: $(VENV)/.dev ## Ask WeChat's own builder what it says of the mini-program (276 MB of Node packages, once)
	@cd tests/miniprogram/official && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --silent
	@$(BIN)/python -m pytest -q -rs tests/miniprogram/test_official.py

miniprogram-pictures: $(VENV)/.dev ## Draw the mini-program's pages without WeChat, into docs/pictures (Node and Chromium)
	@cd tests/miniprogram && npm ci --ignore-scripts --no-audit --no-fund --silent
	@$(BIN)/python -m deploy.mini_pictures

bench: $(VENV)/.dev ## Measure, and write docs/reference/performance.md
	@$(BIN)/python -m benchmarks

bench-nlu: $(VENV)/.dev ## Measure understanding beside its peers, and write docs/reference/understanding.md
	@$(BIN)/python -m benchmarks.nlu

# Rasa wants older packages than we do, so it lives apart. Its own metadata ends at Python 3.10; the locked versions are
# those it was seen to train and serve with on 3.11.
$(RASA)/.done: deploy/rasa/requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info[:2] == (3, 11) else "Rasa needs Python 3.11: make rasa PYTHON=python3.11")'
	@echo "Installing Rasa in $(RASA) (once, some minutes, 2.8 GB) ..."
	@$(PYTHON) -m venv $(RASA)
	@$(RASA)/bin/pip --disable-pip-version-check install --quiet --require-hashes --no-deps --ignore-requires-python -r $<
	@touch $@

rasa: $(VENV)/.run $(RASA)/.done ## Start a Rasa server beside us, trained on our sentences
	@$(BIN)/python -m deploy.rasa

test-rasa: $(VENV)/.dev $(RASA)/.done ## Ask a real Rasa server what the test suite asks of engines, and have a talk with it
	@$(BIN)/python -m deploy.rasa test

docs: $(VENV)/.run ## Write the generated parts of docs/reference anew
	@$(BIN)/python -m deploy.reference

clean: ## Remove the environment and what `make run` wrote (the demo database too)
	rm -rf $(VENV) $(RASA) var dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
