-- Doubts that somebody has looked at. Who and why is an event; this tells the health page how many are left.
CREATE TABLE ledger.acknowledged (
    position bigint PRIMARY KEY REFERENCES ledger.doubts
);
GRANT SELECT, INSERT ON ledger.acknowledged TO velvet_ledger;
