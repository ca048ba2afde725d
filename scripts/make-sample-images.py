#!/usr/bin/env python3
"""Draws the images that the sample lockbox files name: small bilevel TIFFs, CCITT Group 4, 200 dpi.

    scripts/make-sample-images.py

Needs only Python. The same samples give the same bytes. The images in MISSING are left out on purpose.
"""
import csv
import pathlib
import struct

BOX = pathlib.Path(__file__).resolve().parent.parent / "inbox-samples" / "inbox" / "lockbox"
FILES = ["alder-20260302.csv", "alder-20260302-late.csv"]
MISSING = {"60718-102-06-B.tif", "60718-103-02-C.tif"}
# What the paper says where the lockbox keyed or read something else.
WRITTEN_AMOUNT = {"60718-103-04": "76.40"}
PRINTED_ACCOUNT = {"60718-101-11": "6606754759", "60718-101-12": "9786198474", "60718-101-13": "8247031449"}
ENDORSEMENT = ["PAY TO THE ORDER OF", "ALDER CREEK WATER DISTRICT", "FOR DEPOSIT ONLY  2 MAR 2026"]

# --- A plain font: 5 columns by 7 rows, one row a hexadecimal pair, the leftmost column in bit 4.
FONT = {char: [int(rows[i:i + 2], 16) for i in range(0, 14, 2)] for char, rows in (line.split() for line in """
A 0e11111f111111
B 1e11111e11111e
C 0e11101010110e
D 1e11111111111e
E 1f10101e10101f
F 1f10101e101010
G 0e11101713110f
H 1111111f111111
I 0e04040404040e
J 0101010101110e
K 11121418141211
L 1010101010101f
M 111b1515111111
N 11191513111111
O 0e11111111110e
P 1e11111e101010
Q 0e11111115120d
R 1e11111e141211
S 0f10100e01011e
T 1f040404040404
U 1111111111110e
V 11111111110a04
W 1111111515150a
X 11110a040a1111
Y 11110a04040404
Z 1f01020408101f
0 0e11131519110e
1 040c040404040e
2 0e11010204081f
3 1f02040201110e
4 02060a121f0202
5 1f101e0101110e
6 0608101e11110e
7 1f010204080808
8 0e11110e11110e
9 0e11110f01020c
. 00000000000c0c
, 000000000c0408
- 0000001f000000
/ 00010204081000
# 0a0a1f0a1f0a0a
$ 040f140e051e04
& 0c12140815120d
: 000c0c000c0c00
+ 0004041f040400
? 0e110102040004
* 00150e1f0e1500
""".split("\n") if line)}


