# make run     from nothing to a running Fingerpost with one page mined, on 127.0.0.1
# make test    every check that needs no network; what needs an absent server is skipped
# make lint    the checks without the tests
# make bench   Fingerpost beside other classifiers, its curves and memory: docs/benchmarks.md
# make faults  real services ill-treated: killed, without a database or disk or memory, set back
# make soak    mixed traffic at 80 % of capacity for MINUTES (60), then a burst of ten times
# make sbom    what is installed, as CycloneDX, into var/sbom.json
# make audit   known vulnerabilities of what is pinned, where the package index can tell
# make consumers   other programs (ConvoKit, arguebuf, xaif, Argdown) that read the exports in the
#              tests: 0.5 GB, two to three minutes; without them those tests are skipped
# make stores  s3fs and a server of S3's protocol, to test archives in buckets: 0.3 GB; without
#              them those tests are skipped
# make clean   remove the environment and the tools' caches; the database under var/ stays
#
# Variables: PYTHON (3.11 or newer), PORT, EXAMPLE (the page that `make run` mines), MINUTES.

.POSIX:
.SUFFIXES:

# All paths are relative to this folder, so that a space in its path does no harm.
PYTHON =
PORT ?= 8000
EXAMPLE ?= examples/missing-rifles.txt
MINUTES ?= 60
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

# Fingerpost beside what others would run, its curves, its memory: docs/benchmarks.md. Takes some
# ten minutes; other programs under bench/ are run by themselves.
bench: $(STAMP) .infinity/.tried
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock -e '.[bench]'
	@if [ -x .infinity/bin/python ]; then set -- --infinity .infinity/bin/python; else set --; fi; \
	OMP_WAIT_POLICY=PASSIVE $(BIN)/python bench/report.py "$$@"

# The peer Infinity wants older versions of our packages, hence an environment of its own that
# takes torch from ours. Where it cannot be had, it is left out.
.infinity/.tried: $(STAMP)
	@$(BIN)/python -m venv --clear .infinity
	@$(BIN)/python -c 'import site; print(site.getsitepackages()[0])' \
	  > "$$(.infinity/bin/python -c 'import site; print(site.getsitepackages()[0])')/ours.pth"
	@.infinity/bin/python -m pip install --quiet --disable-pip-version-check \
	  'infinity-emb[torch,server]==0.0.78' 2>/dev/null || { \
	  echo "could not install infinity-emb, that peer is left out"; rm -rf .infinity; mkdir .infinity; }
	@touch .infinity/.tried

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

# moto's packages stay out of the environment; Fingerpost's own are found through a path file.
STORES = tests/batch/stores/requirements.txt
stores: .stores/.installed
.stores/.installed: $(STORES) $(STAMP)
	@$(BIN)/python -m venv --clear .stores
	@.stores/bin/python -m pip install --quiet --disable-pip-version-check -r $(STORES)
	@$(BIN)/python -c 'import site; print(site.getsitepackages()[0])' \
	  > "$$(.stores/bin/python -c 'import site; print(site.getsitepackages()[0])')/ours.pth"
	@touch .stores/.installed

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
	rm -rf .venv .consumers .stores .infinity .supply .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

.PHONY: run test lint bench faults soak sbom audit consumers stores install clean
