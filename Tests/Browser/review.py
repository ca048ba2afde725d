#!/usr/bin/env python3
"""A real browser works the review queue: by keyboard alone, against another person's claims, and checked by axe.

Needs Chromium, and: pip install playwright axe-playwright-python. Ends with status 77 where they are missing.

    Tests/Browser/review.py --sluice .build/debug/sluice [--shots DIR]
"""
import argparse
import os
import pwd
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Error, sync_playwright
except ImportError as missing:
    print(f"SKIPPED: {missing}. pip install playwright axe-playwright-python", file=sys.stderr)
    sys.exit(77)

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-03-02T20:05:00Z"
PASSWORD = "a quiet river at noon"
CHROMIUM = next((p for p in map(shutil.which, ["chromium", "chromium-browser", "google-chrome"]) if p), None)


class Office:
    """A home with a day of bank files, three people, and a server."""

    def __init__(self, sluice):
        self.sluice, self.folder = sluice, tempfile.mkdtemp(prefix="sluice-browser-")
        self.home = f"{self.folder}/home"
        subprocess.run([sluice, "init", self.home], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        config = Path(self.home, "config/sluice.yaml")
        config.write_text(config.read_text().replace(
            "collections: {}", 'collections: {companies: ["1940417702"]}').replace("10000.00", "150.00"))
        self.run("accounts", "import", *map(str, sorted(ROOT.glob("inbox-samples/cis/*.csv"))))
        shutil.copytree(ROOT / "inbox-samples/inbox", f"{self.home}/inbox", dirs_exist_ok=True)
        self.more_checks()
        self.run("run", "--settled", may_be=(0, 65))
        self.people()
        self.server = None
        self.serve()

    def more_checks(self):
        """A box of checks whose payers nobody knows, and some that nearly fit."""
        head = ("record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,account,bill,"
                "line_amount,scanline,memo")
        accounts = [line.split(",") for line in (ROOT / "inbox-samples/cis/accounts.csv").read_text().splitlines()[1:]]
        rows, total = [], 0
        for n in range(1, 17):
            account = accounts[n + 20]
            cents = 4000 + n * 137
            total += cents
            memo = account[2] if n % 2 else "water"
            read = account[0][:4] + "??" + account[0][6:] if n % 3 == 0 else ""
            rows.append(f"P,7001,2026-03-02,1,{n},{cents / 100:.2f},{5000 + n},121042882,88{n:03}4455,{account[2]},"
                        f"{read},,,,{memo}")
        rows.append(f"B,7001,2026-03-02,1,16,{total / 100:.2f},,,,,,,,,")
        rows.append(f"T,,,1,16,{total / 100:.2f},,,,,,,,,")
        Path(self.home, "inbox/lockbox/more-checks.csv").write_text("\n".join([head, *rows]) + "\n")

    def people(self):
        """Four users; the first one is who runs this."""
        me = pwd.getpwuid(os.geteuid()).pw_name
        self.run("users", "add", "boss", "--system-user", me, "--right", "administer")
        for name, full, rights in [("rosa", "Rosa Lind", ["decide", "read-only"]),
                                   ("omar", "Omar Bakri", ["decide", "approve", "read-only"]),
                                   ("vera", "Vera Holm", ["decide", "read-only"])]:
            self.run("users", "add", name, "--name", full, *[f"--right={right}" for right in rights])
            self.run("users", "passwd", name, input=PASSWORD + "\n")

    def run(self, *arguments, may_be=(0,), input=None):
        done = subprocess.run(
            [self.sluice, *arguments, "--home", self.home, "--now", NOW], capture_output=True, text=True,
            input=input)
        assert done.returncode in may_be, f"sluice {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}"
        return done.stdout

    def serve(self):
        self.server = subprocess.Popen(
            [self.sluice, "serve", "--port", "0", "--home", self.home, "--now", NOW], stderr=subprocess.PIPE, text=True)
        for line in self.server.stderr:
            if found := re.search(r"http://\S+:\d+/", line):
                self.address = found[0].rstrip("/")
                return
        raise AssertionError("the server did not start")

    def rows(self, sql, *arguments):
        database = sqlite3.connect(f"file:{self.home}/sluice.sqlite?mode=ro", uri=True)
        try:
            return database.execute(sql, arguments).fetchall()
        finally:
            database.close()

    def end(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(20)
        shutil.rmtree(self.folder)


class Reviewer:
    """Somebody at a browser, whose keystrokes are counted."""

    def __init__(self, browser, office, name, scheme="light"):
        self.office, self.name, self.keys = office, name, 0
        self.context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.goto(f"{office.address}/")
        self.page.locator("#user").focus()
        self.type(name)
        self.press("Tab")
        self.type(PASSWORD)
        self.press("Enter")
        self.page.wait_for_url("**/queue")
        self.keys = 0

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, text):
        self.keys += len(text)
        self.page.keyboard.type(text)

    def go(self, path):
        self.page.goto(self.office.address + path)

    @property
    def exception(self):
        found = re.search(r"/exception/([^?/]+)", self.page.url)
        return found[1] if found else None

    def ready(self):
        """The page is there, the claim is taken, the image was shown."""
        self.page.wait_for_load_state("load")
        self.until(lambda: self.page.evaluate(
            "() => !document.querySelector('[data-claimable]') || document.querySelector('[data-claim-state]').textContent"))
        self.until(lambda: self.page.evaluate(
            "() => [...document.querySelectorAll('[data-seen]')].every(f => f.value)"
            " || !document.querySelector('[data-shown]')"))

    def until(self, holds, tries=160):
        """Waits for something. The page's policy lets no string be run in it, which is how Playwright would wait."""
        for _ in range(tries):
            try:
                if holds():
                    return
            except Error:  # the page is being left
                pass
            self.page.wait_for_timeout(50)
        raise AssertionError(f"it did not come; {self.page.url} says: {self.page.locator('main').inner_text()[:400]}")

    def leave(self, exception):
        """Waits until the page has gone on to another."""
        self.until(lambda: self.exception != exception)
        self.page.wait_for_load_state("load")

    def reason(self):
        return self.page.locator(".head .reason").inner_text()

    def decide(self, *keys):
        """Presses keys until the page goes on; returns how many it took."""
        was, before = self.exception, self.keys
        for key in keys:
            if len(key) > 1 and key.startswith("'"):
                self.type(key[1:])
            else:
                self.press(key)
        self.leave(was)
        assert not self.complaints, self.complaints
        return self.keys - before


def check_axe(page, what):
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    told = [(v["id"], v["nodes"][0]["html"][:160], v["nodes"][0]["failureSummary"][:300]) for v in found]
    assert not found, f"axe on {what}: {told}"


def is_closed(office, exception):
    return office.rows("SELECT closed_at IS NOT NULL FROM exceptions WHERE exception = ?", exception)[0][0] == 1


def clear_by_keyboard(rosa, office, wanted=20):
    """Clears exceptions by keyboard alone, each in a way that fits it. Returns what was decided with its keystrokes."""
    done, counts = [], {"top": [], "other": [], "search": []}
    rosa.go("/queue")
    rosa.press("Enter")
    seen = set()
    while len(done) < wanted:
        rosa.page.wait_for_url("**/exception/**")
        rosa.ready()
        exception, reason = rosa.exception, rosa.reason()
        if exception in seen:
            rosa.press("n")
            rosa.leave(exception)
            continue
        seen.add(exception)
        actions = [d.get_attribute("data-action") for d in rosa.page.locator(".actions details").all()]
        first = rosa.page.locator("form[data-accept]").first
        needs_look = first.count() and first.get_attribute("data-needs-look") is not None
        candidates = rosa.page.locator("form[data-accept]").count()
        plain_other = rosa.page.locator("li[data-candidate='2'] form[data-accept]:not([data-needs-look])").count()
        if reason == "duplicate-suspected" and "duplicate" in actions:
            rosa.decide("d", "Enter")
        elif candidates and not needs_look and len(counts["top"]) < 4:
            counts["top"].append(rosa.decide("a"))
        elif plain_other and len(counts["other"]) < 2:
            counts["other"].append(rosa.decide("2"))
        elif candidates and needs_look and len(done) % 3 == 0:
            assert_look_first(rosa, exception, office)
            rosa.decide("y")
        elif "post" in actions and len(counts["search"]) < 2:
            rosa.press("/")
            before = rosa.keys - 1
            rosa.type("4")
            rosa.page.wait_for_selector("#found li")
            rosa.press("Enter")
            rosa.page.wait_for_timeout(150)
            typed = 1
            if rosa.exception == exception:
                rosa.press("Enter")
                typed += 1
            rosa.leave(exception)
            counts["search"].append(rosa.keys - before - typed)
        elif "suspense" in actions:
            rosa.decide("s", "Enter")
        elif "not-ours" in actions:
            open_other(rosa, "not-ours")
            rosa.decide("Enter")
        elif "reject-file" in actions:
            open_other(rosa, "reject-file")
            rosa.decide("Enter")
        else:
            rosa.press("n")
            rosa.leave(exception)
            continue
        done.append((exception, reason))
    return done, counts


def assert_look_first(reviewer, exception, office):
    """One key must not accept what has to be looked at first."""
    reviewer.press("a")
    reviewer.page.wait_for_timeout(250)
    assert reviewer.exception == exception and not is_closed(office, exception), f"{exception} went by one key"


def open_other(reviewer, action):
    """Opens an action behind `x` by arrows and Enter, and goes to its button."""
    names = [d.get_attribute("data-action") for d in reviewer.page.locator(".actions details").all()]
    reviewer.press("x")
    for _ in range(names.index(action)):
        reviewer.press("ArrowDown")
    reviewer.press("Enter")
    reviewer.press("Tab")


def meet_a_claim(rosa, omar, office):
    """Omar holds an exception: Rosa sees who, and cannot decide it."""
    exception = office.rows(
        "SELECT exception FROM exceptions WHERE closed_at IS NULL AND pending_decision IS NULL AND payment IS NOT NULL "
        "ORDER BY exception")[0][0]
    omar.go(f"/exception/{exception}")
    omar.ready()
    rosa.go(f"/exception/{exception}")
    rosa.page.wait_for_selector("[data-claim-state][data-taken]")
    told = rosa.page.locator("[data-claim-state]").inner_text()
    assert "omar" in told and "until" in told, told
    rosa.complaints.clear()  # the browser writes the refused claim (409) on its console
    check_axe(rosa.page, "an exception that another holds")
    rosa.press("a")
    rosa.page.wait_for_timeout(300)
    assert not is_closed(office, exception)
    omar.go("/queue")
    omar.page.wait_for_load_state("load")


def second_person(rosa, omar, office):
    """Rosa decides over the limit; she cannot approve it herself, Omar does."""
    exception = office.rows(
        "SELECT exception FROM exceptions e JOIN items i USING (payment) WHERE closed_at IS NULL AND i.books = 'suspense'"
        " AND e.amount_cents > 15000 AND pending_decision IS NULL ORDER BY e.amount_cents DESC")[0][0]
    rosa.go(f"/exception/{exception}")
    rosa.ready()
    open_other(rosa, "not-ours")
    rosa.decide("Enter")
    assert office.rows("SELECT pending_decision FROM exceptions WHERE exception = ?", exception)[0][0]
    rosa.go(f"/exception/{exception}")
    assert rosa.page.locator("button[value=approve]").count() == 0
    check_axe(rosa.page, "an exception that waits for a second person")
    omar.go("/approvals")
    check_axe(omar.page, "approvals")
    omar.page.locator(f"a[href*='{exception}']").first.focus()
    omar.press("Enter")
    omar.page.wait_for_selector("button[value=approve]")
    omar.page.locator("button[value=approve]").focus()
    omar.press("Enter")
    omar.page.wait_for_url("**/approvals**")
    assert is_closed(office, exception)
    said = office.rows("SELECT said_by FROM verdicts v JOIN decisions USING (decision) WHERE exception = ?", exception)
    assert said == [("omar",)], said


def many_at_once(rosa, office):
    """A bulk decision: a dry run first, then all of it."""
    rosa.go("/queue")
    boxes = rosa.page.locator("tbody input[name=id]")
    rows = dict(office.rows("SELECT e.exception, i.books FROM exceptions e JOIN items i USING (payment)"))
    chosen = [b for b in boxes.all() if rows.get(b.get_attribute("value")) in ("suspense", "on-hold")][:3]
    names = [b.get_attribute("value") for b in chosen]
    for box in chosen:
        box.focus()
        rosa.press("Space")
    rosa.page.select_option("#bulk-action", "not-ours")
    rosa.page.get_by_role("button", name="Show the effect").focus()
    rosa.press("Enter")
    rosa.page.wait_for_selector("h1:has-text('Dry run')")
    check_axe(rosa.page, "the dry run")
    assert not any(is_closed(office, name) for name in names)
    rosa.page.locator("form[action='/bulk/apply'] button").focus()
    rosa.press("Enter")
    rosa.page.wait_for_selector("h1:has-text('Done')")
    closed = [name for name in names if is_closed(office, name)]
    assert closed, "the bulk decision closed nothing"
    return closed


def undo(rosa, office, count):
    """Undoes what was just done, by its key."""
    undone = []
    for _ in range(count):
        rosa.go("/queue")
        rosa.press("Enter")
        rosa.page.wait_for_url("**/exception/**")
        rosa.ready()
        exception = rosa.exception
        names = [d.get_attribute("data-action") for d in rosa.page.locator(".actions details").all()]
        if "not-ours" not in names:
            break
        open_other(rosa, "not-ours")
        rosa.decide("Enter")
        if not rosa.page.locator("form[data-undo]").count():
            return undone
        rosa.press("u")
        rosa.page.wait_for_load_state("load")
        assert not is_closed(office, exception), f"{exception} was not undone"
        undone.append(exception)
    return undone


def pictures(browser, office, folder):
    """The pages that people look at all day, in light and dark."""
    os.makedirs(folder, exist_ok=True)
    duplicate = office.rows(
        "SELECT exception FROM exceptions WHERE reason = 'duplicate-suspected' AND payment IN "
        "(SELECT payment FROM documents) ORDER BY exception LIMIT 1")[0][0]
    unreadable = office.rows(
        "SELECT exception FROM exceptions WHERE reason = 'account-unreadable' AND payment IN "
        "(SELECT payment FROM documents) ORDER BY exception LIMIT 1")[0][0]
    for scheme in ["light", "dark"]:
        viewer = Reviewer(browser, office, "vera", scheme)
        for name, path in [("queue", "/queue"), ("item", f"/exception/{unreadable}"),
                           ("twin", f"/exception/{duplicate}"), ("day", "/day"), ("search", "/search?q=main"),
                           ("keys", "/help"), ("approvals", "/approvals")]:
            viewer.go(path)
            viewer.page.wait_for_load_state("networkidle")
            check_axe(viewer.page, f"{name}, {scheme}")
            viewer.page.screenshot(path=f"{folder}/{name}-{scheme}.png")
        viewer.context.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sluice", default=str(ROOT / ".build/debug/sluice"))
    parser.add_argument("--shots", default="")
    options = parser.parse_args()
    if not CHROMIUM:
        print("SKIPPED: Chromium is not installed", file=sys.stderr)
        sys.exit(77)
    office = Office(str(Path(options.sluice).resolve()))
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            login = browser.new_page()
            login.goto(f"{office.address}/login")
            check_axe(login, "the sign-in")
            if options.shots:
                pictures(browser, office, options.shots)
            rosa, omar = Reviewer(browser, office, "rosa"), Reviewer(browser, office, "omar")
            meet_a_claim(rosa, omar, office)
            second_person(rosa, omar, office)
            bulk = many_at_once(rosa, office)
            undone = undo(rosa, office, 2)
            done, counts = clear_by_keyboard(rosa, office)
            browser.close()
        reasons = {reason for _, reason in done}
        assert len(done) >= 20 and len(reasons) >= 8, (len(done), reasons)
        for exception, _ in done:
            closed, pending = office.rows(
                "SELECT closed_at, pending_decision FROM exceptions WHERE exception = ?", exception)[0]
            assert closed or pending, f"{exception} is still open"
            by = office.rows("SELECT count(*), max(decided_by), max(route) FROM decisions WHERE exception = ?", exception)
            assert by == [(1, "rosa", "page")], (exception, by)
        assert counts["top"] and set(counts["top"]) == {1}, counts
        assert set(counts["other"]) <= {1} and set(counts["search"]) <= {2}, counts
        office.run("verify")
        print(f"{len(done)} exceptions of {len(reasons)} reasons cleared by keyboard, {len(bulk)} at once, "
              f"{len(undone)} undone; keystrokes: {counts}; verify holds")
    finally:
        office.end()


if __name__ == "__main__":
    main()
