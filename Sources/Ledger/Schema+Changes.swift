/// What came to the schema after its first version, in the order of the migrations that bring it.
extension Schema {
    /// Version 2: what an item is, and what it says of an earlier one.
    static let versionTwo = [
        """
        ALTER TABLE items ADD COLUMN kind TEXT NOT NULL DEFAULT 'payment' CHECK (kind IN ('payment', 'returned',
            'correction', 'sum', 'fee', 'expected', 'advice', 'notice', 'answer'))
        """,
        """
        -- The numbers by which a return or an answer finds the entry of our own collection file.
        CREATE INDEX items_expected_by_trace ON items (trace) WHERE kind = 'expected' AND trace <> '';
        CREATE INDEX items_expected_by_end_to_end ON items (end_to_end) WHERE kind = 'expected' AND end_to_end <> '';

        CREATE TABLE originals (
            payment INTEGER PRIMARY KEY REFERENCES items (payment),
            code TEXT NOT NULL,
            text TEXT NOT NULL,
            trace TEXT NOT NULL,
            end_to_end TEXT NOT NULL,
            routing TEXT NOT NULL,
            amount_cents INTEGER,
            settled_on INTEGER,
            disputed INTEGER NOT NULL CHECK (disputed IN (0, 1))
        ) STRICT;
        -- What an intake took back of payments of others: few rows, so they cost nothing.
        CREATE INDEX allocations_taken_back ON allocations (posting_batch) WHERE reverses IS NOT NULL;
        CREATE INDEX journal_entries_taken_back ON journal_entries (posting_batch) WHERE kind = 'reversal';
        """,
    ]

    /// Version 3: the sums of the bank's and what they stand for, and which reports tell one day twice.
    static let versionThree = [
        "ALTER TABLE deposits ADD COLUMN report TEXT CHECK (report IN ('notification', 'preliminary', 'final'))",
        """
        UPDATE deposits SET report = (SELECT CASE format WHEN 'camt.052' THEN 'preliminary'
            WHEN 'camt.054' THEN 'notification' WHEN 'camt.053' THEN 'final' WHEN 'bai2' THEN 'final'
            WHEN 'bank-csv' THEN 'final' END FROM intakes WHERE intakes.intake = deposits.intake);
        -- The reports of one bank account.
        CREATE INDEX deposits_reported ON deposits (bank_key, deposit_on) WHERE report IS NOT NULL;
        -- What a report told twice: for each telling, which item of another report it repeats.
        CREATE INDEX items_told_twice ON items (twin_of) WHERE reason = 'told-twice';

        -- Deposits and batches whose payments a file tells: what a sum that the bank credited may stand for.
        CREATE TABLE told_units (
            -- The key of its deposit or batch.
            unit INTEGER PRIMARY KEY,
            deposit INTEGER NOT NULL REFERENCES deposits (deposit),
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            bank_key INTEGER,
            lockbox TEXT NOT NULL,
            credited_on INTEGER NOT NULL CHECK (credited_on BETWEEN 10101 AND 99991231),
            items INTEGER NOT NULL CHECK (items > 0),
            -- What the bank credits for it: of a processor's file less fees and what was taken back.
            total_cents INTEGER NOT NULL CHECK (total_cents > 0)
        ) STRICT;
        CREATE INDEX told_units_by_total ON told_units (total_cents, credited_on);
        CREATE INDEX told_units_by_deposit ON told_units (deposit);
        CREATE INDEX told_units_by_intake ON told_units (intake);
        CREATE INDEX told_units_by_lockbox ON told_units (lockbox) WHERE lockbox <> '';

        -- No unit stands for two sums; one sum may stand for several units: all deposits of one file and day.
        CREATE TABLE reconciled (
            payment INTEGER NOT NULL REFERENCES items (payment) DEFERRABLE INITIALLY DEFERRED,
            unit INTEGER PRIMARY KEY REFERENCES told_units (unit),
            -- The file by which it was found.
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            reconciled_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX reconciled_by_payment ON reconciled (payment);
        CREATE TRIGGER reconciled_is_kept BEFORE DELETE ON reconciled
            BEGIN SELECT RAISE (ABORT, 'what a sum stands for is kept'); END;
        CREATE TRIGGER reconciled_is_final BEFORE UPDATE ON reconciled
            BEGIN SELECT RAISE (ABORT, 'what a sum stands for is final'); END;
        -- A deposit and a batch of it hold the same money: only one of both can be told by a sum.
        CREATE TRIGGER reconciled_once BEFORE INSERT ON reconciled
        WHEN EXISTS (SELECT 1 FROM reconciled WHERE unit = NEW.unit)
            OR EXISTS (SELECT 1 FROM told_units n JOIN reconciled r ON r.unit = n.deposit WHERE n.unit = NEW.unit)
            OR EXISTS (SELECT 1 FROM told_units n CROSS JOIN told_units u ON u.deposit = n.deposit
                CROSS JOIN reconciled r ON r.unit = u.unit WHERE n.unit = NEW.unit AND n.unit = n.deposit)
            BEGIN SELECT RAISE (ABORT, 'the money of this unit is told by another sum'); END;
        -- Fees of a processor's, for a file that was sent again.
        CREATE INDEX items_fees_by_trace ON items (trace) WHERE kind = 'fee' AND trace <> '';
        -- Sums whose payments no file has told: few rows.
        CREATE INDEX items_sums_waiting ON items (amount_cents) WHERE kind = 'sum' AND books <> 'none';
        """,
    ]

