package io.velvetastro.questions;

/** Before something that cannot be taken back, or outlives a session, whoever asks for it proves again who they are. */
public interface Proof {
    /**
     * Of whom this thread works for; a program proves itself with each call.
     *
     * @throws OwnAccount.ProofDue when the last proof is too old
     */
    void needed();
}
