package io.velvetastro.decisions.identity;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.velvetastro.decisions.door.Proxies;
import io.velvetastro.decisions.door.SealedSecrets;
import io.velvetastro.decisions.incident.Colleagues;
import io.velvetastro.decisions.plan.DaysEvents;
import io.velvetastro.decisions.post.Outbox;
import io.velvetastro.decisions.post.Postman;
import io.velvetastro.decisions.telemetry.Whereabouts;
import io.velvetastro.language.Journal;
import io.velvetastro.language.OwnersDatabase;
import io.velvetastro.language.Plans;
import io.velvetastro.language.Pseudonyms;
import io.velvetastro.language.RoomRole;
import io.velvetastro.language.Seals;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the door together. */
@Configuration
@EnableScheduling
class IdentityConfiguration {
    /** Just inside Spring Security's chain, which stands at -100. */
    private static final int INSIDE_SECURITY = -99;

    @Bean
    static RoomRole identityRole() {
        return new RoomRole("velvet_identity");
    }

    @Bean(initMethod = "migrate")
    Flyway identityMigrations(OwnersDatabase owner) {
        return Flyway.configure()
                .dataSource(owner.connections())
                .schemas("identity")
                .locations("classpath:db/identity")
                .load();
    }

    @Bean
    @DependsOn("identityMigrations")
    People people(DataSource database, Clock clock) {
        return new People(JdbcClient.create(database), clock);
    }

    @Bean
    Plans plans(People people) {
        return people::plan;
    }

    @Bean
    Colleagues colleagues(People people) {
        return people::has;
    }