    /// Version 4: items that are about other items.
    static let versionFour = [
        """
        -- The bank's reference of an entry as a whole, which its reports of one day share.
        ALTER TABLE batches ADD COLUMN reference TEXT NOT NULL DEFAULT '';

        -- Remittance told apart from its payment. It never brings money.
        CREATE TABLE advices (
            advice INTEGER PRIMARY KEY REFERENCES items (payment),
            amount_cents INTEGER NOT NULL CHECK (amount_cents >= 0),
            told_on INTEGER NOT NULL,
            -- The payment it belongs to; null while it waits.
            payment INTEGER REFERENCES items (payment),
            -- Whether its lines say what the payment is for, or nothing followed from it.
            outcome TEXT CHECK (outcome IN ('directed', 'told')),
            CHECK ((payment IS NULL) = (outcome IS NULL))
        ) STRICT;
        CREATE INDEX advices_waiting ON advices (amount_cents, told_on) WHERE payment IS NULL;
        CREATE UNIQUE INDEX advices_direct_once ON advices (payment) WHERE outcome = 'directed';
        CREATE INDEX advices_by_payment ON advices (payment) WHERE payment IS NOT NULL;

        -- The numbers by which its payment may be known.
        CREATE TABLE advice_numbers (
            number TEXT NOT NULL CHECK (number <> ''),
            advice INTEGER NOT NULL REFERENCES advices (advice),
            PRIMARY KEY (number, advice)
        ) STRICT, WITHOUT ROWID;

        -- What a bank says has changed of a payer's account. The new number is masked; it stands in the archived file.
        CREATE TABLE account_changes (
            payment INTEGER PRIMARY KEY REFERENCES items (payment),
            -- Ours, where the entry that it speaks of names one.
            account TEXT NOT NULL,
            code TEXT NOT NULL,
            changed TEXT NOT NULL,
            routing TEXT NOT NULL,
            bank_account TEXT NOT NULL CHECK (bank_account = '' OR bank_account LIKE '****%'),
            transaction_code TEXT NOT NULL,
            name TEXT NOT NULL,
            identification TEXT NOT NULL,
            -- The entry of our own collection file, and the record of the archived file that holds the number in clear.
            entry INTEGER NOT NULL REFERENCES items (payment),
            record INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE account_update_batches (
            number INTEGER PRIMARY KEY CHECK (number > 0),
            intake INTEGER NOT NULL UNIQUE REFERENCES intakes (intake),
            created_at TEXT NOT NULL
        ) STRICT;

        -- Some originators begin their trace numbers anew each day: payments that differ in amount or payer may share
        -- one. The program says when such a pair is suspected all the same (TwinStore.swift).
        DROP INDEX items_trace_once;
        CREATE UNIQUE INDEX items_trace_once ON items (trace, amount_cents, payer)
            WHERE trace <> '' AND twin_of IS NULL AND (status <> 'rejected' OR books <> 'none');
        """,
        """
        CREATE INDEX advice_numbers_by_advice ON advice_numbers (advice);
        -- When somebody was told that an advice has waited too long.
        ALTER TABLE advices ADD COLUMN overdue_at TEXT;
        CREATE INDEX advices_untold ON advices (told_on) WHERE payment IS NULL AND overdue_at IS NULL;
        """,
        """
        -- Sums that stand for another file's payments, by which the same sum is known that comes once more.
        CREATE INDEX items_sums_told ON items (amount_cents) WHERE kind = 'sum' AND reason = 'told-elsewhere';
        -- The lockboxes that any file has named.
        CREATE INDEX deposits_by_lockbox ON deposits (lockbox) WHERE lockbox <> '';
        CREATE INDEX told_deposits_by_day ON told_units (credited_on, intake) WHERE unit = deposit;
        """,
    ]

