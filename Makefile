# make run [PORT=8123] | test | setup | lock | docs | bench | check
PORT ?= 8000
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help setup run test lock docs bench check

help:
	@echo "make run [PORT=8123]   set up, demo data, and the house on http://127.0.0.1:$(PORT)"
	@echo "make test              everything, on SQLite and on PostgreSQL, with a browser"
	@echo "make setup             the environment only; leaves .venv/bin/satupintu"
	@echo "make check             linters, types and house rules, without the tests"
	@echo "make docs | bench      made documents | measurements"
	@echo "make lock              pin the dependencies again after pyproject.toml changed"

setup:
	@scripts/setup run

run: setup
	@.venv/bin/satupintu migrate
	@.venv/bin/satupintu demo
	@exec .venv/bin/satupintu serve --host 127.0.0.1 --port $(PORT)

test:
	@scripts/test

check:
	@scripts/setup dev
	@scripts/check

lock:
	@scripts/lock

docs: setup
	@scripts/docs

bench:
	@scripts/bench
