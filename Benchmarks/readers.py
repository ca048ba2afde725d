#!/usr/bin/env python3
"""Measures reading alone: `sluice inspect --json` of the release binary against others on the same bytes.

    Benchmarks/readers.py            `make bench-readers` calls it

SLUICE_BENCH_DETAILS (250,000) and SLUICE_BENCH_ROWS (1,000,000) make it smaller. It works in .build/bench/readers and
writes Benchmarks/readers.md, up to the line "## Streams", which scripts/stream-test.py keeps. Each command runs three
times, in turn with the others; the run in the middle by CPU counts.
"""
import json
import os
import pathlib
import platform
import shutil
import subprocess
import sys

from measure import measure

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = ROOT / ".build" / "bench" / "readers"
SLUICE = os.environ.get("SLUICE_BENCH_BINARY") or str(ROOT / ".build" / "release" / "sluice")
DETAILS = int(os.environ.get("SLUICE_BENCH_DETAILS") or 250_000)
ROWS = int(os.environ.get("SLUICE_BENCH_ROWS") or 1_000_000)
RUNS = 3
PAYMENT_COLUMNS = {
    "lockbox.bai": ["8-17", "2-4", "5-7", "18-26", "27-36", "37-46", "47-52", "53-82"],
    "entries.ach": ["30-39", "2-3", "4-12", "13-29", "40-54", "55-76", "79-79", "80-94"],
}


def stop(text):
    sys.exit("readers: " + text)


def compile_c(name, *flags):
    target = WORK / name
    subprocess.run(["cc", "-O2", "-Wall", "-o", str(target), str(HERE / (name + ".c")), *flags], check=True)
    return str(target)


def words(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def make_input():
    """Makes the input, unless it is there from a run before with the same script and sizes."""
    made = "%d %d %s" % (DETAILS, ROWS, (HERE / "make-reader-input.py").read_text())
    stamp = WORK / "made-by"
    if not stamp.exists() or stamp.read_text() != made:
        print("making the input", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, str(HERE / "make-reader-input.py"), str(WORK), "--details", str(DETAILS),
                        "--items", str(ROWS)], check=True)
        stamp.write_text(made)
    return json.loads((WORK / "known.json").read_text())


def said(path):
    """What a command printed: the last line, a JSON object; nothing where it prints none."""
    lines = pathlib.Path(path).read_text(errors="replace").splitlines()
    return json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}


def cents(text):
    whole, fraction = str(text).split(".")
    return int(whole) * 100 + int(fraction)


def check(side, answer, known):
    """Both sides must have found what the input is known to hold."""
    if side == "sluice":
        totals = answer["totals"]
        found = (answer["items"], sum(cents(one["credits"]) for one in totals), answer["balanced"], len(answer["faults"]))
        expected = (known["items"], known["cents"], True, 0)
    elif side == "sax-count":
        found, expected = (answer["starts"], answer["ends"]), (known["elements"], known["elements"])
    elif side == "xmllint":
        return
    else:
        found, expected = (answer["items"], answer["cents"]), (known["items"], known["cents"])
    if found != expected:
        stop("%s found %s, known are %s" % (side, found, expected))


