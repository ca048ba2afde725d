#!/usr/bin/env python3
"""Proves the arithmetic of inbox-samples/: sums, counts, check digits, bills, the extract's total, images.

    scripts/check-samples.py

Needs only Python. Prints one line a file; exit 1 with one line for each thing that is wrong.
"""
import csv
import importlib.util
import pathlib
import sys
import xml.etree.ElementTree as xml

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent / "inbox-samples"
BOX, EFT = HOME / "inbox" / "lockbox", HOME / "inbox" / "eft"
# The one batch that is out of balance on purpose, and by how much: what the bank declares less what its rows say.
OFF = {("alder-20260302.csv", "103"): 900}
# The one item whose lines do not add up on purpose: its lines less its amount.
ITEM_OFF = {("alder-20260302.csv", "102", "9"): 1000}
# The items that wait for a person, beside those of a batch that is out of balance.
WAITING = {
    "alder-20260302.csv": {("101", "9"), ("101", "10"), ("101", "12"), ("101", "13"), ("101", "14"),
                           ("102", "4"), ("102", "5"), ("102", "7"), ("102", "9")},
    "bill-pay-20260302.xml": {5, 7},
}
wrong = []


def expect(true, words):
    if not true:
        wrong.append(words)


def cents(text):
    whole, _, part = text.partition(".")
    expect(len(part) == 2 and (whole + part).isdigit(), "not an amount: %r" % text)
    return int(whole + part)


def money(value):
    return "%d.%02d" % divmod(value, 100)


def luhn(number):
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def extract():
    accounts, bills = rows(HOME / "cis/accounts.csv"), rows(HOME / "cis/bills.csv")
    numbers = {row["account"] for row in accounts}
    expect(len(numbers) == len(accounts), "an account stands twice")
    expect(len({row["bill"] for row in bills}) == len(bills), "a bill stands twice")
    for number in sorted(numbers):
        expect(len(number) == 10 and luhn(number), "check digit of account " + number)
        for other in numbers:
            near = sum(a != b for a, b in zip(number, other))
            expect(number == other or near > 2, "%s and %s are too near" % (number, other))
    for row in bills:
        expect(row["account"] in numbers, "bill %s names no account" % row["bill"])
        expect(cents(row["balance"]) <= cents(row["amount"]), "bill %s owes more than its amount" % row["bill"])
        expect(row["issued_on"] < row["due_on"], "bill %s is due before it was issued" % row["bill"])
    for row in rows(HOME / "cis/flags.csv"):
        expect(row["account"] in numbers, "a flag names no account")
    total = sum(cents(row["balance"]) for row in bills)
    stated = rows(HOME / "cis/extract.csv")[0]
    counts = (int(stated["accounts"]), int(stated["bills"]), cents(stated["total"]))
    expect(counts == (len(accounts), len(bills), total),
           "extract.csv states other totals")
    print("cis: %d accounts, %d customers, %d bills, %s owed"
          % (len(accounts), len({row["customer"] for row in accounts}), len(bills), money(total)))
    return numbers, {row["bill"]: row for row in bills}


def lockbox(name, bills):
    data = (BOX / name).read_bytes()
    expect(data.count(b"\n") == data.count(b"\r\n"), name + ": a line without CRLF")
    items, batches, declared, checks, images = {}, 0, 0, [], set()
    for row in rows(BOX / name):
        if row["record"] == "P":
            key = (row["batch"], row["item"])
            item = items.setdefault(key, {"amount": cents(row["amount"]), "lines": [], "row": row})
            expect(item["amount"] == cents(row["amount"]), "%s: item %s-%s changes its amount" % (name, *key))
            if row["bill"]:
                expect(row["bill"] in bills, "%s: no bill %s" % (name, row["bill"]))
                item["lines"].append(cents(row["line_amount"]))
            expect(not row["scanline"] or len(row["scanline"]) == 19, "%s: scan line of %s-%s" % (name, *key))
            images |= {row["front"], row["back"], row["coupon"]} - {""}
        elif row["record"] == "B":
            batches += 1
            own = [item["amount"] for key, item in items.items() if key[0] == row["batch"]]
            expect(int(row["item"]) == len(own), "%s: count of batch %s" % (name, row["batch"]))
            off = OFF.get((name, row["batch"]), 0)
            expect(cents(row["amount"]) - sum(own) == off, "%s: sum of batch %s" % (name, row["batch"]))
            declared += cents(row["amount"])
            print("%s batch %s: %d items, rows %s, declared %s"
                  % (name, row["batch"], len(own), money(sum(own)), row["amount"]))
        else:
            expect((int(row["batch"]), int(row["item"]), cents(row["amount"])) == (batches, len(items), declared),
                   name + ": the closing record")
            print("%s: %d batches, %d items, rows %s, declared %s" % (
                name, batches, len(items), money(sum(item["amount"] for item in items.values())), row["amount"]))
    waiting = [item["amount"] for key, item in items.items() if key in WAITING.get(name, ())]
    posted = [item["amount"] for key, item in items.items()
              if key not in WAITING.get(name, ()) and (name, key[0]) not in OFF]
    print("%s: should post %d items, %s; should wait %d, %s"
          % (name, len(posted), money(sum(posted)), len(waiting), money(sum(waiting))))
    for (batch, number), item in items.items():
        off = ITEM_OFF.get((name, batch, number), 0)
        expect(not item["lines"] or sum(item["lines"]) - item["amount"] == off,
               "%s: lines of item %s-%s" % (name, batch, number))
        row = item["row"]
        checks.append((row["routing"], row["bank_account"], row["check_number"], row["amount"]))
    return checks, images


