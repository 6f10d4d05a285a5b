# `make` lists what there is. Everything works from a bare machine with Python 3.11 or newer, make and git.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
MAKEFLAGS += --no-print-directory
PYTHON = $$(sh tools/find-python.sh)
VENV := .venv/bin
RUN := $(VENV)/python
LOCK := $(RUN) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-annotate --no-header
export OPENMAPPA_VAR
export PORT

.PHONY: help setup develop assets demo demo-reset migrate test check fix bench docs lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

setup: ## prepare .venv with what the service runs on
	@python=$(PYTHON) && "$$python" tools/bootstrap.py

develop: ## prepare .venv for developing and testing, and the front-end assets
	@python=$(PYTHON) && "$$python" tools/bootstrap.py --dev && "$$python" tools/assets.py

assets: setup ## fetch the styles and scripts of the pages
	@python=$(PYTHON) && "$$python" tools/assets.py

demo: assets ## run the service here with generated people, on http://127.0.0.1:8000 (or PORT=8001)
	@exec $(RUN) tools/demo.py $(DEMO)

demo-reset: assets ## the same, starting again: what was entered in the demonstration is deleted
	@$(RUN) tools/demo.py --reset
	@exec $(RUN) tools/demo.py $(DEMO)

migrate: setup ## bring the database up to date (the embedded one, or that of DATABASE_URL)
	@$(VENV)/openmappa manage prepare_database
	@$(VENV)/openmappa manage migrate

test: develop ## run every test, those in a real browser included
	@$(RUN) tools/browser.py
	@$(RUN) tools/test.py $(TESTS)

check: develop ## formatting, lint, types, layers, missing migrations, documentation
	@$(RUN) tools/check.py

fix: develop ## put formatting and what lint can mend in order
	@$(VENV)/ruff format .
	@$(VENV)/ruff check --fix .

bench: develop ## measure speed on large caseloads (takes long; SIZES=1000 for a quick look)
	@exec $(RUN) -m tests.bench $(SIZES)

docs: develop ## build the documentation into site/
	@$(VENV)/zensical build --strict

lock: develop ## write the requirements locks again, keeping versions that still fit (UPGRADE=--upgrade for newer ones)
	@$(LOCK) $(UPGRADE) requirements.in --output-file requirements.lock
	@$(LOCK) $(UPGRADE) requirements-dev.in --output-file requirements-dev.lock
	@for name in uv node statistics; do $(LOCK) $(UPGRADE) tools/requirements/$$name.in --output-file tools/requirements/$$name.lock; done

clean: ## delete .venv, the assets and the databases of this checkout
	@if [ -x $(RUN) ]; then $(RUN) tools/clean.py; fi
	@rm -rf .venv node_modules site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
