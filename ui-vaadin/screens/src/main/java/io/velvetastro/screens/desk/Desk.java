package io.velvetastro.screens.desk;

import static io.velvetastro.language.Refused.Why.FORBIDDEN;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.velvetastro.language.Authority;
import io.velvetastro.language.Caller;
import io.velvetastro.language.Envelope;
import io.velvetastro.language.Refused;
import io.velvetastro.language.Sealed;
import io.velvetastro.language.Seals;
import io.velvetastro.language.TenantId;
import io.velvetastro.questions.EvidenceDoor;
import io.velvetastro.questions.EvidenceDoor.Wanted;
import io.velvetastro.questions.OwnAccount;
import io.velvetastro.questions.OwnAccount.ProofDue;
import io.velvetastro.screens.parts.Slot;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.responsetypes.ResponseType;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Scope;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

/** One member's desk: what a screen may ask of the other rooms and order them to do, always in that member's name. */
@SpringComponent
@Scope(BeanDefinition.SCOPE_PROTOTYPE)
public class Desk {
    private static final Logger log = LoggerFactory.getLogger(Desk.class);

    private final QueryGateway queries;
    private final CommandGateway commands;
    private final Seals seals;
    private final DeskTime time;
    private final ObjectProvider<EvidenceDoor> evidence;
    private final ObjectProvider<OwnAccount> own;
    private final @Nullable Caller caller;
    private final SecurityContext context;

    public Desk(
            QueryGateway queries,
            CommandGateway commands,
            Seals seals,
            DeskTime time,
            ObjectProvider<EvidenceDoor> evidence,
            ObjectProvider<OwnAccount> own,
            AuthenticationContext who) {
        this.queries = queries;
        this.commands = commands;
        this.seals = seals;
        this.time = time;
        this.evidence = evidence;
        this.own = own;
        // Taken while the request is here: push threads have no security context, and must not need one.
        this.caller = who.getAuthenticatedUser(Caller.class).orElse(null);
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        this.context = authentication == null ? new SecurityContextImpl() : new SecurityContextImpl(authentication);
    }

    /** The member who is looking. A desk without one fails closed. */
    public Caller caller() {
        if (caller == null) throw new IllegalStateException("nobody is signed in");
        return caller;
    }

    public TenantId tenant() {
        return caller().tenant();
    }

    public boolean may(Authority authority) {
        return caller != null && caller.may(authority);
    }

    public Instant now() {
        return time.now();
    }

    /** The last midnight where the reader is; UTC where the browser does not say. */
    public Instant midnight() {
        var today = LocalDate.ofInstant(now(), zone());
        return today.atStartOfDay(zone()).toInstant();
    }

    public ZoneId zone() {
        var ui = UI.getCurrent();
        var details = ui == null ? null : ui.getPage().getExtendedClientDetails();
        var name = details == null ? null : details.getTimeZoneId();
        return name == null || !ZoneId.getAvailableZoneIds().contains(name) ? ZoneOffset.UTC : ZoneId.of(name);
    }

    public Sealed sealed(String words) {
        return seals.seal(tenant(), null, now(), words);
    }

    /** Asks, and shows the answer or the problem on the screen that {@code at} is on; silent once it is gone. */
    public <A> CompletableFuture<A> ask(
            Component at, Object question, ResponseType<A> answers, Consumer<A> show, Consumer<Problem> fail) {
        var answer = CompletableFuture.supplyAsync(whileIn(() -> queries.query(question, answers)), time.threads())
                .thenCompose(asked -> asked);
        onScreen(at, answer, show, failure -> fail.accept(Problem.asking(failure)));
        return answer;
    }

    public <A> CompletableFuture<A> ask(
            Component at, Object question, Class<A> answers, Consumer<A> show, Consumer<Problem> fail) {
        return ask(at, question, ResponseTypes.instanceOf(answers), show, fail);
    }

    /** Like {@link #ask}, for what is asked again at every change. */
    public <A> void look(
            Glance glance, Component at, Object question, Class<A> answers, Consumer<A> show, Consumer<Problem> fail) {
        look(glance, at, question, ResponseTypes.instanceOf(answers), show, fail);
    }

    public <A> void look(
            Glance glance,
            Component at,
            Object question,
            ResponseType<A> answers,
            Consumer<A> show,
            Consumer<Problem> fail) {
        if (!glance.begins(() -> look(glance, at, question, answers, show, fail))) return;
        ask(at, question, answers, show, fail).whenComplete((answer, failure) -> {
            var waiting = glance.ended();
            if (waiting != null) time.beat().execute(waiting);
        });
    }

    /** The answer itself, for a data provider that has to return rows; call it where waiting is allowed. */
    public <A> A answer(Object question, Class<A> answers) {
        return whileIn(() -> queries.query(question, ResponseTypes.instanceOf(answers)))
                .get()
                .join();
    }

    /** What a page sends through push passes no filter: so it is looked each time whether its member is still in. */
    private <A> Supplier<A> whileIn(Supplier<A> deed) {
        return inTheirName(() -> {
            var account = own.getIfAvailable();
            if (caller != null && account != null && !account.isStillIn())
                throw new Refused(FORBIDDEN, "This session is over, or has another role now.");
            return deed.get();
        });
    }

