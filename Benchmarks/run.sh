#!/bin/sh
# Measures Sluice against the sqlite3 command line on the same ledger. `make bench` calls it.
#
#     Benchmarks/run.sh
#
# SLUICE_BENCH_ACCOUNTS and SLUICE_BENCH_ITEMS make it smaller (1,000,000 each by default). It works in .build/bench,
# which takes some 5 GB, and writes Benchmarks/results.md.
set -eu
cd "$(dirname "$0")/.."

for tool in sqlite3 python3; do
    command -v $tool >/dev/null 2>&1 || {
        echo "bench: $tool is missing. Run: sudo apt-get install $tool" >&2
        exit 1
    }
done
# A program that stands there may be of other sources.
if [ -z "${SLUICE_BENCH_BINARY:-}" ]; then
    SLUICE_PAGE=no swift build -c release --product sluice --static-swift-stdlib
fi
exec python3 Benchmarks/run.py "$@"
