# One verb per thing people do here; the same verbs run in continuous integration. `make help` lists them.
# Works with GNU make 3.81, the one that macOS has.

PYTHON ?= python3
LOCALE ?= en-US
VENV := .venv
RUN := $(VENV)/bin/python
HAS := $(VENV)/.has-
CLI := build/cli/.installed
SPEECH := $(VENV)/speech/fetched.toml
LOCKING := build/locking

.DEFAULT_GOAL := help
.PHONY: help setup talk web speak speech voice-bench learn-answers serve mcp mcp-http test test-slow coverage mutation check format docs understand bench package cli deploy sbom kit lock installs clean

help: ## List these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: $(HAS)dev ## Make .venv with all that tests and checks need (each verb gets what it needs itself)

# A group of packages in the environment, which keeps those that it has: requirements/<group>.txt, by hash.
$(HAS)%: requirements/%.txt pyproject.toml $(RUN)
	@$(PYTHON) tools/setup/bootstrap.py $(VENV) $* < /dev/null

# An environment whose Python has gone, after a system upgrade say, is made again whatever its stamps say.
$(RUN): ;

talk: $(HAS)talk ## Hold a conversation with the skill in this terminal (LOCALE=en-GB for British English)
	@$(RUN) -m simulator talk --locale $(LOCALE)

web: $(HAS)talk ## Talk with the skill on a web page of this machine, with what is behind each reply (PORT=8100)
	@$(RUN) -m simulator web --port $(or $(PORT),8100) --locale $(LOCALE)

speak: $(SPEECH) ## Talk with the skill by voice, without a network (VOICE=kokoro, joe or pico; HEADSET=1 to interrupt it)
	@$(RUN) -m tools book
	@$(RUN) -m simulator.speaker --locale $(LOCALE) $(if $(VOICE),--voice $(VOICE)) $(if $(HEADSET),--headset)

speech: $(SPEECH) ## Get what `make speak` needs, so that its tests run too (the verbs of speech do this themselves)

# What the recogniser needs beside its packages. Removed with the environment.
$(SPEECH): $(HAS)speech tools/setup/recogniser.toml
	@$(RUN) -m tools recogniser

serve: $(HAS)webservice ## Serve the skill over HTTP without Lambda (SKILL_ID=..., PORT=8080; ARGS=--no-verify to try it)
	@$(RUN) -m webservice --port $(or $(PORT),8080) $(ARGS)

mcp: $(HAS)mcp ## Serve the guide to an assistant on this machine, over standard input and output (docs/mcp.md)
	@$(RUN) -m mcp_server stdio

mcp-http: $(HAS)mcp ## Serve it over HTTP, on this machine (PORT=8200; ARGS="--issuer ... --resource ..." for others)
	@$(RUN) -m mcp_server http --port $(or $(PORT),8200) $(ARGS)

test: $(HAS)dev ## Run the tests (ARGS="-k saddle" for some of them)
	@$(RUN) -m pytest -n auto -m "not slow" $(ARGS)

test-slow: $(HAS)dev $(HAS)research ## Run the tests that are slow whatever the code: browsers, commands, installing, the ASK CLI, Lambda's runtimes, speech
	@$(RUN) -m pytest -n auto -m slow $(ARGS)

# The folders whose tests call what ships in this process; what runs it in another one is not counted.
coverage: $(HAS)dev ## List the lines and branches of what ships that no test reaches; there may be none
	@mkdir -p build
	@$(RUN) -m pytest -n auto -q --cov --cov-report=term tests/triage tests/relief tests/learning tests/speech tests/screen \
		tests/memory tests/understand tests/dialogue tests/alexa tests/conversations tests/house $(ARGS)

mutation: $(HAS)dev $(HAS)mutation ## Break the check and the dialogue on purpose, one place at a time (ARGS=dialogue), and list what no test notices
	@$(RUN) -m tools mutation $(ARGS)

installs: $(HAS)dev ## Install every lock with the oldest and the newest pip and with uv, on every supported Python here
	@$(RUN) -m tools installs $(ARGS)

