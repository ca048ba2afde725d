#!/bin/sh
# Takes one day of sample bank files through Sluice, from an empty home to the review queue. `make run` calls it.
set -eu
cd "$(dirname "$0")/.."

sluice=$PWD/.build/debug/sluice
SLUICE_HOME=$PWD/.build/demo-home
SLUICE_NOW=2026-03-02T20:00:00Z
export SLUICE_HOME SLUICE_NOW

if [ ! -x "$sluice" ]; then
    echo "demo: $sluice is not there. Run: make run" >&2
    exit 1
fi

bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$(printf '\033[1m')
    plain=$(printf '\033[0m')
fi

# A heading, and a sentence on what comes.
heading() { printf '\n%s== %s%s\n' "$bold" "$1" "$plain"; [ $# -lt 2 ] || printf '%s\n' "$2"; printf '\n'; }

# The command as one would type it, and the first lines of what it prints.
show() {
    lines=$1
    shift
    printf '$ sluice %s\n' "$*"
    failed=0
    text=$("$sluice" "$@") || failed=$?
    printf '%s\n' "$text" | sed -n "1,${lines}p"
    total=$(printf '%s\n' "$text" | wc -l)
    [ "$total" -le "$lines" ] || printf '  … %d more lines\n' $((total - lines))
    [ "$failed" -eq 0 ] || { printf 'demo: exit %d from: sluice %s\n' "$failed" "$*" >&2; exit "$failed"; }
}

# The first value of a key in JSON Lines on standard input.
value() { grep -o "\"$1\" *: *\"[^\"]*\"" | sed -n '1s/.*: *"\(.*\)"/\1/p'; }

heading "A new home" "The office's whole state is one folder."
rm -rf "$SLUICE_HOME"
show 20 init "$SLUICE_HOME"
# The district says which collections are its own.
sed -i 's/^collections: {}$/collections: {companies: ["1940417702"]}/' "$SLUICE_HOME/config/sluice.yaml"

heading "The accounts" "60 accounts and their open bills, from the billing system."
show 20 accounts import inbox-samples/cis/*.csv

heading "The bank files arrive" "A folder of the inbox names the source."
cp -R inbox-samples/inbox/. "$SLUICE_HOME/inbox/"
(cd "$SLUICE_HOME/inbox" && find . -type f ! -name '*.tif' | LC_ALL=C sort | sed 's|^\./|  inbox/|')
printf '  inbox/lockbox/alder-20260302/  (%d images)\n' "$(ls "$SLUICE_HOME/inbox/lockbox/alder-20260302" | wc -l)"

heading "One run" "--settled: the files are complete, so it does not wait for them to be quiet."
printf '$ sluice run --settled\n'
status=0
"$sluice" run --settled || status=$?
case $status in
    0) ;;
    65) printf '\nExit 65: at least one file was refused. That is right here: one is cut short, one is no bank file.\n' ;;
    *) printf '\nExit %d: the run did not end as it should.\n' "$status" >&2; exit "$status" ;;
esac

heading "The day"
show 40 status

heading "The payments"
show 14 payments

heading "What a person must decide"
show 30 review list

# The check whose account number the bank could not read, else the first in the queue.
queue=$("$sluice" review list --json)
exception=$(printf '%s\n' "$queue" | grep '"account-unreadable"' | value id || true)
[ -n "$exception" ] || exception=$(printf '%s\n' "$queue" | value id || true)
if [ -n "$exception" ]; then
    heading "One of them" "The evidence stands beside the item."
    show 40 review show "$exception"
fi

# The check with one unread digit, which the check digit and the book prove, else the first payment.
payments=$("$sluice" payments --json)
payment=$(printf '%s\n' "$payments" | grep '"6606754759"' | value payment || true)
[ -n "$payment" ] || payment=$(printf '%s\n' "$payments" | value payment || true)
if [ -n "$payment" ]; then
    heading "Why a payment stands where it stands" "The bank could not read one digit of this account number."
    show 40 explain "$payment"
fi

heading "The scanned papers"
show 8 documents list

heading "The proof" "Every cent and every file, counted again from the raw rows."
show 30 verify

heading "Where to look"
cat <<END
  .build/demo-home/review/open/        one folder for each decision to make
  .build/demo-home/archive/            every file as it came
  .build/demo-home/documents/          the index of the scanned papers
  .build/demo-home/outbox/             what goes to billing and to the general ledger; account-updates/ has
                                       what banks say has changed of payers' accounts
  inbox-samples/README.md              what each sample shows

What to try next:

  export SLUICE_HOME=.build/demo-home SLUICE_NOW=$SLUICE_NOW
  .build/debug/sluice review list --json
  .build/debug/sluice review show ${exception:-EXCEPTION}
  .build/debug/sluice inspect --explain inbox-samples/inbox/lockbox/cedar-bank-20260302.bai
END
