# `make` lists what can be made.
.DEFAULT_GOAL := help
.PHONY: help run test browser release bench bench-readers bench-page bench-matching fuzz lint golden docs samples clean setup

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run: setup ## Build, then take in one day of sample bank files and show what became of them
	swift build --product sluice
	scripts/demo.sh

test: setup ## Build and run all tests
	swift build --build-tests
	swift test

browser: setup ## Try the review page in Chromium, with pictures (pip install playwright axe-playwright-python)
	swift build --product sluice
	Tests/Browser/review.py --shots .build/pictures
	Tests/Browser/crowd.py --sluice .build/debug/sluice

release: setup ## Build .build/release/sluice, with Swift's own libraries inside
	swift build -c release --product sluice --static-swift-stdlib

bench: setup ## Measure (see Benchmarks/)
	Benchmarks/run.sh

bench-readers: release ## Measure reading alone (Benchmarks/readers.md)
	Benchmarks/readers.py

bench-page: release ## Measure what the review page costs (Benchmarks/page.md)
	Benchmarks/page.py

bench-matching: setup ## Measure matching alone, and try ten million damaged account numbers
	Benchmarks/matching.sh

fuzz: setup ## Fuzz the readers under address sanitizer (see Fuzz/)
	Fuzz/run.sh

lint: setup ## Check the form of every Swift file, and no line over 120 columns
	swift format lint --strict --recursive --parallel Sources Tests Fuzz Benchmarks Package.swift
	@! grep -rnE --include='*.swift' --include='*.[ch]' '^.{121,}' Sources Tests Fuzz Benchmarks Package.swift

golden: setup ## Write the golden files anew; read the difference before you commit it
	SLUICE_UPDATE_GOLDEN=1 swift test

docs: setup ## Write docs/reasons.md and the rules of docs/matching.md anew
	SLUICE_UPDATE_GOLDEN=1 swift test --filter "ReasonsPageTests|MatchingPageTests"

samples: ## Prove the arithmetic of inbox-samples/
	scripts/check-samples.py

clean: ## Remove what was built, and the demo's home
	rm -rf .build

setup:
	@scripts/setup.sh