def run(sides, known):
    """Each side's figures: the run in the middle by CPU. A side is its command and what its answer is held against."""
    figures = {side: [] for side in sides}
    for _ in range(RUNS):
        for side, (command, name) in sides.items():
            log = WORK / (side + ".out")
            one = measure(command, str(log), dict(os.environ, LC_ALL="C"))
            if one["exit"] != 0:
                stop("exit %d from %s: %s" % (one["exit"], " ".join(command), log.read_text(errors="replace")[-500:]))
            check(side, said(log), known[name])
            figures[side].append(one)
    return {side: sorted(runs, key=lambda one: one["cpu_s"])[RUNS // 2] for side, runs in figures.items()}


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
                 "unknown processor")
    return "%s, %d cores, Linux %s" % (model, os.cpu_count(), platform.release().split("-")[0])


def verdict(met):
    return "met" if met else "**not met**"


def main():
    if not os.access(SLUICE, os.X_OK):
        stop("%s is not there. Run: make release" % SLUICE)
    WORK.mkdir(parents=True, exist_ok=True)
    known = make_input()
    bare = compile_c("bare-loop")
    sax = compile_c("sax-count", *words("pkg-config", "--cflags", "--libs", "libxml-2.0"))
    table = [["file", "items", "MB", "by", "CPU s", "peak MB", "sluice's CPU by it"]]
    goals = [["goal", "is", ""]]

    def compare(name, others):
        sides = {"sluice": ([SLUICE, "inspect", "--json", str(WORK / name)], name), **others}
        print(name, file=sys.stderr, flush=True)
        figures = run(sides, known)
        own = figures["sluice"]["cpu_s"]
        for side, one in figures.items():
            ratio = "" if side == "sluice" else "%.2f" % (own / max(one["cpu_s"], 0.001))
            size = known[sides[side][1]]["bytes"] / 1e6
            table.append([sides[side][1], format(known[name]["items"], ","), "%.0f" % size, side,
                          "%.2f" % one["cpu_s"], "%.0f" % one["peak_mb"], ratio])
        return {side: own / max(one["cpu_s"], 0.001) for side, one in figures.items()}

    others = {"sax-count": ([sax, str(WORK / "camt.xml")], "camt.xml")}
    if shutil.which("xmllint"):
        others["xmllint"] = (["xmllint", "--stream", "--noout", str(WORK / "camt.xml")], "camt.xml")
    ratios = compare("camt.xml", others)
    goals.append(["camt.054: at most 1.4 times the count of SAX events", "%.2f" % ratios["sax-count"],
                  verdict(ratios["sax-count"] <= 1.4)])
    if "xmllint" in ratios:
        goals.append(["camt.054: faster than xmllint --stream", "%.2f of its CPU" % ratios["xmllint"],
                      verdict(ratios["xmllint"] < 1)])
    else:
        goals.append(["camt.054: faster than xmllint --stream", "xmllint was not there", "not measured"])
    for name in ("lockbox.csv", "lockbox.bai", "entries.ach"):
        how = ["csv", str(WORK / name), "P", "6"] if name == "lockbox.csv" else [
            "fixed", str(WORK / name), "6", *PAYMENT_COLUMNS[name]]
        ratios = compare(name, {
            "python-csv": ([sys.executable, str(HERE / "csv-sum.py"), str(WORK / "lockbox.csv")], "lockbox.csv"),
            "bare-loop": ([bare, *how], name)})
        goals.append(["%s: at least 5 times as fast as Python's csv module" % name,
                      "%.2f times" % (1 / ratios["python-csv"]), verdict(ratios["python-csv"] <= 0.2)])
        goals.append(["%s: at most 3 times the bare loop in C" % name, "%.2f times" % ratios["bare-loop"],
                      verdict(ratios["bare-loop"] <= 3)])
    write(table, goals)


def lines(rows, right=()):
    heads = "|" + "|".join("---:" if n in right else "---" for n in range(len(rows[0]))) + "|"
    texts = ["| %s |" % " | ".join(row) for row in rows]
    return "\n".join([texts[0], heads] + texts[1:])


def write(table, goals):
    path = HERE / "readers.md"
    old = path.read_text() if path.exists() else ""
    kept = old[old.index("## What the time goes to"):] if "## What the time goes to" in old else (
        old[old.index("## Streams"):] if "## Streams" in old else "")
    path.write_text("""# What reading costs

`make bench-readers` wrote this. CPU is user and system time of one process; peak is the most memory held at once. Of
three runs in turn the one in the middle by CPU counts. Only ratios inside one run mean something.

Machine: %s.

%s

%s

## What is compared

Sluice is `inspect --json` of the release binary: it recognises the file, reads every field that its format has, checks
every control total, count and date, and prints the sums. `sax-count.c` pushes the same bytes through libxml2 (SAX2) and
counts events; `xmllint --stream --noout` walks them. `csv-sum.py` reads the lockbox CSV of the same items with Python's
csv module and sums; it starts an interpreter. `bare-loop.c` finds lines and fields and sums one amount, and checks
nothing. All found the items and cents (sax-count: the elements) that the input is known to hold.

%s""" % (machine(), lines(table, right=(1, 2, 4, 5, 6)), lines(goals), kept))
    print(lines(table) + "\n\n" + lines(goals))


if __name__ == "__main__":
    main()
