#!/usr/bin/env python3
"""What the review page costs: the server's CPU for each page, at a queue of 20,000 open exceptions.

    Benchmarks/page.py [--sluice .build/release/sluice] [--items 20000] [--requests 300]

Prints a table for Benchmarks/page.md.
"""
import argparse
import http.client
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
NOW = "2026-03-02T20:05:00Z"
PASSWORD = "a quiet river at noon"
HEAD = ("record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,account,bill,"
        "line_amount,scanline,memo")


class Office:
    """A home whose queue is long, and its server."""

    def __init__(self, sluice, items):
        self.sluice, self.folder = sluice, tempfile.mkdtemp(prefix="sluice-page-bench-")
        self.home = f"{self.folder}/home"
        subprocess.run([sluice, "init", self.home], check=True, capture_output=True)
        self.run("accounts", "import", *map(str, sorted(ROOT.glob("inbox-samples/cis/*.csv"))))
        Path(self.home, "inbox/many.csv").write_text(self.file(items))
        self.run("run", "--settled")
        self.run("users", "add", "boss", "--system-user", pwd.getpwuid(os.geteuid()).pw_name, "--right", "administer")
        self.run("users", "add", "rosa", "--right", "decide")
        self.run("users", "passwd", "rosa", input=PASSWORD + "\n")
        self.server = subprocess.Popen(
            [sluice, "serve", "--port", "0", "--home", self.home, "--now", NOW], stderr=subprocess.PIPE, text=True)
        for line in self.server.stderr:
            if found := re.search(r":(\d+)/", line):
                self.port = int(found[1])
                break

    @staticmethod
    def file(items):
        """Checks of payers that nobody knows, 100 a batch."""
        names = [line.split(",")[2] for line in (ROOT / "inbox-samples/cis/accounts.csv").read_text().splitlines()[1:]]
        rows, total, batches = [HEAD], 0, 0
        for first in range(0, items, 100):
            batches += 1
            cents = [1000 + (first + n) * 7 % 90000 for n in range(min(100, items - first))]
            for n, amount in enumerate(cents):
                place = first + n
                rows.append(f"P,7001,2026-03-02,{batches},{n + 1},{amount / 100:.2f},{5000 + place},121042882,"
                            f"88{place:06}4455,{names[place % len(names)]} {place},,,,,water {place}")
            rows.append(f"B,7001,2026-03-02,{batches},{len(cents)},{sum(cents) / 100:.2f},,,,,,,,,")
            total += sum(cents)
        rows.append(f"T,,,{batches},{items},{total / 100:.2f},,,,,,,,,")
        return "\n".join(rows) + "\n"

    def run(self, *arguments, input=None):
        done = subprocess.run([self.sluice, *arguments, "--home", self.home, "--now", NOW],
                              capture_output=True, text=True, input=input)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def cpu(self):
        """Seconds of CPU that the server has used. proc(5)"""
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Browser:
    """One connection, signed in."""

    def __init__(self, port):
        self.port, self.headers = port, {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        status, headers, _ = self.ask("POST", "/login", {"user": "rosa", "password": PASSWORD})
        assert status == 303, status
        self.headers = {"Cookie": headers["Set-Cookie"].split(";")[0], "Accept": "text/html"}
        self.token = re.search(r'form_token" value="(\w+)"', self.ask("GET", "/help")[2].decode())[1]

    def ask(self, method, path, form=None):
        headers = dict(self.headers)
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()


def measure(office, requests, ask):
    """Milliseconds of the server's CPU for one request."""
    ask(0)
    before = office.cpu()
    for number in range(requests):
        assert ask(number) in (200, 303, 409)
    return (office.cpu() - before) * 1000 / requests


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sluice", default=str(ROOT / ".build/release/sluice"))
    parser.add_argument("--items", type=int, default=20000)
    parser.add_argument("--requests", type=int, default=300)
    options = parser.parse_args()
    office = Office(options.sluice, options.items)
    try:
        browser = Browser(office.port)
        ids = re.findall(r'href="/exception/([\w-]+)"', browser.ask("GET", "/queue")[2].decode())

        def get(path):
            return lambda _: browser.ask("GET", path)[0]

        def claim_and_look(number):
            id = ids[number % len(ids)]
            browser.ask("POST", f"/exception/{id}/claim", {"form_token": browser.token, "script": "yes"})
            return browser.ask("GET", "/queue")[0]

        rows = [
            ("static: the style sheet", get("/static/page.css")), ("static: the page of keys", get("/help")),
            ("queue, first 50", get("/queue")), ("queue, last page", get("/queue?page=9999")),
            ("queue, one reason", get("/queue?reason=no-reference")),
            ("one exception", get(f"/exception/{ids[0]}")), ("its state, as asked every 4 s", get(f"/exception/{ids[0]}/state")),
            ("queue while somebody claims all the time", claim_and_look),
        ]
        costs = [(name, measure(office, options.requests, ask)) for name, ask in rows]
        still = costs[1][1]
        print("| page | CPU, ms | times a static page |\n|---|---|---|")
        for name, cost in costs:
            print(f"| {name} | {cost:.2f} | {cost / still:.1f} |")
    finally:
        office.server.terminate()
        office.server.wait(20)
        shutil.rmtree(office.folder)


if __name__ == "__main__":
    main()
