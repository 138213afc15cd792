# `make reports` builds the edition, `make test` runs the tests; both set up first. Needs Python 3.11 to 3.13 and make, nothing else.
ifndef PYTHON
PYTHON = $(eval PYTHON := $$(FOUND))$(PYTHON)# looked for once, and only where it is needed
FOUND = $(firstword $(foreach p,python3.13 python3.12 python3.11 python3 python,$(if $(shell $(p) -c 'import sys,venv,ensurepip; sys.exit(not (3,11)<=sys.version_info[:2]<=(3,13))' >/dev/null 2>&1 && echo y),$(p))))
endif
VENV  := .venv
BIN   := $(VENV)/bin
LOCK  := requirements.lock
UV    := $(BIN)/uv
# The folder's name is part of the stamp: a venv that was moved is made anew.
STAMP := $(VENV)/.lock-$(shell { pwd; cat $(LOCK) uv.lock.txt pyproject.toml; } | cksum | cut -d' ' -f1)
# uv does not read pip's configuration; a reader behind a mirror has it there, so it is handed on.
INDEX  = url="$$($(BIN)/python -m pip config list 2>/dev/null | sed -n -e "s/^:env:\.index-url='\(.*\)'$$/\1/p" -e "s/^global\.index-url='\(.*\)'$$/\1/p" -e "s/^install\.index-url='\(.*\)'$$/\1/p" | head -n 1)"; [ -z "$$url" ] || export UV_DEFAULT_INDEX="$${UV_DEFAULT_INDEX:-$$url}";
export PIP_USER := 0
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONNOUSERSITE := 1
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME CONDA_PREFIX UV_PROJECT_ENVIRONMENT UV_PYTHON
# Without bytecode every process compiles all it imports: 2.4 times slower.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: reports verify test check benchmarks lab setup lock clean
.DEFAULT_GOAL := reports

reports: setup ## build the edition into reports/
	@$(BIN)/lusong build

verify: setup ## prove every figure of every edition from its PDFs alone
	@$(BIN)/lusong verify reports/*/*/*.pdf

test: setup ## run the tests
	@$(BIN)/python -m pytest $(PYTEST)

check: setup ## lint, types, layers, notebooks without outputs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb

benchmarks: setup ## measure and write docs/performance.md; half an hour on an idle machine
	@$(BIN)/python -m benchmarks

lab: setup ## open JupyterLab in the same environment
	@$(BIN)/jupyter lab notebooks

setup: $(STAMP)
$(STAMP):
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11, 3.12 or 3.13 with its venv module was found."; echo "      Debian/Ubuntu: apt install python3-venv; or: make PYTHON=/path/to/python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; v=sys.version_info[:2]; sys.exit(0 if (3,11)<=v<=(3,13) else "make: Python %d.%d found, 3.11 to 3.13 needed (make PYTHON=/path/to/python3.12)"%v)'
	@"$(PYTHON)" -c 'import venv,ensurepip' 2>/dev/null || { echo "make: $(PYTHON) has no venv module; Debian/Ubuntu: apt install python3-venv"; exit 1; }
	@echo "make: setting up $(VENV) with $$("$(PYTHON)" --version) …"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --require-hashes -r uv.lock.txt
	@echo "make: installing the packages of $(LOCK) …"
	@$(INDEX) $(UV) pip sync --quiet --python $(BIN)/python --require-hashes $(LOCK)
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

lock: setup ## resolve pyproject.toml anew
	@echo "uv==0.13.9" | $(UV) pip compile - --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o uv.lock.txt
	@$(INDEX) $(UV) pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet -o $(LOCK)

clean: ## remove the environment and the caches; the published edition stays
	rm -rf $(VENV) .lusong .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
