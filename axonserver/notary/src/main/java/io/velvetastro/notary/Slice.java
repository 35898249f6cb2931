package io.velvetastro.notary;

import io.velvetastro.language.StoredBytes;
import io.velvetastro.language.TenantId;
import io.velvetastro.ledger.Frontier;
import io.velvetastro.ledger.Hash;
import io.velvetastro.ledger.NotProven;
import io.velvetastro.ledger.NotProven.Reason;
import io.velvetastro.notary.Proofs.State;
import java.util.ArrayList;
import java.util.List;

/** Some consecutive leaves of one log with the signed state they belong to: what the ledger says should be in a piece of the store. */
record Slice(TenantId tenant, State state, long first, List<Sealed> leaves) {

    /** A leaf by its hash and by where its event lies in the store. */
    record Sealed(long position, Hash hash) {}

    /** The newest leaves under a witnessed state, at most so many. */
    static Slice newest(TenantId tenant, State state, LedgerTables tables, int most) {
        long size = state.anchored().size();
        long first = Math.max(0, size - most);
        var leaves = new ArrayList<Sealed>();
        for (var batch : tables.batchesOver(state.log().number(), first, size))
            for (int i = 0; i < batch.leaves(); i++) {
                long index = batch.first() + i;
                if (index >= first && index < size) leaves.add(new Sealed(batch.position(i), batch.hash(i)));
            }
        return new Slice(tenant, state, first, leaves);
    }

    List<StoredBytes.Row> rows(StoredBytes store) {
        return store.at(tenant, leaves.stream().map(Sealed::position).toList());
    }

    /** Refuses unless these very hashes make the root that was anchored and signed. */
    void requireSigned(LedgerKeys keys) {
        var edge = Frontier.of(state.tree(), first, (level, index, buffer, at) -> {});
        leaves.forEach(leaf -> edge.append(leaf.hash()));
        var anchor = state.anchored().anchor(state.log().name());
        if (!edge.root().equals(anchor.root()))
            throw new NotProven(Reason.NOT_INCLUDED, "the newest leaves", anchor.root(), edge.root());
        state.platformTree()
                .include(state.anchored().index(), state.platformSize())
                .verify(anchor.hash(), keys.trusted(state.checkpoint()).root());
    }
}
