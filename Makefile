# Everything from nothing but a system Python and pip; on Windows see the pip lines in README.md.
PYTHON ?= python3
BIN := .venv/bin
TEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal

.PHONY: demo test test-all check clean

demo: .venv/core            ## the main job on real input, under 3 minutes
	$(BIN)/python tests/demo.py

test: .venv/all             ## pytest, a process more than there are cores; all but the long tests
	$(TEST) -m "not long"

test-all: .venv/all         ## the long ones too: the whole corpus of submissions, a dying cluster, 100,000 episodes
	$(TEST)

check: .venv/all            ## ruff, mypy, the generated copies, the README's links; no tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m grader build --check
	$(BIN)/python tests/house/links.py README.md

.venv/core: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/all: .venv/core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev,nbgrader,fast,cluster]"
	touch $@

clean:                      ## remove what the commands above made, .venv too
	rm -rf .venv demo .mypy_cache .ruff_cache .pytest_cache
