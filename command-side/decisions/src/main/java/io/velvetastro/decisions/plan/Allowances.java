package io.velvetastro.decisions.plan;

import io.velvetastro.language.Caller;

/** Says what an organisation may still send. */
public interface Allowances {
    Allowance of(Caller caller);
}
