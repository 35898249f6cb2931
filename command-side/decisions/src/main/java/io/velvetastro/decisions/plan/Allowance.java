package io.velvetastro.decisions.plan;

/** What one organisation may still send today. */
public interface Allowance {
    Allowance UNLIMITED = new Allowance() {
        @Override
        public void take(int events) {}

        @Override
        public void giveBack(int events) {}
    };

    /** For events that are about to be stored; refused as a whole when the day has no room for them. */
    void take(int events);

    /** They were known already, or were not stored after all. */
    void giveBack(int events);
}
