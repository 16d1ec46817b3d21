# One verb per thing people do here; the same verbs run in continuous integration. `make help` lists them.
# Works with GNU make 3.81, the one that macOS has.

PYTHON ?= python3
LOCALE ?= en-US
VENV := .venv
RUN := $(VENV)/bin/python
STAMP := $(VENV)/.locked
LOCK := $(RUN) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

.DEFAULT_GOAL := help
.PHONY: help setup talk test check format docs bench lock clean

help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## Make .venv with everything pinned (the other verbs do this themselves)

$(STAMP): requirements/dev.txt tools/bootstrap.py $(RUN)
	@$(PYTHON) tools/bootstrap.py $(VENV) < /dev/null

# An environment whose Python has gone, after a system upgrade say, is made again whatever its stamp says.
$(RUN): ;

talk: $(STAMP) ## Hold a conversation with the skill in this terminal (LOCALE=en-GB for another locale)
	@$(RUN) -m simulator talk --locale $(LOCALE)

test: $(STAMP) ## Run the tests (ARGS="-k saddle" for some of them)
	@$(RUN) -m pytest -n auto $(ARGS)

check: $(STAMP) ## Lint, types, layers, data, and whether generated files are fresh
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	PYTHONPATH=lambda:. $(RUN) $(VENV)/bin/lint-imports --no-logo
	$(RUN) -m tools validate
	$(RUN) -m tools models --check
	$(RUN) -m tools transcripts --check

format: $(STAMP) ## Put the code into its one format
	$(RUN) -m ruff check --fix-only --quiet
	$(RUN) -m ruff format

docs: $(STAMP) ## Write again what is generated: the derived interaction models and the transcripts
	$(RUN) -m tools models
	$(RUN) -m tools transcripts

bench: $(STAMP) ## Measure start-up, turns and memory beside a minimal skill
	@$(RUN) -m tools bench

lock: $(STAMP) ## Pin anew what lambda/requirements.in and requirements/dev.in ask for
	$(LOCK) $(ARGS) lambda/requirements.in -o lambda/requirements.txt
	$(LOCK) $(ARGS) requirements/dev.in -o requirements/dev.txt

clean: ## Remove what was built and cached, the environment too
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find lambda simulator tools tests -name __pycache__ -type d -prune -exec rm -rf {} +
