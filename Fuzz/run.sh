#!/bin/sh
# Fuzzes the readers under address sanitizer. `make fuzz` calls it.
#
#     Fuzz/run.sh [FORMAT…] [RUNS]
#
# Without a format it goes through all of them; RUNS is 2000000 unless told. It works in .build-fuzz and exits 1 where
# an input crashed, hung, leaked or was read otherwise in pieces. Its inputs are kept in .build-fuzz/found.
#
# SLUICE_FUZZ_LENGTH is how many bytes an input has at most, 4096 unless told: short ones are many more in the same time.
# SLUICE_FUZZ_SECONDS ends each format after so many seconds; SLUICE_FUZZ_TIMEOUT is what counts as a hang, 5 seconds of
# the clock unless told: more on a machine with other work. SLUICE_FUZZ_KEEP=1 writes Fuzz/corpus anew from what
# was found: inputs that reach what the fixtures do not, small and large ones, at most 48 and 16 KB a format.
set -eu
cd "$(dirname "$0")/.."

work=.build-fuzz
runs=2000000
formats=
for argument; do
    case $argument in
        *[!0-9]*) formats="$formats $argument" ;;
        *) runs=$argument ;;
    esac
done
[ -n "$formats" ] || formats="nacha bai2 x12 camt remt pain bai-lockbox-a bai-lockbox-b bai-lockbox-c bank-statement
    bank-statement-eu bill-pay card-processor default nordwasser pipe-lockbox riverbend windows-1252 recognise"

# The files that a format's inputs begin from.
seeds() {
    case $1 in
        nacha) ls Tests/Fixtures/nacha/*.ach Tests/Fixtures/errors/*/inbox/*.ach ;;
        bai2) ls Tests/Fixtures/bai2/*.bai2 Tests/Fixtures/errors/*/inbox/*.bai2 ;;
        x12) ls Tests/Fixtures/x12/*.edi Tests/Fixtures/errors/*/inbox/*.edi ;;
        camt) ls Tests/Fixtures/iso20022/*.xml Tests/Fixtures/errors/*/inbox/a.xml ;;
        remt) ls Tests/Fixtures/iso20022-payments/advice*.xml ;;
        pain) ls Tests/Fixtures/iso20022-payments/status*.xml Tests/Fixtures/iso20022-payments/collection*.xml ;;
        default | lockbox-csv) ls Tests/Fixtures/lockbox-csv/*.csv Tests/Fixtures/errors/*/inbox/*.csv ;;
        bai-lockbox) seeds bai-lockbox-a ;;
        bai-lockbox-?) ls Tests/Fixtures/lockbox-bai/dialect-"${1#bai-lockbox-}"*.bai ;;
        windows-1252) ls Fuzz/seeds/windows-1252.csv ;;
        recognise) for each in nacha bai2 x12 camt remt pain default; do seeds "$each"; done
            ls Tests/Fixtures/layouts/*.csv Tests/Fixtures/layouts/*.txt Tests/Fixtures/lockbox-bai/*.bai ;;
        *) ls Tests/Fixtures/layouts/"$1".* | grep -v '\.events\.txt$' ;;
    esac
}

SLUICE_FUZZ=1 swift build -c release --product fuzz --scratch-path $work --sanitize address \
    -Xswiftc -sanitize=fuzzer -Xcc -fsanitize=fuzzer-no-link ${SLUICE_FUZZ_BUILD:-}
fuzz=$(SLUICE_FUZZ=1 swift build -c release --scratch-path $work --sanitize address --show-bin-path)/fuzz

# The words of the messages, for what no mutation would come upon.
mkdir -p $work/found
sed -n 's/^ *case .* = \("[A-Za-z0-9]*"\)$/\1/p' Sources/Formats/ISO20022/Name.swift >$work/xml.dict

# What traps is told by the fuzzer, which keeps the input.
export SWIFT_BACKTRACE=enable=no

failed=0
for format in $formats; do
    rm -rf "$work/seeds/$format" "$work/new/$format"
    mkdir -p "$work/seeds/$format" "$work/new/$format" "Fuzz/corpus/$format"
    seeds "$format" | while read -r file; do
        cp "$file" "$work/seeds/$format/$(echo "$file" | tr / -)"
    done
    set --
    case $format in camt | remt | pain | recognise) set -- -dict=$work/xml.dict ;; esac
    log=$work/$format.log
    began=$(date +%s)
    status=0
    SLUICE_FUZZ_FORMAT=$format "$fuzz" "$work/new/$format" "$work/seeds/$format" "Fuzz/corpus/$format" \
        "-runs=$runs" "-max_total_time=${SLUICE_FUZZ_SECONDS:-0}" "-max_len=${SLUICE_FUZZ_LENGTH:-4096}" -timeout=${SLUICE_FUZZ_TIMEOUT:-5} -rss_limit_mb=1500 \
        -detect_leaks=1 -print_final_stats=1 "-artifact_prefix=$work/found/$format-" "$@" >"$log" 2>&1 || status=$?
    took=$(($(date +%s) - began))
    count() { sed -n "s/^stat::$1: *//p" "$log" | tail -n 1; }
    echo "$format: $(count number_of_executed_units) executions in $took s, $(count new_units_added) new units," \
        "exit $status"
    if [ $status -ne 0 ]; then
        failed=1
        grep -vE '^(#[0-9]+[[:space:]]|INFO:)' "$log" | head -n 40
    elif [ "${SLUICE_FUZZ_KEEP:-}" = 1 ]; then
        # What the fixtures reach stands first in the merged folder, so only what reaches more is added.
        rm -rf $work/merged
        mkdir $work/merged
        cp "$work/seeds/$format"/* $work/merged/
        SLUICE_FUZZ_FORMAT=$format "$fuzz" -merge=1 -max_len=4096 $work/merged "$work/new/$format" \
            "Fuzz/corpus/$format" >>"$log" 2>&1
        rm -rf "Fuzz/corpus/$format"
        mkdir "Fuzz/corpus/$format"
        step=$(($(ls $work/merged | wc -l) / 48 + 1))
        left=16384
        for file in $(ls -rS $work/merged | awk "NR % $step == 0"); do
            [ -e "$work/seeds/$format/$file" ] && continue
            left=$((left - $(wc -c <"$work/merged/$file")))
            [ $left -ge 0 ] || break
            cp "$work/merged/$file" "Fuzz/corpus/$format/"
        done
    fi
done
exit $failed
