#!/usr/bin/env python3
"""Reads the benchmark's lockbox CSV with Python's csv module and sums its payments: csv-sum.py FILE."""
import csv
import json
import sys

items = cents = 0
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    for row in csv.reader(file):
        if row[0] == "P":
            items += 1
            cents += int(row[5].replace(".", ""))
print(json.dumps({"items": items, "cents": cents}))
