#!/usr/bin/env python3
"""Makes the input of the benchmark: a billing book and lockbox files that pay it.

    make-input.py OUT [--accounts N] [--items M] [--small K] [--small-files F] [--seed S]

Writes
    OUT/accounts.csv, OUT/bills.csv    the book: N accounts with one bill each, one in twelve with two
    OUT/big.csv                        a lockbox file of M items
    OUT/small-1.csv … small-F.csv      lockbox files of K items each

Of 100 items 83 pay all that is due, 8 a part of it, 5 more than it, and 4 belong to nobody that can be told: an
account number that is not in the book, or one that could not be read. All others have a clean scan line. No account
is paid twice, no two payers share a bank account. Needs only Python; the same arguments give the same bytes.
"""
import argparse
import os
import random

BATCH = 200
DAY, ISSUED, DUE = "2026-03-02", ("2026-01-15", "2026-02-14"), ("2026-02-05", "2026-03-07")
COLUMNS = ("record,lockbox,deposit_date,batch,item,amount,check_number,routing,bank_account,remitter,account,bill,"
           "line_amount,scanline,memo,front,back,coupon")
GIVEN = ("Ada Ben Cora Dan Edith Felix Gwen Hugo Iris Jonas Kay Leo Mona Ned Opal Perry Quinn Rhea Silas Tess Uma "
         "Vito Wanda Xenia Yale Zora").split()
START = "Al Bar Cal Dor El Far Gar Hol Ing Jar Kel Lam Mor Nor Os Par Quil Rad Sel Tor Ul Var Wel Yar Zim".split()
MIDDLE = "ber den der gan kin lan man mer nis ron sel ten ver vin wick".split()
END = "ard berg by dale field ford ham ley low man more sen son stead ton well".split()
STREETS = "Alder Beacon Canal Dune Eddy Ferry Garden Harbor Inlet Juniper Kelp Lagoon".split()
ROUTINGS = ["121000358", "121042882", "322271627", "071000013", "111000025"]


def check_digit(body):
    """The Luhn digit of nine digits."""
    total = 0
    for place, digit in enumerate(map(int, body)):
        doubled = digit * 2 if place % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)


def money(cents):
    return "%d.%02d" % divmod(cents, 100)


def name(number):
    """The holder of an account; worked out from its number, so that it need not be kept."""
    mixed = number * 2654435761 % 2**32
    last = START[mixed % 25] + MIDDLE[mixed // 25 % 15] + END[mixed // 375 % 16]
    return "%s %s %s" % (GIVEN[mixed // 6000 % 26], "ABCDEFGHJKLMNPRSTW"[mixed // 156000 % 18], last)


class Book:
    def __init__(self, count, rng):
        # Numbers rise with gaps, as billing systems give them out; about three of four are in use.
        first = 310_000_000
        bodies = sorted(rng.sample(range(first, first + count * 4 // 3 + 10), count))
        taken = set(bodies)
        self.free = [body for body in range(first, bodies[-1]) if body not in taken]
        rng.shuffle(bodies)
        self.bodies = bodies
        # Most bills lie between 20 and 200 dollars; every twelfth account still owes an older one.
        self.bills = [[rng.randrange(2000, 20000) for _ in range(2 if n % 12 == 5 else 1)] for n in range(count)]

    def write(self, folder):
        with open(os.path.join(folder, "accounts.csv"), "w") as file:
            file.write("account,customer,name,service_address,city,zip,status,opened_on,closed_on,cash_only\n")
            for n, body in enumerate(self.bodies):
                file.write("%d%s,C%08d,%s,%d %s St,Harborside,9%04d,active,%d-05-01,,no\n" % (
                    body, check_digit(str(body)), n + 1, name(body), 1 + n % 2999, STREETS[n % 12], n % 10000,
                    1990 + n % 35))
        with open(os.path.join(folder, "bills.csv"), "w") as file:
            file.write("bill,account,issued_on,due_on,amount,balance\n")
            for n, body in enumerate(self.bodies):
                account = str(body) + check_digit(str(body))
                for k, cents in enumerate(self.bills[n]):
                    age = 1 if k == len(self.bills[n]) - 1 else 0
                    file.write("B%09d,%s,%s,%s,%s,%s\n" % (
                        n * 2 + k + 1, account, ISSUED[age], DUE[age], money(cents), money(cents)))

    def item(self, n, rng):
        """What the payer of the n-th account sends: (cents, payer, account as read, scan line)."""
        body, due = self.bodies[n], sum(self.bills[n])
        kind = rng.random()
        if kind >= 0.96:
            stranger = name(rng.randrange(10**9))
            if kind < 0.98 and self.free:
                other = rng.choice(self.free)
                read = str(other) + check_digit(str(other))
            else:
                read = list(str(body) + check_digit(str(body)))
                for place in rng.sample(range(10), 3):
                    read[place] = "?"
                read = "".join(read)
            cents = rng.randrange(2000, 20000)
            return cents, stranger.upper(), read, read + "%09d" % cents
        cents = due
        if kind >= 0.91:
            cents = due + rng.randrange(100, 3000)
        elif kind >= 0.83:
            cents = max(100, due * rng.randrange(20, 90) // 100)
        account = str(body) + check_digit(str(body))
        return cents, name(body).upper(), account, account + "%09d" % due


def write_lockbox(path, book, accounts, rng):
    grand = batches = 0
    with open(path, "w", newline="") as file:
        file.write(COLUMNS + "\r\n")
        for start in range(0, len(accounts), BATCH):
            batches += 1
            total = 0
            members = accounts[start:start + BATCH]
            for place, n in enumerate(members, 1):
                cents, payer, read, scanline = book.item(n, rng)
                bank = 10**9 + (n * 7368787 + 12345) % (9 * 10**9)
                file.write("P,7001,%s,%d,%d,%s,%d,%s,%d,%s,%s,,,%s,,,,\r\n" % (
                    DAY, batches, place, money(cents), 1001 + n, ROUTINGS[n % 5], bank, payer, read, scanline))
                total += cents
            file.write("B,7001,%s,%d,%d,%s,,,,,,,,,,,,\r\n" % (DAY, batches, len(members), money(total)))
            grand += total
        file.write("T,7001,%s,%d,%d,%s,,,,,,,,,,,,\r\n" % (DAY, batches, len(accounts), money(grand)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out")
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=500)
    parser.add_argument("--small-files", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if max(options.items, options.small * options.small_files) > options.accounts:
        parser.error("no account is paid twice: there must be at least as many accounts as items")
    os.makedirs(options.out, exist_ok=True)
    rng = random.Random(options.seed)
    book = Book(options.accounts, rng)
    book.write(options.out)
    # The order in which people pay has nothing to do with the order of the book.
    order = list(range(options.accounts))
    rng.shuffle(order)
    write_lockbox(os.path.join(options.out, "big.csv"), book, order[:options.items], rng)
    for k in range(options.small_files):
        part = order[k * options.small:(k + 1) * options.small]
        write_lockbox(os.path.join(options.out, "small-%d.csv" % (k + 1)), book, part, rng)


if __name__ == "__main__":
    main()
