# What a newcomer types: `make book`, `make test`. Everything else is for those who change the book.
PYTHON ?= python3
VENV ?= .venv
PYTHONS ?= 3.11 3.12 3.13
BIN := $(VENV)/bin
HTML := _build/html
# Peers of the benchmarks, laid over the environment for one run: they pin versions the book cannot share.
PEERS := VIRTUAL_ENV=$(VENV) $(BIN)/uv run --quiet --active --no-project --with pysd==3.14.3 --with pymrio==0.7.0
# Other programs that read what we write: Jupyter Book 2, which needs Node, and readers of a model or a table.
MYSTMD := VIRTUAL_ENV=$(VENV) $(BIN)/uv run --quiet --active --no-project --with mystmd==1.11.0
OTHERS := $(PEERS) --with pysimlin==0.8.5 --with mystmd==1.11.0 --with check-jsonschema==0.39.0
# Where numbers are made.
NUMERICAL := $(addprefix tests/,model evidence gvc dynamics cases policy claims survey)
PYTEST := $(BIN)/python -m pytest -q -n auto --dist loadfile --no-loadscope-reorder
# Notebooks are run in copies of one process, which keep what they draw.
KERNELS ?= --forked-kernels
ON_HIGHEST = PYENV_VERSION=$(lastword $(PYTHONS)) $(MAKE) \
	PYTHON=python$(lastword $(PYTHONS)) VENV=.venv-$(lastword $(PYTHONS))
# An older processor: numpy without AVX, the oldest kernel of OpenBLAS.
OLD := NPY_DISABLE_CPU_FEATURES="X86_V3 X86_V4" OPENBLAS_CORETYPE=Prescott

# Bytecode makes a cold build about three times as fast; some machines switch it off.
export PYTHONDONTWRITEBYTECODE =
export PYTHONHASHSEED = 0
# A folder may have any name, whatever the locale.
export PYTHONUTF8 = 1
# Two processes run side by side, and no matrix here is large.
export OPENBLAS_NUM_THREADS ?= 1
# The home folder may not be writable.
export UV_CACHE_DIR ?= $(CURDIR)/_build/home/uv

.PHONY: book test coverage nbval check lint zh-status figures notebooks data reproducible verify serve site releases release publish metadata pdf epub
.PHONY: elsewhere noise mutate matrix highest highest-installed numerical benchmark mystmd peers browser lock clean
.DELETE_ON_ERROR:

book: $(VENV)/.book ## build the book into _build/html
	$(BIN)/python -m book.build

test: $(VENV)/.test book ## run every test, and compare the book at hand with the stored notebooks
	$(PYTEST)

coverage: $(VENV)/.test book ## the same, and the share of gumlib's branches that the tests reach
	$(PYTEST) --cov --cov-report=term:skip-covered

nbval: $(VENV)/.test ## run every stored notebook, as an older processor would, and compare; KERNELS= for stock kernels
	$(OLD) $(PYTEST) --nbval --nbval-kernel-startup-timeout 300 $(KERNELS) notebooks

check: $(VENV)/.test ## in a minute: the tests near what differs from the last commit; no browser, no notebooks
	tests=$$($(BIN)/python -m book.affected) && if [ -n "$$tests" ]; then $(PYTEST) -m "not slow and not browser" $$tests; \
	else echo "no test is near what differs from the last commit"; fi