    /// Version 5: what the billing system has agreed about an account or expects on it, besides its bills.
    ///
    /// Rows are never deleted: a full extract that no longer states one ends it. `stated_after` is the last posting
    /// batch that the billing system knew when it stated the row, as with bills.
    static let versionFive = [
        """
        ALTER TABLE flags ADD COLUMN more TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE flags ADD COLUMN extract INTEGER REFERENCES extracts (extract);
        ALTER TABLE flags ADD COLUMN ended_by INTEGER REFERENCES extracts (extract);

        ALTER TABLE turnoffs ADD COLUMN status TEXT NOT NULL DEFAULT 'open'
            CHECK (status IN ('open', 'done', 'cancelled'));
        ALTER TABLE turnoffs ADD COLUMN more TEXT NOT NULL DEFAULT '{}';
        ALTER TABLE turnoffs ADD COLUMN stated_after INTEGER NOT NULL DEFAULT 0 CHECK (stated_after >= 0);
        ALTER TABLE turnoffs ADD COLUMN extract INTEGER REFERENCES extracts (extract);
        ALTER TABLE turnoffs ADD COLUMN ended_by INTEGER REFERENCES extracts (extract);

        CREATE TABLE plans (
            account TEXT NOT NULL REFERENCES accounts (account),
            plan TEXT NOT NULL CHECK (plan <> ''),
            kind TEXT NOT NULL CHECK (kind IN ('payment-plan', 'budget', 'court')),
            instalment_cents INTEGER NOT NULL CHECK (instalment_cents > 0),
            next_due_on INTEGER,
            from_on INTEGER,
            until_on INTEGER,
            remaining_cents INTEGER CHECK (remaining_cents >= 0),
            status TEXT NOT NULL CHECK (status IN ('active', 'completed', 'broken', 'cancelled')),
            -- Numbers of the bills that it collects, with a blank between them.
            bills TEXT NOT NULL,
            more TEXT NOT NULL,
            stated_after INTEGER NOT NULL CHECK (stated_after >= 0),
            extract INTEGER NOT NULL REFERENCES extracts (extract),
            ended_by INTEGER REFERENCES extracts (extract),
            PRIMARY KEY (account, plan)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE extensions (
            account TEXT NOT NULL REFERENCES accounts (account),
            extension TEXT NOT NULL CHECK (extension <> ''),
            from_on INTEGER,
            until_on INTEGER NOT NULL,
            amount_cents INTEGER CHECK (amount_cents > 0),
            status TEXT NOT NULL CHECK (status IN ('active', 'kept', 'broken', 'cancelled')),
            more TEXT NOT NULL,
            extract INTEGER NOT NULL REFERENCES extracts (extract),
            ended_by INTEGER REFERENCES extracts (extract),
            PRIMARY KEY (account, extension)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE pledges (
            account TEXT NOT NULL REFERENCES accounts (account),
            pledge TEXT NOT NULL CHECK (pledge <> ''),
            agency TEXT NOT NULL CHECK (agency <> ''),
            amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
            from_on INTEGER,
            until_on INTEGER,
            status TEXT NOT NULL CHECK (status IN ('open', 'paid', 'cancelled')),
            more TEXT NOT NULL,
            stated_after INTEGER NOT NULL CHECK (stated_after >= 0),
            extract INTEGER NOT NULL REFERENCES extracts (extract),
            ended_by INTEGER REFERENCES extracts (extract),
            PRIMARY KEY (account, pledge)
        ) STRICT, WITHOUT ROWID;
        -- Accounts for which an agency may have paid so much.
        CREATE INDEX pledges_by_amount ON pledges (amount_cents, account) WHERE status = 'open' AND ended_by IS NULL;

        -- Credit that the billing system holds: few rows.
        CREATE INDEX bills_below_zero ON bills (account) WHERE open_cents < 0;

        -- What stops the first turn-off of an account that an open exception may be about.
        ALTER TABLE exceptions ADD COLUMN turn_off_cents INTEGER;
        """
    ]

