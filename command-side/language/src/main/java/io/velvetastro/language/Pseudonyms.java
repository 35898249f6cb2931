package io.velvetastro.language;

/** Gives opaque names: the same input gives the same id within a tenant and tells nothing outside it (HMAC-SHA-256, key from the vault). */
public interface Pseudonyms {
    /** @param realm the customer's system that knows the name, such as a log or product name */
    PrincipalId principal(TenantId tenant, String realm, String name);

    SourceId source(TenantId tenant, Address address);

    /** The id of an event that its source has named ({@code metadata.uid} in OCSF). */
    EventId named(TenantId tenant, String source, String uid);

    /** The id of a log line that has no name of its own: the how-manieth of its like within the log's last ten minutes. */
    EventId line(TenantId tenant, String log, String line, int occurrence);
}
