#!/bin/sh
# Drives Sluice through ten days of an invented office and holds what it posted against the truth.
#
#     scripts/world-check.sh [SLUICE]
#
# SLUICE is the command; default the one that was built, release before debug. Uses the tools in ../shared/bench; where
# these are absent it says so and does nothing. Twice: as reviewers teach it, and with nobody reviewing. Exit status:
# the worst of all steps.
set -u
cd "$(dirname "$0")/.."

tools=../shared/bench
if [ ! -f $tools/world.py ]; then
    echo "world-check: SKIPPED. $tools is not there, so nothing was checked." >&2
    exit 0
fi

sluice=${1:-}
for kind in release debug; do
    [ -n "$sluice" ] || [ ! -x .build/$kind/sluice ] || sluice=.build/$kind/sluice
done
if [ ! -x "${sluice:-/}" ] || [ -d "$sluice" ]; then
    echo "world-check: there is no sluice at '${sluice:-.build}'. Run: make release" >&2
    exit 2
fi

work=.build/world-check
rm -rf $work
mkdir -p $work
python3 $tools/world.py --out $work/world --accounts 6000 --items 10000 --days 10 || exit

worst=0
note() { [ "$1" -le $worst ] || worst=$1; }

# One pass through the ten days, and its score.
drive() {
    name=$1
    shift
    printf '\n== %s\n' "$name"
    status=0
    python3 $tools/day_loop.py "$sluice" $work/world "$work/home-$name" "$work/payments-$name.jsonl" "$@" || status=$?
    note $status
    [ $status -eq 0 ] || { echo "world-check: $name: the days ended with exit $status" >&2; return; }
    python3 $tools/score.py $work/world/truth.csv "$work/payments-$name.jsonl" --show-wrong 20 || note $?
}

drive reviewed
drive unreviewed --no-review
exit $worst
