# The project's commands. `make help` lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py

HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

# Both cores. The worker that is done first takes over tests of the other.
PYTEST := $(PYTHON) -m pytest --quiet --numprocesses 2 --dist worksteal

UV := .tools/bin/uv
# For every Python that pyproject.toml allows: without its oldest, uv locks for those from this one on.
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-header

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

.PHONY: format
format: install ## format the Python files, and mend what the linter can mend
	@$(PYTHON) -m ruff format .
	@$(PYTHON) -m ruff check --fix .

.PHONY: lint
lint: install ## check format, style, templates, types, the layers, and for what is known to be unsafe
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m bandit --quiet --configfile pyproject.toml --recursive commitments tracker
	@$(PYTHON) -m djlint --lint --quiet templates
	@$(PYTHON) -m mypy tracker commitments tests
	@.venv/bin/lint-imports --no-cache

.PHONY: test
test: lint test-sqlite test-postgres ## everything that must pass: lint, and all tests on both databases

.PHONY: test-sqlite
test-sqlite: browser servers ## the tests on SQLite; make test-sqlite ARGS="tests/tracker -k health" for some of them
	@echo "Tests on SQLite"
	@env -u TEST_DATABASE_URL $(PYTEST) $(ARGS)

.PHONY: test-postgres
test-postgres: browser ## the tests on PostgreSQL: on TEST_DATABASE_URL, or else on a server of their own
	@echo "Tests on PostgreSQL"
	@$(PYTHON) -m tests.postgres $(PYTEST) -m "not once" $(ARGS)

.PHONY: pythons
pythons: install ## the tests without a browser on the other Pythons that the project supports, where they are found
	@$(PYTHON) -m tests.pythons $(ARGS)

.PHONY: browser
browser: install ## find Chromium for the tests in a browser, or install it
	@$(PYTHON) -m tests.browser.chromium

.PHONY: servers
servers: install ## find nginx and Redis for the tests of deploy/, or install them
	@$(PYTHON) -m tests.deploy.programs

# The tests of rules, rights, history, writes and imports, in one process: branches are counted there.
COVERED := tests/test_rules.py tests/test_scores.py tests/test_roles.py tests/test_remits.py tests/test_constraints.py \
	tests/test_agreement.py tests/admin/test_roles.py tests/admin/test_remits.py tests/models tests/actions tests/imports \
	tests/management tests/following tests/releases tests/accounts tests/public/test_follow.py tests/admin/test_imports.py \
	tests/admin/test_sent_twice.py tests/admin/test_two_editors.py

# What is otherwise on PostgreSQL: its guards, and who writes in turn.
ON_POSTGRES := tests/models/test_history_is_append_only.py tests/actions/test_turns.py tests/management/test_check_history.py

.PHONY: coverage
coverage: install ## print which branches of rules, rights, history, writes and imports no test takes; 1 if there is one
	@env -u TEST_DATABASE_URL $(PYTHON) -m coverage run -m pytest --quiet $(COVERED)
	@env -u TEST_DATABASE_URL $(PYTHON) -m tests.postgres $(PYTHON) -m coverage run --append -m pytest --quiet $(ON_POSTGRES)
	@$(PYTHON) -m coverage report --fail-under 100

.PHONY: mutants
mutants: install ## plant faults in rules, rights, history and import, and print those that no test finds; 1 if more than 10 in 100
	@rm -rf mutants
	@env -u TEST_DATABASE_URL .venv/bin/mutmut run --max-children 1 >/dev/null
	@$(PYTHON) -m tests.mutants

.PHONY: check-trust
check-trust: browser ## measure every promise of docs/trust.md at length; make check-trust ARGS=--short in minutes
	@$(PYTHON) -m tests.deploy.programs wrk
	@$(PYTHON) -m tests.trust.check $(ARGS)

ROWS ?= 100000
DB ?= postgresql

.PHONY: bench
bench: install ## time the pages over ROWS=100000 synthetic commitments, on DB=postgresql or sqlite
	@$(PYTHON) -m tests.benchmarks.pages --rows $(ROWS) --db $(DB) $(ARGS)

.PHONY: lock
lock: ## choose the newest versions that pyproject.toml allows, and lock them
	@sh .ci/install runtime
	$(COMPILE) --upgrade --output-file requirements/runtime.txt pyproject.toml >/dev/null
	$(COMPILE) --upgrade --output-file requirements/dev.txt --constraints requirements/runtime.txt --group dev pyproject.toml >/dev/null

.PHONY: sbom
sbom: install ## write what the site is made of, as locked, into data/sbom.json (CycloneDX)
	@mkdir -p data
	@$(PYTHON) -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible --output-file data/sbom.json requirements/runtime.txt

.PHONY: clean
clean: ## remove what the commands made, but not data/
	rm -rf .venv .tools .install.log staticfiles mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
