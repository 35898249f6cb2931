package io.velvetastro.language;

/** Gives opaque names: the same input gives the same id within a tenant and tells nothing outside it (HMAC-SHA-256, key from the vault). */
public interface Pseudonyms {
    /** @param realm the customer's system that knows the name, such as a log or product name */
    PrincipalId principal(TenantId tenant, String realm, String name);

    /** One address, such as that of a machine. */
    SourceId source(TenantId tenant, Address address);

    /** Whoever sends from this address: all of an IPv6 /64 is one. Events of before that rule name each of its addresses apart. */
    default SourceId sender(TenantId tenant, Address address) {
        return source(tenant, Network.ofSender(address).base());
    }

    /** The id of an event that its source has named ({@code metadata.uid} in OCSF). */
    EventId named(TenantId tenant, String source, String uid);

    /** The id of a log line that has no name of its own: the how-manieth of its like within the log's last ten minutes. */
    EventId line(TenantId tenant, String log, String line, int occurrence);
}
