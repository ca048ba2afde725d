/// Version 9: who decides, what they may do, who holds what, and decisions that wait for a second person.
extension Schema {
    static let people = [
        """
        ALTER TABLE users ADD COLUMN full_name TEXT NOT NULL DEFAULT '';
        -- `scrypt$…` (RFC 7914); null for who signs in only as a user of the operating system.
        ALTER TABLE users ADD COLUMN password TEXT;
        -- A trainee's decisions are proposals until another accepts them.
        ALTER TABLE users ADD COLUMN trainee INTEGER NOT NULL DEFAULT 0 CHECK (trainee IN (0, 1));
        ALTER TABLE users ADD COLUMN failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0);
        ALTER TABLE users ADD COLUMN locked_until TEXT;
        CREATE TRIGGER users_are_kept BEFORE DELETE ON users
            BEGIN SELECT RAISE (ABORT, 'users are disabled, never deleted'); END;

        CREATE TABLE user_rights (
            user TEXT NOT NULL REFERENCES users (name),
            right TEXT NOT NULL CHECK (right <> ''),
            PRIMARY KEY (user, right)
        ) STRICT, WITHOUT ROWID;
        -- Accounts of the user, the family, the house: nobody decides about these.
        CREATE TABLE user_accounts (
            user TEXT NOT NULL REFERENCES users (name),
            account TEXT NOT NULL,
            PRIMARY KEY (user, account)
        ) STRICT, WITHOUT ROWID;
        -- Who is signed in to the page. The token itself is in the browser only.
        CREATE TABLE sessions (
            token_sha256 TEXT PRIMARY KEY CHECK (length(token_sha256) = 64),
            user TEXT NOT NULL REFERENCES users (name),
            form_token TEXT NOT NULL,
            signed_in_at TEXT NOT NULL,
            seen_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX audit_sign_ins ON audit (who, at) WHERE event = 'signed-in';

        -- Who did what by which right, for pairs of duties that one person must not both do.
        CREATE TABLE duties_done (
            duty INTEGER PRIMARY KEY CHECK (duty > 0),
            user TEXT NOT NULL CHECK (user <> ''),
            right TEXT NOT NULL CHECK (right <> ''),
            on_day INTEGER NOT NULL,
            -- The payment or file it was done to; null where it is about the day.
            subject TEXT,
            done_at TEXT NOT NULL,
            -- The other duty that the same person did, where the office lets it happen and reports it.
            beside INTEGER REFERENCES duties_done (duty)
        ) STRICT;
        CREATE INDEX duties_by_subject ON duties_done (subject) WHERE subject IS NOT NULL;
        CREATE INDEX duties_by_day ON duties_done (on_day, user);
        CREATE TRIGGER duties_are_kept BEFORE DELETE ON duties_done
            BEGIN SELECT RAISE (ABORT, 'what somebody did is kept'); END;
        CREATE TRIGGER duties_are_final BEFORE UPDATE ON duties_done
            BEGIN SELECT RAISE (ABORT, 'what somebody did is final'); END;
        """,
        """
        -- What waits leaves the list until this day.
        ALTER TABLE exceptions ADD COLUMN back_on INTEGER;
        -- Under which number somebody outside works at it.
        ALTER TABLE exceptions ADD COLUMN case_number TEXT;
        -- A decision that another person must approve before it is carried out.
        ALTER TABLE exceptions ADD COLUMN pending_decision INTEGER REFERENCES decisions (decision);
        CREATE INDEX exceptions_pending ON exceptions (pending_decision) WHERE pending_decision IS NOT NULL;

        -- Rises with every change of the queue: what was made of an older one is out of date.
        CREATE TABLE queue (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            version INTEGER NOT NULL
        ) STRICT;
        INSERT INTO queue VALUES (1, 0);
        CREATE TRIGGER queue_grows AFTER INSERT ON exceptions
            BEGIN UPDATE queue SET version = version + 1; END;
        CREATE TRIGGER queue_moves AFTER UPDATE ON exceptions
            BEGIN UPDATE queue SET version = version + 1; END;

        ALTER TABLE decisions ADD COLUMN until_on INTEGER;
        ALTER TABLE decisions ADD COLUMN to_whom TEXT;
        ALTER TABLE decisions ADD COLUMN case_number TEXT;
        ALTER TABLE decisions ADD COLUMN differences TEXT NOT NULL DEFAULT '[]';
        -- SHA-256 of what was shown to who decided; null where nothing was.
        ALTER TABLE decisions ADD COLUMN shown TEXT CHECK (length(shown) = 64);
        ALTER TABLE decisions ADD COLUMN route TEXT NOT NULL DEFAULT '';
        -- Decisions made at once share the number of the first.
        ALTER TABLE decisions ADD COLUMN bulk INTEGER;
        ALTER TABLE decisions ADD COLUMN needs TEXT NOT NULL DEFAULT '' CHECK (needs IN ('', 'approval', 'acceptance'));

        -- Where its money stood before and after a decision that was carried out, as JSON.
        CREATE TABLE decision_effects (
            decision INTEGER PRIMARY KEY REFERENCES decisions (decision),
            before TEXT NOT NULL,
            after TEXT NOT NULL
        ) STRICT;
        CREATE TRIGGER decision_effects_are_kept BEFORE DELETE ON decision_effects
            BEGIN SELECT RAISE (ABORT, 'what a decision did is kept'); END;
        CREATE TRIGGER decision_effects_are_final BEFORE UPDATE ON decision_effects
            BEGIN SELECT RAISE (ABORT, 'what a decision did is final'); END;

        -- What a second person said. `differs`: amounts keyed unseen were others; the decision waits on.
        CREATE TABLE verdicts (
            decision INTEGER NOT NULL REFERENCES decisions (decision),
            place INTEGER NOT NULL CHECK (place > 0),
            verdict TEXT NOT NULL CHECK (verdict IN ('approved', 'declined', 'differs')),
            said_by TEXT NOT NULL CHECK (said_by <> ''),
            said_at TEXT NOT NULL,
            note TEXT,
            PRIMARY KEY (decision, place)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX verdicts_final_once ON verdicts (decision) WHERE verdict <> 'differs';
        CREATE TRIGGER verdicts_by_another BEFORE INSERT ON verdicts
        WHEN NEW.verdict <> 'declined'
            AND NEW.said_by = (SELECT decided_by FROM decisions WHERE decision = NEW.decision)
            BEGIN SELECT RAISE (ABORT, 'nobody approves a decision of their own'); END;
        CREATE TRIGGER verdicts_are_kept BEFORE DELETE ON verdicts
            BEGIN SELECT RAISE (ABORT, 'what a second person said is kept'); END;
        CREATE TRIGGER verdicts_are_final BEFORE UPDATE ON verdicts
            BEGIN SELECT RAISE (ABORT, 'what a second person said is final'); END;
        -- No money moves by a decision that waits.
        CREATE TRIGGER entries_of_approved_decisions BEFORE INSERT ON journal_entries
        WHEN NEW.decision IS NOT NULL AND (SELECT needs FROM decisions WHERE decision = NEW.decision) <> ''
            AND NOT EXISTS (SELECT 1 FROM verdicts WHERE decision = NEW.decision AND verdict = 'approved')
            BEGIN SELECT RAISE (ABORT, 'this decision waits for a second person'); END;
        """,
    ]
}
