# Every command of the project. `make` alone lists them.
SHELL := /bin/bash
BIN := .venv/bin
export HOST ?= 127.0.0.1
export PORT ?= 8000
# Tests in two processes; tests/scheduling.py says which of them stay in one with what they share.
IN_TWO := -n 2 --dist loadscope --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help run demo-reset test test-full lint types style format prove-guards check-data baseline benchmarks lock

help:          ## list these commands
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+:  *##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run:           ## set up what is missing, then serve the demo district (DEMO=us-il, HOST, PORT, DATABASE_URL are settings)
	@python3 tools/setup.py run
	@exec $(BIN)/python tools/serve.py

demo-reset:    ## throw the demo data away and load them anew
	@python3 tools/setup.py run
	@$(BIN)/python tools/serve.py --reset

test:          ## everything that must hold: lint, types, contracts, the portal on PostgreSQL, the rest and the journeys on SQLite
	@python3 tools/setup.py test
	@$(MAKE) --no-print-directory lint
	$(BIN)/python tools/postgres.py $(BIN)/pytest -q $(IN_TWO) tests/portal
	$(BIN)/pytest $(IN_TWO) -m "not one_database and not thorough"

test-full:     ## the slower tier: everything of `test`, all of the portal on SQLite, more cases for every property, more looks, the planted faults
	@$(MAKE) --no-print-directory test
	HYPOTHESIS_PROFILE=full $(BIN)/pytest $(IN_TWO) tests/engine tests/portal
	$(BIN)/pytest -m thorough tests/journeys
	@$(MAKE) --no-print-directory prove-guards

lint:          ## style, format, types, import contracts, templates, dependencies, migrations
	@$(MAKE) --no-print-directory -j 2 --output-sync types style

types:         ## mypy, the half of lint that takes longest
	SECRET_KEY=lint $(BIN)/mypy

style:         ## the other half of lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --quiet --lint src
	$(BIN)/deptry src
	SECRET_KEY=lint $(BIN)/django-admin makemigrations --check --dry-run --settings pathloom.portal.config.settings

format:        ## rewrite the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

prove-guards:  ## plant a fault behind every guard and require that the guard catches it
	@python3 tools/setup.py test
	$(BIN)/python tools/prove_guards.py

check-data:    ## compare the rulebook and the demo data with the raw facts in the folder DATA
	@python3 tools/setup.py test
	@$(BIN)/python -m tools.check_data "$(DATA)"

baseline:      ## write the outcomes of the 300 invented students anew, after a change that is meant
	@python3 tools/setup.py test
	$(BIN)/python -m tests.rulebook.baseline

benchmarks:    ## measure the figures of benchmarks/results.md on this machine
	@python3 tools/setup.py test
	for file in benchmarks/[a-z]*.py; do [ $$file = benchmarks/report.py ] || $(BIN)/python $$file || exit 1; done

lock:          ## renew the locked requirements (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra portal pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra portal --extra batch --group test pyproject.toml -o requirements/test.txt
