-- A ledger that is taken up again reckons who came late from where it had left off.
CREATE INDEX leaves_by_newest ON ledger.leaves (recorded_to DESC);
