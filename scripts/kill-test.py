#!/usr/bin/env python3
"""Kills `sluice run` at many moments, lets one run finish the work, and proves that nothing shows it.

    scripts/kill-test.py [--items N] [--moments N] [--sluice PATH] [--keep]

Each trial starts from a copy of one home with the accounts loaded and all bank files in its inbox. A run is killed
with SIGKILL at its moment; then one run, undisturbed, must end with exit 0. The home must then be that of a run that
was never killed: the same `export ledger --digest`, the same bytes of every file under review/, documents/, outbox/
and archive/, and `verify` must hold.

The moments are spread evenly over the time of an undisturbed run, a few more in its first 50 ms and in its last
tenth. In a tenth of the trials one more bank file arrives between the kill and the finishing run: the home must then
be that of two runs, the file put there between them. Where a run ends before its moment comes, the machine has become
faster: the moments are drawn in and the trial starts anew. After the third time it says so and counts all the same.

The files come from ../shared/bench/world.py where that is present (lockbox CSV and camt.054 of several days), else
from Benchmarks/make-input.py. Prints a line for each trial; exit 1 where any differs, naming the first file that does.
"""
import argparse
import hashlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Of this process alone: two tests at once must not share a home.
WORK = ROOT / ".build" / ("kill-test-%d" % os.getpid())
NOW = "2026-03-31T20:00:00Z"
COMPARED = ("review", "documents", "outbox", "archive")
DAYS = 5


def stop(text):
    sys.exit("kill-test: " + text)


def tail(text):
    lines = text.decode(errors="replace").replace("\r", "\n").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


