# What a newcomer types: `make book`, `make test`. Everything else is for those who change the book.
PYTHON ?= python3
VENV ?= .venv
PYTHONS ?= 3.11 3.12 3.13
BIN := $(VENV)/bin
HTML := _build/html
# Peers of the benchmarks, laid over the environment for one run: they pin versions the book cannot share.
PEERS := VIRTUAL_ENV=$(VENV) $(BIN)/uv run --quiet --active --no-project --with pysd==3.14.3 --with pymrio==0.7.0

# Bytecode makes a cold build about three times as fast; some machines switch it off.
export PYTHONDONTWRITEBYTECODE =
export PYTHONHASHSEED = 0
# Kernels read no profile of the user's.
export IPYTHONDIR = $(CURDIR)/book/ipython

.PHONY: book test lint figures notebooks data reproducible matrix benchmark browser lock clean
.DELETE_ON_ERROR:

book: $(VENV)/.installed ## build the book into _build/html
	$(BIN)/python -m book.build

test: $(VENV)/.installed book ## run every test, notebooks included
	$(BIN)/python -m pytest -q -n auto --dist loadfile

lint: $(VENV)/.developer ## style, types, citation file, notebooks in step with chapters
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m book.notebooks --check
	$(BIN)/uvx --quiet --from cffconvert==2.0.0 --with 'setuptools<81' cffconvert --validate -i CITATION.cff

figures: $(VENV)/.installed ## write every figure as SVG, PNG, PDF and CSV into _build/figures
	$(BIN)/python -m book.figures

notebooks: $(VENV)/.installed ## run the chapters and store them as executed notebooks
	$(BIN)/python -m book.notebooks

data: $(VENV)/.installed ## compute anew what data/ holds of our own results
	$(BIN)/python data/measures.py
	$(BIN)/python data/fits.py
	$(BIN)/python data/policies.py
	$(BIN)/python data/verdicts.py

reproducible: $(VENV)/.installed ## build twice from nothing and compare the bytes
	$(BIN)/python -m book.reproducible

matrix: ## run the tests on each Python of PYTHONS
	for version in $(PYTHONS); do \
	  PYENV_VERSION=$$version $(MAKE) test PYTHON=python$$version VENV=.venv-$$version || exit 1; \
	done

benchmark: $(VENV)/.developer ## ratios to the named peers, in one run each
	$(BIN)/python -m benchmarks.book
	$(PEERS) python -m benchmarks.dynamics
	$(BIN)/python -m benchmarks.ensemble
	$(PEERS) python -m benchmarks.gvc

browser: ## install Debian's Chromium, which the browser test drives
	apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium

lock: $(VENV)/.developer ## renew the locked versions, with hashes and without any host
	$(BIN)/python -m book.lock

clean: ## remove all that was built; the environments stay
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .coverage

$(BIN)/uv: requirements/uv.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	touch $@

define install
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r $(1)
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
endef

$(VENV)/.installed: $(BIN)/uv requirements/test.txt pyproject.toml
	$(call install,requirements/test.txt)

$(VENV)/.developer: $(VENV)/.installed requirements/dev.txt
	$(call install,requirements/dev.txt)
