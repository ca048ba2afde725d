#!/usr/bin/env python3
"""How often the right customer stands first before a reviewer, where anybody could know who it is.

    customers.py WORLD PAYMENTS.jsonl [--skip-days N] [--show N] [--json]

WORLD is what `world.py` wrote (accounts.csv, truth.csv, day-*/), PAYMENTS.jsonl how the first pass left each item, as
`day_loop.py` notes it. Only the files are read: nothing of the matcher is asked or used.

Counted are the items that were left to a person, that are ours and of one customer (on one account or several). The
customer can be known where one of the item's own facts leads to him and to nobody else:

    payer    those for whom its bank account (routing and number) paid on earlier days: people decide every evening, so
             that by the next day the office knows of each payment whose it was
    name     those whose holder has the payer's last name and his first name, or its initial where one of the two is an
             initial only; capitals, middle names, titles and legal forms do not matter
    number   those whose account number, also a former one, stands in it (account column, scan line, text), else those
             whose number is one error away: a digit wrong, missing, too many or unread, two neighbours swapped
    address  those whose service address stands in the text, word for word

Where a fact leads to him alone and another to others only, nobody could know: these are counted apart. Right is an item
whose first candidate is an account of the customer. Under each fact stand the known ones of which it says something.
"""
import argparse
import collections
import csv
import glob
import json
import os
import re
import xml.etree.ElementTree

FORMS = {"MR", "MRS", "MS", "DR", "JR", "SR", "II", "III", "IV", "LLC", "INC", "LP", "LLP", "CO", "CORP", "LTD", "PLC"}
KEYS = ("payer", "name", "number", "address")


def words(text):
    return re.findall(r"[A-Z0-9]+", text.upper().replace("'", ""))


def person(name):
    """First and last word of a name; None where it has only one."""
    kept = [word for word in words(name) if word not in FORMS]
    return (kept[0], kept[-1]) if len(kept) > 1 else None


def is_same_first(one, other):
    return one == other or one[0] == other[0] and 1 in (len(one), len(other))


def is_near(read, number):
    """Whether a number is what was read, with one error at most; a `?` is any digit, one of them at most."""
    if read.count("?") > 1:
        return False
    if len(read) == len(number):
        differing = [place for place in range(len(read)) if read[place] not in (number[place], "?")]
        if "?" in read or len(differing) < 2:
            return len(differing) < (1 if "?" in read else 2)
        first, second = differing[0], differing[-1]
        swapped = read[first] == number[second] and read[second] == number[first]
        return len(differing) == 2 and second == first + 1 and swapped
    short, long = sorted((read, number), key=len)
    return len(long) == len(short) + 1 and any(long[:place] + long[place + 1:] == short for place in range(len(long)))


def numbers(*texts):
    """What may be an account number in some texts: groups of digits, each alone and over single separators."""
    found = set()
    for text in texts:
        for run in re.findall(r"[0-9?]+(?:[ ./-][0-9?]+)*", text):
            found.add(re.sub(r"[^0-9?]", "", run))
            found.update(re.findall(r"[0-9?]+", run))
    return found


class Book:
    def __init__(self, path):
        self.customer, self.holders, self.addresses = {}, collections.defaultdict(set), collections.defaultdict(set)
        self.by_gap = collections.defaultdict(set)
        for row in csv.DictReader(open(path, newline="")):
            number, customer = row["account"], row["customer"]
            self.customer[number] = customer
            name = person(row["name"])
            if name:
                self.holders[name[1]].add((name[0], customer))
            self.addresses[" ".join(words(row["service_address"]))].add(customer)
            for near in gaps(number):
                self.by_gap[near].add(number)

    def by_name(self, payer):
        name = person(payer)
        return {who for first, who in self.holders.get(name[1], ()) if is_same_first(first, name[0])} if name else set()

    def by_number(self, read):
        exact = {self.customer[number] for number in read if number in self.customer}
        if exact:
            return exact
        return {self.customer[number] for text in read if len(text) > 3 for near in gaps(text)
                for number in self.by_gap.get(near, ()) if is_near(text, number)}

    def by_address(self, text):
        held = words(text)
        spans = {" ".join(held[start:end]) for start in range(len(held)) for end in range(start + 2, len(held) + 1)}
        longest = max((span for span in spans if span in self.addresses), key=len, default=None)
        return self.addresses[longest] if longest else set()


def gaps(number):
    """The number and what is left of it without one digit or two neighbours: near numbers share one of these."""
    return {number} | {number[:place] + number[place + size:] for size in (1, 2) for place in range(len(number))}


