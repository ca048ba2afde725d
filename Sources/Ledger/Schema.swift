/// The ledger's schema, version 1. Later versions stand in `Schema+Changes.swift`, as migrations; a released text is
/// never edited.
///
/// Money is INTEGER cents, columns ending in `_cents`. Dates are INTEGER `yyyymmdd`, columns ending in `_on`;
/// moments are TEXT in ISO 8601 UTC, columns ending in `_at`. The schema does the checking: a row that
/// breaks a rule of the books is refused by the database whatever program writes it.
enum Schema {
    static let intakesAndUnits = """
        CREATE TABLE intakes (
            intake INTEGER PRIMARY KEY CHECK (intake > 0),
            name TEXT NOT NULL,
            source TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            inbox_identity TEXT NOT NULL,
            received_at TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('claimed', 'applied', 'refused', 'repeated', 'set-aside')),
            attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
            repeat_of INTEGER REFERENCES intakes (intake) CHECK (repeat_of < intake),
            format TEXT,
            version TEXT,
            layout TEXT,
            items INTEGER NOT NULL DEFAULT 0 CHECK (items >= 0),
            -- What a file out of balance declared beyond its items: it stands in unresolved.
            difference_cents INTEGER NOT NULL DEFAULT 0,
            posting_batch INTEGER REFERENCES posting_batches (number),
            archive_path TEXT,
            CHECK ((state = 'repeated') = (repeat_of IS NOT NULL))
        ) STRICT;
        -- The same bytes are applied once, under whatever name (promise 2).
        CREATE UNIQUE INDEX intakes_applied_once ON intakes (sha256) WHERE state = 'applied';
        CREATE INDEX intakes_by_digest ON intakes (sha256);

        CREATE TABLE intake_members (
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            path TEXT NOT NULL,
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            PRIMARY KEY (intake, path)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE faults (
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            place INTEGER NOT NULL CHECK (place > 0),
            reason TEXT NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('note', 'fault', 'refusal')),
            line INTEGER NOT NULL,
            record INTEGER NOT NULL,
            field TEXT NOT NULL,
            message TEXT NOT NULL,
            PRIMARY KEY (intake, place)
        ) STRICT, WITHOUT ROWID;

        -- A unit's key is intake * 1,000,000,000 + its place in the file, as an item's is.
        CREATE TABLE deposits (
            deposit INTEGER PRIMARY KEY,
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            number TEXT NOT NULL,
            lockbox TEXT NOT NULL,
            bank_account TEXT NOT NULL CHECK (bank_account = '' OR bank_account LIKE '****%'),
            bank_key INTEGER,
            currency TEXT NOT NULL,
            deposit_on INTEGER NOT NULL CHECK (deposit_on BETWEEN 10101 AND 99991231),
            declared_cents INTEGER,
            held INTEGER NOT NULL CHECK (held IN (0, 1)),
            difference_cents INTEGER NOT NULL DEFAULT 0 CHECK (held = 1 OR difference_cents = 0)
        ) STRICT;
        CREATE INDEX deposits_by_intake ON deposits (intake);

        CREATE TABLE batches (
            batch INTEGER PRIMARY KEY,
            deposit INTEGER NOT NULL REFERENCES deposits (deposit),
            number TEXT NOT NULL,
            declared_items INTEGER,
            declared_cents INTEGER,
            items INTEGER NOT NULL CHECK (items >= 0),
            items_cents INTEGER NOT NULL,
            held INTEGER NOT NULL CHECK (held IN (0, 1)),
            -- What the bank declared beyond the items of a held unit: it stands in unresolved too.
            difference_cents INTEGER NOT NULL DEFAULT 0 CHECK (held = 1 OR difference_cents = 0)
        ) STRICT;

        CREATE TABLE transactions (
            "transaction" INTEGER PRIMARY KEY,
            batch INTEGER NOT NULL REFERENCES batches (batch),
            number TEXT NOT NULL,
            declared_cents INTEGER
        ) STRICT;
        """

