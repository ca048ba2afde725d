#!/usr/bin/env python3
"""The benchmark itself; run.sh calls it.

Sluice and the sqlite3 command line start from copies of one ledger and post the same files, in one run, so that
their ratio says something whatever the machine. Prints a table and writes Benchmarks/results.md.
"""
import json
import os
import pathlib
import platform
import shutil
import string
import subprocess
import sys

from measure import measure

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
WORK = ROOT / ".build" / "bench"
SLUICE = os.environ.get("SLUICE_BENCH_BINARY") or str(ROOT / ".build" / "release" / "sluice")
ACCOUNTS = int(os.environ.get("SLUICE_BENCH_ACCOUNTS") or 1_000_000)
ITEMS = int(os.environ.get("SLUICE_BENCH_ITEMS") or 1_000_000)
SMALL, SMALL_FILES = min(500, ACCOUNTS // 5), 5
RATIO_GOAL, MEMORY_GOAL = 1.5, 400
ENVIRONMENT = dict(os.environ, SLUICE_NOW="2026-03-02T20:00:00Z", LC_ALL="C")


def say(text):
    print(text, file=sys.stderr, flush=True)


def stop(text):
    sys.exit("bench: " + text)


def cost(command, log):
    """Measures a command that must succeed."""
    figures = measure([str(part) for part in command], str(log), ENVIRONMENT)
    if figures["exit"] != 0:
        tail = pathlib.Path(log).read_text(errors="replace")[-2000:]
        stop("exit %d from: %s\n%s" % (figures["exit"], " ".join(map(str, command)), tail))
    return figures


def make_input():
    """Makes the input, unless it is there from a run before with the same script and sizes."""
    folder = WORK / "input"
    made = "%d %d %d %d %s" % (ACCOUNTS, ITEMS, SMALL, SMALL_FILES, (HERE / "make-input.py").read_text())
    stamp = folder / "made-by"
    if stamp.exists() and stamp.read_text() == made:
        return folder
    say("making %d accounts and %d items" % (ACCOUNTS, ITEMS))
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, str(HERE / "make-input.py"), str(folder), "--accounts", str(ACCOUNTS), "--items",
                    str(ITEMS), "--small", str(SMALL), "--small-files", str(SMALL_FILES)], check=True)
    stamp.write_text(made)
    return folder


def checks(ledger):
    """What stands where in a ledger. Stops where it does not balance."""
    with open(HERE / "checks.sql") as script:
        printed = subprocess.run(["sqlite3", "-batch", "-bail", str(ledger)], stdin=script, check=True,
                                 capture_output=True, text=True).stdout
    found = {name: int(number or 0) for name, number in (line.split("=") for line in printed.splitlines())}
    balanced = (
        found["sum of all lines"] == 0 and found["entries out of balance"] == 0
        and found["cash clearing"] == found["cents of items"]
        and found["allocated"] == found["receivable"] + found["customer credit"]
        and found["allocated to bills"] == found["receivable"] == found["taken off bills"])
    if not balanced:
        stop("%s does not balance: %s" % (ledger, found))
    return found


class Sluice:
    """One home, a copy of the one that has the accounts."""

    def __init__(self, template, name):
        self.home = WORK / name
        shutil.copytree(template, self.home)
        self.ledger = self.home / "sluice.sqlite"

    def post(self, file, _):
        shutil.copy(file, self.home / "inbox" / file.name)
        return cost([SLUICE, "run", "--settled", "--home", self.home], WORK / "sluice.log")

    def write_files_again(self):
        """What of a run is the writing of its files: they are taken away, and a run writes them again."""
        for folder in ("review/open", "outbox/postings"):
            # Not removed: that would leave the file system busy with what is gone.
            (self.home / folder).rename(self.home / ("taken-" + folder.replace("/", "-")))
            (self.home / folder).mkdir()
        return cost([SLUICE, "run", "--settled", "--home", self.home], WORK / "sluice-files.log")