def items(world):
    """Each item's own facts, by file, batch and item, in the order of days."""
    for day in sorted(glob.glob(os.path.join(world, "day-*"))):
        for path in sorted(glob.glob(os.path.join(day, "lockbox-*.csv")) + glob.glob(os.path.join(day, "camt*.xml"))):
            file = os.path.basename(path)
            yield from ((file, *item) for item in (lockbox(path) if path.endswith(".csv") else camt(path)))


def lockbox(path):
    for row in csv.DictReader(open(path, newline="")):
        if row["record"] == "P":
            read = numbers(row["account"], row["memo"]) | {row["scanline"][:10]} - {""}
            payer = (row["routing"], row["bank_account"])
            yield row["batch"], row["item"], payer, row["remitter"], read, row["memo"]


def camt(path):
    tree = xml.etree.ElementTree.parse(path)
    for element in tree.iter():
        element.tag = element.tag.rsplit("}", 1)[-1]
    for batch, entry in enumerate(tree.iter("Ntry"), 1):
        for place, item in enumerate(entry.iter("TxDtls"), 1):
            def text(name):
                return item.findtext(name) or ""
            payer = (text(".//DbtrAgt//MmbId"), text(".//DbtrAcct//Othr/Id"))
            memo = text(".//Ustrd")
            yield str(batch), str(place), payer, text(".//Dbtr//Nm"), numbers(memo), memo


def share(part, whole):
    return "%5.1f %% (%d of %d)" % (100.0 * part / whole, part, whole) if whole else "none"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("world")
    options.add_argument("payments")
    options.add_argument("--skip-days", type=int, default=0, help="leave out the first N files of each kind")
    options.add_argument("--show", type=int, default=0, help="so many of the items whose first candidate is another's")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()

    book = Book(os.path.join(asked.world, "accounts.csv"))
    truth, files = {}, collections.defaultdict(set)
    for row in csv.DictReader(open(os.path.join(asked.world, "truth.csv"), newline="")):
        truth[row["file"], row["batch"], row["item"]] = row
        files[row["file"].split("-")[0]].add(row["file"])
    skipped = {file for kind in files.values() for file in sorted(kind)[:asked.skip_days]}
    left = {}
    for line in open(asked.payments):
        payment = json.loads(line)
        key = payment["file"].rsplit("/", 1)[-1], str(int(payment["batch"])), str(int(payment["item"]))
        if payment["status"] != "posted":
            left[key] = payment

    memory, learned = collections.defaultdict(set), []
    counts, right, shown, day, seen = collections.Counter(), collections.Counter(), 0, None, set()
    for file, batch, item, payer, name, read, memo in items(asked.world):
        if file[-12:-4] != day:
            for known, customer in learned:
                memory[known].add(customer)
            day, learned = file[-12:-4], []
        row = truth[file, batch, item]
        owners = {book.customer[part.split("=")[0]] for part in row["allocations"].split(";") if part}
        if row["disposition"] in ("post", "stop"):
            learned += [(payer, owner) for owner in owners]
        payment = left.get((file, batch, item))
        # A list has a row for each of its lines.
        if payment is None or file in skipped or len(owners) != 1 or (file, batch, item) in seen:
            continue
        if row["disposition"] not in ("post", "stop"):
            continue
        seen.add((file, batch, item))
        found = dict(zip(KEYS, (memory.get(payer, set()), book.by_name(name), book.by_number(read),
                                book.by_address(memo))))
        saying = [key for key in KEYS if found[key]]
        common = set.intersection(*(found[key] for key in saying)) if saying else set()
        counts["left"] += 1
        first = payment["candidates"][0]["account"] if payment["candidates"] else None
        is_right = {book.customer.get(first)} == owners
        if common != owners:
            kind = "contradicted" if owners in found.values() else "unknown"
            counts[kind] += 1
            right[kind] += is_right
            continue
        for key in ["known"] + saying:
            counts[key] += 1
            right[key] += is_right
        if not is_right and shown < asked.show:
            shown += 1
            print(payment["payment"], payment["rule"], "by", ",".join(saying), row["noise"], repr(name), sorted(read),
                  repr(memo), row["cents"], "is", row["allocations"], "first", payment["candidates"][:2])
    if asked.json:
        kinds = ("known", *KEYS, "contradicted", "unknown")
        print(json.dumps({"left": counts["left"],
                          **{kind: {"items": counts[kind], "right": right[kind]} for kind in kinds}}))
        return
    print("left to a person, ours, of one customer   %d" % counts["left"])
    print("customer can be known: he is first        %s" % share(right["known"], counts["known"]))
    for key in KEYS:
        print("    by %-8s                           %s" % (key, share(right[key], counts[key])))
    print("another fact leads elsewhere: he is first %s" % share(right["contradicted"], counts["contradicted"]))
    print("nothing leads to him alone: he is first   %s" % share(right["unknown"], counts["unknown"]))


if __name__ == "__main__":
    main()