    static let items = """
        CREATE TABLE items (
            payment INTEGER PRIMARY KEY CHECK (payment > 1000000000),
            batch INTEGER NOT NULL REFERENCES batches (batch),
            "transaction" INTEGER REFERENCES transactions ("transaction"),
            number TEXT NOT NULL,
            line INTEGER NOT NULL,
            amount_cents INTEGER NOT NULL CHECK (amount_cents >= 0),
            currency TEXT NOT NULL,
            direction TEXT NOT NULL CHECK (direction IN ('credit', 'debit')),
            custody TEXT NOT NULL CHECK (custody IN ('deposited', 'in-hand')),
            tender TEXT NOT NULL CHECK (tender IN ('check', 'cashiers-check', 'money-order', 'cash', 'ach-credit',
                'ach-debit', 'card', 'bill-pay')),
            status TEXT NOT NULL CHECK (status IN ('posted', 'partial', 'suspense', 'held', 'duplicate', 'rejected',
                'returned')),
            books TEXT NOT NULL CHECK (books IN ('posted', 'suspense', 'on-hold', 'unresolved', 'due-to-others',
                'none')),
            reason TEXT,
            rule TEXT NOT NULL,
            proof TEXT NOT NULL CHECK (proof IN ('P1', 'P2', 'P3')),
            check_number TEXT NOT NULL,
            routing TEXT NOT NULL,
            bank_account TEXT NOT NULL CHECK (bank_account = '' OR bank_account LIKE '****%'),
            payer_key INTEGER,
            payer TEXT NOT NULL,
            end_to_end TEXT NOT NULL,
            trace TEXT NOT NULL,
            reference TEXT NOT NULL,
            account_read TEXT NOT NULL,
            scanline TEXT NOT NULL,
            memo TEXT NOT NULL,
            received_on INTEGER NOT NULL,
            postmark_on INTEGER,
            deposit_on INTEGER NOT NULL,
            value_on INTEGER NOT NULL,
            effective_on INTEGER NOT NULL,
            posted_on INTEGER NOT NULL,
            -- The payment it shares a number with, and whether that is only suspected.
            twin_of INTEGER REFERENCES items (payment),
            CHECK (status <> 'posted' OR books = 'posted'),
            CHECK (custody = 'deposited' OR books = 'none')
        ) STRICT;
        -- A number which no two payments share (promise 2): the second is held, and names its twin.
        CREATE UNIQUE INDEX items_check_once ON items (payer_key, check_number, amount_cents)
            WHERE payer_key IS NOT NULL AND check_number <> '' AND twin_of IS NULL
            AND (status <> 'rejected' OR books <> 'none');
        CREATE UNIQUE INDEX items_end_to_end_once ON items (end_to_end)
            WHERE end_to_end <> '' AND twin_of IS NULL AND (status <> 'rejected' OR books <> 'none');
        CREATE UNIQUE INDEX items_trace_once ON items (trace)
            WHERE trace <> '' AND twin_of IS NULL AND (status <> 'rejected' OR books <> 'none');

        CREATE INDEX items_by_twin ON items (twin_of) WHERE twin_of IS NOT NULL;
        -- The numbers of twins, for a third payment that shares one of them. Few rows, so they cost nothing.
        CREATE INDEX twins_by_check ON items (payer_key, check_number, amount_cents) WHERE twin_of IS NOT NULL;
        CREATE INDEX twins_by_end_to_end ON items (end_to_end) WHERE twin_of IS NOT NULL;
        CREATE INDEX twins_by_trace ON items (trace) WHERE twin_of IS NOT NULL;

        CREATE TABLE remittance_lines (
            payment INTEGER NOT NULL REFERENCES items (payment),
            place INTEGER NOT NULL CHECK (place > 0),
            account TEXT NOT NULL,
            bill TEXT NOT NULL,
            amount_cents INTEGER,
            PRIMARY KEY (payment, place)
        ) STRICT, WITHOUT ROWID;

        -- What the matcher proposed to a reviewer, best first, as it was then.
        CREATE TABLE candidates (
            payment INTEGER NOT NULL REFERENCES items (payment),
            place INTEGER NOT NULL CHECK (place BETWEEN 1 AND 9),
            account TEXT NOT NULL,
            name TEXT NOT NULL,
            score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100),
            evidence TEXT NOT NULL,
            posting TEXT NOT NULL,
            PRIMARY KEY (payment, place)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE allocations (
            payment INTEGER NOT NULL REFERENCES items (payment),
            place INTEGER NOT NULL CHECK (place > 0),
            account TEXT NOT NULL REFERENCES accounts (account),
            bill TEXT,
            kind TEXT NOT NULL CHECK (kind IN ('bill', 'credit', 'customer-deposit')),
            -- Negative where it takes an earlier one back, which it names.
            amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0),
            reverses INTEGER,
            entry INTEGER NOT NULL REFERENCES journal_entries (entry),
            posting_batch INTEGER REFERENCES posting_batches (number),
            PRIMARY KEY (payment, place),
            FOREIGN KEY (account, bill) REFERENCES bills (account, bill),
            CHECK ((reverses IS NULL) = (amount_cents > 0)),
            CHECK ((kind = 'credit') = (bill IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX allocations_by_account ON allocations (account, bill);
        CREATE TRIGGER allocations_are_kept BEFORE DELETE ON allocations
            BEGIN SELECT RAISE (ABORT, 'allocations are reversed, never deleted'); END;
        CREATE INDEX allocations_not_exported ON allocations (payment) WHERE posting_batch IS NULL;
        """

