# Ostiary: one target a need. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := help
.PHONY: help demo office test collected test-under-load check format lint types layers reference law proofs counsel bench bench-engines bench-log bench-office bench-presses bench-backup bench-site bench-matching bench-real-dress bench-decoys bench-addresses bench-filings bench-redaction bench-scale bench-august bench-same-decision bench-cli bench-before bench-beside mutants fuzz-files pins sbom attacks clients clean

help: ## what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) ..."
	@$(PIP) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

demo: $(VENV)/.runtime ## set up, then the whole corridor on synthetic data
	@rm -rf build/demo
	@$(BIN)/ostiary demo --out build/demo

office: $(VENV)/.runtime ## set up, then serve a training office with work in it, one link a person
	@rm -rf build/office
	@$(BIN)/ostiary demo --serve --out build/office

test: $(VENV)/.dev ## set up, then all tests
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# Reads every test once, so that the workers of `test` find them compiled.
collected: $(VENV)/.dev
	@$(BIN)/python -m pytest --collect-only -q >/dev/null

test-under-load: $(VENV)/.dev ## the tests beside four busy programs: slower, never red
	@busy=; for n in 1 2 3 4; do $(BIN)/python -c 'while True: pass' & busy="$$busy $$!"; done; \
	trap 'kill $$busy' EXIT; \
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(VENV)/.dev ## all that a landing must pass
	@$(MAKE) --no-print-directory -j2 types collected proofs format lint layers reference counsel
	@$(MAKE) --no-print-directory test

format: $(VENV)/.dev ## is the code formatted?
	@$(BIN)/ruff format --check --quiet . || (echo "run: $(BIN)/ruff format ." && false)

lint: $(VENV)/.dev ## ruff, every rule but those named in pyproject.toml
	@$(BIN)/ruff check --quiet .

types: $(VENV)/.dev ## mypy, strict
	@$(BIN)/mypy --no-error-summary

layers: $(VENV)/.dev ## does the corridor still run one way?
	@$(BIN)/lint-imports --no-cache --no-logo

reference: $(VENV)/.dev ## is docs/reference what the code says?
	@$(BIN)/python tools/reference.py --check

law: proofs counsel ## prove the rule book, run counsel's cases

proofs: $(VENV)/.runtime
	@$(BIN)/ostiary book prove

counsel: $(VENV)/.runtime
	@$(BIN)/ostiary book test

bench: $(VENV)/.runtime ## the figures of docs/benchmarks.md
	@$(BIN)/python tools/bench.py

# Other engines are laid beside .venv, not into it: what tests and types see stays as pinned.
build/peers/.installed: requirements/bench.txt $(VENV)/.runtime
	@rm -rf build/peers
	@$(PIP) --require-hashes --no-deps --target build/peers -r requirements/bench.txt
	@touch $@

bench-engines: build/peers/.installed ## the rule book beside Cedar, Rego and CEL: agreement, then speed
	@PYTHONPATH=build/peers $(BIN)/python tools/bench_engines.py

# pymerkle is under the GPL, which lets anybody run it: for the benchmark, and nothing else of ours.
build/peers-log/.installed: $(VENV)/.dev
	@rm -rf build/peers-log
	@$(PIP) --no-deps --target build/peers-log pymerkle==7.0.0 cachetools==7.2.1
	@touch $@

bench-addresses: $(VENV)/.runtime ## the labelled addresses of usaddress: returned, and agreeing in another dress
	@$(BIN)/python tools/bench_addresses.py

bench-filings: $(VENV)/.runtime ## does the interval of `filings` hold what it says? eight kinds of series
	@$(BIN)/python tools/bench_filings.py
	@$(BIN)/python tools/bench_filings.py --rows hard --series 500

bench-redaction: $(VENV)/.dev ## documents redacted, ours and PDFs of others: pages a second, and what other readers find
	@$(BIN)/python tools/bench_redaction.py
	@$(BIN)/python tools/bench_foreign_pdfs.py

bench-log: build/peers-log/.installed ## the log on SQLite and PostgreSQL, pymerkle beside it
	@PYTHONPATH=build/peers-log $(BIN)/python tools/bench_log.py

