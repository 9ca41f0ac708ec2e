# Needs Python 3.11 or newer, with pip, and nothing installed before.
#
#   make demo       extract the demo papers, show the boards, and open the dashboard on a terminal
#   make test       run the tests
#   make coverage   run them and show which lines and branches none of them reaches
#   make lint       check style and types
#   make bench      measure speed and memory against the committed figures
#   make reference  build the Python reference from the docstrings into out/reference/
#   make clean      remove what the others made

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= out
WORKERS ?= 2
# The modules that programs may import, which the reference shows.
PUBLIC := models boards export readers writers rulebook explanation authoring evaluate errors

.PHONY: demo test coverage lint bench reference clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed-all
	@mkdir -p $(OUT)
	$(BIN)/leaderboard extract fixtures/digests.jsonl -o $(OUT)/demo.parquet
	$(BIN)/leaderboard boards $(OUT)/demo.parquet --top 10
	$(BIN)/leaderboard board ImageNet $(OUT)/demo.parquet --top 10
	@if [ -t 1 ]; then $(BIN)/leaderboard dashboard $(OUT)/demo.parquet --papers fixtures/digests.jsonl; \
	else echo "To browse them: $(BIN)/leaderboard dashboard $(OUT)/demo.parquet"; fi

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

coverage: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --cov --cov-report=term-missing

lint: $(VENV)/.installed-dev
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

bench: $(VENV)/.installed-bench
	$(BIN)/python -m benchmarks

reference: $(VENV)/.installed-dev
	$(BIN)/python -m pdoc -o $(OUT)/reference leaderboard $(addprefix leaderboard.,$(PUBLIC))

clean:
	rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis

# A stamp for each set of packages: installing again is skipped until what is asked for changes.
$(VENV)/.installed-%: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing into $(VENV), which takes a minute or two"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
		-e '.[all$(if $(filter-out all,$*),$(comma)dev)$(if $(filter bench,$*),$(comma)bench)]'
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

comma := ,
