# The atlas's commands; `make` alone lists them. None asks a question.

PORT ?= 8000
VENV := .venv
PYTHON_IN_VENV := $(VENV)/bin/python
PIP := $(PYTHON_IN_VENV) -m pip --disable-pip-version-check --quiet install
MANAGE := $(PYTHON_IN_VENV) manage.py
PYTEST := $(PYTHON_IN_VENV) -m pytest -q -n 3 --dist worksteal
ON_SQLITE := env -u DATABASE_URL
CODE := accounts sources partners deposits projects findings atlas tests benchmarks scripts manage.py

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test test-fast lint format messages

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  Options: PORT=$(PORT) for run, PYTHON=python3.12 for setup. docs/operations.md says more."

setup: $(VENV)/runtime ## make .venv with what running the atlas needs

setup-dev: $(VENV)/development ## the same, with what developing and testing need

run: export ATLAS_DEMONSTRATION = 1
run: setup ## run the atlas with its record and demonstration accounts on this machine, port PORT
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) set_up_demonstration
	@$(MANAGE) collectstatic --no-input --verbosity 0
	@echo "The atlas is at http://127.0.0.1:$(PORT)/ (stop it with Ctrl-C)"
	@exec $(PYTHON_IN_VENV) -m gunicorn atlas.wsgi --bind 127.0.0.1:$(PORT) \
		--workers 2 --worker-class gthread --threads 4 --log-level warning

test: setup-dev lint ## check everything, on SQLite and PostgreSQL, in a real browser too (installs them on Debian as root)
	@scripts/install_test_services
	@$(ON_SQLITE) $(MANAGE) makemigrations --check --dry-run
	@$(ON_SQLITE) $(PYTEST)
	@scripts/with_postgresql $(PYTEST) -m "not browser and not without_database and not once"

test-fast: setup-dev ## check the quick part in a minute: SQLite, without browser, desk and the whole record
	@$(ON_SQLITE) $(PYTEST) --ignore=tests/desk -m "not browser and not slow and not of_the_record"

lint: setup-dev ## check format, style and types
	@$(PYTHON_IN_VENV) -m ruff format --check --quiet $(wildcard $(CODE))
	@$(PYTHON_IN_VENV) -m ruff check --quiet $(wildcard $(CODE))
	@$(ON_SQLITE) $(PYTHON_IN_VENV) -m mypy

format: setup-dev ## put the code into its format
	@$(PYTHON_IN_VENV) -m ruff check --fix --quiet $(wildcard $(CODE))
	@$(PYTHON_IN_VENV) -m ruff format --quiet $(wildcard $(CODE))

messages: setup ## collect the texts to translate into locale/ and compile them (needs gettext)
	@command -v msgfmt >/dev/null || { echo "Install gettext first: apt-get install gettext" >&2; exit 1; }
	@$(MANAGE) makemessages --locale ru --no-obsolete --no-wrap --add-location file \
		--ignore '$(VENV)/*' --ignore 'var/*' --ignore 'tests/*'
	@$(MANAGE) compilemessages --ignore '$(VENV)/*' --ignore 'var/*'

$(VENV)/bin/python:
	@PYTHON="$(PYTHON)" scripts/make_venv $(VENV)

$(VENV)/runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the atlas needs into $(VENV)"
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	@echo "Installing what developing the atlas needs into $(VENV)"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/runtime