build/peers-matching/.installed: requirements/bench-matching.txt $(VENV)/.runtime
	@rm -rf build/peers-matching
	@$(PIP) --require-hashes --no-deps --target build/peers-matching -r requirements/bench-matching.txt
	@touch $@

bench-matching: build/peers-matching/.installed ## verification held against the truth, Splink beside it
	@PYTHONPATH=build/peers-matching $(BIN)/python tools/bench_matching.py pseudopeople --seed 0 1 2 --noise 1 5
	@PYTHONPATH=build/peers-matching $(BIN)/python tools/bench_matching.py synth --people 200000 --requests 50000

bench-real-dress: build/peers-matching/.installed ## names and addresses as they are, kind by kind, Splink beside it
	@PYTHONPATH=build/peers-matching $(BIN)/python tools/bench_matching.py synth --scenario real-dress \
		--people 200000 --requests 100000 --all --by-kind --truth address

bench-decoys: $(VENV)/.runtime ## is the bound of a batch ever below the truth? twenty splits
	@$(BIN)/python tools/bench_decoys.py

bench-scale: build/peers-matching/.installed $(VENV)/.dev ## 1, 5 and 20 million people (about 20 GB of disk, the better part of an hour)
	@PYTHONPATH=build/peers-matching $(BIN)/python tools/bench_scale.py --people 1000000 5000000 20000000

bench-august: build/peers-matching/.installed ## the file of August 2025, replayed against 20 million people
	@rm -rf build/august
	@$(BIN)/ostiary bench august --people 20000000 --out build/august
	@PYTHONPATH=build/peers-matching $(BIN)/python tools/august_figure.py build/august/august.json

bench-presses: $(VENV)/.dev ## key presses and seconds a case, for 20 cases one after the other
	@OSTIARY_CASES=20 $(BIN)/python -m pytest tests/e2e -q -s -k by_keyboard_alone

bench-office: $(VENV)/.dev ## the web office and the API with 100,000 cases, on SQLite and PostgreSQL
	@$(BIN)/python tools/bench_office.py

bench-backup: $(VENV)/.dev ## a backup of an office with 100,000 cases while 20 programs write
	@$(BIN)/python tools/bench_backup.py

bench-site: $(VENV)/.runtime ## the public site of an office with 100,000 requests and 20 texts
	@$(BIN)/python tools/bench_site.py

bench-same-decision: $(VENV)/.dev ## are 200,000 requests decided alike, by a batch and few at a time?
	@$(BIN)/python tools/bench_same_decision.py

COMMIT ?= HEAD~1
bench-before: ## an earlier build of ours in build/before, to be measured beside (COMMIT=...)
	@rm -rf build/before
	@git clone --quiet . build/before && git -C build/before checkout --quiet --detach $(COMMIT)
	@$(MAKE) --no-print-directory -C build/before PYTHON=$(PYTHON) .venv/.runtime

bench-beside: $(VENV)/.dev ## what three requests, a file and a submission cost, beside build/before if it is there
	@$(BIN)/python tools/bench_beside.py

bench-cli: $(VENV)/.runtime ## how soon the command line answers, beside build/before if it is there
	@$(BIN)/python tools/bench_cli.py

mutants: $(VENV)/.dev ## does any fault put into the verifier go unnoticed by its tests?
	@$(BIN)/python tools/mutants.py

fuzz-files: $(VENV)/.dev ## damages of CSV, JSON, workbooks, packed files and Parquet: is any other row lost?
	@PYTHONPATH=tools $(BIN)/python tools/fuzz_files.py

attacks: ## the table of attacks that the tests try, one line each
	@$(PYTHON) tools/attacks.py

sbom: $(VENV)/.runtime ## the software bill of materials (CycloneDX), from the hashed requirements
	@$(BIN)/python tools/sbom.py build/sbom.cdx.json

# Of others, on Node, for the tests alone: three packages without scripts, each by its hash.
clients: ## install the clients of OAuth on Node that the tests run (needs node and npm)
	@npm --prefix tests/node_clients ci --silent

pins: ## compile requirements/*.txt anew (needs uv)
	@sh tools/pins.sh

clean: ## remove what was built
	@rm -rf build $(VENV)
