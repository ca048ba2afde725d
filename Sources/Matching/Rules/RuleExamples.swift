// Written by `make docs` from Tests/Fixtures/rules. Change the worlds, not this file.

extension RuleBook {
    /// The worked example of each rule and stop, by its name.
    static let examples: [String: RuleExample] = [
        "bill-lines": RuleExample(
            title: #"""
                A list of bills that makes up the check: each line goes to its bill.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 50.00
                account 2345678946 Luis Vargas
                  bill W-10018 40.47
                item 90.47 check
                  line bill W-10017 50.00
                  line bill W-10018 40.47
                posted by bill-lines P1
                  50.00 to 1234567871 bill W-10017
                  40.47 to 2345678946 bill W-10018
                """#,
            why: #"""
                every remittance line names a bill or account of ours
                """#,
            silentTitle: #"""
                One line names a bill that is in no book: nothing of the list posts.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 50.00
                account 2345678946 Luis Vargas
                  bill W-10018 40.47
                item 90.47 check
                  line bill W-10017 50.00
                -  line bill W-99999 40.47
                +  line bill W-10018 40.47
                -held by bill-lines lines-partly-known
                +posted by bill-lines P1
                +  50.00 to 1234567871 bill W-10017
                +  40.47 to 2345678946 bill W-10018
                """#,
            silentWhy: #"""
                1 of 2 remittance lines name nothing in the book
                """#),
        "envelope-total": RuleExample(
            title: #"""
                Two checks and one coupon: the first check names nothing, and both together are what the account \#
                owes.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 23.11 check
                  envelope 50.00 1234567871
                posted by envelope-total P1
                  23.11 to 1234567871
                """#,
            why: #"""
                the checks of its envelope are exactly what is owed on what its coupons name: account 1234567871 \#
                (73.11)
                """#,
            silentTitle: #"""
                A cent less, and the check without a coupon may be a neighbour's.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                -item 23.10 check
                +item 23.11 check
                  envelope 50.00 1234567871
                -held by envelope-unproven no-reference
                +posted by envelope-total P1
                +  23.11 to 1234567871
                """#,
            silentWhy: #"""
                it names no account itself; its envelope holds the coupon of account 1234567871, and neither \#
                amount, name nor payer agree
                """#),
        "envelope-coupons": RuleExample(
            title: #"""
                A check with three coupons behind it is exactly what two of their accounts owe, and no other set \#
                does.
                """#,
            world: #"""
                account 7000001110 Jane A Doe
                  bill W-30001 100.11
                account 7111112228 Luis Vargas
                  bill W-30002 110.14
                account 7222223336 Mo Ver
                  bill W-30003 120.17
                item 220.28 check
                  envelope 0.00 7000001110
                  envelope 0.00 7111112228
                  envelope 0.00 7222223336
                posted by envelope-coupons P1
                  100.11 to 7000001110
                  120.17 to 7222223336
                """#,
            why: #"""
                only these of its envelope's coupons ask for exactly this
                """#,
            silentTitle: #"""
                A cent more is what no set of the coupons' accounts owes.
                """#,
            silentWorld: #"""
                account 7000001110 Jane A Doe
                  bill W-30001 100.11
                account 7111112228 Luis Vargas
                  bill W-30002 110.14
                account 7222223336 Mo Ver
                  bill W-30003 120.17
                -item 220.29 check
                +item 220.28 check
                  envelope 0.00 7000001110
                  envelope 0.00 7111112228
                  envelope 0.00 7222223336
                -held by envelope-unproven account-ambiguous
                +posted by envelope-coupons P1
                +  100.11 to 7000001110
                +  120.17 to 7222223336
                """#,
            silentWhy: #"""
                it names no account itself, and its envelope holds coupons of account 7000001110 (100.11), account \#
                7111112228 (110.14), account 7222223336 (120.17)
                """#),
        "number-conflict": RuleExample(
            title: #"""
                Two accounts of two customers are named, and the amount is exactly what both owe.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                account 4567893450 Mo Ver
                  bill W-10019 81.23
                item 154.34 ach-credit
                  memo ACCTS 1234567871 AND 4567893450
                posted by number-conflict P1
                  73.11 to 1234567871
                  81.23 to 4567893450
                """#,
            why: #"""
                several accounts are named, and the amount is exactly what they owe together
                """#,
            silentTitle: #"""
                A cent less, and nothing says who is paid in part.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                account 4567893450 Mo Ver
                  bill W-10019 81.23
                -item 154.33 ach-credit
                +item 154.34 ach-credit
                  memo ACCTS 1234567871 AND 4567893450
                -held by number-conflict account-ambiguous
                +posted by number-conflict P1
                +  73.11 to 1234567871
                +  81.23 to 4567893450
                """#,
            silentWhy: #"""
                several accounts are named: 1234567871, 4567893450
                """#),
        "moved-account": RuleExample(
            title: #"""
                The customer moved and has two accounts now; only one of them owes exactly this.
                """#,
            world: #"""
                account 4567890126 Mo Ver
                  customer C6
                  status closed
                account 4567893450 Mo Ver
                  customer C6
                  bill W-10019 81.23
                account 7333334449 Mo Ver
                  customer C6
                  bill W-10020 12.50
                item 81.23 check
                  coupon 4567890126
                posted by moved-account P1
                  81.23 to 4567893450
                """#,
            why: #"""
                account 4567890126 is closed; only one of its customer's accounts owes exactly this
                """#,
            silentTitle: #"""
                Neither of the two owes exactly this: a person asks the customer.
                """#,
            silentWorld: #"""
                account 4567890126 Mo Ver
                  customer C6
                  status closed
                account 4567893450 Mo Ver
                  customer C6
                  bill W-10019 81.23
                account 7333334449 Mo Ver
                  customer C6
                  bill W-10020 12.50
                -item 80.00 check
                +item 81.23 check
                  coupon 4567890126
                -held by moved-account account-closed
                +posted by moved-account P1
                +  81.23 to 4567893450
                """#,
            silentWhy: #"""
                account 4567890126 is closed and owes nothing; its customer has 2 open accounts
                """#),
        "number-and-amount": RuleExample(
            title: #"""
                A live number differs by 09 and 90 swapped, which the check digit cannot see; the amount says which \#
                is meant.
                """#,
            world: #"""
                account 5510933418 Ann Miller
                  bill W-20001 33.33
                account 5519033418 Bob Stone
                  bill W-20002 44.44
                item 33.33 check
                  coupon 5510933418
                posted by number-and-amount P1
                  33.33 to 5510933418
                """#,
            why: #"""
                account number read clean, and the amount is exactly owed
                """#,
            silentTitle: #"""
                The amount is nothing that the account was asked for, and the number alone may be its twin's.
                """#,
            silentWorld: #"""
                account 5510933418 Ann Miller
                  bill W-20001 33.33
                account 5519033418 Bob Stone
                  bill W-20002 44.44
                -item 30.00 check
                +item 33.33 check
                  coupon 5510933418
                -held by number-alone twin-number
                +posted by number-and-amount P1
                +  33.33 to 5510933418
                """#,
            silentWhy: #"""
                account 5519033418 differs by one swap that the check digit cannot see
                """#),
        "number-and-arrangement": RuleExample(
            title: #"""
                An instalment under a number with a live twin: the plan says which account is meant.
                """#,
            world: #"""
                account 5510933418 Ann Miller
                  bill W-20001 200.00
                  plan P-1 33.13
                account 5519033418 Bob Stone
                  bill W-20002 44.44
                item 33.13 check
                  coupon 5510933418
                posted by number-and-arrangement P1
                  33.13 to 5510933418
                """#,
            why: #"""
                account number read clean, and the amount is exactly an instalment of its plan
                """#,
            silentTitle: #"""
                The plan asks for another amount.
                """#,
            silentWorld: #"""
                account 5510933418 Ann Miller
                  bill W-20001 200.00
                -  plan P-1 31.33
                +  plan P-1 33.13
                account 5519033418 Bob Stone
                  bill W-20002 44.44
                item 33.13 check
                  coupon 5510933418
                -held by number-alone twin-number
                +posted by number-and-arrangement P1
                +  33.13 to 5510933418
                """#,
            silentWhy: #"""
                account 5519033418 differs by one swap that the check digit cannot see
                """#),
        "number-and-split": RuleExample(
            title: #"""
                A landlord names one account and pays two: of all sets of the customer's accounts, one owes exactly \#
                this.
                """#,
            world: #"""
                account 7000001110 Hill Realty LLC
                  customer C9
                  bill W-30001 100.11
                account 7111112228 Hill Realty LLC
                  customer C9
                  bill W-30002 110.14
                account 7222223336 Hill Realty LLC
                  customer C9
                  bill W-30003 120.17
                item 220.28 check
                  memo ACCT 7000001110
                posted by number-and-split P1
                  100.11 to 7000001110
                  120.17 to 7222223336
                """#,
            why: #"""
                account number read clean, and only one set of the customer's accounts owes exactly this
                """#,
            silentTitle: #"""
                Two accounts owe the same, so that two sets fit.
                """#,
            silentWorld: #"""
                account 7000001110 Hill Realty LLC
                  customer C9
                  bill W-30001 100.11
                account 7111112228 Hill Realty LLC
                  customer C9
                -  bill W-30002 120.17
                +  bill W-30002 110.14
                account 7222223336 Hill Realty LLC
                  customer C9
                  bill W-30003 120.17
                item 220.28 check
                  memo ACCT 7000001110
                -held by stop-other-accounts-open other-accounts-open
                +posted by number-and-split P1
                +  100.11 to 7000001110
                +  120.17 to 7222223336
                """#,
            silentWhy: #"""
                account number read clean, check digit right; but the amount is more than the account owes, and the \#
                customer owes on 2 other accounts
                """#),
        "number-and-name": RuleExample(
            title: #"""
                A part payment under a number with a live twin: the name on the check says which is meant.
                """#,
            world: #"""
                account 5510933418 Ann Miller
                  bill W-20001 33.33
                account 5519033418 Bob Stone
                  bill W-20002 44.44
                item 30.00 check
                  coupon 5510933418
                  payer A. MILLER
                posted by number-and-name P1
                  30.00 to 5510933418
                """#,
            why: #"""
                account number read clean, and the name is the holder's
                """#,
            silentTitle: #"""
                The name is not the holder's.
                """#,
            silentWorld: #"""
                account 5510933418 Ann Miller
                  bill W-20001 33.33
                account 5519033418 Bob Stone
                  bill W-20002 44.44
                item 30.00 check
                  coupon 5510933418
                -  payer B. MILLER
                +  payer A. MILLER
                -held by number-alone twin-number
                +posted by number-and-name P1
                +  30.00 to 5510933418
                """#,
            silentWhy: #"""
                account 5519033418 differs by one swap that the check digit cannot see
                """#),
        "number-and-payer": RuleExample(
            title: #"""
                A part payment under a number with a live twin: this bank account paid for the number before.
                """#,
            world: #"""
                account 5510933418 Ann Miller
                  bill W-20001 33.33
                account 5519033418 Bob Stone
                  bill W-20002 44.44
                paid first-bank 5510933418
                item 30.00 check
                  coupon 5510933418
                  bank first-bank
                posted by number-and-payer P1
                  30.00 to 5510933418
                """#,
            why: #"""
                account number read clean, and the payer paid for it before
                """#,
            silentTitle: #"""
                This bank account paid before, but for the twin.
                """#,
            silentWorld: #"""
                account 5510933418 Ann Miller
                  bill W-20001 33.33
                account 5519033418 Bob Stone
                  bill W-20002 44.44
                -paid first-bank 5519033418
                +paid first-bank 5510933418
                item 30.00 check
                  coupon 5510933418
                  bank first-bank
                -held by number-alone twin-number
                +posted by number-and-payer P1
                +  30.00 to 5510933418
                """#,
            silentWhy: #"""
                account 5519033418 differs by one swap that the check digit cannot see
                """#),
        "number-and-earlier-payer": RuleExample(
            title: #"""
                Two live numbers differ by a swap that the check digit cannot see; who pays has paid for the one \#
                that was read.
                """#,
            world: #"""
                account 5510933418 Ann Twin
                  bill W-10017 33.33
                account 5519033418 Bob Tanner
                  bill W-10018 44.44
                earlier 5510933418 31.20 2026-02-02 by MARY MILLER
                item 30.00 check
                  coupon 5510933418
                  payer MARY MILLER
                  bank first-bank
                posted by number-and-earlier-payer P1
                  30.00 to 5510933418
                """#,
            why: #"""
                account number read clean, and somebody of this name paid for the account before
                """#,
            silentTitle: #"""
                The one who paid before has another name.
                """#,
            silentWorld: #"""
                account 5510933418 Ann Twin
                  bill W-10017 33.33
                account 5519033418 Bob Tanner
                  bill W-10018 44.44
                -earlier 5510933418 31.20 2026-02-02 by JOHN BAKER
                +earlier 5510933418 31.20 2026-02-02 by MARY MILLER
                item 30.00 check
                  coupon 5510933418
                  payer MARY MILLER
                  bank first-bank
                -held by number-alone twin-number
                +posted by number-and-earlier-payer P1
                +  30.00 to 5510933418
                """#,
            silentWhy: #"""
                account 5519033418 differs by one swap that the check digit cannot see
                """#),
        "number-alone": RuleExample(
            title: #"""
                A coupon read clean, a part of what is due, nobody known: the number is enough.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 60.00 check
                  coupon 1234567871
                posted by number-alone P2
                  60.00 to 1234567871
                """#,
            why: #"""
                account number read clean, check digit right
                """#,
            silentTitle: #"""
                A live number differs by 09 and 90 swapped, which the check digit cannot see: either may be meant.
                """#,
            silentWorld: #"""
                account 5510933418 Ann Miller
                  bill W-20001 33.33
                -account 5519033418 Bob Stone
                item 30.00 check
                  coupon 5510933418
                -held by number-alone twin-number
                +posted by number-alone P2
                +  30.00 to 5510933418
                """#,
            silentWhy: #"""
                account 5519033418 differs by one swap that the check digit cannot see
                """#),
        "number-unread": RuleExample(
            title: #"""
                The scanner could not read one digit; the check digit and the book leave one number.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 60.00 check
                  coupon 123?567871
                posted by number-unread P2
                  60.00 to 1234567871
                """#,
            why: #"""
                account number read as 123?567871, which the check digit and the book complete
                """#,
            silentTitle: #"""
                A second live number lies one further error away, and nothing but the number speaks.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                -account 1233577871 Bob Stone
                item 60.00 check
                  coupon 123?567871
                -held by unproven repair-unproven
                +posted by number-unread P2
                +  60.00 to 1234567871
                """#,
            silentWhy: #"""
                account 1234567871 is one error away from what was read, and nothing else speaks for it
                """#),
        "number-repaired": RuleExample(
            title: #"""
                One digit was misread; one live number is one error away, and it owes exactly this.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 73.11 check
                  coupon 1239567871
                posted by number-repaired P1
                  73.11 to 1234567871
                """#,
            why: #"""
                account 1234567871 is the only one a digit away from what was read; the amount is exactly the total \#
                due
                """#,
            silentTitle: #"""
                Nothing besides the repaired number speaks for the account.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                -item 60.00 check
                +item 73.11 check
                  coupon 1239567871
                -held by unproven repair-unproven
                +posted by number-repaired P1
                +  73.11 to 1234567871
                """#,
            silentWhy: #"""
                account 1234567871 is one error away from what was read, and nothing else speaks for it
                """#),
        "envelope-coupon": RuleExample(
            title: #"""
                A check without a coupon is in the name of the holder whose coupon lies beside it.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 20.00 check
                  payer JANE DOE
                  envelope 50.00 1234567871
                posted by envelope-coupon P1
                  20.00 to 1234567871
                """#,
            why: #"""
                its envelope holds the coupon of account 1234567871; the name is the holder's
                """#,
            silentTitle: #"""
                Another name: the envelope alone proves nothing.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 20.00 check
                -  payer JOHN ROE
                +  payer JANE DOE
                  envelope 50.00 1234567871
                -held by envelope-unproven no-reference
                +posted by envelope-coupon P1
                +  20.00 to 1234567871
                """#,
            silentWhy: #"""
                it names no account itself; its envelope holds the coupon of account 1234567871, and neither \#
                amount, name nor payer agree
                """#),
        "bill-in-text": RuleExample(
            title: #"""
                The text names a bill whose number has letters, and no account.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W10017 73.11
                item 60.00 ach-credit
                  memo invoice W10017 thank you
                posted by bill-in-text P2
                  60.00 to 1234567871 bill W10017
                """#,
            why: #"""
                the text names bill W10017
                """#,
            silentTitle: #"""
                A bill number of digits only may be anything, and the amount is not what it asks for.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill 100177 73.11
                -item 60.00 ach-credit
                +item 73.11 ach-credit
                  memo invoice 100177 thank you
                -held by unproven no-reference
                +posted by bill-in-text P1
                +  73.11 to 1234567871 bill 100177
                """#,
            silentWhy: #"""
                it names no account and no bill, and neither payer nor name is known
                """#),
        "address-and-amount": RuleExample(
            title: #"""
                Nobody signed, but the house is named and its one bill is paid to the cent.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  address 12 Oak St
                  bill W-10017 73.11
                item 73.11 ach-credit
                  memo water 12 OAK ST
                posted by address-and-amount P1
                  73.11 to 1234567871
                """#,
            why: #"""
                the text names the service address, and the amount is exactly owed for it
                """#,
            silentTitle: #"""
                Two accounts at this address owe the same.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  address 12 Oak St
                  bill W-10017 73.11
                account 2345678946 Luis Vargas
                  address 12 Oak St
                -  bill W-10018 73.11
                +  bill W-10018 40.47
                item 73.11 ach-credit
                  memo water 12 OAK ST
                -held by address-and-amount account-ambiguous
                +posted by address-and-amount P1
                +  73.11 to 1234567871
                """#,
            silentWhy: #"""
                accounts 1234567871, 2345678946 fit equally well: the text names the service address, and the \#
                amount is exactly owed for it
                """#),
        "address-and-name": RuleExample(
            title: #"""
                A part payment that names the house and is signed with the holder's last name.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  address 12 Oak St
                  bill W-10017 73.11
                item 60.00 ach-credit
                  payer M DOE
                  memo water 12 OAK ST
                posted by address-and-name P1
                  60.00 to 1234567871
                """#,
            why: #"""
                the text names the service address, and the name is known for it
                """#,
            silentTitle: #"""
                The text names a flat of the house, and the account is the house's.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  address 12 Oak St
                  bill W-10017 73.11
                item 60.00 ach-credit
                  payer M DOE
                -  memo water 12 OAK ST APT 3
                +  memo water 12 OAK ST
                -held by unproven no-reference
                +posted by address-and-name P1
                +  60.00 to 1234567871
                """#,
            silentWhy: #"""
                it names no account and no bill, and neither payer nor name is known
                """#),
        "address-and-payer": RuleExample(
            title: #"""
                The text names the service address, and the same bank account paid for it before, under a name \#
                nobody knows.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  address 12 Oak St
                  bill W-10017 73.11
                paid first-bank 1234567871
                item 30.00 ach-credit
                  payer MARY MILLER
                  bank first-bank
                  memo 12 OAK ST
                posted by address-and-payer P1
                  30.00 to 1234567871
                """#,
            why: #"""
                the text names the service address, and the payer paid for it before
                """#,
            silentTitle: #"""
                The same bank account paid for somebody else, too: it may be a service that pays for anybody.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  address 12 Oak St
                  bill W-10017 73.11
                account 2345678946 Luis Vargas
                  bill W-10018 40.47
                paid first-bank 1234567871
                -paid first-bank 2345678946
                item 30.00 ach-credit
                  payer MARY MILLER
                  bank first-bank
                  memo 12 OAK ST
                -held by unproven payer-only
                +posted by address-and-payer P1
                +  30.00 to 1234567871
                """#,
            silentWhy: #"""
                it names no account and no bill; only payer or name point to a customer
                """#),
        "pledge-of-agency": RuleExample(
            title: #"""
                An agency pays exactly what it pledged for this account and no other.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                  pledge L-1 48.13 by Hill County Community Action
                item 48.13 check
                  payer HILL COUNTY COMMUNITY ACTION INC
                posted by pledge-of-agency P1
                  48.13 to 1234567871
                """#,
            why: #"""
                the payer is the agency that pledged exactly this, for this account alone
                """#,
            silentTitle: #"""
                It pledged the same for another account too.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                  pledge L-1 48.13 by Hill County Community Action
                account 2345678946 Luis Vargas
                  bill W-10018 40.47
                -  pledge L-2 48.13 by Hill County Community Action
                item 48.13 check
                  payer HILL COUNTY COMMUNITY ACTION INC
                -held by pledge-of-agency payer-only
                +posted by pledge-of-agency P1
                +  48.13 to 1234567871
                """#,
            silentWhy: #"""
                the payer is an agency that pledged exactly this, and nothing says for whom it pays
                """#),
        "payer-name-and-amount": RuleExample(
            title: #"""
                The family's bank account paid for it before, the last name is the holder's, the amount is owed.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                paid first-bank 1234567871
                item 73.11 ach-credit
                  payer MARY DOE
                  bank first-bank
                posted by payer-name-and-amount P1
                  73.11 to 1234567871
                """#,
            why: #"""
                the payer paid for it before, the name is known and the amount is exactly owed by it alone
                """#,
            silentTitle: #"""
                The same bank account under a name that is not the holder's.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                paid first-bank 1234567871
                item 73.11 ach-credit
                -  payer MARY MILLER
                +  payer MARY DOE
                  bank first-bank
                -held by unproven payer-only
                +posted by payer-name-and-amount P1
                +  73.11 to 1234567871
                """#,
            silentWhy: #"""
                it names no account and no bill; only payer or name point to a customer
                """#),
        "name-and-amount": RuleExample(
            title: #"""
                A payer seen for the first time, with the holder's name and an amount that only this account owes.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                account 2345678946 Luis Vargas
                  bill W-10018 73.11
                item 73.11 ach-credit
                  payer DOE, JANE
                posted by name-and-amount P1
                  73.11 to 1234567871
                """#,
            why: #"""
                in the whole book only this account has the payer's name and an amount due that fits to the cent
                """#,
            silentTitle: #"""
                A second holder of the name owes the same.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                account 2345678946 Jane Doe
                -  bill W-10018 73.11
                +  bill W-10018 40.47
                item 73.11 ach-credit
                  payer DOE, JANE
                -held by name-and-amount account-ambiguous
                +posted by name-and-amount P1
                +  73.11 to 1234567871
                """#,
            silentWhy: #"""
                accounts 1234567871, 2345678946 fit equally well: in the whole book only this account has the \#
                payer's name and an amount due that fits to the cent
                """#),
        "customer-total": RuleExample(
            title: #"""
                A landlord names no account and pays to the cent what all three owe together.
                """#,
            world: #"""
                account 7000001110 Hill Realty LLC
                  customer C9
                  bill W-30001 100.11
                account 7111112228 Hill Realty LLC
                  customer C9
                  bill W-30002 110.14
                account 7222223336 Hill Realty LLC
                  customer C9
                  bill W-30003 120.17
                paid hill-bank 7000001110
                item 330.42 check
                  payer HILL REALTY LLC
                  bank hill-bank
                posted by customer-total P1
                  100.11 to 7000001110
                  110.14 to 7111112228
                  120.17 to 7222223336
                """#,
            why: #"""
                payer and name are known for one customer, and the amount is exactly what all accounts owe together
                """#,
            silentTitle: #"""
                A cent less: the customer is known, and no account.
                """#,
            silentWorld: #"""
                account 7000001110 Hill Realty LLC
                  customer C9
                  bill W-30001 100.11
                account 7111112228 Hill Realty LLC
                  customer C9
                  bill W-30002 110.14
                account 7222223336 Hill Realty LLC
                  customer C9
                  bill W-30003 120.17
                paid hill-bank 7000001110
                -item 330.41 check
                +item 330.42 check
                  payer HILL REALTY LLC
                  bank hill-bank
                -held by unproven payer-only
                +posted by customer-total P1
                +  100.11 to 7000001110
                +  110.14 to 7111112228
                +  120.17 to 7222223336
                """#,
            silentWhy: #"""
                it names no account and no bill; only payer or name point to a customer
                """#),
        "payer-and-name": RuleExample(
            title: #"""
                A part payment from the bank account and in the name that paid for this account, and no other, \#
                before.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                paid first-bank 1234567871
                item 60.00 ach-credit
                  payer JANE DOE
                  bank first-bank
                posted by payer-and-name P1
                  60.00 to 1234567871
                """#,
            why: #"""
                the payer paid for this account only, and the name is its holder's
                """#,
            silentTitle: #"""
                The customer has another open account: payer and name prove the customer and not which account.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  customer C1
                  bill W-10017 73.11
                account 2345671230 Jane A Doe
                -  customer C1
                +  customer C2
                  bill W-10018 40.47
                paid first-bank 1234567871
                item 60.00 ach-credit
                  payer JANE DOE
                  bank first-bank
                -held by unproven payer-only
                +posted by payer-and-name P1
                +  60.00 to 1234567871
                """#,
            silentWhy: #"""
                it names no account and no bill; only payer or name point to a customer
                """#),
        "taught-words": RuleExample(
            title: #"""
                Words that a person accepted to mean the account, and exactly what it owes.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                taught text 1234567871 GARDEN CLUB
                item 73.11 check
                  memo Garden Club 12
                posted by taught-words P1
                  73.11 to 1234567871
                """#,
            why: #"""
                people posted 2 payments with this text to it; the amount is exactly the total due
                """#,
            silentTitle: #"""
                The words alone: neither amount nor payer nor name speaks for the account too.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                taught text 1234567871 GARDEN CLUB
                -item 60.00 check
                +item 73.11 check
                  memo Garden Club 12
                -held by unproven no-reference
                +posted by taught-words P1
                +  73.11 to 1234567871
                """#,
            silentWhy: #"""
                it names no account and no bill, and neither payer nor name is known
                """#),
        "envelope-unproven": RuleExample(
            title: #"""
                A check without a coupon lies beside that of another account, and nothing else speaks for it.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 20.00 check
                  envelope 50.00 1234567871
                held by envelope-unproven no-reference
                """#,
            why: #"""
                it names no account itself; its envelope holds the coupon of account 1234567871, and neither \#
                amount, name nor payer agree
                """#,
            silentTitle: #"""
                The other check of the envelope has no coupon either.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 20.00 check
                -  envelope 50.00
                +  envelope 50.00 1234567871
                -held by unproven no-reference
                +held by envelope-unproven no-reference
                """#,
            silentWhy: #"""
                it names no account and no bill, and neither payer nor name is known
                """#),
        "unproven": RuleExample(
            title: #"""
                Nobody known, no number, no name of a holder: money whose owner a person must find.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 73.11 check
                  payer OLGA SMITH
                held by unproven no-reference
                """#,
            why: #"""
                it names no account and no bill, and neither payer nor name is known
                """#,
            silentTitle: #"""
                The coupon that was in the envelope.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 73.11 check
                  payer OLGA SMITH
                -  coupon 1234567871
                -posted by number-and-amount P1
                -  73.11 to 1234567871
                +held by unproven no-reference
                """#,
            silentWhy: #"""
                account number read clean, and the amount is exactly owed
                """#),
        "stop-duplicate-suspected": RuleExample(
            title: #"""
                A check that came three days before, told with another bank account: nothing is owed any more.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                earlier 1234567871 73.11 2026-02-27 check 1044 by JANE DOE
                item 73.11 check
                  coupon 1234567871
                  payer JANE DOE
                  bank first-bank
                  check-number 1044
                held by stop-duplicate-suspected duplicate-suspected
                """#,
            why: #"""
                account number read clean, and the name is the holder's; but payment 1-1 brought account 1234567871 \#
                a check of the same number and amount
                """#,
            silentTitle: #"""
                The next check of the same payer, over the same amount: it is paid ahead.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                earlier 1234567871 73.11 2026-02-27 check 1044 by JANE DOE
                item 73.11 check
                  coupon 1234567871
                  payer JANE DOE
                  bank first-bank
                -  check-number 1045
                +  check-number 1044
                -posted by number-and-name P1
                -  73.11 to 1234567871
                +held by stop-duplicate-suspected duplicate-suspected
                """#,
            silentWhy: #"""
                account number read clean, and the name is the holder's
                """#),
        "stop-account-closed": RuleExample(
            title: #"""
                The account is closed, owes nothing, and its customer has no other.
                """#,
            world: #"""
                account 3456789019 Old Owner
                  status closed
                item 60.00 check
                  coupon 3456789019
                held by stop-account-closed account-closed
                """#,
            why: #"""
                account number read clean, check digit right; but account 3456789019 is closed, owes nothing and \#
                has no successor
                """#,
            silentTitle: #"""
                It still owes a final bill.
                """#,
            silentWorld: #"""
                account 3456789019 Old Owner
                  status closed
                -  bill W-40001 61.10
                item 60.00 check
                  coupon 3456789019
                -posted by number-alone P2
                -  60.00 to 3456789019
                +held by stop-account-closed account-closed
                """#,
            silentWhy: #"""
                account number read clean, check digit right
                """#),
        "stop-cash-only": RuleExample(
            title: #"""
                Checks of this customer came back before; this is one.
                """#,
            world: #"""
                account 5678901231 Cora Long
                  cash-only
                  bill W-50001 20.01
                item 20.01 check
                  coupon 5678901231
                held by stop-cash-only cash-only
                """#,
            why: #"""
                account number read clean, and the amount is exactly owed; but account 5678901231 is cash-only and \#
                this can be returned
                """#,
            silentTitle: #"""
                A credit that no bank takes back.
                """#,
            silentWorld: #"""
                account 5678901231 Cora Long
                  cash-only
                  bill W-50001 20.01
                -item 20.01 ach-credit
                +item 20.01 check
                  coupon 5678901231
                -posted by number-and-amount P1
                -  20.01 to 5678901231
                +held by stop-cash-only cash-only
                """#,
            silentWhy: #"""
                account number read clean, and the amount is exactly owed
                """#),
        "stop-account-flagged": RuleExample(
            title: #"""
                A bankruptcy: the trustee says where the money goes.
                """#,
            world: #"""
                account 6789012348 Ben Rust
                  flag bankruptcy
                  bill W-60001 20.02
                item 20.02 check
                  coupon 6789012348
                held by stop-account-flagged account-flagged
                """#,
            why: #"""
                account number read clean, and the amount is exactly owed; but account 6789012348 has the flag \#
                bankruptcy
                """#,
            silentTitle: #"""
                No flag is in force.
                """#,
            silentWorld: #"""
                account 6789012348 Ben Rust
                +  flag bankruptcy
                  bill W-60001 20.02
                item 20.02 check
                  coupon 6789012348
                -posted by number-and-amount P1
                -  20.02 to 6789012348
                +held by stop-account-flagged account-flagged
                """#,
            silentWhy: #"""
                account number read clean, and the amount is exactly owed
                """#),
        "stop-evidence-conflict": RuleExample(
            title: #"""
                A check names one account and owes it another amount; a coupon of another lies beside it, which may \#
                be meant too.
                """#,
            world: #"""
                account 7000001110 Jane A Doe
                  bill W-30001 100.11
                account 7111112228 Luis Vargas
                  bill W-30002 110.14
                account 7222223336 Mo Ver
                  bill W-30003 120.17
                item 150.00 check
                  coupon 7000001110
                  envelope 0.00 7111112228
                held by stop-evidence-conflict evidence-conflict
                """#,
            why: #"""
                account number read clean, check digit right; but its envelope holds coupons of account 7000001110 \#
                (100.11), account 7111112228 (110.14)
                """#,
            silentTitle: #"""
                The check is exactly what its own account owes: the coupon beside it waits for another check.
                """#,
            silentWorld: #"""
                account 7000001110 Jane A Doe
                  bill W-30001 100.11
                account 7111112228 Luis Vargas
                  bill W-30002 110.14
                -item 100.11 check
                +item 150.00 check
                  coupon 7000001110
                  envelope 0.00 7111112228
                -posted by number-and-amount P1
                -  100.11 to 7000001110
                +held by stop-evidence-conflict evidence-conflict
                """#,
            silentWhy: #"""
                account number read clean, and the amount is exactly owed
                """#),
        "stop-account-ambiguous": RuleExample(
            title: #"""
                Jane's number on a check from Luis's bank account, in his name and over what he owes: whose coupon \#
                was it?
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                account 2345678946 Luis Vargas
                  bill W-10018 40.47
                paid first-bank 2345678946
                item 40.47 check
                  coupon 1234567871
                  payer LUIS VARGAS
                  bank first-bank
                held by stop-account-ambiguous account-ambiguous
                """#,
            why: #"""
                account number read clean, check digit right; but payer and name are known for account 2345678946, \#
                which owes exactly this
                """#,
            silentTitle: #"""
                He pays nothing that he owes: he may well pay for Jane.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                account 2345678946 Luis Vargas
                  bill W-10018 40.47
                paid first-bank 2345678946
                -item 40.00 check
                +item 40.47 check
                  coupon 1234567871
                  payer LUIS VARGAS
                  bank first-bank
                -posted by number-alone P2
                -  40.00 to 1234567871
                +held by stop-account-ambiguous account-ambiguous
                """#,
            silentWhy: #"""
                account number read clean, check digit right
                """#),
        "stop-amount-unusual": RuleExample(
            title: #"""
                A number and nothing else, and more than a hundred times what is due.
                """#,
            world: #"""
                account 1234567871 Jane A Doe
                  bill W-10017 73.11
                item 9999.99 check
                  coupon 1234567871
                held by stop-amount-unusual amount-unusual
                """#,
            why: #"""
                account number read clean, check digit right; but 9999.99 is far more than is owed
                """#,
            silentTitle: #"""
                Four times what is due is much, and still a payment: money in advance.
                """#,
            silentWorld: #"""
                account 1234567871 Jane A Doe
                -  bill W-10017 300.00
                +  bill W-10017 299.00
                item 1200.00 check
                  coupon 1234567871
                  payer JANE DOE
                -posted by number-and-name P1
                -  1200.00 to 1234567871
                +held by stop-amount-unusual amount-unusual
                """#,
            silentWhy: #"""
                account number read clean, and the name is the holder's
                """#),
        "stop-other-accounts-open": RuleExample(
            title: #"""
                The coupon of one account with the amount of the customer's other: the wrong coupon was in the \#
                envelope.
                """#,
            world: #"""
                account 2345678946 Luis Vargas
                  customer C2
                  bill W-10018 40.47
                account 2345671230 Luis Vargas
                  customer C2
                  bill W-10021 62.19
                item 62.19 check
                  coupon 2345678946
                held by stop-other-accounts-open other-accounts-open
                """#,
            why: #"""
                account number read clean, check digit right; but the amount is exactly what the customer's account \#
                2345671230 owes
                """#,
            silentTitle: #"""
                The other account is another customer's.
                """#,
            silentWorld: #"""
                account 2345678946 Luis Vargas
                  customer C2
                  bill W-10018 40.47
                account 2345671230 Luis Vargas
                -  customer C3
                +  customer C2
                  bill W-10021 62.19
                item 62.19 check
                  coupon 2345678946
                -posted by number-alone P2
                -  62.19 to 2345678946
                +held by stop-other-accounts-open other-accounts-open
                """#,
            silentWhy: #"""
                account number read clean, check digit right
                """#),
    ]
}
