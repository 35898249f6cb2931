package io.velvetastro.decisions.identity;

import static io.velvetastro.language.Refused.Why.NOT_AS_IT_STANDS;
import static java.time.ZoneOffset.UTC;

import io.velvetastro.language.Authority;
import io.velvetastro.language.MemberId;
import io.velvetastro.language.Plan;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Role;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.Members.MemberRow;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The organisations, their members, and the hashes of their passwords. */
class People {
    private static final String DEMO = "demo";
    private static final String PLATFORM = "platform-organization";
    private static final String SETUP = "setup";
    private static final String[] RUN_THE_HOUSE = Stream.of(Role.values())
            .filter(role -> role.authorities().contains(Authority.PLATFORM_ADMIN))
            .map(Role::name)
            .toArray(String[]::new);

    private final JdbcClient db;
    private final Clock clock;

    People(JdbcClient db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** What signing in needs to know of a member; {@code organization} is the one they joined first. */
    record Known(MemberId member, TenantId organization, String phc, OffsetDateTime passwordSince, boolean disabled) {}

    Optional<Known> by(Email email) {
        return db.sql("""
                select m.id, ms.organization, c.phc, c.changed_at, m.disabled_at is not null disabled
                from identity.member m
                join identity.credential c on c.member = m.id
                join identity.membership ms on ms.member = m.id
                where m.email_key = ? order by ms.since, ms.organization limit 1""")
                .param(email.key())
                .query((row, number) -> new Known(
                        new MemberId(row.getObject("id", UUID.class)),
                        new TenantId(row.getObject("organization", UUID.class)),
                        row.getString("phc"),
                        row.getObject("changed_at", OffsetDateTime.class),
                        row.getBoolean("disabled")))
                .optional();
    }

    /** How a member is addressed, and where they belong; nobody for one who belongs nowhere any more. */
    record About(Email email, String name, TenantId tenant, String organization) {}

    Optional<About> about(MemberId member) {
        return db.sql("""
                select m.email, m.name, ms.organization, o.name organization_name
                from identity.member m
                join identity.membership ms on ms.member = m.id
                join identity.organization o on o.id = ms.organization
                where m.id = ? order by ms.since, ms.organization limit 1""")
                .param(member.value())
                .query((row, number) -> new About(
                        new Email(row.getString("email")),
                        row.getString("name"),
                        new TenantId(row.getObject("organization", UUID.class)),
                        row.getString("organization_name")))
                .optional();
    }

    /** Who is written to about an organisation. */
    record Administrator(Email email, String organization) {}

    List<Administrator> administratorsOf(TenantId organization) {
        return db.sql("""
                select m.email, o.name from identity.membership ms
                join identity.member m on m.id = ms.member join identity.organization o on o.id = ms.organization
                where ms.organization = ? and ms.role in ('ORG_ADMIN', 'SUPER_ADMIN') and m.disabled_at is null""")
                .param(organization.value())
                .query((row, number) -> new Administrator(new Email(row.getString("email")), row.getString("name")))
                .list();
    }

    List<MemberRow> of(TenantId organization) {
        return of(organization, false);
    }

    List<MemberRow> disabledOf(TenantId organization) {
        return of(organization, true);
    }

    private List<MemberRow> of(TenantId organization, boolean disabled) {
        return db.sql("""
                select m.id, m.name, m.email, ms.role
                from identity.membership ms join identity.member m on m.id = ms.member
                where ms.organization = ? and (m.disabled_at is not null) = ? order by lower(m.name), m.id""")
                .params(organization.value(), disabled)
                .query((row, number) -> new MemberRow(
                        new MemberId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        row.getString("email"),
                        Role.valueOf(row.getString("role"))))
                .list();
    }

    /** Whatever is decided about an organisation's people and plan is decided one after the other, until the end of the transaction. */
    void hold(TenantId organization) {
        boolean isThere = db.sql("select id from identity.organization where id = ? for update")
                .param(organization.value())
                .query(UUID.class)
                .optional()
                .isPresent();
        if (!isThere) throw Refused.notFound();
    }

    /** How many have a place: whose account is disabled has none. */
    long count(TenantId organization) {
        return db.sql("""
                select count(*) from identity.membership ms join identity.member m on m.id = ms.member
                where ms.organization = ? and m.disabled_at is null""").param(organization.value()).query(Long.class).single();
    }

    boolean has(TenantId organization, Email email) {
        return db.sql("""
                select exists (select from identity.membership ms join identity.member m on m.id = ms.member
                where ms.organization = ? and m.email_key = ? and m.disabled_at is null)""")
                .params(organization.value(), email.key())
                .query(Boolean.class)
                .single();
    }

    boolean has(TenantId organization, MemberId member) {
        return db.sql("""
                select exists (select from identity.membership ms join identity.member m on m.id = ms.member
                where ms.organization = ? and ms.member = ? and m.disabled_at is null)""")
                .params(organization.value(), member.value())
                .query(Boolean.class)
                .single();
    }

    void found(TenantId organization, String name, Plan plan) {
        db.sql("insert into identity.organization (id, name, plan, created_at) values (?, ?, ?, ?)")
                .params(organization.value(), name, plan.name(), clock.instant().atOffset(UTC))
                .update();
    }

    String nameOf(TenantId organization) {
        return db.sql("select name from identity.organization where id = ?")
                .param(organization.value())
                .query(String.class)
                .single();
    }

    /** What an organisation has subscribed to; empty for one nobody knows. */
    Optional<Plan> plan(TenantId organization) {
        return db.sql("select plan from identity.organization where id = ?")
                .param(organization.value())
                .query(String.class)
                .optional()
                .map(Plan::valueOf);
    }

    MemberId admit(TenantId organization, String name, Email email, String phc, Role role) {
        var member = UUID.randomUUID();
        var now = clock.instant().atOffset(UTC);
        db.sql("insert into identity.member (id, name, email, email_key, created_at) values (?, ?, ?, ?, ?)")
                .params(member, name, email.text(), email.key(), now)
                .update();
        db.sql("insert into identity.credential (member, phc, changed_at) values (?, ?, ?)")
                .params(member, phc, now)
                .update();
        join(organization, new MemberId(member), role);
        return new MemberId(member);
    }

    /** Somebody whom the house knows belongs to one more organisation. */
    void join(TenantId organization, MemberId member, Role role) {
        int joined = db.sql("""
                insert into identity.membership (organization, member, role, since) values (?, ?, ?, ?) on conflict do nothing""")
                .params(
                        organization.value(),
                        member.value(),
                        role.name(),
                        clock.instant().atOffset(UTC))
                .update();
        if (joined == 0) throw new Refused(NOT_AS_IT_STANDS, "They belong to the organisation already.");
    }

    /** Who belonged here once and belongs nowhere now comes back as new: under a name and a password of today, with nothing that opened the account before, and enabled, because nobody could enable them any more. Empty for whoever belongs somewhere. */
    Optional<MemberId> takeBack(Email email, String name, String phc) {
        var member = db.sql("""
                select m.id from identity.member m where m.email_key = ?
                and not exists (select from identity.membership ms where ms.member = m.id) for update""").param(email.key()).query(UUID.class).optional();
        member.ifPresent(id -> {
            db.sql(
                            "update identity.member set name = ?, email = ?, epoch = epoch + 1, email_proved_at = null, disabled_at = null where id = ?")
                    .params(name, email.text(), id)
                    .update();
            db.sql("update identity.credential set phc = ?, changed_at = ? where member = ?")
                    .params(phc, clock.instant().atOffset(UTC), id)
                    .update();
            db.sql("delete from identity.link where member = ?").param(id).update();
            forgetKeys(new MemberId(id));
        });
        return member.map(MemberId::new);
    }

    /** Nothing opens the account any more besides its password. */
    void forgetKeys(MemberId member) {
        for (var key : List.of("totp", "recovery_code", "second_step", "passkey", "device", "ceremony"))
            db.sql("delete from identity." + key + " where member = ?")
                    .param(member.value())
                    .update();
    }

    /** Whoever has the account reads its mailbox too, or was trusted by who made the house. */
    void proved(MemberId member) {
        db.sql("update identity.member set email_proved_at = ? where id = ? and email_proved_at is null")
                .params(clock.instant().atOffset(UTC), member.value())
                .update();
    }

    /** False where they are called so already. */
    boolean rename(MemberId member, String name) {
        return db.sql("update identity.member set name = ? where id = ? and name <> ?")
                        .params(name, member.value(), name)
                        .update()
                == 1;
    }

    boolean isProved(MemberId member) {
        return db.sql("select email_proved_at is not null from identity.member where id = ?")
                .param(member.value())
                .query(Boolean.class)
                .single();
    }

    /** The same password under today's parameters; who changed it meanwhile wins. */
    boolean rehash(MemberId member, String before, String phc) {
        return db.sql("update identity.credential set phc = ? where member = ? and phc = ?")
                        .params(phc, member.value(), before)
                        .update()
                == 1;
    }

    /** Whether no other password was set since; from here to the end of this transaction none is, and whoever sets one then ends what this began. */
    boolean passwordStands(Known known) {
        return db.sql("select true from identity.credential where member = ? and changed_at = ? for share")
                .params(known.member().value(), known.passwordSince())
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** False where another was set since. */
    boolean replacePassword(Known known, String phc) {
        return db.sql("update identity.credential set phc = ?, changed_at = ? where member = ? and changed_at = ?")
                        .params(
                                phc,
                                clock.instant().atOffset(UTC),
                                known.member().value(),
                                known.passwordSince())
                        .update()
                == 1;
    }

    void newPassword(MemberId member, String phc) {
        db.sql("update identity.credential set phc = ?, changed_at = ? where member = ?")
                .params(phc, clock.instant().atOffset(UTC), member.value())
                .update();
    }

    void disable(MemberId member) {
        db.sql("update identity.member set disabled_at = ?, epoch = epoch + 1 where id = ? and disabled_at is null")
                .params(clock.instant().atOffset(UTC), member.value())
                .update();
    }

    /** Whether the account opens at all; from here to the end of this transaction nobody decides that anew. */
    boolean isEnabled(MemberId member) {
        return db.sql("select disabled_at is null from identity.member where id = ? for no key update")
                .param(member.value())
                .query(Boolean.class)
                .single();
    }

    void enable(MemberId member) {
        db.sql("update identity.member set disabled_at = null where id = ?")
                .param(member.value())
                .update();
    }

    void give(MemberId member, TenantId organization, Role role) {
        db.sql("update identity.membership set role = ? where organization = ? and member = ?")
                .params(role.name(), organization.value(), member.value())
                .update();
    }

    void remove(MemberId member, TenantId organization) {
        db.sql("delete from identity.membership where organization = ? and member = ?")
                .params(organization.value(), member.value())
                .update();
    }

    /** Whatever is decided about who runs the house is decided one after the other, in whatever organisation they are. */
    void holdThoseWhoRunTheHouse() {
        db.sql("select member from identity.membership where role = any(?) order by organization, member for update")
                .param(RUN_THE_HOUSE)
                .query(UUID.class)
                .list();
    }

    /** In whichever of their organisations. */
    boolean runsTheHouse(MemberId member) {
        return db.sql("select exists (select from identity.membership where member = ? and role = any(?))")
                .params(member.value(), RUN_THE_HOUSE)
                .query(Boolean.class)
                .single();
    }

    boolean anybodyRunsTheHouse() {
        return db.sql("""
                select exists (select from identity.membership ms join identity.member m on m.id = ms.member
                where ms.role = any(?) and m.disabled_at is null)""").param(RUN_THE_HOUSE).query(Boolean.class).single();
    }

    /** An app or a passkey. */
    boolean hasSecondStep(MemberId member) {
        return db.sql("""
                select exists (select from identity.totp where member = ? and confirmed_at is not null)
                or exists (select from identity.passkey where member = ?)""")
                .params(member.value(), member.value())
                .query(Boolean.class)
                .single();
    }

    boolean demandsSecondStep(TenantId organization) {
        return db.sql("select second_step_since is not null from identity.organization where id = ?")
                .param(organization.value())
                .query(Boolean.class)
                .single();
    }

    /** Whether any organisation of theirs asks for one. */
    boolean owesSecondStep(MemberId member) {
        return db.sql("""
                select exists (select from identity.membership ms join identity.organization o on o.id = ms.organization
                where ms.member = ? and o.second_step_since is not null)""").param(member.value()).query(Boolean.class).single();
    }

    /** One each, also for whoever has left it: or ten Free plans would be one large one. */
    boolean hasFreeOne(MemberId founder) {
        return db.sql("select exists (select from identity.organization where founder = ? and plan = 'FREE')")
                .param(founder.value())
                .query(Boolean.class)
                .single();
    }

    void markFounder(TenantId organization, MemberId member) {
        db.sql("update identity.organization set founder = ? where id = ?")
                .params(member.value(), organization.value())
                .update();
    }

    boolean areNone() {
        return db.sql("select not exists (select from identity.organization)")
                .query(Boolean.class)
                .single();
    }

    boolean areDemo() {
        return mark(DEMO).isPresent();
    }

    void markDemo() {
        mark(DEMO, "true");
    }

    /** The organisation that runs this house; what concerns nobody else is reported to it. */
    Optional<TenantId> platform() {
        return mark(PLATFORM).map(TenantId::of);
    }

    void markPlatform(TenantId organization) {
        mark(PLATFORM, organization.toString());
    }

    /** Drawn once for a house without members, whoever asks first. */
    String setupNumber() {
        db.sql("insert into identity.mark (name, value) values (?, ?) on conflict do nothing")
                .params(SETUP, Secret.fresh())
                .update();
        return mark(SETUP).orElseThrow();
    }

    /** True for the one transaction, of all processes of the house, that used it up. */
    boolean useSetupNumber() {
        return db.sql("delete from identity.mark where name = ?").param(SETUP).update() == 1;
    }

    private Optional<String> mark(String name) {
        return db.sql("select value from identity.mark where name = ?")
                .param(name)
                .query(String.class)
                .optional();
    }

    private void mark(String name, String value) {
        db.sql(
                        "insert into identity.mark (name, value) values (?, ?) on conflict (name) do update set value = excluded.value")
                .params(name, value)
                .update();
    }
}
