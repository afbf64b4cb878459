# Everything below sets up what it needs: Python 3.11+ and make are enough.
PYTHON ?= python3
PORT ?= 8501
WATCH ?= none
VENV := .venv
BIN := $(VENV)/bin

.PHONY: app test bench load check audit clean

app: $(VENV)/.app
	$(BIN)/streamlit run serve.py --server.port $(PORT) --server.fileWatcherType $(WATCH)

test: $(VENV)/.dev $(VENV)/.browser $(VENV)/.nginx
	$(BIN)/python -m pytest -n 2 -m "not slow" -rfER $(ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench $(ARGS)

load: $(VENV)/.dev
	$(BIN)/python -m tests.load $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python deploy/audit.py

# asks the advisory service about each package too; where that cannot be reached it says so and goes on
audit: $(VENV)/.dev
	$(BIN)/pip install --quiet pip-audit
	$(BIN)/python deploy/audit.py --ask

clean:
	rm -rf $(VENV)

$(VENV)/.app: requirements.txt constraints.txt
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -c constraints.txt -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.app
	$(BIN)/pip install --quiet -c constraints.txt -r requirements-dev.txt
	touch $@

# A browser for the tests: one that is there, else Debian's (as root), else Playwright's own.
$(VENV)/.browser: $(VENV)/.dev
	$(BIN)/python -m tests.browser.find || { [ "$$(id -u)" = 0 ] && command -v apt-get && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk; } || \
	  $(BIN)/playwright install chromium
	touch $@

# nginx for the test of deploy/nginx.conf, which is left out where there is none: one that is there, else Debian's (as root).
$(VENV)/.nginx: $(VENV)/.dev
	$(BIN)/python -m tests.deploy.find || { [ "$$(id -u)" = 0 ] && command -v apt-get && apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx; } || true
	touch $@