    static let journal = """
        -- An entry's key is the key of its payment or unit * 100 + its number there, from 0.
        CREATE TABLE journal_entries (
            entry INTEGER PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('receipt', 'difference', 'decision', 'extract', 'reversal')),
            intake INTEGER REFERENCES intakes (intake),
            payment INTEGER REFERENCES items (payment),
            decision INTEGER REFERENCES decisions (decision),
            bank_key INTEGER,
            bank_on INTEGER NOT NULL,
            effective_on INTEGER NOT NULL,
            posted_on INTEGER NOT NULL,
            reverses INTEGER REFERENCES journal_entries (entry),
            posting_batch INTEGER REFERENCES posting_batches (number)
        ) STRICT;
        CREATE INDEX journal_entries_not_exported ON journal_entries (entry) WHERE posting_batch IS NULL;

        -- Debits are positive, credits negative; the lines of an entry sum to zero.
        CREATE TABLE journal_lines (
            entry INTEGER NOT NULL REFERENCES journal_entries (entry),
            place INTEGER NOT NULL CHECK (place > 0),
            ledger_account TEXT NOT NULL CHECK (ledger_account IN ('cash-clearing', 'cash', 'receivable',
                'customer-credit', 'customer-deposits', 'suspense', 'on-hold', 'unresolved', 'due-to-others',
                'refunds-payable', 'over-short', 'fees')),
            account TEXT REFERENCES accounts (account),
            bill TEXT,
            amount_cents INTEGER NOT NULL CHECK (amount_cents <> 0),
            PRIMARY KEY (entry, place),
            CHECK (ledger_account NOT IN ('receivable', 'customer-credit', 'customer-deposits') OR account IS NOT NULL),
            CHECK (ledger_account <> 'receivable' OR bill IS NOT NULL)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER journal_entries_are_final BEFORE DELETE ON journal_entries
            BEGIN SELECT RAISE (ABORT, 'journal entries are reversed, never deleted'); END;
        CREATE TRIGGER journal_lines_are_kept BEFORE DELETE ON journal_lines
            BEGIN SELECT RAISE (ABORT, 'journal lines are reversed, never deleted'); END;

        CREATE TABLE posting_batches (
            number INTEGER PRIMARY KEY CHECK (number > 0),
            intake INTEGER REFERENCES intakes (intake),
            created_at TEXT NOT NULL,
            posted_on INTEGER NOT NULL
        ) STRICT;
        """

