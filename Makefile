# Everything runs in .venv, which `make setup` builds from requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONHASHSEED ?= 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test coverage coverage-study test-slow verify interactions lint bench catalogue catalogue-measure setup schemas lock clean

run: setup  ## The flagship comparison
	$(BIN)/python run.py

test: setup lint  ## Style, types and the default tests
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow" --durations=10

coverage: setup  ## Which lines and branches the default tests reach; takes twice as long
	$(BIN)/python -m pytest -n 2 -m "not slow" --cov --cov-report=term

test-slow: setup  ## The tests that take long
	$(BIN)/python -m pytest -n 2 -m slow

verify: setup  ## The simulator against results that are known exactly
	$(BIN)/python run.py verify tests/validation/reference_cases.json

interactions: setup  ## The tables and figures of docs/interactions.md; some ten minutes
	$(BIN)/python -m studies.interactions

coverage-study: setup  ## How often intervals cover; the page docs/validation/coverage.md; some ten minutes
	$(BIN)/python -m studies.coverage

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy sim run.py studies

bench: setup  ## Consignments a second and peak memory for a replication of a year
	$(BIN)/python -m pytest benchmarks -p no:cacheprovider --benchmark-columns=min,median,max,rounds

catalogue: setup  ## The pages of the catalogue, from the configuration and the tables that are there
	$(BIN)/python run.py catalogue

catalogue-measure: setup  ## The same, after measuring what the tables lack; three hours for all, on two cores
	$(BIN)/python run.py catalogue measure=all

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	touch $@

schemas: setup  ## The schemas of reforms and scenarios, renewed after a change of the models
	$(BIN)/python run.py schema configs/schemas

lock:  ## Renew requirements.lock (needs uv)
	uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url --no-header \
	  --universal --quiet -o requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
