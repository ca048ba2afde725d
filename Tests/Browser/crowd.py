#!/usr/bin/env python3
"""Two browsers and a command line work one queue at once, while claims run out and the server is killed.

Needs what review.py needs; ends with status 77 where that is missing.

    Tests/Browser/crowd.py --sluice .build/debug/sluice [--items 300] [--seed N]

Every exception must be decided exactly once, by whoever was first, and every cent must stand where that decision said.
"""
import argparse
import json
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

from review import CHROMIUM, Error, Office, Reviewer, sync_playwright


class CrowdedOffice(Office):
    """An office of many checks that nobody knows, and a server that is killed again and again."""

    def __init__(self, sluice, items):
        self.items = items
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.kills = 0
        super().__init__(sluice)

    def more_checks(self):
        for file in Path(self.home, "inbox").rglob("*"):
            if file.is_file():
                file.unlink()
        config = Path(self.home, "config/sluice.yaml")
        config.write_text(config.read_text().replace("claim_minutes: 10", "claim_minutes: 1").replace(
            'second_person_over: "150.00"', 'second_person_over: "100000.00"'))
        head = "record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,memo"
        cents = [3000 + 7 * n for n in range(self.items)]
        rows = [f"P,7001,2026-03-02,1,{n + 1},{c / 100:.2f},{9000 + n},121042882,77{n:05}31,Payer {n},water"
                for n, c in enumerate(cents)]
        total = f"{sum(cents) / 100:.2f}"
        rows += [f"B,7001,2026-03-02,1,{self.items},{total},,,,,", f"T,,,1,{self.items},{total},,,,,"]
        Path(self.home, "inbox/crowd.csv").write_text("\n".join([head, *rows]) + "\n")
        self.total = sum(cents)

    def run(self, *arguments, may_be=(0,), input=None, ahead=0):
        now = datetime.now(timezone.utc) + timedelta(seconds=ahead)
        done = subprocess.run(
            [self.sluice, *arguments, "--home", self.home, "--now", now.strftime("%Y-%m-%dT%H:%M:%SZ")],
            capture_output=True, text=True, input=input)
        assert done.returncode in may_be, f"sluice {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def people(self):
        super().people()
        self.run("users", "change", "boss", "--right", "decide")

    def serve(self):
        self.server = subprocess.Popen(
            [self.sluice, "serve", "--port", str(self.port), "--home", self.home], stderr=subprocess.PIPE, text=True)
        for line in self.server.stderr:
            if found := re.search(r"http://\S+:\d+/", line):
                self.address = found[0].rstrip("/")
                threading.Thread(target=self.server.stderr.read, daemon=True).start()
                return
        raise AssertionError("the server did not start")

    def kill(self):
        self.server.send_signal(signal.SIGKILL)
        self.server.wait()
        self.kills += 1
        self.serve()

    def open(self):
        return [row[0] for row in self.rows("SELECT exception FROM exceptions WHERE closed_at IS NULL")]


def at_a_browser(office, name, seed, accounts, failed):
    """Decides whatever is free, as fast as the page lets it; leaves some open with a claim on them."""
    dice = random.Random(seed)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            reviewer = Reviewer(browser, office, name)
            while todo := office.open():
                exception = dice.choice(todo)
                try:
                    reviewer.go(f"/exception/{exception}")
                    reviewer.ready()
                    if dice.random() < 0.1:  # walks away: the claim stays until it runs out
                        page = reviewer.context.new_page()
                        reviewer.page.close()
                        reviewer.page = page
                        continue
                    if reviewer.page.locator("[data-claim-state][data-taken]").count():
                        continue
                    if dice.random() < 0.5:
                        reviewer.press("/")
                        reviewer.type(dice.choice(accounts))
                        reviewer.page.wait_for_timeout(400)
                        reviewer.press("Enter")
                    else:
                        other(reviewer, "not-ours")
                    reviewer.leave(exception)
                except (Error, AssertionError):  # the server was killed, or another was first
                    time.sleep(0.2)
            browser.close()
    except Exception as fault:  # noqa: BLE001 (told by the main thread)
        failed.append(f"{name}: {fault!r}")