class Clerk:
    """The sqlite3 command line on a copy of the same ledger."""

    def __init__(self, template, name):
        self.ledger = WORK / (name + ".sqlite")
        shutil.copy(template / "sluice.sqlite", self.ledger)
        self.folder = WORK / (name + "-files")
        self.folder.mkdir()

    def run(self, script, number, file=""):
        text = string.Template((HERE / script).read_text()).substitute(
            intake=number, number=number, file=file, folder=self.folder)
        path = WORK / ("filled-" + script)
        path.write_text(text)
        return cost(["sqlite3", "-batch", "-bail", self.ledger, ".read '%s'" % path], WORK / "sqlite3.log")

    def post(self, file, number):
        return self.run("post.sql", number, file)

    def write_files_again(self):
        return self.run("files.sql", 1)


def show_checks(what, ours, theirs):
    say("\n%s: what stands where (cents or rows)" % what)
    say("%-26s %16s %16s" % ("", "sluice", "sqlite3"))
    for name in ours:
        say("%-26s %16d %16d%s" % (name, ours[name], theirs[name], "" if ours[name] == theirs[name] else "  differs"))


def pair(template, what, files):
    """Both sides post the same files, in turn. Returns the figures of each file and the sums of both ledgers."""
    sluice, clerk = Sluice(template, "home-" + what), Clerk(template, "clerk-" + what)
    figures = {"sluice": [], "sqlite3": []}
    for number, file in enumerate(files, 1):
        say("%s: %s" % (what, file.name))
        figures["sluice"].append(sluice.post(file, number))
        figures["sqlite3"].append(clerk.post(file, number))
    ours, theirs = checks(sluice.ledger), checks(clerk.ledger)
    show_checks(what, ours, theirs)
    again = (sluice.write_files_again(), clerk.write_files_again()) if len(files) == 1 else None
    for place in (sluice.home, clerk.folder):
        shutil.rmtree(place)
    for file in WORK.glob(clerk.ledger.name + "*"):
        file.unlink()
    return figures, again, ours == theirs, ours


def middle(figures):
    """The run in the middle by CPU time."""
    return sorted(figures, key=lambda one: one["cpu_s"])[len(figures) // 2]


def row(what, ours, theirs):
    ratio = "%.2f" % (ours["cpu_s"] / max(theirs["cpu_s"], 0.001)) if theirs else ""
    theirs = theirs or {}
    return [what] + ["%.2f" % ours["cpu_s"], "%.2f" % ours["wall_s"], "%.0f" % ours["peak_mb"]] + [
        form % theirs[key] if theirs else "" for key, form in
        (("cpu_s", "%.2f"), ("wall_s", "%.2f"), ("peak_mb", "%.0f"))] + [ratio]


def add(one, other):
    return {"cpu_s": one["cpu_s"] + other["cpu_s"], "wall_s": one["wall_s"] + other["wall_s"],
            "peak_mb": max(one["peak_mb"], other["peak_mb"])}


HEAD = ["", "sluice CPU s", "wall s", "peak MB", "sqlite3 CPU s", "wall s", "peak MB", "CPU ratio"]


def table(rows):
    widths = [max(len(line[n]) for line in [HEAD] + rows) for n in range(len(HEAD))]
    for line in [HEAD] + rows:
        print("  ".join(cell.ljust(width) if n == 0 else cell.rjust(width)
                        for n, (cell, width) in enumerate(zip(line, widths))))


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True)
        return (done.stdout or done.stderr).splitlines()[0].strip()
    except (OSError, IndexError):
        return "unknown"


def machine():
    model = "unknown processor"
    for line in open("/proc/cpuinfo"):
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = int(open("/proc/meminfo").readline().split()[1]) // 1_000_000
    return "%s, %d cores, about %d GB of memory, Linux %s" % (
        model, os.cpu_count(), memory, platform.release().split("-")[0])


def verdict(met):
    return "met" if met else "**not met**"