check: $(HAS)dev ## Lint, check types, layers and data, and see that generated files are fresh
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy
	PYTHONPATH=lambda:. $(RUN) $(VENV)/bin/lint-imports --no-logo
	$(RUN) -m tools lock --check
	$(RUN) -m tools validate
	$(RUN) -m tools prove
	$(RUN) -m tools models --check
	$(RUN) -m tools transcripts --check
	$(RUN) -m tools icons --check
	$(RUN) -m tools misheard --check
	$(RUN) -m tools understand --check
	$(RUN) -m tools dependencies --check
	$(RUN) -m tools protocol_pages --check
	$(RUN) -m tools hazards --check
	$(RUN) -m tools schemas --check
	$(RUN) -m tools api --check
	$(RUN) $(VENV)/bin/cfn-lint --include-checks I -- infra/skill-stack.yaml

format: $(HAS)dev ## Format the code
	$(RUN) -m ruff check --fix-only --quiet
	$(RUN) -m ruff format

docs: $(HAS)dev $(HAS)research ## Update what is generated: models, transcripts, icons, the simulation, the protocol's pages and PDF
	$(RUN) -m tools models
	$(RUN) -m tools transcripts
	$(RUN) -m tools icons
	$(RUN) -m tools misheard
	$(RUN) -m tools dependencies
	$(RUN) -m tools protocol_pages
	$(RUN) -m tools hazards
	$(RUN) -m tools schemas
	$(RUN) -m tools api

# Not part of `make docs`: it takes a minute, packages of its own, and WordNet, which npm brings.
understand: $(HAS)dev $(HAS)understand ## Train anew how people's own words are understood, after a change of phrases, rows or questions
	@$(RUN) -m tools understand

bench: $(HAS)dev ## Measure start-up, turns and memory beside a minimal skill
	@$(RUN) -m tools bench

voice-bench: $(SPEECH) ## Measure what is understood of spoken answers, by voice and room (ARGS="--locale en-GB --voice 'pico, British'")
	@$(RUN) -m tools voice_bench $(ARGS)

learn-answers: $(SPEECH) $(HAS)understand ## Teach the speaker anew what a yes and a no sound like (takes an hour; ARGS="--minutes 20")
	@$(RUN) -m tools learn_answers $(ARGS)

package: $(HAS)talk ## Make build/skill-package and build/lambda, which the ASK CLI deploys
	@$(RUN) -m tools package $(ARGS)

cli: $(CLI) ## Get the ASK CLI, pinned, for the tests of the deployment (needs Node.js with npm)

$(CLI): tools/release/cli/package.json tools/release/cli/package-lock.json
	@command -v npm > /dev/null || { echo "npm is not here: install Node.js with npm, then try again" >&2; exit 1; }
	@echo "Getting the ASK CLI (once; takes about half a minute) ..." >&2
	@mkdir -p build/cli
	@cp tools/release/cli/package.json tools/release/cli/package-lock.json tools/release/cli/.npmrc build/cli
	@cd build/cli && npm ci --ignore-scripts --no-progress --loglevel=error > /dev/null
	@touch $@

deploy: $(HAS)talk ## Deploy with the ASK CLI, or say what is missing (docs/deploying.md)
	@$(RUN) -m tools deploy $(ARGS)

sbom: $(HAS)dev ## Write bills of materials (CycloneDX) of what ships and of what it is made with to build/sbom
	@$(RUN) -m tools sbom

kit: $(HAS)kit ## Build the kit for testing other skills as a wheel, in build/kit (ARGS=--try installs and uses it)
	@$(RUN) -m tools kit $(ARGS)

# In an environment of its own, so that a broken lock can be mended.
lock: ## Lock the packages again after a change of what is asked for (ARGS=--upgrade for newer versions)
	@$(PYTHON) tools/setup/bootstrap.py $(LOCKING) lock < /dev/null
	@$(LOCKING)/bin/python -m tools lock $(ARGS)

clean: ## Remove what was built and cached, the environment too
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find lambda simulator webservice mcp_server tools tests -name __pycache__ -type d -prune -exec rm -rf {} +