def bai(name, numbers, bills):
    data = (BOX / name).read_bytes()
    lines = data.decode("ascii").split("\r\n")
    expect(lines.pop() == "" and all(len(line) == 80 for line in lines), name + ": records of 80 columns and CRLF")
    amounts, listed = [], []
    for line in lines:
        if line[0] == "6":
            expect(line[28:38] in numbers, "%s: no account %s" % (name, line[28:38]))
            amounts.append(int(line[38:48]))
            listed.append(0)
        elif line[0] == "4":
            bill = bills.get(line[11:26].strip())
            expect(bill is not None, "%s: no bill %s" % (name, line[11:26]))
            listed[-1] += int(line[26:35])
        elif line[0] in "78":
            width = 23 if line[0] == "7" else 24
            expect((int(line[20:width]), int(line[width:width + 10])) == (len(amounts), sum(amounts)),
                   name + ": totals of record " + line[0])
        elif line[0] == "9":
            expect(int(line[1:7]) == len(lines), name + ": count of records")
    for amount, own in zip(amounts, listed):
        expect(own in (0, amount), "%s: the bills of an item give %s" % (name, money(own)))
    expect("".join(line[0] for line in lines) == "125" + "644" * 2 + "666" + "789", name + ": order of records")
    print("%s: %d items, %s" % (name, len(amounts), money(sum(amounts))))


def camt(name):
    def find(node, path):
        return node.findall("/".join("{*}" + part for part in path.split("/")))

    root = xml.parse(EFT / name).getroot()
    sums = {"CRDT": 0, "DBIT": 0, "pending": 0}
    details, names, waiting = 0, [], 0
    for entry in root.iter():
        if entry.tag.endswith("}Ntry"):
            amount = cents(find(entry, "Amt")[0].text)
            booked = "".join(find(entry, "Sts")[0].itertext()).strip() == "BOOK"
            sums[find(entry, "CdtDbtInd")[0].text if booked else "pending"] += amount
            parts = find(entry, "NtryDtls/TxDtls")
            own = [cents((find(part, "Amt") or find(part, "AmtDtls/TxAmt/Amt"))[0].text) for part in parts]
            expect(not parts or sum(own) == amount, name + ": the details do not give the entry")
            for count in find(entry, "NtryDtls/Btch/NbOfTxs"):
                expect(int(count.text) == len(parts), name + ": NbOfTxs")
            for total in find(entry, "NtryDtls/Btch/TtlAmt"):
                expect(cents(total.text) == sum(own), name + ": TtlAmt")
            waiting += sum(own[place - 1] for place in WAITING.get(name, ()))
            details += len(parts) or 1
            names += [node.text for part in parts for node in find(part, "Refs/EndToEndId")]
    balances = {"".join(find(node, "Tp/CdOrPrtry/Cd")[0].itertext()): cents(find(node, "Amt")[0].text)
                for node in root.iter() if node.tag.endswith("}Bal")}
    if balances:
        expect(balances["OPBD"] + sums["CRDT"] - sums["DBIT"] == balances["CLBD"], name + ": closing balance")
    print("%s: %d items, credits %s, debits %s, pending %s"
          % (name, details, money(sums["CRDT"]), money(sums["DBIT"]), money(sums["pending"])))
    if waiting:
        print("%s: should post %s; should wait %s" % (name, money(sums["CRDT"] - waiting), money(waiting)))
    return len(names) - len(set(names))


