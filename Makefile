# Every target sets up what it needs, on a machine with Python 3.11 or newer and make.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin

# No library reports on us.
export DO_NOT_TRACK := 1
export GX_ANALYTICS_ENABLED := false
export PREFECT_SERVER_ANALYTICS_ENABLED := false

# The environment is remade when the lock changes, when the checkout has moved, and when its Python has gone.
SYNCED := .venv/.synced
ifneq ($(shell test -x $(BIN)/python && cat $(SYNCED) 2>/dev/null),$(CURDIR))
.PHONY: $(SYNCED)
endif

.PHONY: help
help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf '  make %-9s %s\n' "$$name" "$$text"; done

.PHONY: setup
setup: $(SYNCED) ## make or refresh the environment .venv (the others do this by themselves)
	@:

$(SYNCED): uv.lock pyproject.toml tools/bootstrap.py tools/uv.txt
	@PYTHON='$(PYTHON)' sh tools/bootstrap.sh

.PHONY: report
report: demo ## run the week of the demonstration organisation; ends with the paths of the PDFs
	@$(BIN)/weekrapport run --workspace data/demo

.PHONY: demo
demo: $(SYNCED) ## write the demonstration workspace to data/demo
	@$(BIN)/weekrapport demo data/demo

.PHONY: test
test: $(SYNCED) ## run every test
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile

.PHONY: accept
accept: $(SYNCED) ## accept the text of the reports as it is now; look at the PDF first
	@ACCEPT_GOLDEN=1 $(BIN)/python -m pytest -q tests/golden

.PHONY: check
check: $(SYNCED) ## format, lint, types, layers and house rules: seconds
	@$(BIN)/python tools/check.py

.PHONY: format
format: $(SYNCED) ## put code and notebooks in the house format
	@$(BIN)/ruff check --quiet --select I --fix . || true
	@$(BIN)/ruff format .

.PHONY: strip
strip: $(SYNCED) ## take results and machine details out of the notebooks
	@$(BIN)/nbstripout --extra-keys metadata.language_info notebooks/*.ipynb

# The week that the notebooks open on; made again when the manifest has changed. A notebook that fails is mended in the
# JupyterLab that opens after it.
LAST_WEEK := output/demo/2026-W47/run.json
$(LAST_WEEK): notebooks/reports.toml | $(SYNCED)
	@$(BIN)/weekrapport demo data/demo
	@$(BIN)/weekrapport run --workspace data/demo --direct || echo "JupyterLab opens nevertheless."

# JupyterLab asks for news, for its newest version and for a list of extensions; by tools/jupyter it asks nobody.
.PHONY: lab
lab: $(SYNCED) $(LAST_WEEK) ## open JupyterLab on the notebooks, with the week of the demonstration; more options in LAB="…"
	@JUPYTER_CONFIG_PATH=$(CURDIR)/tools/jupyter $(BIN)/jupyter lab $(LAB)

.PHONY: bench
bench: $(SYNCED) ## measure a weekly run and its parts (minutes); FACTORS="1 10 100" for more cases
	@$(BIN)/python -m benchmarks --factors $(or $(FACTORS),1)

.PHONY: hooks
hooks: $(SYNCED) ## let git run the checks before every commit and show readable notebook diffs
	@$(BIN)/pre-commit install
	@git config diff.ipynb.textconv '$(BIN)/nbstripout --textconv'

.PHONY: clean
clean: ## remove what can be made again: caches, data/demo, output/demo, dist (no snapshot, review or commentary)
	@rm -rf .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist output/demo
	@test ! -d data/demo || find data/demo -mindepth 1 ! -path data/demo/README.md -delete
	@find src flows expectations tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
