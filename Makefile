# make run     from nothing to a running Fingerpost with one page mined, on 127.0.0.1
# make test    every check that needs no network; what needs an absent server is skipped
# make lint    the checks without the tests
# make bench   the programs under bench/, each on the labelled pages of the folder PAGES
# make faults  real services ill-treated: killed, without a database or disk or memory, set back
# make soak    mixed traffic at 80 % of capacity for MINUTES (60), then a burst of ten times
# make sbom    what is installed, as CycloneDX, into var/sbom.json
# make audit   known vulnerabilities of what is pinned, where the package index can tell
# make consumers   other programs (ConvoKit, arguebuf, xaif, Argdown) that read the exports in the
#              tests: 0.5 GB, two to three minutes; without them those tests are skipped
# make clean   remove the environment and the tools' caches; the database under var/ stays
#
# Variables: PYTHON (3.11 or newer), PORT, EXAMPLE (the page that `make run` mines), PAGES, MINUTES.

.POSIX:
.SUFFIXES:

# All paths are relative to this folder, so that a space in its path does no harm.
PYTHON =
PORT = 8000
PAGES = ../shared/pages/train
EXAMPLE = examples/missing-rifles.txt
MINUTES = 60
BIN = .venv/bin
STAMP = .venv/.installed

run: $(STAMP)
	@$(BIN)/fingerpost db upgrade
	@$(BIN)/fingerpost mine --format table "$(EXAMPLE)"
	@$(BIN)/fingerpost serve --host 127.0.0.1 --port "$(PORT)"

test: lint
	OMP_WAIT_POLICY=PASSIVE $(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	@for program in bench/*.py; do \
	  [ "$$program" = bench/soak.py ] && continue; \
	  echo "== $$program"; \
	  $(BIN)/python "$$program" "$(PAGES)" || exit 1; \
	done

faults: $(STAMP)
	FAULTS=all $(BIN)/python -m pytest tests/faults

soak: $(STAMP)
	$(BIN)/python bench/soak.py --minutes "$(MINUTES)"

# The tools stay out of the environment that they describe.
SUPPLY = requirements-supply.txt
.supply/.installed: $(SUPPLY) $(STAMP)
	@$(BIN)/python -m venv --clear .supply
	@.supply/bin/python -m pip install --quiet --disable-pip-version-check -r $(SUPPLY)
	@touch .supply/.installed

sbom: .supply/.installed
	@mkdir -p var
	@.supply/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
	  --output-file var/sbom.json $(BIN)/python
	@echo "wrote var/sbom.json"

audit: .supply/.installed
	@.supply/bin/pip-audit --requirement requirements.lock --no-deps --disable-pip

# They want other versions of some packages than Fingerpost does, hence apart from it.
CONSUMERS = tests/exchange/consumers/requirements.txt
consumers: .consumers/.installed
.consumers/.installed: $(CONSUMERS) $(STAMP)
	@$(BIN)/python -m venv --clear .consumers
	@.consumers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
	  -r $(CONSUMERS)
	@if command -v npm >/dev/null; then \
	  npm install --silent --no-audit --no-fund --ignore-scripts --prefix .consumers \
	    @argdown/core@1.7.5 || echo "could not install @argdown/core, its test will be skipped"; \
	fi
	@touch .consumers/.installed

install: $(STAMP)

# The stamp lies in the environment, so that removing the one forgets the other.
$(STAMP): requirements.lock pyproject.toml
	@python=; \
	for candidate in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11; do \
	  [ -n "$$candidate" ] || continue; \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then python=$$candidate; break; fi; \
	  [ -z "$(PYTHON)" ] || break; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Fingerpost needs Python 3.11 or newer: install it, or name it with" >&2; \
	  echo "  make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; \
	  exit 1; \
	fi; \
	echo "making .venv with $$("$$python" --version)"; \
	"$$python" -m venv .venv || { \
	  echo "this Python cannot make environments (on Debian: install python3-venv)" >&2; \
	  exit 1; \
	}
	@echo "installing what requirements.lock names; the first time takes some minutes"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $(STAMP)

clean:
	rm -rf .venv .consumers .supply .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

.PHONY: run test lint bench faults soak sbom audit consumers install clean