def nacha(name):
    """Counts, hashes and sums of every batch and of the file; each entry and its addenda in 94 columns."""
    lines = (EFT / name).read_text("ascii").split("\n")
    expect(lines.pop() == "" and all(len(line) == 94 for line in lines), name + ": records of 94 columns")
    expect(len(lines) % 10 == 0, name + ": blocks of ten records")
    records = [line for line in lines if line != "9" * 94]
    whole, batch, batches, total = [0, 0, 0, 0], [0, 0, 0, 0], 0, 0
    for line in records:
        if line[0] == "5":
            batch, batches = [0, 0, 0, 0], batches + 1
        elif line[0] in "67":
            batch[0] += 1
            if line[0] == "6":
                batch[1] += int(line[3:11])
                batch[2 if line[2] in "6789" else 3] += int(line[29:39])
                total += 1
        elif line[0] == "8":
            stated = [int(line[4:10]), int(line[10:20]), int(line[20:32]), int(line[32:44])]
            expect(stated == batch, "%s: control of batch %d" % (name, batches))
            whole = [a + b for a, b in zip(whole, batch)]
        elif line[0] == "9":
            stated = [int(line[13:21]), int(line[21:31]), int(line[31:43]), int(line[43:55])]
            expect(stated == whole, name + ": file control")
            expect((int(line[1:7]), int(line[7:13])) == (batches, len(lines) // 10), name + ": batches and blocks")
    print("%s: %d entries, credits %s, debits %s" % (name, total, money(whole[3]), money(whole[2])))


def bai2(name):
    """Control totals and counts of account, group and file."""
    lines = [line.rstrip("/").split(",") for line in (EFT / name).read_text("ascii").splitlines()]
    account = next(line for line in lines if line[0] == "03")
    details = [int(line[2]) for line in lines if line[0] == "16"]
    total = sum(details) + sum(int(account[place]) for place in range(4, len(account), 4) if account[place])
    for record, count in (("49", len(details) + 2), ("98", len(details) + 4), ("99", len(details) + 6)):
        ends = next(line for line in lines if line[0] == record)
        expect((int(ends[1]), int(ends[-1])) == (total, count), "%s: control of record %s" % (name, record))
    print("%s: %d details, %s" % (name, len(details), money(sum(details))))


def x12(name, bills):
    """What the lines of an 820 remit is what it says is paid."""
    segments = [line.strip("~").split("*") for line in (EFT / name).read_text("ascii").splitlines()]
    paid = cents(next(line[2] for line in segments if line[0] == "BPR"))
    remitted = [line for line in segments if line[0] == "RMR"]
    for line in remitted:
        expect(line[2] in bills, "%s: no bill %s" % (name, line[2]))
    expect(sum(cents(line[4]) for line in remitted) == paid, name + ": its lines do not give BPR02")
    print("%s: an advice over %s, %d lines" % (name, money(paid), len(remitted)))


def main():
    numbers, bills = extract()
    first, named = lockbox("alder-20260302.csv", bills)
    late, more = lockbox("alder-20260302-late.csv", bills)
    expect(len(set(first)) == len(first), "a check stands twice in alder-20260302.csv")
    expect(len(set(first) & set(late)) == 1, "one check should stand in both lockbox files")
    again = BOX / "alder-20260302-zz-sent-again.csv"
    expect(again.read_bytes() == (BOX / "alder-20260302-late.csv").read_bytes(), "the file sent again differs")
    bai("cedar-bank-20260302.bai", numbers, bills)
    expect(camt("bill-pay-20260302.xml") == 1, "one credit should be told twice in bill-pay-20260302.xml")
    camt("statement-20260302.xml")
    camt("returns-20260302.xml")
    for name in ("ach-receipts-20260302.ach", "collection-20260227.ach", "collection-returns-20260302.ach"):
        nacha(name)
    x12("remittance-20260302.edi", bills)
    bai2("summary-20260302.bai2")
    try:
        xml.parse(EFT / "cut-short-20260302.xml")
        wrong.append("cut-short-20260302.xml is whole")
    except xml.ParseError:
        pass

    spec = importlib.util.spec_from_file_location("images", HERE / "make-sample-images.py")
    sys.dont_write_bytecode = True
    images = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(images)
    there = {path.name: path.stat().st_size for path in (BOX / "alder-20260302").iterdir()}
    expect(named | more == set(there) | images.MISSING and not set(there) & images.MISSING,
           "the images are not those that the files name, less the missing ones")
    expect(sum(there.values()) < 200_000, "the images are over 200,000 bytes")
    print("images: %d named, %d there, %d missing, %d bytes"
          % (len(named | more), len(there), len(images.MISSING), sum(there.values())))

    for words in wrong:
        print("wrong: " + words, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
