/// Version 10: orders that leave the office, and decisions that are undone.
extension Schema {
    static let orders = [
        """
        -- A security deposit may stand on an account without a bill that asks for it. SQLite changes no CHECK in place:
        -- the table is made anew. https://sqlite.org/lang_altertable.html#otheralter
        CREATE TABLE allocations_anew (
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
            CHECK (kind <> 'credit' OR bill IS NULL),
            CHECK (kind <> 'bill' OR bill IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO allocations_anew SELECT * FROM allocations;
        DROP TABLE allocations;
        ALTER TABLE allocations_anew RENAME TO allocations;
        CREATE INDEX allocations_by_account ON allocations (account, bill);
        CREATE INDEX allocations_not_exported ON allocations (payment) WHERE posting_batch IS NULL;
        CREATE INDEX allocations_taken_back ON allocations (posting_batch) WHERE reverses IS NOT NULL;
        CREATE TRIGGER allocations_are_kept BEFORE DELETE ON allocations
            BEGIN SELECT RAISE (ABORT, 'allocations are reversed, never deleted'); END;
        """,
        """
        -- What somebody outside is to do: pay money out, or not visit an account. Each book is numbered without gaps.
        CREATE TABLE orders (
            book TEXT NOT NULL CHECK (book IN ('refunds', 'service-orders')),
            number INTEGER NOT NULL CHECK (number > 0),
            kind TEXT NOT NULL CHECK (kind IN ('refund', 'return-to-sender', 'pay-over', 'hold-visit')),
            -- Null only where the bank took the payment back, which cancels what was ordered of it.
            decision INTEGER REFERENCES decisions (decision),
            exception TEXT NOT NULL REFERENCES exceptions (exception),
            payment INTEGER REFERENCES items (payment),
            account TEXT REFERENCES accounts (account),
            payee TEXT NOT NULL,
            address TEXT NOT NULL,
            amount_cents INTEGER CHECK (amount_cents > 0),
            case_number TEXT CHECK (case_number <> ''),
            -- When it is due; of a visit that is held: when the hold ends by itself.
            until_on INTEGER,
            -- The billing system's order of the visit that is held.
            turn_off TEXT CHECK (turn_off <> ''),
            visit_on INTEGER,
            reason TEXT NOT NULL,
            cancels INTEGER CHECK (cancels < number),
            created_at TEXT NOT NULL,
            PRIMARY KEY (book, number),
            FOREIGN KEY (book, cancels) REFERENCES orders (book, number),
            CHECK ((book = 'service-orders') = (kind = 'hold-visit')),
            CHECK ((kind = 'hold-visit') = (amount_cents IS NULL)),
            CHECK (CASE kind WHEN 'hold-visit' THEN account IS NOT NULL AND turn_off IS NOT NULL
                AND visit_on IS NOT NULL AND until_on IS NOT NULL ELSE payment IS NOT NULL AND payee <> '' END),
            CHECK (kind <> 'pay-over' OR case_number IS NOT NULL AND until_on IS NOT NULL),
            CHECK (decision IS NOT NULL OR cancels IS NOT NULL)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX orders_cancelled_once ON orders (book, cancels) WHERE cancels IS NOT NULL;
        CREATE INDEX orders_by_payment ON orders (payment) WHERE payment IS NOT NULL;
        CREATE INDEX orders_by_decision ON orders (decision) WHERE decision IS NOT NULL;
        CREATE INDEX orders_by_time ON orders (created_at);
        CREATE INDEX orders_holding ON orders (until_on) WHERE kind = 'hold-visit' AND cancels IS NULL;
        CREATE TRIGGER orders_are_kept BEFORE DELETE ON orders
            BEGIN SELECT RAISE (ABORT, 'orders are cancelled by another, never deleted'); END;
        CREATE TRIGGER orders_are_final BEFORE UPDATE ON orders
            BEGIN SELECT RAISE (ABORT, 'orders are cancelled by another, never changed'); END;
        CREATE TRIGGER orders_without_gaps BEFORE INSERT ON orders
        WHEN NEW.number <> (SELECT ifnull(max(number), 0) + 1 FROM orders WHERE book = NEW.book)
            BEGIN SELECT RAISE (ABORT, 'orders are numbered without gaps'); END;
        CREATE TRIGGER orders_cancelled_whole BEFORE INSERT ON orders
        WHEN NEW.cancels IS NOT NULL AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.book = NEW.book
            AND o.number = NEW.cancels AND o.cancels IS NULL AND o.kind = NEW.kind AND o.payment IS NEW.payment
            AND o.account IS NEW.account AND o.amount_cents IS NEW.amount_cents)
            BEGIN SELECT RAISE (ABORT, 'an order is cancelled whole, and only an order'); END;
        CREATE TRIGGER orders_of_approved_decisions BEFORE INSERT ON orders
        WHEN NEW.decision IS NOT NULL AND (SELECT needs FROM decisions WHERE decision = NEW.decision) <> ''
            AND NOT EXISTS (SELECT 1 FROM verdicts WHERE decision = NEW.decision AND verdict = 'approved')
            BEGIN SELECT RAISE (ABORT, 'this decision waits for a second person'); END;
        """,
        """
        CREATE INDEX decisions_undone ON decisions (undoes) WHERE undoes IS NOT NULL;
        CREATE TRIGGER decisions_undo_one BEFORE INSERT ON decisions
        WHEN (NEW.action = 'undo') <> (NEW.undoes IS NOT NULL)
            BEGIN SELECT RAISE (ABORT, 'an undo names the decision that it undoes'); END;
        CREATE TRIGGER decisions_undone_of_one_exception BEFORE INSERT ON decisions
        WHEN NEW.undoes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM decisions d
            WHERE d.decision = NEW.undoes AND d.exception = NEW.exception AND d.action <> 'undo')
            BEGIN SELECT RAISE (ABORT, 'an undo is of another decision about the same exception'); END;
        CREATE TRIGGER decisions_undone_once BEFORE INSERT ON decisions
        WHEN NEW.undoes IS NOT NULL AND EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = NEW.undoes
            AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.decision = u.decision AND v.verdict = 'declined'))
            BEGIN SELECT RAISE (ABORT, 'this decision is undone already'); END;

        -- Once users are set up, money goes out, and what a second person approved is undone, by two people only.
        CREATE TRIGGER entries_of_two_people BEFORE INSERT ON journal_entries
        WHEN NEW.decision IS NOT NULL AND EXISTS (SELECT 1 FROM users)
            AND EXISTS (SELECT 1 FROM decisions d WHERE d.decision = NEW.decision
                AND (d.action IN ('refund', 'return-to-sender', 'write-off')
                    OR EXISTS (SELECT 1 FROM decisions u JOIN verdicts w ON w.decision = u.decision
                        WHERE u.decision = d.undoes AND u.needs = 'approval' AND w.verdict = 'approved')))
            AND NOT EXISTS (SELECT 1 FROM verdicts WHERE decision = NEW.decision AND verdict = 'approved')
            BEGIN SELECT RAISE (ABORT, 'this decision needs a second person'); END;

        -- What a sum stands for is kept, unless the decision that said so is undone.
        DROP TRIGGER reconciled_is_kept;
        CREATE TRIGGER reconciled_is_kept BEFORE DELETE ON reconciled
        WHEN NOT EXISTS (SELECT 1 FROM journal_entries e JOIN decisions d USING (decision)
            WHERE e.entry BETWEEN OLD.payment * 100 AND OLD.payment * 100 + 99 AND d.action = 'undo')
            BEGIN SELECT RAISE (ABORT, 'what a sum stands for is kept'); END;
        """,
    ]
}
