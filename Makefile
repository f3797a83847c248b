# The project's commands. `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py

HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

UV := .tools/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header

.PHONY: help
help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

# --- the site -------------------------------------------------------------------------------------------------------

.PHONY: run
run: ## serve the site at http://$HOST:$PORT/, with the seeds loaded
	@sh .ci/install runtime
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) load_seeds
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@exec $(PYTHON) -m gunicorn --config tracker/gunicorn.conf.py tracker.wsgi

.PHONY: editor
editor: ## create an editor, who can log in at /admin/
	@sh .ci/install runtime
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) create_editor

# --- development ----------------------------------------------------------------------------------------------------

.PHONY: install
install: ## make .venv with everything for development
	@sh .ci/install dev

.PHONY: lock
lock: ## choose the newest versions that pyproject.toml allows, and lock them
	@sh .ci/install runtime
	$(COMPILE) --upgrade --output-file requirements/runtime.txt pyproject.toml >/dev/null
	$(COMPILE) --upgrade --output-file requirements/dev.txt --constraints requirements/runtime.txt --group dev pyproject.toml >/dev/null

.PHONY: clean
clean: ## remove what the commands made, but not data/
	rm -rf .venv .tools .install.log staticfiles .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