    static let book = """
        CREATE TABLE extracts (
            extract INTEGER PRIMARY KEY CHECK (extract > 0),
            imported_at TEXT NOT NULL,
            files TEXT NOT NULL,
            as_of_on INTEGER,
            last_posting_batch INTEGER,
            accounts INTEGER NOT NULL CHECK (accounts >= 0),
            bills INTEGER NOT NULL CHECK (bills >= 0),
            balance_cents INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE accounts (
            account TEXT PRIMARY KEY CHECK (account <> ''),
            customer TEXT NOT NULL,
            name TEXT NOT NULL,
            last_name TEXT NOT NULL,
            service_address TEXT NOT NULL,
            city TEXT NOT NULL,
            zip TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('active', 'final', 'closed', 'written-off', 'collections')),
            opened_on INTEGER,
            closed_on INTEGER,
            cash_only INTEGER NOT NULL CHECK (cash_only IN (0, 1)),
            more TEXT NOT NULL DEFAULT '{}',
            extract INTEGER NOT NULL REFERENCES extracts (extract)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX accounts_by_customer ON accounts (customer);
        CREATE INDEX accounts_by_last_name ON accounts (last_name);

        CREATE TABLE bills (
            account TEXT NOT NULL REFERENCES accounts (account),
            bill TEXT NOT NULL CHECK (bill <> ''),
            kind TEXT NOT NULL,
            issued_on INTEGER,
            due_on INTEGER,
            amount_cents INTEGER NOT NULL,
            -- What the billing system stated last, and the last posting batch which that statement knew.
            stated_cents INTEGER NOT NULL,
            stated_after INTEGER NOT NULL CHECK (stated_after >= 0),
            -- What is open now: stated, less what was allocated since.
            open_cents INTEGER NOT NULL CHECK (open_cents >= 0 OR open_cents = stated_cents),
            extract INTEGER NOT NULL REFERENCES extracts (extract),
            PRIMARY KEY (account, bill)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX bills_by_number ON bills (bill);
        CREATE INDEX bills_by_amount ON bills (amount_cents);

        -- Every statement the billing system ever made of a bill; the last one stands in bills too.
        CREATE TABLE bill_statements (
            extract INTEGER NOT NULL REFERENCES extracts (extract),
            bill TEXT NOT NULL,
            account TEXT NOT NULL,
            amount_cents INTEGER NOT NULL,
            stated_cents INTEGER NOT NULL,
            PRIMARY KEY (extract, bill)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE flags (
            account TEXT NOT NULL REFERENCES accounts (account),
            flag TEXT NOT NULL,
            from_on INTEGER,
            until_on INTEGER,
            case_number TEXT NOT NULL,
            note TEXT NOT NULL,
            PRIMARY KEY (account, flag, case_number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE turnoffs (
            account TEXT NOT NULL REFERENCES accounts (account),
            order_number TEXT NOT NULL,
            visit_on INTEGER NOT NULL,
            visit_window TEXT NOT NULL,
            stop_cents INTEGER NOT NULL CHECK (stop_cents >= 0),
            PRIMARY KEY (account, order_number)
        ) STRICT, WITHOUT ROWID;

        -- Whom a payer paid for. Keyed hash only: no bank account number stands here.
        CREATE TABLE payer_memory (
            payer_key INTEGER NOT NULL,
            account TEXT NOT NULL REFERENCES accounts (account),
            times INTEGER NOT NULL CHECK (times >= 0),
            last_on INTEGER NOT NULL,
            PRIMARY KEY (payer_key, account)
        ) STRICT, WITHOUT ROWID;
        """

    static let review = """
        CREATE TABLE exceptions (
            exception TEXT PRIMARY KEY,
            intake INTEGER REFERENCES intakes (intake),
            deposit INTEGER REFERENCES deposits (deposit),
            batch INTEGER REFERENCES batches (batch),
            payment INTEGER REFERENCES items (payment),
            account TEXT REFERENCES accounts (account),
            reason TEXT NOT NULL,
            severity TEXT NOT NULL CHECK (severity IN ('note', 'fault', 'refusal')),
            amount_cents INTEGER,
            what TEXT NOT NULL,
            why_not_posted TEXT NOT NULL,
            opened_at TEXT NOT NULL,
            closed_at TEXT,
            owner TEXT,
            claimed_by TEXT,
            claim_token INTEGER NOT NULL DEFAULT 0,
            claim_expires_at TEXT,
            due_at TEXT,
            waiting_for TEXT,
            turn_off_at TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX exceptions_open ON exceptions (exception) WHERE closed_at IS NULL;
        CREATE INDEX exceptions_by_intake ON exceptions (intake) WHERE intake IS NOT NULL;
        CREATE INDEX exceptions_by_payment ON exceptions (payment) WHERE payment IS NOT NULL;
        CREATE INDEX exceptions_by_batch ON exceptions (batch) WHERE batch IS NOT NULL;

        CREATE TABLE decisions (
            decision INTEGER PRIMARY KEY CHECK (decision > 0),
            exception TEXT NOT NULL REFERENCES exceptions (exception),
            action TEXT NOT NULL,
            allocations TEXT NOT NULL,
            kind TEXT,
            reason TEXT,
            note TEXT,
            decided_by TEXT NOT NULL CHECK (decided_by <> ''),
            decided_at TEXT NOT NULL,
            undoes INTEGER REFERENCES decisions (decision)
        ) STRICT;
        CREATE INDEX decisions_by_exception ON decisions (exception);
        CREATE TRIGGER decisions_are_kept BEFORE DELETE ON decisions
            BEGIN SELECT RAISE (ABORT, 'decisions are undone by another, never deleted'); END;
        CREATE TRIGGER decisions_are_final BEFORE UPDATE ON decisions
            BEGIN SELECT RAISE (ABORT, 'decisions are undone by another, never changed'); END;
        """

