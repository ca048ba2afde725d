-- What a clerk with the sqlite3 command line would do with a lockbox file, on a ledger of Sluice's own schema:
-- match by account number, post what matches (oldest open bill first, the rest to credit), the rest to suspense with
-- an exception. One transaction, set by set. $intake, $number and $file are filled in by run.py.
-- INSERT OR ROLLBACK spares SQLite the journal of each statement, as it does for Sluice; a number that two payments
-- share breaks a unique index and undoes the whole file.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA cache_size = -180224;

CREATE TEMP TABLE staging (
    record TEXT, lockbox TEXT, deposit_date TEXT, batch TEXT, item TEXT, amount TEXT, check_number TEXT, routing TEXT,
    bank_account TEXT, remitter TEXT, account TEXT, bill TEXT, line_amount TEXT, scanline TEXT, memo TEXT, front TEXT,
    back TEXT, coupon TEXT);
.import --csv --skip 1 --schema temp "$file" staging

-- Nothing is posted that does not balance: a difference breaks the CHECK and ends the script.
CREATE TEMP TABLE balance (difference INTEGER NOT NULL CHECK (difference = 0));
INSERT INTO balance
    SELECT sum(CASE record WHEN 'P' THEN 1 ELSE -1 END * CAST(replace(amount, '.', '') AS INTEGER))
    FROM staging WHERE record IN ('P', 'B') GROUP BY batch;
INSERT INTO balance
    SELECT sum(CASE record WHEN 'B' THEN 1 ELSE -1 END * CAST(replace(amount, '.', '') AS INTEGER))
    FROM staging WHERE record IN ('B', 'T');

BEGIN IMMEDIATE;

-- Each item once: its key, its cents, the account it names, that account's two oldest open bills.
CREATE TEMP TABLE work AS
    SELECT $intake * 1000000000 + row_number() OVER (ORDER BY s.row) AS payment, s.row, s.cents, s.payer_key,
        a.account, b1.bill AS bill1, ifnull(min(s.cents, b1.open_cents), 0) AS cents1,
        b2.bill AS bill2, ifnull(min(s.cents - b1.open_cents, b2.open_cents), 0) AS cents2
    FROM (SELECT rowid AS row, account, CAST(replace(amount, '.', '') AS INTEGER) AS cents,
            CAST(routing AS INTEGER) * 10000000000 + CAST(bank_account AS INTEGER) AS payer_key, scanline
        FROM staging WHERE record = 'P') s
    LEFT JOIN accounts a ON a.account = s.account AND a.status IN ('active', 'final')
        AND substr(s.scanline, 1, 10) = s.account
    LEFT JOIN bills b1 ON b1.account = a.account AND b1.bill = (SELECT bill FROM bills
        WHERE account = a.account AND open_cents > 0 ORDER BY due_on, bill LIMIT 1)
    LEFT JOIN bills b2 ON s.cents > b1.open_cents AND b2.account = a.account AND b2.bill = (SELECT bill FROM bills
        WHERE account = a.account AND bill <> b1.bill AND open_cents > 0 ORDER BY due_on, bill LIMIT 1);

CREATE TEMP TABLE parts AS
    SELECT payment, 1 AS place, account, bill1 AS bill, cents1 AS cents FROM work WHERE bill1 IS NOT NULL
    UNION ALL
    SELECT payment, 2, account, bill2, cents2 FROM work WHERE bill2 IS NOT NULL
    UNION ALL
    SELECT payment, 1 + (bill1 IS NOT NULL) + (bill2 IS NOT NULL), account, NULL, cents - cents1 - cents2 FROM work
    WHERE account IS NOT NULL AND cents > cents1 + cents2
    -- In the order of the book, which spares the bills and the allocations' index most of their random pages.
    ORDER BY 3, 4;

INSERT INTO intakes (intake, name, source, sha256, bytes, inbox_identity, received_at, state, format, items)
    SELECT $intake, 'bank.csv', '', printf('%064d', $intake), 0, '', '2026-03-02T20:00:00Z', 'applied', 'lockbox-csv',
        count(*) FROM work;