def write_results(rows, ratio, peak, equal):
    text = """# What taking in a file costs

`make bench` wrote this. CPU is user and system time; peak is the most memory held at once. Only ratios inside one run
mean something: the times are those of one machine with other work on it.

Machine: %s. sqlite3 %s, %s.
Input: %s accounts, a lockbox CSV of %s items (`make-input.py`: 83 %% pay what is due, 8 %% a part, 5 %% more,
4 %% belong to nobody), then %d files of %d items, of which the middle one by CPU counts.

| %s |
|%s|
%s

| goal | is | |
|---|---|---|
| CPU ratio of the large file at most %.1f | %.2f | %s |
| peak memory at most %d MB | %.0f MB | %s |

## What is compared
Both sides start from copies of one ledger with Sluice's schema: the same keys, checks, triggers, foreign keys and
indexes, WAL, `synchronous = FULL`, one transaction a file, 176 MB of cache for sqlite3 and 100 MB for Sluice. The sqlite3 side (`post.sql`) is given what
makes it fast: a temporary staging table, set-based SQL, `INSERT OR ROLLBACK`, inserts in index order where that helps.
Both books are proven by sums after each run (`checks.sql`); here they %s.

"Writing its files" is a second run after `review/open` and `outbox/postings` were emptied: the files for the billing
system and the general ledger, and one for each exception. The sqlite3 side (`files.sql`) writes about as much.

## What is not
The sqlite3 side posts by account number only. It does not hash or archive the file, keeps bank account numbers as
plain numbers instead of keyed hashes, ranks no candidates, looks for no second proof, does not force its files to the
disk, cannot be stopped anywhere and finished, and fails as a whole where two payments share a number. Sluice does all
of that within its figures. Reading XML is not measured here.
""" % (machine(), first_line("sqlite3", "--version").split()[0], first_line("swift", "--version"),
       format(ACCOUNTS, ","), format(ITEMS, ","), SMALL_FILES, SMALL,
       " | ".join(HEAD), "---|" + "|".join(["---:"] * (len(HEAD) - 1)),
       "\n".join("| %s |" % " | ".join(line) for line in rows),
       RATIO_GOAL, ratio, verdict(ratio <= RATIO_GOAL), MEMORY_GOAL, peak, verdict(peak <= MEMORY_GOAL),
       "agree to the cent" if equal else "differ: Sluice asked a person about items that a bare number posts")
    (HERE / "results.md").write_text(text)


def main():
    if not os.access(SLUICE, os.X_OK):
        stop("%s is not there. Run: make release" % SLUICE)
    WORK.mkdir(parents=True, exist_ok=True)
    for left in list(WORK.glob("home-*")) + list(WORK.glob("clerk-*")):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    inputs = make_input()
    template = WORK / "home-start"
    say("loading the accounts")
    cost([SLUICE, "init", template], WORK / "init.log")
    loading = cost([SLUICE, "accounts", "import", inputs / "accounts.csv", inputs / "bills.csv", "--home", template],
                   WORK / "import.log")
    big, again, equal, sums = pair(template, "large", [inputs / "big.csv"])
    small, _, _, _ = pair(template, "small", [inputs / ("small-%d.csv" % (k + 1)) for k in range(SMALL_FILES)])
    ours, theirs = big["sluice"][0], big["sqlite3"][0]
    rows = [
        row("accounts import, %s accounts" % format(ACCOUNTS, ","), loading, None),
        row("run, %s items" % format(ITEMS, ","), ours, theirs),
        row("of that, writing its files", again[0], None),
        row("the same, sqlite3 with its files too", ours, add(theirs, again[1])),
        row("run, %d items" % SMALL, middle(small["sluice"]), middle(small["sqlite3"])),
    ]
    ratio = ours["cpu_s"] / theirs["cpu_s"]
    peak = max(one["peak_mb"] for one in big["sluice"] + small["sluice"])
    print()
    table(rows)
    print("\nlarge file: CPU ratio %.2f, goal at most %.1f, %s; peak %.0f MB, goal at most %d MB, %s" % (
        ratio, RATIO_GOAL, verdict(ratio <= RATIO_GOAL), peak, MEMORY_GOAL, verdict(peak <= MEMORY_GOAL)))
    (WORK / "figures.json").write_text(json.dumps(
        {"import": loading, "large": big, "files": again, "small": small, "sums": sums}, indent=1) + "\n")
    write_results(rows, ratio, peak, equal)
    shutil.rmtree(template)


if __name__ == "__main__":
    main()
