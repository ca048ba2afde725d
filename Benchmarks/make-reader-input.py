#!/usr/bin/env python3
"""Makes the input of the benchmark of reading: the same invented items in each of several formats.

    make-reader-input.py OUT [--details N] [--items M]

Writes
    OUT/camt.xml       a camt.054 of N details in entries of 250
    OUT/lockbox.csv    M items in the lockbox CSV of the layout `default`, with its trailers
    OUT/lockbox.bai    the same items in BAI lockbox, dialect A
    OUT/entries.ach    the same items in NACHA PPD credits
    OUT/known.json     how many items and cents each holds, and how many elements and rows

Needs only Python; the same arguments give the same bytes. `camt` and `csv` are used for streams too: they give pieces.
"""
import argparse
import json
import os

GIVEN = "Ada Ben Cora Dan Edith Felix Gwen Hugo Iris Jonas Kay Leo Mona Ned Opal Perry".split()
LAST = "Albergard Barkinby Calverton Dorlandale Elmersen Farwickham Gardenley Holmanlow".split()
ROUTING = "121042882"
PER_ENTRY, PER_BATCH, PER_DEPOSIT = 250, 500, 5000
COLUMNS = ("record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,account,bill,"
           "line_amount,scanline,memo,front,back,coupon")


def cents(number):
    """The amount of an item: 1.00 to 500.99, by its number."""
    return 100 + number * 7919 % 50_000


