/// Deposits and batches of lockboxes as their files count them: by these a deposit is known that is sent again.
///
/// Unlike `told_units` they count whatever a file tells, whether it stands on the books or not: what a bank's sum may
/// stand for and what a second file may tell again are two questions.
extension Schema {
    static let lockboxUnits = """
        CREATE TABLE lockbox_units (
            -- The key of its deposit or batch.
            unit INTEGER PRIMARY KEY,
            deposit INTEGER NOT NULL REFERENCES deposits (deposit),
            intake INTEGER NOT NULL REFERENCES intakes (intake),
            -- The lockbox without the zeros that some formats fill it up with.
            box TEXT NOT NULL CHECK (box <> '' AND box NOT LIKE '0%'),
            deposit_on INTEGER NOT NULL CHECK (deposit_on BETWEEN 10101 AND 99991231),
            -- The bank's own number of a batch; empty for a deposit.
            number TEXT NOT NULL CHECK ((number = '') OR unit <> deposit),
            -- Its payments follow one another in the file, from the first on.
            first_payment INTEGER NOT NULL,
            items INTEGER NOT NULL CHECK (items >= 0),
            -- What its items sum to, and what it declares beyond them where it is held.
            counted_cents INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX lockbox_units_by_total ON lockbox_units (deposit_on, box, counted_cents);
        CREATE INDEX lockbox_units_by_number ON lockbox_units (deposit_on, box, number) WHERE number <> '';

        CREATE TEMP TABLE firsts AS SELECT batch, min(payment) AS payment FROM items GROUP BY batch;
        CREATE UNIQUE INDEX temp.firsts_by_batch ON firsts (batch);
        INSERT INTO lockbox_units
            SELECT d.deposit, d.deposit, d.intake, ltrim(d.lockbox, '0'), d.deposit_on, '',
                ifnull(min(f.payment), d.deposit), sum(b.items),
                sum(b.items_cents + b.difference_cents) + d.difference_cents
            FROM deposits d JOIN batches b USING (deposit) LEFT JOIN temp.firsts f USING (batch)
            WHERE ltrim(d.lockbox, '0') <> '' AND d.report IS NULL GROUP BY d.deposit;
        INSERT INTO lockbox_units
            SELECT b.batch, d.deposit, d.intake, ltrim(d.lockbox, '0'), d.deposit_on, b.number,
                ifnull(f.payment, b.batch), b.items, b.items_cents + b.difference_cents
            FROM deposits d JOIN batches b USING (deposit) LEFT JOIN temp.firsts f USING (batch)
            WHERE ltrim(d.lockbox, '0') <> '' AND d.report IS NULL;
        DROP TABLE temp.firsts;
        """
}
