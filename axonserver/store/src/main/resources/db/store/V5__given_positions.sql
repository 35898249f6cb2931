-- Positions are drawn from the number line. Whoever writes a row elsewhere has to say so first: not by mistake, and not unseen in the schema.
ALTER TABLE store.telemetry ADD CONSTRAINT telemetry_given CHECK (global_index > 0) NOT VALID;
ALTER TABLE store.findings ADD CONSTRAINT findings_given CHECK (global_index > 0) NOT VALID;
ALTER TABLE store.decisions ADD CONSTRAINT decisions_given CHECK (globalIndex > 0) NOT VALID;
