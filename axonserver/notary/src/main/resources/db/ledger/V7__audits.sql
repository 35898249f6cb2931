-- Who has asked for a round through the whole store; the process that keeps the ledger goes, whichever was asked.
CREATE TABLE ledger.audits_asked (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    tenant uuid NOT NULL,
    asked_at timestamptz NOT NULL DEFAULT now()
);

-- What each round came to, kept over a restart. It can only be read here: whoever doubts it asks for another round.
CREATE TABLE ledger.audits (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    answers bigint NOT NULL, -- every wish up to this number
    began_at timestamptz NOT NULL,
    ended_at timestamptz NOT NULL,
    checkpoint bigint NOT NULL,
    events bigint NOT NULL,
    deviations integer NOT NULL,
    failure text
);

-- The first places of each log, and how many there were in all of it.
CREATE TABLE ledger.audit_findings (
    audit bigint NOT NULL REFERENCES ledger.audits,
    log text NOT NULL,
    number integer NOT NULL,
    found integer NOT NULL,
    place text NOT NULL,
    what text NOT NULL,
    PRIMARY KEY (audit, log, number)
);

GRANT SELECT, INSERT ON ledger.audits_asked, ledger.audits, ledger.audit_findings TO velvet_ledger;

-- Who has looked at a doubt is an event, and counted from those: a row here was nobody's word.
DROP TABLE ledger.acknowledged;
