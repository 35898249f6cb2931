-- One state of each organisation's log is enough to prove from. Every older one is in the platform's log, whose checkpoints stay.
CREATE FUNCTION ledger.forget_states(of_log integer, before bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    DELETE FROM ledger.log_cosignatures
        WHERE log = of_log AND size < before
        AND EXISTS (SELECT FROM ledger.log_states s WHERE s.log = of_log AND s.size = before);
    DELETE FROM ledger.log_states
        WHERE log = of_log AND size < before
        AND EXISTS (SELECT FROM ledger.log_states s WHERE s.log = of_log AND s.size = before);
$$;
REVOKE ALL ON FUNCTION ledger.forget_states(integer, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger.forget_states(integer, bigint) TO velvet_ledger;

-- Since when a witness has cosigned.
CREATE INDEX cosignatures_of_witness ON ledger.cosignatures (witness, size);
