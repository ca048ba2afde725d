-- Whether a ledger balances, and what stands where; each row is a name and a number.
.mode list
.separator =
SELECT 'cents of items', sum(amount_cents) FROM items;
SELECT 'items on accounts', count(*) FROM items WHERE books = 'posted';
SELECT 'items in suspense', count(*) FROM items WHERE books = 'suspense';
SELECT 'items elsewhere', count(*) FROM items WHERE books NOT IN ('posted', 'suspense');
SELECT 'cash clearing', ifnull(sum(amount_cents), 0) FROM journal_lines WHERE ledger_account = 'cash-clearing';
SELECT 'receivable', -ifnull(sum(amount_cents), 0) FROM journal_lines WHERE ledger_account = 'receivable';
SELECT 'customer credit', -ifnull(sum(amount_cents), 0) FROM journal_lines WHERE ledger_account = 'customer-credit';
SELECT 'suspense', -ifnull(sum(amount_cents), 0) FROM journal_lines WHERE ledger_account = 'suspense';
SELECT 'sum of all lines', sum(amount_cents) FROM journal_lines;
SELECT 'entries out of balance', count(*) FROM
    (SELECT 1 FROM journal_lines GROUP BY entry HAVING sum(amount_cents) <> 0);
SELECT 'allocated', sum(amount_cents) FROM allocations;
SELECT 'allocated to bills', ifnull(sum(amount_cents), 0) FROM allocations WHERE bill IS NOT NULL;
SELECT 'taken off bills', sum(stated_cents - open_cents) FROM bills;
SELECT 'payers remembered', count(*) FROM payer_memory;
SELECT 'exceptions', count(*) FROM exceptions;
