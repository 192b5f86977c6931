# `make demo` and `make test` start from a bare clone: python3, make and a package index suffice.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test training browser slow docs mutants bench lint clean

demo: .venv/ready
	$(BIN)/python examples/demo.py

test: .venv/ready lint
	$(BIN)/pytest -n 2
	@echo 'Training and browser tests: not run here; `make training` installs PyTorch, `make browser` Chromium, and each runs its own.'

training: .venv/ready
	PIP_CONSTRAINT=constraints.txt $(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,train]'
	$(BIN)/pytest -n 2 -m training $(shell find tests -name training -type d)

browser: .venv/ready
	@sh tests/browser/install_chromium.sh
	PIP_CONSTRAINT=constraints.txt $(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,browser]'
	$(BIN)/pytest -n 2 -m browser tests/browser

slow: .venv/ready
	PIP_CONSTRAINT=constraints.txt $(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,docs]'
	$(BIN)/pytest -n 2 -m 'slow and not training and not browser'

docs: .venv/ready
	PIP_CONSTRAINT=constraints.txt $(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,docs]'
	$(BIN)/python docs/building/gallery.py
	$(BIN)/python docs/building/build_site.py out/docs
	@echo 'The pages: out/docs/index.html'

mutants: .venv/ready
	$(BIN)/python tests/proofs/mutate.py

bench: .venv/ready
	$(BIN)/python -m benchmarks

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	PIP_CONSTRAINT=constraints.txt $(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf .venv out build dist docs/reference docs/pictures