class Office:
    """The command, driven with a fixed clock."""

    def __init__(self, sluice):
        self.sluice = sluice

    def start(self, *words, home):
        return subprocess.Popen([self.sluice, *words, "--home", str(home), "--now", NOW],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def call(self, *words, home):
        """Runs a command to its end. Returns exit status and what it printed."""
        child = self.start(*words, home=home)
        printed, _ = child.communicate()
        return child.returncode, printed

    def must(self, *words, home):
        status, printed = self.call(*words, home=home)
        if status != 0:
            stop("exit %d from: sluice %s\n%s" % (status, " ".join(words), printed.decode(errors="replace")[-2000:]))
        return printed


def make_files(items):
    """Makes the book and the bank files. Returns the book's files and the bank's."""
    folder = WORK / "input"
    world = ROOT.parent / "shared" / "bench" / "world.py"
    folder.mkdir(parents=True)
    if world.exists():
        # No later bills: all days are taken in by one run.
        subprocess.run([sys.executable, str(world), "--out", str(folder), "--accounts", str(max(items, 100)),
                        "--items", str(items), "--days", str(DAYS), "--cycle", "0"], check=True)
        files = sorted(folder.glob("day-*/*.*"))
    else:
        print("kill-test: %s is not there; the files are of Benchmarks/make-input.py, CSV only" % world)
        subprocess.run([sys.executable, str(ROOT / "Benchmarks" / "make-input.py"), str(folder), "--accounts",
                        str(max(items, 100)), "--items", "1", "--small", str(max(items // DAYS, 1)),
                        "--small-files", str(DAYS)], check=True)
        files = sorted(folder.glob("small-*.csv"))
    return [folder / "accounts.csv", folder / "bills.csv"], files


def make_template(office, items):
    """A home with the accounts loaded and every bank file but the last in its inbox. Returns it and that file."""
    book, files = make_files(items)
    home = WORK / "template"
    done = subprocess.run([office.sluice, "init", str(home)], capture_output=True)
    if done.returncode != 0:
        stop("exit %d from: sluice init\n%s" % (done.returncode, done.stderr.decode(errors="replace")))
    office.must("accounts", "import", *map(str, book), home=home)
    for file in files[:-1]:
        shutil.copy(file, home / "inbox" / file.name)
    print("%d items in %d files: %s" % (items, len(files), " ".join(file.name for file in files)))
    return home, files[-1]


def copy_home(template, name, more=None):
    home = WORK / name
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(template, home, symlinks=True)
    if more:
        drop(more, home)
    return home


def drop(file, home):
    shutil.copy(file, home / "inbox" / file.name)


def picture(office, home):
    """What must be equal: the digest of the ledger's export, and the SHA-256 of each file by its path."""
    found = {"export ledger --digest": office.must("export", "ledger", "--digest", home=home).decode().strip()}
    for folder in COMPARED:
        for place, folders, names in os.walk(home / folder):
            for name in folders + names:
                path = os.path.join(place, name)
                if os.path.islink(path):
                    found[os.path.relpath(path, home)] = "a link to " + os.readlink(path)
                elif name in names:
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, home)] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def difference(wanted, found):
    """The first thing that differs, in words; None where nothing does."""
    for path in sorted(wanted.keys() | found.keys(), key=lambda path: (path != "export ledger --digest", path)):
        if path not in found:
            return path + " is missing"
        if path not in wanted:
            return path + " is there and should not be"
        if wanted[path] != found[path]:
            return path + " has other bytes"
    return None


def leftovers(home):
    """What should be gone once all is done."""
    inbox = [path for path in (home / "inbox").rglob("*") if path.is_file()]
    work = [path for path in (home / "work").rglob("*") if path.is_file() and path.name != ".lock"]
    left = sorted(str(path.relative_to(home)) for path in inbox + work)
    return left[0] + " is left" if left else None


class Clock:
    """How long an undisturbed run takes by now, and so when to kill one."""

    def __init__(self, wall):
        self.wall = wall

    def moment(self, place):
        """A place is a part of the run; a negative one is seconds from its start."""
        return -place if place < 0 else place * self.wall

    def ended(self, wall):
        self.wall = min(self.wall, wall)


def places(count):
    """A tenth of the kills in the first 50 ms, a fifth in the last tenth of the run, the rest spread evenly."""
    early, late = max(1, count // 10), max(1, count // 5)
    even = max(0, count - early - late)
    spread = [-0.05 * (n + 0.5) / early for n in range(early)]
    spread += sorted([(n + 0.5) / even for n in range(even)] + [0.9 + 0.1 * (n + 0.5) / late for n in range(late)])
    return spread[:count]


def kill(office, home, moment):
    """Starts a run and kills it at its moment. Returns whether it was killed, and how it ended if not."""
    begin = time.monotonic()
    child = office.start("run", "--settled", home=home)
    try:
        printed, _ = child.communicate(timeout=max(0.0, moment - (time.monotonic() - begin)))
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGKILL)
        printed, _ = child.communicate()
        if child.returncode == -signal.SIGKILL:
            return True, None
    return False, None if child.returncode == 0 else "the run itself ended with exit %d: %s" % (
        child.returncode, tail(printed))


def state(home):
    """What stood in the folders when it was killed."""
    def count(folder):
        return sum(len(names) for _, _, names in os.walk(home / folder))
    return "inbox %d, archive %d, review %d, outbox %d" % tuple(
        count(folder) for folder in ("inbox", "archive", "review", "outbox"))


def trial(office, start, name, place, clock, late, wanted):
    """One kill and one finishing run. Returns what to say of the moment, and what is wrong with the home, if anything.

    `late` is the file that arrives between the two; without one all files are there from the start.
    """
    template, last = start
    for _ in range(3):
        home = copy_home(template, name, None if late else last)
        moment = clock.moment(place)
        begin = time.monotonic()
        killed, wrong = kill(office, home, moment)
        if killed or wrong:
            break
        clock.ended(time.monotonic() - begin)
    seen = "%7.3f s  %s%s" % (moment, "killed with " + state(home) if killed else "ran to the end",
                              ", one more file came" if late else "")
    if late:
        drop(last, home)
    if wrong:
        return seen, wrong
    status, printed = office.call("run", "--settled", home=home)
    if status != 0:
        return seen, "the finishing run ended with exit %d: %s" % (status, tail(printed))
    wrong = difference(wanted, picture(office, home)) or leftovers(home)
    if wrong:
        return seen, wrong
    status, printed = office.call("verify", home=home)
    if status != 0:
        return seen, "verify ended with exit %d: %s" % (status, tail(printed))
    return seen, None


def undisturbed(office, start, name, late):
    """A home that nobody kills. Returns the time of its first run, and what it must leave."""
    template, last = start
    home = copy_home(template, name, None if late else last)
    begin = time.monotonic()
    office.must("run", "--settled", home=home)
    wall = time.monotonic() - begin
    if late:
        drop(last, home)
        office.must("run", "--settled", home=home)
    office.must("verify", home=home)
    return wall, picture(office, home)


def references(office, start):
    """What trials are held against, by whether a file arrives late: the time of a run and what must be there."""
    first, again = (undisturbed(office, start, "undisturbed-%d" % n, False) for n in (1, 2))
    wrong = difference(first[1], again[1])
    if wrong:
        stop("two undisturbed runs differ: " + wrong)
    wall = min(first[0], again[0])
    print("undisturbed: %.2f s; %d files, digest %s" % (
        wall, len(first[1]) - 1, first[1]["export ledger --digest"][:16]))
    late = undisturbed(office, start, "undisturbed-late", True)
    return {False: (Clock(wall), first[1]), True: (Clock(late[0]), late[1])}


def find_sluice(given):
    if given:
        return os.path.abspath(given)
    for kind in ("release", "debug"):
        path = ROOT / ".build" / kind / "sluice"
        if path.exists():
            return str(path)
    stop("there is no sluice in .build. Run: make release")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=30_000)
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--sluice", help="the command; default the one that was built, release before debug")
    parser.add_argument("--keep", action="store_true", help="keep every home, not only those that differ")
    options = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    office = Office(find_sluice(options.sluice))
    shutil.rmtree(WORK, ignore_errors=True)
    start = make_template(office, options.items)
    known = references(office, start)
    with_late = options.moments // 10
    plan = [(place, False) for place in places(options.moments - with_late)]
    # A file that comes late matters most where the files of the run before are half written.
    plan += [(0.7 + 0.3 * (n + 0.5) / with_late, True) for n in range(with_late)]
    failed = to_the_end = 0
    for number, (place, late) in enumerate(plan, 1):
        clock, wanted = known[late]
        seen, wrong = trial(office, start, "trial-%03d" % number, place, clock, late, wanted)
        failed += wrong is not None
        to_the_end += "ran to the end" in seen
        print("%3d  %s  %s%s" % (number, "FAILED" if wrong else "passed", seen, ": " + wrong if wrong else ""))
        if not wrong and not options.keep:
            shutil.rmtree(WORK / ("trial-%03d" % number))
    if to_the_end:
        print("%d ran to the end before their moment came" % to_the_end)
    print("%d passed, %d failed" % (len(plan) - failed, failed))
    if failed:
        print("what differs is kept in %s, beside the undisturbed homes" % WORK)
    elif not options.keep:
        shutil.rmtree(WORK)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