    static let records = """
        CREATE TABLE documents (
            -- The key of its intake's place, as a payment's: intake * 1,000,000,000 + place.
            document INTEGER PRIMARY KEY,
            doc_id TEXT NOT NULL UNIQUE,
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            deposit INTEGER NOT NULL REFERENCES deposits (deposit),
            payment INTEGER REFERENCES items (payment),
            doc_type TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('awaited', 'indexed', 'review', 'held', 'redacted', 'destroyed')),
            business_on INTEGER NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX documents_by_payment ON documents (payment) WHERE payment IS NOT NULL;
        CREATE INDEX documents_awaited ON documents (deposit) WHERE status = 'awaited';

        CREATE TABLE pages (
            document INTEGER NOT NULL REFERENCES documents (document),
            page INTEGER NOT NULL CHECK (page > 0),
            side TEXT NOT NULL CHECK (side IN ('F', 'B', 'S')),
            image_name TEXT NOT NULL,
            -- The name without folders and case, by which an image is looked up.
            image_key TEXT NOT NULL,
            path TEXT,
            sha256 TEXT CHECK (length(sha256) = 64),
            bytes INTEGER,
            width INTEGER,
            height INTEGER,
            dpi_x INTEGER,
            dpi_y INTEGER,
            compression TEXT,
            photometric TEXT,
            fault TEXT,
            PRIMARY KEY (document, page, side),
            CHECK ((path IS NULL) = (sha256 IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX pages_awaited ON pages (image_key) WHERE path IS NULL;
        CREATE UNIQUE INDEX pages_by_path ON pages (path) WHERE path IS NOT NULL;

        -- Images that came and that no page has taken yet, with all that their page will say of them.
        CREATE TABLE loose_images (
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            image_name TEXT NOT NULL,
            image_key TEXT NOT NULL,
            -- How many images of its delivery have this key: with one, the key alone tells which is meant.
            alike INTEGER NOT NULL CHECK (alike > 0),
            sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
            bytes INTEGER NOT NULL CHECK (bytes >= 0),
            format TEXT CHECK (format IN ('tif', 'png', 'jpg', 'pdf')),
            width INTEGER,
            height INTEGER,
            dpi_x INTEGER,
            dpi_y INTEGER,
            compression TEXT,
            photometric TEXT,
            fault TEXT,
            PRIMARY KEY (intake, image_name),
            CHECK ((format IS NULL) = (fault IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX loose_images_by_key ON loose_images (image_key);
        """

    static let projectionsAndAudit = """
        -- Every file that Sluice writes outside archive/: a projection of the rows above. `due` is written next.
        CREATE TABLE projections (
            path TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('due', 'written', 'removal-due')),
            sha256 TEXT CHECK (length(sha256) = 64),
            bytes INTEGER,
            CHECK (state <> 'written' OR sha256 IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX projections_due ON projections (path) WHERE state <> 'written';

        -- h(n) = SHA-256(0x01, n, h(n-1), length, record) over the stored bytes (reliability: append-only log).
        CREATE TABLE audit (
            place INTEGER PRIMARY KEY CHECK (place > 0),
            at TEXT NOT NULL,
            who TEXT NOT NULL,
            event TEXT NOT NULL,
            subject TEXT NOT NULL,
            detail TEXT NOT NULL,
            chain TEXT NOT NULL UNIQUE CHECK (length(chain) = 64)
        ) STRICT;
        CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
            BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_is_final BEFORE UPDATE ON audit
            BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;

        CREATE TABLE users (
            name TEXT PRIMARY KEY,
            system_user TEXT UNIQUE,
            disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
            added_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// All parts in an order that creates what others refer to; names resolve when rows are written.
    static let versionOne = [intakesAndUnits, items, journal, book, review, records, projectionsAndAudit]
}
