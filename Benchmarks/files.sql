-- The same clerk writes the files: one for the billing system, one for the general ledger, one for each exception.
-- No file is forced to the disk, none is renamed into place, none is hashed. $intake, $number and $folder are filled in
-- by run.py.
.mode csv
.output "$folder/cis.csv"
SELECT a.payment, a.place, a.account, a.bill, a.kind, printf('%d.%02d', a.amount_cents / 100, a.amount_cents % 100),
    i.effective_on, i.tender
    FROM allocations a JOIN items i USING (payment) WHERE a.posting_batch = $number ORDER BY a.payment, a.place;
.output "$folder/gl.csv"
SELECT l.ledger_account, e.bank_on, e.posted_on, sum(max(l.amount_cents, 0)), sum(-min(l.amount_cents, 0)), count(*)
    FROM journal_entries e JOIN journal_lines l USING (entry) WHERE e.posting_batch = $number GROUP BY 1, 2, 3;
.output
SELECT count(writefile('$folder/open/' || exception || '/exception.json', json_object(
        'id', exception, 'reason', e.reason, 'severity', severity, 'opened_at', opened_at, 'intake', e.intake,
        'payment', exception, 'amount', e.amount_cents, 'what', what, 'why_not_posted', why_not_posted, 'record',
        json_object('check_number', i.check_number, 'routing', i.routing, 'bank_account', i.bank_account, 'payer',
            i.payer, 'account', i.account_read, 'scanline', i.scanline, 'memo', i.memo, 'line', i.line),
        'candidates', json_array())))
    FROM exceptions e JOIN items i USING (payment) WHERE e.intake = $intake;