def other(reviewer, action):
    """An action behind `x`."""
    names = [d.get_attribute("data-action") for d in reviewer.page.locator(".actions details").all()]
    reviewer.press("x")
    for _ in range(names.index(action)):
        reviewer.press("ArrowDown")
    reviewer.press("Enter")
    reviewer.press("Tab")
    reviewer.press("Enter")


def at_the_command(office, seed, accounts, failed):
    """Decides by the command; its clock runs ahead at times, so that claims of the others have run out."""
    dice = random.Random(seed)
    try:
        while todo := office.open():
            exception = dice.choice(todo)
            ahead = dice.choice([0, 0, 61, 125])
            action = (["post", "--to", dice.choice(accounts)] if dice.random() < 0.5 else ["not-ours"])
            if dice.random() < 0.3:
                office.run("review", "claim", exception, may_be=(0, 65), ahead=ahead)
            office.run("review", "decide", exception, *action, may_be=(0, 65, 75), ahead=ahead)
            time.sleep(1)
    except Exception as fault:  # noqa: BLE001
        failed.append(f"command: {fault!r}")


def judge(office):
    """Every exception decided once, and every cent where its decision said."""
    decided = office.rows(
        "SELECT d.exception, d.action, d.decided_by, d.route, d.allocations, e.payment FROM decisions d "
        "JOIN exceptions e USING (exception)")
    times = Counter(row[0] for row in decided)
    assert len(times) == office.items, f"{len(times)} of {office.items} were decided"
    assert set(times.values()) == {1}, f"decided twice: {[e for e, n in times.items() if n > 1]}"
    for exception, action, _, _, allocations, payment in decided:
        books, = office.rows("SELECT books FROM items WHERE payment = ?", payment)[0]
        assert books == {"post": "posted", "not-ours": "due-to-others"}[action], (exception, action, books)
        accounts = {row[0] for row in office.rows("SELECT account FROM allocations WHERE payment = ?", payment)}
        assert accounts == {part["account"] for part in json.loads(allocations)}, (exception, accounts)
    entries = office.rows("SELECT payment, count(*) FROM journal_entries WHERE payment IS NOT NULL GROUP BY payment")
    assert {n for _, n in entries} == {2}, "an entry too many, or one missing"
    stands, = office.rows(
        "SELECT -sum(amount_cents) FROM journal_lines WHERE ledger_account <> 'cash-clearing' AND amount_cents < 0 "
        "AND ledger_account <> 'suspense'")[0]
    assert stands == office.total, f"{stands} cents stand, {office.total} came"
    office.run("run")
    office.run("verify")
    return Counter((row[2], row[3]) for row in decided)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sluice", required=True)
    parser.add_argument("--items", type=int, default=300)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    options = parser.parse_args()
    if not CHROMIUM:
        print("SKIPPED: there is no Chromium", file=sys.stderr)
        sys.exit(77)
    print(f"seed {options.seed}", flush=True)
    office = CrowdedOffice(options.sluice, options.items)
    accounts = [line.split(",")[0] for line in
                (Path(__file__).resolve().parents[2] / "inbox-samples/cis/accounts.csv").read_text().splitlines()[1:30]]
    failed = []
    people = [threading.Thread(target=at_a_browser, args=(office, name, options.seed + n, accounts, failed))
              for n, name in enumerate(["rosa", "omar"])]
    people.append(threading.Thread(target=at_the_command, args=(office, options.seed + 9, accounts, failed)))
    for person in people:
        person.start()
    dice = random.Random(options.seed + 99)
    until = time.monotonic() + 1200
    while any(person.is_alive() for person in people):
        time.sleep(dice.uniform(2, 6))
        if office.open():
            office.kill()
        if time.monotonic() > until:
            failed.append(f"{len(office.open())} are open after twenty minutes")
            break
    assert not failed, failed
    by = judge(office)
    told = ", ".join(f"{who} {count} by {route}" for (who, route), count in sorted(by.items()))
    print(f"{options.items} exceptions, each decided once: {told}; the server was killed {office.kills} times; "
          "verify holds")
    office.end()


main()
