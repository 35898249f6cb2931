-- Who keeps the ledger may add to it and read it. What is there stays as it is, whatever the program says.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'velvet_ledger') THEN
        CREATE ROLE velvet_ledger;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- Another database of this server was quicker.
END $$;

GRANT USAGE ON SCHEMA ledger TO velvet_ledger;
GRANT SELECT, INSERT ON ledger.logs, ledger.leaves, ledger.nodes, ledger.anchors, ledger.checkpoints, ledger.cosignatures,
    ledger.exports, ledger.doubts, ledger.censuses TO velvet_ledger;