lint: $(VENV)/.developer ## style, types, plan of the house, citation file, notebooks in step with chapters
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m book.house
	$(BIN)/python -m book.notebooks --check
	$(BIN)/python -m book.sentences
	$(BIN)/uvx --quiet --from cffconvert==2.0.0 --with 'setuptools<81' cffconvert --validate -i CITATION.cff
	$(BIN)/uvx --quiet --from check-jsonschema==0.39.0 check-jsonschema --quiet \
	  --builtin-schema vendor.github-workflows .github/workflows/*.yml

zh-status: $(VENV)/.book ## say what the Chinese edition lacks, and where it differs from the English
	$(BIN)/python -m book.chinese.status

figures: $(VENV)/.book ## write every figure as SVG, PNG, PDF and CSV into _build/figures
	$(BIN)/python -m book.figures

notebooks: $(VENV)/.book ## run the chapters that have changed and store them as executed notebooks
	$(BIN)/python -m book.notebooks

data: $(VENV)/.test ## compute anew those of our own results in data/ whose code or data have changed; ONLY="NAME ..." for some
	$(BIN)/python data/results.py $(ONLY)

verify: $(if $(QUICK),book,$(VENV)/.book) ## does everything still hold? QUICK=1 in a minute; AGAINST=FOLDER, with the notebooks of another run
	$(BIN)/python -m book.verify $(if $(QUICK),--quick) $(if $(AGAINST),--against "$(AGAINST)")

serve: $(VENV)/.book ## show the book to a browser on this machine, and build it anew whenever a file is saved
	$(BIN)/python -m book.serve

site: book ## lay out what is published in _build/site: this book, and those of _build/releases below their tags
	$(BIN)/python -m book.site

releases: ## fetch the books of earlier releases into _build/releases, with GitHub's command line
	gh release list --json tagName --jq '.[].tagName' | \
	  xargs -I TAG gh release download TAG --pattern 'gum-book-*.zip' --dir _build/releases --skip-existing

pdf: $(VENV)/.test book ## print the built book in both languages into _build/along, with Chromium (`make browser`)
	$(BIN)/python -m book.along pdf

epub: $(VENV)/.test book ## bind it for reading devices, in both languages, into _build/along
	$(BIN)/python -m book.along epub

release: pdf epub ## make wheel, zip of the book, PDF, EPUB and research object in _build/release
	$(BIN)/python -m book.release

publish: release ## publish them under the tag of this version, which is pushed already, with GitHub's command line
	gh release create "v$$($(BIN)/python -c 'import gumlib; print(gumlib.__version__)')" --verify-tag \
	  --notes-file CHANGELOG.md _build/release/*

metadata: $(VENV)/.book ## write version, codemeta.json and .zenodo.json anew from pyproject.toml and CITATION.cff
	$(BIN)/python -m book.metadata

reproducible: $(VENV)/.book ## build twice from nothing and compare the bytes
	$(BIN)/python -m book.reproducible

elsewhere: $(VENV)/.test ## rerun the notebooks as other machines would, and compare; ONLY="no-avx zone" for some
	$(BIN)/python -m book.elsewhere $(ONLY)

noise: $(VENV)/.book ## run every page with noise of 1e-9 in its data, and name each shown digit that flips
	$(BIN)/python -m book.noise

mutate: $(VENV)/.test book ## plant single faults and say which are caught; COUNT=100 SEED=1
	$(BIN)/python -m book.mutate --count $(or $(COUNT),100) --seed $(or $(SEED),1)

highest: ## run every stored notebook, lay out the book and run the tests of gumlib on the highest Python of PYTHONS
	$(ON_HIGHEST) numerical

highest-installed: ## make the environment for it
	$(ON_HIGHEST) .venv-$(lastword $(PYTHONS))/.test

numerical: nbval
	$(BIN)/python -m book.build --stored
	$(PYTEST) $(NUMERICAL)

matrix: ## run the tests on each Python of PYTHONS
	for version in $(PYTHONS); do \
	  PYENV_VERSION=$$version $(MAKE) test PYTHON=python$$version VENV=.venv-$$version || exit 1; \
	done

benchmark: $(VENV)/.developer ## ratios to the named peers, in one run each
	$(BIN)/python -m benchmarks.book
	$(PEERS) python -m benchmarks.dynamics
	$(BIN)/python -m benchmarks.ensemble
	$(PEERS) python -m benchmarks.gvc

mystmd: $(VENV)/.book ## read every chapter with mystmd, the engine of Jupyter Book 2; needs Node
	$(MYSTMD) python -m book.mystmd

peers: $(VENV)/.test ## the tests that need other programs: PySD, Simlin, pymrio, mystmd, check-jsonschema
	$(OTHERS) python -m pytest -q tests/dynamics/test_export.py tests/own/test_own_table.py tests/book/test_mystmd.py \
	  tests/book/test_publishing.py

browser: ## install Debian's Chromium without a window, which the browser tests drive
	apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell

lock: $(VENV)/.developer ## renew the locked versions, with hashes and without any host
	$(BIN)/python -m book.lock $(UPGRADE)

clean: ## remove all that was built; the environments stay
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .coverage

$(BIN)/uv: requirements/uv.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	touch $@

define install
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --compile-bytecode --require-hashes -r $(1)
	VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@
endef

$(VENV)/.book: $(BIN)/uv requirements/book.txt pyproject.toml
	$(call install,requirements/book.txt)

$(VENV)/.test: $(VENV)/.book requirements/test.txt
	$(call install,requirements/test.txt)

$(VENV)/.developer: $(VENV)/.test requirements/dev.txt
	$(call install,requirements/dev.txt)