    /** The doors believe the session and not the sender, so it goes along to whichever thread asks or orders. */
    private <A> Supplier<A> inTheirName(Supplier<A> deed) {
        return () -> {
            var before = SecurityContextHolder.getContext();
            SecurityContextHolder.setContext(context);
            try {
                return deed.get();
            } finally {
                SecurityContextHolder.setContext(before);
            }
        };
    }

    /** Orders something, then says on the screen that it is done or why it was declined. */
    public void order(Component at, Object command, Runnable done, Consumer<Problem> declined) {
        this.<Object>order(at, command, ignored -> done.run(), declined);
    }

    /** Orders something that answers, and shows the answer. */
    public <A> void order(Component at, Object command, Consumer<A> done, Consumer<Problem> declined) {
        var message = GenericCommandMessage.asCommandMessage(command)
                .andMetaData(Envelope.of(tenant(), caller().actor(), now()));
        proving(
                at,
                () -> CompletableFuture.supplyAsync(whileIn(() -> commands.<A>send(message)), time.threads())
                        .thenCompose(sent -> sent),
                done,
                failure -> declined.accept(Problem.ordering(failure)));
    }

    /** Somebody is at this page: their session is in use. */
    public void stillHere() {
        own.ifAvailable(OwnAccount::stillHere);
    }

    /** Whether evidence can be handed out where these screens run. */
    public boolean handsOut() {
        return evidence.getIfAvailable() != null;
    }

    /** Has evidence packed in the reader's name; the taker deletes the file. */
    public void handOut(Component at, Wanted wanted, Sealed reason, Consumer<Path> done, Consumer<Problem> declined) {
        var packed = CompletableFuture.supplyAsync(
                whileIn(() -> evidence.getObject().handOut(caller(), wanted, reason)), time.threads());
        onScreen(at, packed, done, failure -> declined.accept(Problem.ordering(failure)));
    }

    /**
     * Does something at one of the house's own doors, in the reader's name; then shows what came of it, or why nothing did.
     * Where a fresh proof is due it is asked for, and the deed is done after it.
     */
    public <A> void act(Component at, Supplier<A> deed, Consumer<A> done, Consumer<Throwable> declined) {
        proving(at, () -> CompletableFuture.supplyAsync(whileIn(deed), time.threads()), done, declined);
    }

    private <A> void proving(
            Component at, Supplier<CompletableFuture<A>> deed, Consumer<A> done, Consumer<Throwable> declined) {
        onScreen(at, deed.get(), done, failure -> {
            var cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            if (!(cause instanceof ProofDue)) {
                declined.accept(cause);
                return;
            }
            var asked = new ProveDialog(this, own.getObject(), () -> proving(at, deed, done, declined));
            asked.whenCancelled(() -> declined.accept(cause));
            asked.open();
        });
    }

    /** Asks one of the house's own doors for what {@code slot} shows; where that fails the slot says so and can ask again. */
    public <A> void fill(Slot slot, Supplier<A> door, Consumer<A> show) {
        act(slot, door, show, failure -> slot.fail(Problem.asking(failure), now(), () -> fill(slot, door, show)));
    }

    /** Asks for what {@code slot} shows, where the same question can be asked again. */
    public <A> void fill(Slot slot, Object question, Class<A> answers, Consumer<A> show) {
        ask(
                slot,
                question,
                answers,
                show,
                problem -> slot.fail(problem, now(), () -> fill(slot, question, answers, show)));
    }

    /**
     * Calls {@code changed} on the screen after something about {@code question} changed, at most four times a second and
     * never losing the last change. Ends by itself when {@code at} leaves the screen.
     *
     * @param notes the kind of note that tells of a change
     */
    public void watch(Component at, Object question, ResponseType<?> answers, Class<?> notes, Runnable changed) {
        var ui = at.getUI().orElseThrow();
        var subscription = inTheirName(
                        () -> queries.subscriptionQuery(question, answers, ResponseTypes.instanceOf(notes)))
                .get();
        var pulse = new Pulse(time.beat(), () -> quietly(ui, at, changed));
        var listening = subscription
                .updates()
                .subscribe(note -> pulse.told(), failure -> log.warn("A screen no longer hears of changes", failure));
        at.addDetachListener(gone -> {
            gone.unregisterListener();
            listening.dispose();
            subscription.close();
        });
    }

    public void watch(Component at, Object question, Class<?> answers, Class<?> notes, Runnable changed) {
        watch(at, question, ResponseTypes.instanceOf(answers), notes, changed);
    }

    /** A quarter of a second later, once, for what tells nobody that it changes; silent once {@code at} is gone. */
    public void soon(Component at, Runnable again) {
        at.getUI().ifPresent(ui -> time.beat().execute(() -> quietly(ui, at, again)));
    }

    private static <A> void onScreen(
            Component at, CompletableFuture<A> outcome, Consumer<A> show, Consumer<Throwable> fail) {
        var ui = at.getUI().orElseGet(UI::getCurrent);
        if (ui == null) return;
        outcome.whenComplete((answer, failure) -> quietly(ui, at, () -> {
            if (failure == null) show.accept(answer);
            else fail.accept(failure);
        }));
    }

    private static void quietly(UI ui, Component at, Runnable change) {
        if (UI.getCurrent() == ui && ui.getSession() != null && ui.getSession().hasLock()) {
            change.run();
            return;
        }
        try {
            ui.access(() -> {
                if (at.isAttached()) change.run();
            });
        } catch (UIDetachedException gone) {
            log.debug("The screen closed before its answer came");
        }
    }
}
