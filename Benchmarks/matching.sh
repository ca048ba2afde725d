#!/bin/sh
# Measures what matching costs an item, and what damaged account numbers do. `make bench-matching` calls it.
#
#     Benchmarks/matching.sh [cost|variants]
#
# SLUICE_BENCH_ACCOUNTS (1,000,000) and SLUICE_VARIANTS (10,000,000) make it smaller. It works in .build/bench/matching
# and writes Benchmarks/matching.md and Benchmarks/variants.md; exits 1 where a variant posted to a wrong account.
set -eu
cd "$(dirname "$0")/.."

what=${1:-all}
accounts=${SLUICE_BENCH_ACCOUNTS:-1000000}
work=.build/bench/matching
SLUICE_PAGE=no SLUICE_BENCH=1 swift build -c release --product sluice --static-swift-stdlib
SLUICE_PAGE=no SLUICE_BENCH=1 swift build -c release --product matching-bench --static-swift-stdlib
bench=.build/release/matching-bench

# Into its place only when it is whole: a run that stopped writes no page. What stands under "## What the time goes to"
# is kept.
page() {
    "$bench" "$@" >"$work/page"
    sed -n '/^## What the time goes to/,$p' "$into" >"$work/kept"
    [ ! -s "$work/kept" ] || { echo && cat "$work/kept"; } >>"$work/page"
    mv "$work/page" "$into"
    cat "$into"
}

mkdir -p $work
if [ "$what" != variants ]; then
    home=$work/home-$accounts
    if [ ! -e "$home/made" ]; then
        rm -rf "$home"
        "$bench" office $work "$accounts"
        .build/release/sluice init "$home"
        .build/release/sluice accounts import --home "$home" $work/accounts.csv $work/bills.csv
        touch "$home/made"
    fi
    into=Benchmarks/matching.md page cost "$home" "$accounts"
fi
if [ "$what" != cost ]; then
    into=Benchmarks/variants.md page variants "${SLUICE_VARIANTS:-10000000}"
fi