def payer(number):
    return GIVEN[number % 16] + " " + LAST[number // 16 % 8]


def money(amount):
    return "%d.%02d" % divmod(amount, 100)


DETAIL = """<TxDtls><Refs><AcctSvcrRef>T%(number)010d</AcctSvcrRef><EndToEndId>E%(number)010d</EndToEndId></Refs>
<Amt Ccy="EUR">%(amount)s</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
<RltdPties><Dbtr><Pty><Nm>%(payer)s</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>DE%(account)020d</IBAN></Id></DbtrAcct>
</RltdPties><RltdAgts><DbtrAgt><FinInstnId><BICFI>BANKDEFFXXX</BICFI></FinInstnId></DbtrAgt></RltdAgts>
<RmtInf><Ustrd>Water bill %(number)d of February</Ustrd></RmtInf></TxDtls>
"""
DETAIL_ELEMENTS = DETAIL.count("</")
ENTRY = """<Ntry><NtryRef>%d</NtryRef><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-02</Dt></ValDt><NtryDtls><Btch><NbOfTxs>%d</NbOfTxs></Btch>
"""
ENTRY_ELEMENTS = 13
CAMT_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>2026-03-02T18:00:00</CreDtTm></GrpHdr>
<Ntfctn><Id>N1</Id><CreDtTm>2026-03-02T18:00:00</CreDtTm>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
"""
CAMT_END = "</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>\n"
CAMT_ELEMENTS = 12


def camt(details):
    """Pieces of a camt.054 with so many details."""
    yield CAMT_HEAD
    for first in range(0, details, PER_ENTRY):
        numbers = range(first, min(details, first + PER_ENTRY))
        total = sum(map(cents, numbers))
        yield ENTRY % (first // PER_ENTRY + 1, money(total), len(numbers)) + "".join(
            DETAIL % {"number": n, "amount": money(cents(n)), "payer": payer(n), "account": n * 7 + 10**12}
            for n in numbers) + "</NtryDtls></Ntry>\n"
    yield CAMT_END


def csv(items):
    """Pieces of a lockbox CSV with so many items."""
    yield COLUMNS + "\n"
    batches = 0
    for first in range(0, items, PER_BATCH):
        batches += 1
        numbers = range(first, min(items, first + PER_BATCH))
        rows = [
            "P,8841,2026-03-02,%d,%d,%s,%d,%s,%d,%s,%010d,AC%08d,%s,%019d,,,,\n" % (
                batches, n - first + 1, money(cents(n)), n % 9000 + 1000, ROUTING, n * 7 + 10**9, payer(n),
                n + 3 * 10**9, n, money(cents(n)), (n + 3 * 10**9) * 10**9 + cents(n)) for n in numbers]
        total = money(sum(map(cents, numbers)))
        rows.append("B,8841,2026-03-02,%d,%d,%s,,,,,,,,,,,,\n" % (batches, len(numbers), total))
        yield "".join(rows)
    yield "T,,,%d,%d,%s,,,,,,,,,,,,\n" % (batches, items, money(total_of(items)))


def total_of(items):
    """The cents of the first so many items."""
    whole, rest = divmod(items, 50_000)
    return whole * sum(map(cents, range(50_000))) + sum(map(cents, range(rest)))


def bai(items):
    """Pieces of a BAI lockbox file, dialect A."""
    yield "100BENCHBANK ALDERWATER".ljust(23) + "2603021800\n2ALDERWATER0099999991000000000040008000801\n"
    records = 2
    for start in range(0, items, PER_DEPOSIT):
        box = "%07d" % (8_841_000 + start // PER_DEPOSIT)
        deposit = range(start, min(items, start + PER_DEPOSIT))
        for index, first in enumerate(range(start, deposit.stop, PER_BATCH)):
            numbers = range(first, min(deposit.stop, first + PER_BATCH))
            batch = "%03d" % (index + 1)
            lines = ["5%s000%s260302\n" % (batch, box)]
            lines += ["6%s%03d%010d%s%010d%010d022826%s\n" % (
                batch, n - first + 1, cents(n), ROUTING, n * 7 + 10**9, n % 9000 + 1000, payer(n)) for n in numbers]
            lines.append("7%s000%s260302%03d%010d\n" % (batch, box, len(numbers), sum(map(cents, numbers))))
            records += len(lines)
            yield "".join(lines)
        records += 1
        yield "8000000%s260302%04d%010d\n" % (box, len(deposit), sum(map(cents, deposit)))
    yield "9%08d\n" % (records + 1)


def ach(items):
    """Pieces of a NACHA file of PPD credits."""
    def line(text):
        assert len(text) <= 94, len(text)
        return text.ljust(94) + "\n"

    yield line("101 121042882 1210428822603021800A094101BENCH BANK".ljust(63) + "BENCH COMPANY")
    records, batches, hashed, trace = 1, 0, 0, 0
    for first in range(0, items, PER_BATCH):
        batches += 1
        numbers = range(first, min(items, first + PER_BATCH))
        lines = [line("5220" + "BENCH COMPANY".ljust(36) + "1210428820PPD" + "PAYMENTS".ljust(10) + "260302" + "260302"
                      + "0611" + "12104288" + "%07d" % batches)]
        for n in numbers:
            trace += 1
            lines.append(line("622" + ROUTING + ("%d" % (n * 7 + 10**9)).ljust(17) + "%010d" % cents(n)
                              + ("AC%08d" % n).ljust(15) + payer(n).ljust(22)[:22] + "  0" + "%08d%07d" % (
                                  12104288, trace)))
        hashed += len(numbers) * 12104288
        lines.append(line("8220%06d%010d%012d%012d1210428820" % (
            len(numbers), len(numbers) * 12104288 % 10**10, 0, sum(map(cents, numbers)))
            + " " * 25 + "12104288%07d" % batches))
        records += len(lines)
        yield "".join(lines)
    records += 1
    yield line("9%06d%06d%08d%010d%012d%012d" % (
        batches, (records + 9) // 10, items, hashed % 10**10, 0, total_of(items)))
    yield ("9" * 94 + "\n") * (-records % 10)


def main():
    parser = argparse.ArgumentParser(description="Makes the input of the benchmark of reading.")
    parser.add_argument("out")
    parser.add_argument("--details", type=int, default=250_000)
    parser.add_argument("--items", type=int, default=1_000_000)
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    entries = -(-options.details // PER_ENTRY)
    known = {
        "camt.xml": {"items": options.details, "cents": total_of(options.details),
                     "elements": CAMT_ELEMENTS + entries * ENTRY_ELEMENTS + options.details * DETAIL_ELEMENTS}}
    for name, make in (("camt.xml", camt), ("lockbox.csv", csv), ("lockbox.bai", bai), ("entries.ach", ach)):
        count = options.details if name == "camt.xml" else options.items
        with open(os.path.join(options.out, name), "w", encoding="ascii") as file:
            file.writelines(make(count))
        known.setdefault(name, {"items": count, "cents": total_of(count)})
        known[name]["bytes"] = os.path.getsize(os.path.join(options.out, name))
    with open(os.path.join(options.out, "known.json"), "w") as file:
        json.dump(known, file, indent=1)


if __name__ == "__main__":
    main()