class Page:
    """A white page; a row is a list of 0 (white) and 1 (black)."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.rows = [[0] * width for _ in range(height)]

    def fill(self, x, y, width, height):
        for row in self.rows[y:y + height]:
            row[x:x + width] = [1] * len(row[x:x + width])

    def frame(self, x, y, width, height, line=2):
        self.fill(x, y, width, line)
        self.fill(x, y + height - line, width, line)
        self.fill(x, y, line, height)
        self.fill(x + width - line, y, line, height)

    def text(self, x, y, words, size=2):
        for char in words.upper():
            for row, bits in enumerate(FONT.get(char, [0] * 7)):
                for column in range(5):
                    if bits >> (4 - column) & 1:
                        self.fill(x + column * size, y + row * size, size, size)
            x += 6 * size


# --- CCITT Group 4 (ITU-T T.6). The code words stand in the order of their run lengths.
WHITE = """00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010 101011
0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010 00000011 00011010
00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 00101001 00101010 00101011 00101100 00101101
00000100 00000101 00001010 00001011 01010010 01010011 01010100 01010101 00100100 00100101 01011000 01011001 01011010
01011011 01001010 01001011 00110010 00110011 00110100""".split()
WHITE_64 = """11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 011010010
011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 010011000 010011001 010011010
011000 010011011""".split()
BLACK = """0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000
0000010111 0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111 00000011000
000011001010 000011001011 000011001100 000011001101 000001101000 000001101001 000001101010 000001101011 000011010010
000011010011 000011010100 000011010101 000011010110 000011010111 000001101100 000001101101 000011011010 000011011011
000001010100 000001010101 000001010110 000001010111 000001100100 000001100101 000001010010 000001010011 000000100100
000000110111 000000111000 000000100111 000000101000 000001011000 000001011001 000000101011 000000101100 000001011010
000001100110 000001100111""".split()
BLACK_64 = """0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100
0000001101101 0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 0000001110100
0000001110101 0000001110110 0000001110111 0000001010010 0000001010011 0000001010100 0000001010101 0000001011010
0000001011011 0000001100100 0000001100101""".split()
VERTICAL = {0: "1", 1: "011", 2: "000011", 3: "0000011", -1: "010", -2: "000010", -3: "0000010"}
HORIZONTAL, PASS, END = "001", "0001", "000000000001" * 2


def run(length, colour):
    """The code words of a run shorter than 1792."""
    more, ends = (BLACK_64, BLACK) if colour else (WHITE_64, WHITE)
    return (more[length // 64 - 1] if length >= 64 else "") + ends[length % 64]


def changes(row):
    """The places where the colour changes; a line begins white."""
    return [x for x in range(len(row)) if row[x] != (row[x - 1] if x else 0)]


def next_change(places, after, colour, width):
    """b1 and b2: the first change beyond `after` to the other colour than `colour`, and the one behind it."""
    for index, x in enumerate(places):
        if x > after and index % 2 == colour:
            return x, places[index + 1] if index + 1 < len(places) else width
    return width, width


def group4(page):
    bits, above, width = [], [], page.width
    for row in page.rows:
        here, at, colour = changes(row), -1, 0
        while at < width:
            rest = [x for x in here if x > at and here.index(x) % 2 == colour]
            a1 = rest[0] if rest else width
            b1, b2 = next_change(above, at, colour, width)
            if b2 < a1:
                bits.append(PASS)
                at = b2
            elif abs(a1 - b1) <= 3:
                bits.append(VERTICAL[a1 - b1])
                at, colour = a1, 1 - colour
            else:
                behind = [x for x in here if x > a1]
                a2 = behind[0] if behind else width
                bits.append(HORIZONTAL + run(a1 - max(at, 0), colour) + run(a2 - a1, 1 - colour))
                at = a2
        above = here
    stream = "".join(bits) + END
    stream += "0" * (-len(stream) % 8)
    return int(stream, 2).to_bytes(len(stream) // 8, "big")


def tiff(page):
    """A TIFF of one strip: header, strip, resolution, directory."""
    strip = group4(page)
    strip += b"\0" * (len(strip) % 2)
    resolution = 8 + len(strip)
    short, long, rational = 3, 4, 5
    entries = [
        (256, long, page.width), (257, long, page.height), (258, short, 1), (259, short, 4), (262, short, 0),
        (266, short, 1), (273, long, 8), (277, short, 1), (278, long, page.height), (279, long, len(strip)),
        (282, rational, resolution), (283, rational, resolution), (296, short, 2),
    ]
    directory = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        directory += struct.pack("<HHI", tag, kind, 1) + struct.pack("<H2x" if kind == short else "<I", value)
    return (struct.pack("<2sHI", b"II", 42, resolution + 8) + strip + struct.pack("<II", 200, 1)
            + directory + b"\0" * 4)


# --- What stands on the papers.
def check(item, amount):
    page = Page(600, 275)
    page.frame(4, 4, 592, 267)
    page.text(24, 20, item["remitter"])
    page.text(440, 20, "NO. " + item["check_number"])
    page.text(400, 50, "FEB 26, 2026")
    page.text(24, 96, "PAY TO  ALDER CREEK WATER DISTRICT")
    page.fill(24, 114, 420, 1)
    page.frame(458, 86, 122, 34)
    page.text(466, 96, "$" + amount)
    page.text(24, 132, "** " + amount.replace(".", " DOLLARS AND ") + " CENTS **")
    page.text(24, 192, "MEMO " + item["memo"])
    page.fill(24, 210, 300, 1)
    page.fill(380, 210, 190, 1)
    for step in range(24):                                     # a signature
        page.fill(392 + step * 6, 190 + (step * 7) % 17, 7, 3)
    page.text(24, 236, ":%s: *****%s* %s" % (item["routing"], item["bank_account"][-4:], item["check_number"]))
    return page


def back():
    page = Page(600, 275)
    page.frame(4, 4, 592, 267)
    for line, words in enumerate(ENDORSEMENT):
        page.text(24, 30 + line * 24, words)
    return page


def coupon(item, account):
    page = Page(600, 275)
    page.frame(4, 4, 592, 267)
    page.fill(4, 44, 592, 2)
    page.text(24, 18, "ALDER CREEK WATER DISTRICT    PLEASE RETURN")
    due = item["scanline"][10:]
    page.text(24, 70, "ACCOUNT")
    page.text(200, 70, "%s" % account)
    page.text(24, 100, "AMOUNT DUE")
    page.text(200, 100, "$%d.%s" % (int(due[:-2]), due[-2:]))
    page.text(24, 130, "DUE")
    page.text(200, 130, "MARCH 6, 2026")
    page.text(60, 230, account + " " + due, 3)
    if "?" in item["scanline"]:                                # a stain where the reader failed
        for place in [i for i, char in enumerate(item["scanline"][:10]) if char == "?"]:
            page.fill(60 + place * 18 - 1, 226, 15, 24)
    return page


def main():
    folder = BOX / "alder-20260302"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.tif"):
        old.unlink()
    size = 0
    for name in FILES:
        with open(BOX / name, newline="") as file:
            for item in csv.DictReader(file):
                if item["record"] != "P":
                    continue
                stem = item["front"].removesuffix("-F.tif")
                account = PRINTED_ACCOUNT.get(stem, item["account"])
                pages = {item["front"]: lambda: check(item, WRITTEN_AMOUNT.get(stem, item["amount"])),
                         item["back"]: back, item["coupon"]: lambda: coupon(item, account)}
                for image, draw in pages.items():
                    if image and image not in MISSING and not (folder / image).exists():
                        size += (folder / image).write_bytes(tiff(draw()))
    print("%d images, %d bytes" % (len(list(folder.glob("*.tif"))), size))


if __name__ == "__main__":
    main()