    @Bean
    @DependsOn("identityMigrations")
    Sessions sessions(DataSource database, @Value("${velvet.session.idle:PT30M}") Duration idle, Clock clock) {
        return new Sessions(JdbcClient.create(database), idle, clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    ApiKeys apiKeys(DataSource database, Clock clock) {
        return new ApiKeys(JdbcClient.create(database), clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    Seats seats(
            DataSource database,
            People people,
            Letters letters,
            AccessRecord record,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Seats(
                JdbcClient.create(database), people, letters, record, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Programs programAccounts(
            DataSource database,
            Seats seats,
            PlatformTransactionManager transactions,
            FreshProof proof,
            AccessRecord record,
            Clock clock) {
        return new Programs(
                JdbcClient.create(database), seats, new TransactionTemplate(transactions), proof, record, clock);
    }

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    HouseKeys houseKeys(People people, @Value("${velvet.data:data}") Path data) {
        HouseStart.checkKeys(people, data);
        return HouseKeys.of(data);
    }

    @Bean
    Setup setup(
            People people,
            Passwords passwords,
            HouseKeys keys,
            AccessRecord record,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${velvet.demo.enabled:false}") boolean isDemo) {
        var transaction = new TransactionTemplate(transactions);
        if (isDemo) HouseStart.demo(people, passwords, transaction);
        else HouseStart.production(people, passwords);
        return new Setup(people, passwords, keys, record, transaction, clock, isDemo);
    }

    @Bean
    PasswordRules passwordRules() {
        return new PasswordRules();
    }

    @Bean
    HouseAddress houseAddress(@Value("${velvet.url:}") String told, Environment settings) {
        return new HouseAddress(told, settings);
    }

    @Bean
    @DependsOn("identityMigrations")
    Outbox outbox(DataSource database, HouseKeys keys, Clock clock) {
        return new Outbox(JdbcClient.create(database), new SealedSecrets(keys.secretFor("letters")), clock);
    }

    @Bean
    Postman postman(
            Outbox outbox,
            ObjectProvider<JavaMailSenderImpl> server,
            @Value("${velvet.mail.from:velvet-astro@localhost}") String from) {
        return new Postman(outbox, server.getIfAvailable(), from);
    }

    @Bean
    PostRoom postRoom(
            Outbox outbox, Postman postman, AccessRecord record, PlatformTransactionManager transactions, Clock clock) {
        return new PostRoom(outbox, postman, record, new TransactionTemplate(transactions), clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    Links links(DataSource database, Clock clock) {
        return new Links(JdbcClient.create(database), clock);
    }

    @Bean
    Letters letters(Outbox outbox, HouseAddress house) {
        return new Letters(outbox, house);
    }

    @Bean
    Errands errands(
            DataSource database,
            People people,
            Links links,
            Letters letters,
            Outbox outbox,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Errands(
                JdbcClient.create(database),
                people,
                links,
                letters,
                outbox,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    Devices knownDevices(DataSource database, Clock clock) {
        return new Devices(JdbcClient.create(database), clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    Passkeys passkeys(DataSource database, HouseAddress house, Clock clock) {
        return new Passkeys(JdbcClient.create(database), house, clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    FreshProof freshProof(DataSource database, @Value("${velvet.step-up:PT10M}") Duration lasts, Clock clock) {
        return new FreshProof(JdbcClient.create(database), lasts, clock);
    }

    @Bean
    Notices notices(
            DataSource database,
            People people,
            Links links,
            Letters letters,
            Outbox outbox,
            Sessions sessions,
            SecondSteps steps,
            SecondFactors factors,
            RecoveryCodes recovery,
            Passkeys passkeys,
            Devices devices,
            AccessRecord record,
            SignInRecord signIns,
            Clock clock) {
        return new Notices(
                JdbcClient.create(database),
                people,
                links,
                letters,
                outbox,
                sessions,
                steps,
                factors,
                recovery,
                passkeys,
                devices,
                record,
                signIns,
                clock);
    }

    @Bean
    Newcomers newcomers(
            People people,
            Links links,
            Notices notices,
            Passwords passwords,
            Sessions sessions,
            SecondSteps steps,
            Devices devices,
            AccessRecord record,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Newcomers(
                people,
                links,
                notices,
                passwords,
                sessions,
                steps,
                devices,
                record,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    TryCounts tryCounts(DataSource database, HouseKeys keys, PlatformTransactionManager transactions) {
        return new TryCounts(JdbcClient.create(database), keys.secretFor("tries"), transactions);
    }

    @Bean
    GuessingBrake guessingBrake(TryCounts counts, Clock clock) {
        return new GuessingBrake(counts, clock);
    }

    @Bean
    SignInRecord signInRecord(Journal journal, Pseudonyms names, Seals seals, Clock clock, Whereabouts whereabouts) {
        return new SignInRecord(journal, names, seals, JsonMapper.builder().build(), clock, whereabouts);
    }

    @Bean
    @DependsOn("identityMigrations")
    RecoveryCodes recoveryCodes(DataSource database, HouseKeys keys, Clock clock) {
        return new RecoveryCodes(JdbcClient.create(database), keys.secretFor("recovery-codes"), clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    SecondFactors secondFactors(
            DataSource database,
            HouseKeys keys,
            RecoveryCodes recovery,
            GuessingBrake brake,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new SecondFactors(
                JdbcClient.create(database),
                new SealedSecrets(keys.secretFor("totp-secrets")),
                recovery,
                brake,
                transactions,
                clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    SecondSteps secondSteps(DataSource database, Clock clock) {
        return new SecondSteps(JdbcClient.create(database), clock);
    }

    @Bean
    SignIn signIn(
            People people,
            Passwords passwords,
            GuessingBrake brake,
            Sessions sessions,
            SignInRecord record,
            SecondFactors factors,
            SecondSteps steps,
            RecoveryCodes recovery,
            Passkeys passkeys,
            Devices devices,
            Notices notices,
            AccessRecord access,
            Whereabouts whereabouts,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new SignIn(
                people,
                passwords,
                brake,
                new Beat(Beat.QUARTER_OF_A_SECOND),
                sessions,
                record,
                factors,
                steps,
                recovery,
                passkeys,
                devices,
                notices,
                access,
                whereabouts,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    Staff staff(
            DataSource database,
            People people,
            Seats seats,
            Sessions sessions,
            Letters letters,
            Outbox outbox,
            Postman postman,
            Notices notices,
            SecondFactors factors,
            SecondSteps steps,
            Passkeys passkeys,
            FreshProof proof,
            AccessRecord access,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Staff(
                JdbcClient.create(database),
                people,
                seats,
                sessions,
                letters,
                outbox,
                postman,
                notices,
                factors,
                steps,
                passkeys,
                proof,
                access,
                new TransactionTemplate(transactions),
                clock);
    }

    /** Here and not with the intake: every process that lets somebody in counts for them. */
    @Bean
    @DependsOn("identityMigrations")
    DaysEvents daysEvents(DataSource database, Clock clock) {
        return new DaysEvents(JdbcClient.create(database), clock);
    }

    @Bean
    @DependsOn("identityMigrations")
    MonthsRuns monthsRuns(
            DataSource database, People people, Letters letters, PlatformTransactionManager transactions, Clock clock) {
        return new MonthsRuns(
                JdbcClient.create(database), people, letters, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Tenancy tenancy(
            DataSource database,
            People people,
            Staff staff,
            Seats seats,
            Sessions sessions,
            BrowserSessions browsers,
            DaysEvents days,
            MonthsRuns runs,
            Letters letters,
            FreshProof proof,
            AccessRecord access,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new Tenancy(
                JdbcClient.create(database),
                people,
                staff,
                seats,
                sessions,
                browsers,
                days,
                runs,
                letters,
                proof,
                access,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    OwnAffairs ownAffairs(
            DataSource database,
            People people,
            Passwords passwords,
            GuessingBrake brake,
            Sessions sessions,
            SecondFactors factors,
            SecondSteps steps,
            Links links,
            RecoveryCodes recovery,
            Passkeys passkeys,
            Devices devices,
            Notices notices,
            PasswordRules rules,
            FreshProof proof,
            AccessRecord access,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new OwnAffairs(
                people,
                passwords,
                brake,
                sessions,
                factors,
                steps,
                links,
                recovery,
                passkeys,
                devices,
                notices,
                new OwnData(JdbcClient.create(database)),
                rules,
                proof,
                access,
                new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    Tokens tokens(
            HouseKeys keys,
            @Value("${velvet.token.issuer:velvet-astro}") String issuer,
            DataSource database,
            PlatformTransactionManager transactions,
            Sessions sessions,
            Notices notices,
            Clock clock) {
        return new Tokens(
                keys,
                issuer,
                JdbcClient.create(database),
                new TransactionTemplate(transactions),
                sessions,
                notices,
                clock);
    }

    @Bean
    MemberAuthentication memberAuthentication(SignIn signIn, BrowserSessions browsers) {
        return new MemberAuthentication(signIn, browsers);
    }

    @Bean
    BrowserSessions browserSessions(Sessions sessions) {
        return new BrowserSessions(sessions);
    }

    @Bean
    FilterRegistrationBean<BrowserSessions> browserSessionsFilter(BrowserSessions sessions) {
        var filter = new FilterRegistrationBean<>(sessions);
        filter.setOrder(INSIDE_SECURITY);
        return filter;
    }

    @Bean
    ServletListenerRegistrationBean<BrowserSessions> browserSessionsListener(BrowserSessions sessions) {
        return new ServletListenerRegistrationBean<>(sessions);
    }

    @Bean
    FilterRegistrationBean<PushOrigin> pushOrigin(HouseAddress house) {
        var filter = new FilterRegistrationBean<>(new PushOrigin(house));
        filter.setOrder(INSIDE_SECURITY);
        return filter;
    }

    /** After the demo's own door, before everything that asks where a request comes from. */
    @Bean
    FilterRegistrationBean<TrustedProxies> trustedProxies(Proxies proxies) {
        var filter = new FilterRegistrationBean<>(new TrustedProxies(proxies));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return filter;
    }
}