INSERT INTO posting_batches VALUES ($number, $intake, '2026-03-02T20:00:00Z', 20260302);
UPDATE intakes SET posting_batch = $number WHERE intake = $intake;
INSERT INTO deposits (deposit, intake, number, lockbox, bank_account, bank_key, currency, deposit_on, declared_cents,
        held, difference_cents)
    SELECT DISTINCT $intake * 1000000000 + 950000001, $intake, '1', lockbox, '', NULL, 'USD',
        CAST(replace(deposit_date, '-', '') AS INTEGER), NULL, 0, 0
    FROM staging WHERE record = 'P';
INSERT OR ROLLBACK INTO batches (batch, deposit, number, declared_items, declared_cents, items, items_cents, held,
        difference_cents)
    SELECT $intake * 1000000000 + 900000000 + CAST(batch AS INTEGER), $intake * 1000000000 + 950000001, batch, item,
        CAST(replace(amount, '.', '') AS INTEGER), item, CAST(replace(amount, '.', '') AS INTEGER), 0, 0
    FROM staging WHERE record = 'B';

INSERT OR ROLLBACK INTO items
    SELECT w.payment, $intake * 1000000000 + 900000000 + CAST(s.batch AS INTEGER), NULL, s.item, w.row + 1, w.cents,
        'USD', 'credit', 'deposited', 'check', iif(w.account IS NULL, 'suspense', 'posted'),
        iif(w.account IS NULL, 'suspense', 'posted'),
        CASE WHEN w.account IS NOT NULL THEN NULL WHEN instr(s.account, '?') THEN 'account-unreadable'
            ELSE 'account-not-found' END,
        'by-number/1', iif(w.account IS NULL, 'P3', 'P2'), s.check_number, s.routing,
        '****' || substr(s.bank_account, -4), w.payer_key, s.remitter, '', '', '', s.account, s.scanline, s.memo,
        20260302, NULL, 20260302, 20260302, 20260302, 20260302, NULL, 'payment', NULL, NULL
    FROM work w JOIN staging s ON s.rowid = w.row ORDER BY w.payment;

INSERT OR ROLLBACK INTO journal_entries
    SELECT payment * 100, 'receipt', $intake, payment, NULL, NULL, 20260302, 20260302, 20260302, NULL, $number
    FROM work;

INSERT OR ROLLBACK INTO journal_lines
    SELECT payment * 100, 1, 'cash-clearing', NULL, NULL, cents FROM work;
INSERT OR ROLLBACK INTO journal_lines
    SELECT payment * 100, place + 1, iif(bill IS NULL, 'customer-credit', 'receivable'), account, bill, -cents
    FROM parts ORDER BY payment, place;
INSERT OR ROLLBACK INTO journal_lines
    SELECT payment * 100, 2, 'suspense', NULL, NULL, -cents FROM work WHERE account IS NULL;

INSERT OR ROLLBACK INTO allocations
    SELECT payment, place, account, bill, iif(bill IS NULL, 'credit', 'bill'), cents, NULL, payment * 100, $number
    FROM parts;

UPDATE OR ROLLBACK bills SET open_cents = open_cents - p.cents
    FROM parts p WHERE p.bill IS NOT NULL AND bills.account = p.account AND bills.bill = p.bill;

INSERT INTO payer_memory
    SELECT payer_key, account, 1, 20260302 FROM work WHERE account IS NOT NULL AND payer_key IS NOT NULL
    ON CONFLICT (payer_key, account) DO UPDATE SET times = times + 1, last_on = max(last_on, excluded.last_on);

INSERT OR ROLLBACK INTO exceptions (exception, intake, payment, reason, severity, amount_cents, what, why_not_posted,
        opened_at)
    SELECT printf('%d-%d-e1', $intake, i.payment - $intake * 1000000000), $intake, i.payment, i.reason, 'fault',
        i.amount_cents, printf('Check %s from %s over %.2f', i.check_number, i.payer, i.amount_cents / 100.0),
        'The account number is not in the book.', '2026-03-02T20:00:00Z'
    FROM work w JOIN items i USING (payment) WHERE w.account IS NULL;
INSERT OR ROLLBACK INTO projections (path, kind, subject, state)
    SELECT 'review/open/' || exception || '/exception.json', 'exception', exception, 'due' FROM exceptions
    WHERE intake = $intake;

COMMIT;
