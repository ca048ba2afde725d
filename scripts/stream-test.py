#!/usr/bin/env python3
"""Streams a bank file that is larger than memory should ever be through `sluice inspect --json -`.

    scripts/stream-test.py [csv|camt] [--gigabytes N] [--sluice PATH] [--write]

The file (4 GB of a lockbox CSV by default) is made on the way and stands nowhere. Prints how much was read, what it
cost, the most memory held at once, and whether items and sums are those that were made. Exit 1 where they are not, or
where memory went beyond 96 MB. --write puts the result into Benchmarks/readers.md.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOAL_MB = 96
ITEMS = 500


def maker():
    """The benchmark's input, piece by piece."""
    spec = importlib.util.spec_from_file_location("maker", ROOT / "Benchmarks" / "make-reader-input.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def csv_pieces(size):
    """Batches of one and the same 500 payments under ascending numbers."""
    make = maker()
    head, batch = list(make.csv(ITEMS))[:2]
    batch = batch.replace("2026-03-02,1,", "2026-03-02,@,").encode()
    total = make.total_of(ITEMS)
    yield head.encode(), 0, 0
    made = batches = 0
    while made < size:
        batches += 1
        piece = batch.replace(b"@", b"%d" % batches)
        made += len(piece)
        yield piece, ITEMS, total
    yield (b"T,,,%d,%d," % (batches, batches * ITEMS)) + make.money(batches * total).encode() + b",,,,,,,,,,,,\n", 0, 0


def camt_pieces(size):
    """A notification of one and the same entry of 250 details, again and again."""
    make = maker()
    head, entry, end = list(make.camt(make.PER_ENTRY))
    entry, total = entry.encode(), make.total_of(make.PER_ENTRY)
    yield head.encode(), 0, 0
    for _ in range(size // len(entry) + 1):
        yield entry, make.PER_ENTRY, total
    yield end.encode(), 0, 0


def stream(sluice, pieces):
    """Feeds the pieces; gives the answer, its cost, and what was made."""
    start = time.monotonic()
    child = subprocess.Popen([sluice, "inspect", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    size = items = total = 0
    waiting = []
    for piece, count, cents in pieces:
        size, items, total = size + len(piece), items + count, total + cents
        waiting.append(piece)
        if len(waiting) == 16:
            child.stdin.write(b"".join(waiting))
            waiting = []
    child.stdin.write(b"".join(waiting))
    child.stdin.close()
    answer = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return json.loads(answer or b"{}"), {
        "exit": child.returncode, "cpu_s": used.ru_utime + used.ru_stime, "wall_s": time.monotonic() - start,
        "peak_mb": used.ru_maxrss * 1024 / 1e6}, {"bytes": size, "items": items, "cents": total}


def write(kind, line):
    """Puts the line into the section "## Streams", in the place of an older one of its kind."""
    path = ROOT / "Benchmarks" / "readers.md"
    text = path.read_text() if path.exists() else "# What reading costs\n"
    if "## Streams" not in text:
        text = text.rstrip("\n") + (
            "\n\n## Streams\n\n`scripts/stream-test.py` pipes a file into `sluice inspect --json -` that it makes on "
            "the way.\n\n")
    before, _, section = text.partition("## Streams\n")
    lines = [old for old in section.splitlines() if not old.startswith("- %s:" % kind)]
    path.write_text(before + "## Streams\n" + "\n".join(lines).rstrip("\n") + "\n"
                    + ("" if lines and lines[-1].startswith("- ") else "\n") + line + "\n")


def main():
    parser = argparse.ArgumentParser(description="Streams a large bank file through `sluice inspect`.")
    parser.add_argument("kind", nargs="?", choices=["csv", "camt"], default="csv")
    parser.add_argument("--gigabytes", type=float, default=4)
    parser.add_argument("--sluice", default=str(ROOT / ".build" / "release" / "sluice"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    size = int(options.gigabytes * 1e9)
    answer, cost, made = stream(options.sluice, (csv_pieces if options.kind == "csv" else camt_pieces)(size))
    totals = answer.get("totals") or []
    found = sum(int(one["credits"].replace(".", "")) for one in totals)
    is_right = (cost["exit"] == 0 and answer.get("items") == made["items"] and found == made["cents"]
               and answer.get("balanced") is True)
    met = cost["peak_mb"] <= GOAL_MB
    line = "- %s: %.2f GB, %s items, %.0f s of CPU, peak %.0f MB (goal: at most %d MB, %s); items and sums %s." % (
        options.kind, made["bytes"] / 1e9, format(made["items"], ","), cost["cpu_s"], cost["peak_mb"], GOAL_MB,
        "met" if met else "**not met**", "are right" if is_right else "**differ**")
    print(line)
    if not is_right:
        print("made %s, found %s items, %s cents, exit %s" % (made, answer.get("items"), found, cost["exit"]))
    if options.write:
        write(options.kind, line)
    sys.exit(0 if met and is_right else 1)


if __name__ == "__main__":
    main()
