/// Version 11: units that were held and that a person released, amounts that a person keyed.
extension Schema {
    static let heldUnits = [
        """
        -- What the file says of an amount that a person corrected; null where nobody did, and of an item that no file
        -- tells.
        ALTER TABLE items ADD COLUMN read_cents INTEGER CHECK (read_cents >= 0);
        -- The decision that corrected its amount, or keyed an item that the file does not tell.
        ALTER TABLE items ADD COLUMN keyed_by INTEGER REFERENCES decisions (decision);
        CREATE INDEX items_keyed ON items (keyed_by) WHERE keyed_by IS NOT NULL;

        -- How much of the difference a person gave to items or to over and short: the rest stands in unresolved.
        ALTER TABLE batches ADD COLUMN settled_cents INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE deposits ADD COLUMN settled_cents INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE intakes ADD COLUMN settled_cents INTEGER NOT NULL DEFAULT 0;
        """,
        """
        -- Which item a correction is about, and its true amount where the file says another.
        ALTER TABLE decisions ADD COLUMN payment INTEGER REFERENCES items (payment);
        ALTER TABLE decisions ADD COLUMN amount_cents INTEGER CHECK (amount_cents >= 0);
        CREATE TRIGGER decisions_correct_an_item BEFORE INSERT ON decisions
        WHEN (NEW.action = 'correct') <> (NEW.payment IS NOT NULL) OR NEW.amount_cents IS NOT NULL
            AND NEW.payment IS NULL
            BEGIN SELECT RAISE (ABORT, 'a correction names the item that it corrects'); END;

        -- Once users are set up, an amount is changed, and money goes to over and short, by two people only.
        CREATE TRIGGER entries_of_keyed_amounts BEFORE INSERT ON journal_entries
        WHEN NEW.decision IS NOT NULL AND EXISTS (SELECT 1 FROM users)
            AND EXISTS (SELECT 1 FROM decisions d WHERE d.decision = NEW.decision
                AND (d.amount_cents IS NOT NULL OR d.differences LIKE '%"over-short"%'))
            AND NOT EXISTS (SELECT 1 FROM verdicts WHERE decision = NEW.decision AND verdict = 'approved')
            BEGIN SELECT RAISE (ABORT, 'this decision needs a second person'); END;
        """,
    ]
}