    /// Version 6: what rules posted and how well, blind samples, and what people's decisions teach.
    static let versionSix = [
        """
        -- How many payments each rule posted of each intake.
        CREATE TABLE rule_postings (
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            rule TEXT NOT NULL,
            postings INTEGER NOT NULL CHECK (postings > 0),
            PRIMARY KEY (intake, rule)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO rule_postings
            SELECT i.payment / 1000000000, i.rule, count(*) FROM items i
            WHERE EXISTS (SELECT 1 FROM allocations a JOIN journal_entries e USING (entry)
                LEFT JOIN decisions d USING (decision)
                WHERE a.payment = i.payment AND a.reverses IS NULL AND e.kind IN ('receipt', 'decision')
                AND ifnull(d.decided_by, 'sluice') = 'sluice')
            GROUP BY 1, 2;

        -- Rules that were demoted to suggestions, and restored; the last row of a rule says how it stands.
        CREATE TABLE rule_standings (
            standing INTEGER PRIMARY KEY CHECK (standing > 0),
            rule TEXT NOT NULL CHECK (rule <> ''),
            state TEXT NOT NULL CHECK (state IN ('demoted', 'restored')),
            -- What it was judged by.
            postings INTEGER NOT NULL CHECK (postings >= 0),
            errors INTEGER NOT NULL CHECK (errors >= 0),
            -- The first intake whose postings count from now on.
            counted_from INTEGER NOT NULL,
            changed_by TEXT NOT NULL CHECK (changed_by <> ''),
            changed_at TEXT NOT NULL,
            note TEXT
        ) STRICT;
        CREATE INDEX rule_standings_by_rule ON rule_standings (rule);
        CREATE TRIGGER rule_standings_are_kept BEFORE DELETE ON rule_standings
            BEGIN SELECT RAISE (ABORT, 'the standing of a rule is changed by another row, never deleted'); END;
        CREATE TRIGGER rule_standings_are_final BEFORE UPDATE ON rule_standings
            BEGIN SELECT RAISE (ABORT, 'the standing of a rule is changed by another row, never changed'); END;

        -- Payments that a rule would have posted and that a person decides without knowing how.
        CREATE TABLE samples (
            payment INTEGER PRIMARY KEY REFERENCES items (payment),
            rule TEXT NOT NULL,
            proof TEXT NOT NULL CHECK (proof IN ('P1', 'P2')),
            why TEXT NOT NULL
        ) STRICT;
        CREATE TABLE sample_shares (
            payment INTEGER NOT NULL REFERENCES samples (payment),
            account TEXT NOT NULL REFERENCES accounts (account),
            amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
            PRIMARY KEY (payment, account)
        ) STRICT, WITHOUT ROWID;

        -- What people said to words that payments of one account have in common; the last row of a pattern stands.
        CREATE TABLE proposals (
            proposal INTEGER PRIMARY KEY CHECK (proposal > 0),
            kind TEXT NOT NULL CHECK (kind IN ('text', 'sender', 'reference')),
            words TEXT NOT NULL CHECK (words <> ''),
            account TEXT NOT NULL REFERENCES accounts (account),
            state TEXT NOT NULL CHECK (state IN ('accepted', 'dismissed')),
            lessons INTEGER NOT NULL CHECK (lessons >= 2 OR state = 'dismissed'),
            decided_by TEXT NOT NULL CHECK (decided_by <> ''),
            decided_at TEXT NOT NULL,
            note TEXT
        ) STRICT;
        CREATE INDEX proposals_by_words ON proposals (words);
        CREATE TRIGGER proposals_are_kept BEFORE DELETE ON proposals
            BEGIN SELECT RAISE (ABORT, 'what was said to a proposal is kept'); END;
        CREATE TRIGGER proposals_are_final BEFORE UPDATE ON proposals
            BEGIN SELECT RAISE (ABORT, 'what was said to a proposal is final'); END;
        """
    ]

    /// Version 8: the place of an extract among postings. A clock may go backwards, or stand.
    static let extractOrder = """
        -- The last posting batch that was numbered before it.
        ALTER TABLE extracts ADD COLUMN after_posting_batch INTEGER NOT NULL DEFAULT 0 CHECK (after_posting_batch >= 0);
        UPDATE extracts SET after_posting_batch = (SELECT ifnull(max(number), 0) FROM posting_batches
            WHERE created_at < extracts.imported_at);
        """
}
