# Every command of the project. What it prepares is kept in .setup and .venv, and prepared once.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# Compiled modules halve the time of a start.
unexport PYTHONDONTWRITEBYTECODE
UV := .setup/uv/bin/uv
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header
TEMPLATES := $(shell find templates -name '*.html') app/templates.py app/pages.py scripts/compile_templates.py
STYLE := $(wildcard package.json package-lock.json scripts/build_static.py) $(shell find static -type f -not -path 'static/build/*')

##@ Use it
.PHONY: run
run: .venv/.run static/build/manifest.json .setup/compiled ## Start everything on this machine with demo data (EMPTY=1: without; PORT=8000)
	@exec $(BIN)/safeharbour run $(if $(EMPTY),--empty) $(if $(PORT),--port $(PORT))

.PHONY: demo-reset
demo-reset: .venv/.run ## Throw the demo away, with whatever was added to it, and make it again (YES=1: do not ask)
	@$(BIN)/safeharbour demo reset $(if $(YES),--yes)

##@ Change it
.PHONY: test
test: .venv/.test .setup/services static/build/manifest.json .setup/compiled ## Run the checks, then every test on both pairs of database and queue
	@$(BIN)/python scripts/run_tests.py

.PHONY: check
check: .venv/.test ## Look at the code without running it: format, lint, types, layers, packages
	@failed=; for step in '$(BIN)/ruff format --check .' '$(BIN)/ruff check .' $(BIN)/mypy '$(BIN)/lint-imports --no-logo' \
	    '$(UV) pip check --python $(BIN)/python'; do \
	    echo "== $$step"; $$step || failed="$$failed\n  $$step"; \
	done; [ -z "$$failed" ] || { printf "Not as it should be:$$failed\n" >&2; exit 1; }

.PHONY: format
format: .venv/.test ## Put the code in the project's format
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format .

.PHONY: bench
bench: .venv/.test .setup/services static/build/manifest.json .setup/compiled ## Measure speed beside its floors; writes bench/RESULTS.md
	@$(BIN)/python -m bench

.PHONY: drill
drill: .venv/.test .setup/services static/build/manifest.json .setup/compiled ## Rehearse the failures that take too long for a test
	@$(BIN)/python -m drills

.PHONY: lock
lock: .setup/uv/bin/uv ## Choose package versions anew; writes requirements/ (UPGRADE=1: take the newest)
	@$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml -o requirements/run.txt
	@$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --extra test -c requirements/run.txt -o requirements/test.txt
	@$(COMPILE) $(if $(UPGRADE),--upgrade) --group setup -o requirements/setup.txt
	@$(COMPILE) $(if $(UPGRADE),--upgrade) --group node -o requirements/node.txt
	@! grep -n '://' requirements/*.txt || { echo 'A lock file names a host.' >&2; exit 1; }

.PHONY: clean
clean: ## Remove what set-up and tests made; keeps instance/, which holds reports and keys
	rm -rf .venv .setup static/build node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: help
help: ## Show this
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
	    /^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Set-up, once: each of these is made again when what it was made from changes, or when it was removed.
.setup/uv/bin/uv: requirements/setup.txt scripts/set_up
	@echo 'Setting up (first start only) ...'
	@scripts/set_up uv
	@touch $@

.venv/.run: .setup/uv/bin/uv requirements/run.txt requirements/node.txt scripts/set_up
	@scripts/set_up run
	@touch $@

.venv/.test: .venv/.run requirements/test.txt
	@scripts/set_up test
	@touch $@

.setup/services: scripts/set_up
	@scripts/set_up services
	@touch $@

.setup/compiled: .venv/.run $(TEMPLATES)
	@$(BIN)/python scripts/compile_templates.py
	@touch $@

static/build/manifest.json: .venv/.run $(STYLE)
	@$(BIN)/python scripts/build_static.py
	@touch $@
