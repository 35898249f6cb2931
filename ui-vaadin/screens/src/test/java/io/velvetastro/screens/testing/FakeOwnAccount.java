package io.velvetastro.screens.testing;

import io.velvetastro.questions.OwnAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Mira's own account: her password is {@code right}, and the code that fits is {@code 123456}. */
public final class FakeOwnAccount implements OwnAccount {
    private final List<SessionRow> sessions;
    private final List<PasskeyRow> passkeys;
    private final List<DeviceRow> devices;
    private final List<NoticeRow> notices;
    private final List<NoticeRow> older = new ArrayList<>();
    private final Instant now;
    private boolean on;
    private boolean proven;
    private int timesHere;
    private boolean out;
    private @Nullable String called;

    public FakeOwnAccount(Instant now) {
        this.now = now;
        passkeys = new ArrayList<>(
                List.of(new PasskeyRow(UUID.randomUUID(), "Work laptop", now.minusSeconds(900_000), now, true)));
        devices = new ArrayList<>(List.of(
                device("Firefox on Linux", "Berlin, DE", true), device("Chrome on Android", "Lyon, FR", false)));
        for (int i = 0; i < 5; i++) devices.add(device(null, null, false));
        notices = new ArrayList<>(List.of(
                notice(NoticeKind.NEW_DEVICE),
                notice(NoticeKind.RECOVERY_CODE_USED),
                new NoticeRow(
                        UUID.randomUUID(),
                        NoticeKind.PASSKEY_ADDED,
                        null,
                        null,
                        now.minus(NoticeRow.DENIABLE_FOR),
                        null,
                        false)));
        sessions = new ArrayList<>(List.of(
                new SessionRow(
                        UUID.randomUUID(),
                        "browser",
                        "Firefox on Linux",
                        "Berlin, DE",
                        now.minusSeconds(7_200),
                        now,
                        false,
                        true),
                new SessionRow(
                        UUID.randomUUID(),
                        "browser",
                        "Safari on iOS",
                        "Lyon, FR",
                        now.minusSeconds(400_000),
                        now.minusSeconds(86_000),
                        false,
                        false),
                new SessionRow(UUID.randomUUID(), "api", null, null, now.minusSeconds(900_000), null, false, false)));
    }

    /** As if an administrator had just removed her. */
    public void showOut() {
        out = true;
    }

    @Override
    public boolean isStillIn() {
        return !out;
    }

    @Override
    public List<SessionRow> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public void stillHere() {
        timesHere++;
    }

    public int timesHere() {
        return timesHere;
    }

    @Override
    public void endSession(UUID session) {
        sessions.removeIf(each -> each.id().equals(session));
    }

    @Override
    public int endOtherSessions() {
        int before = sessions.size();
        sessions.removeIf(each -> !each.current());
        return before - sessions.size();
    }

    @Override
    public List<DeviceRow> devices() {
        return List.copyOf(devices);
    }

    @Override
    public void forgetDevice(UUID device) {
        if (!proven) throw new ProofDue(Duration.ofMinutes(10));
        devices.removeIf(each -> each.id().equals(device));
    }

    @Override
    public SecondFactor secondFactor() {
        return new SecondFactor(on, on ? 12 : 0);
    }

    @Override
    public Enrolment enrol(String password) {
        if (!password.equals("right")) throw new NotProven("password", "is not your password");
        return new Enrolment("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "otpauth://totp/x", "M0,0h7v7h-7z", 33);
    }

    @Override
    public List<String> confirm(String code) {
        fits(code);
        on = true;
        return codes();
    }

    @Override
    public void switchOff(String password, String code) {
        fits(code);
        on = false;
    }

    @Override
    public List<String> newRecoveryCodes(String code) {
        fits(code);
        return codes();
    }

    @Override
    public void prove(String proof) {
        if (!on && !passkeys.isEmpty()) throw new NotProven("credential", "is what is asked for");
        if (!proof.equals(on ? "123456" : "right")) throw new NotProven(on ? "code" : "password", "does not fit");
        proven = true;
    }

    @Override
    public String proofOptions() {
        return "{}";
    }

    @Override
    public void proveByPasskey(String answer) {
        if (!answer.equals("held")) throw new NotProven("credential", "does not hold");
        proven = true;
    }

    @Override
    public void changePassword(String current, String fresh) {
        if (!current.equals("right")) throw new NotProven("password", "is not your password");
        if (fresh.length() < 12) throw new NotProven("fresh", "must have at least 12 characters");
        endOtherSessions();
        notices.addFirst(notice(NoticeKind.PASSWORD_CHANGED));
    }

    @Override
    public void rename(String name) {
        if (name.isBlank()) throw new NotProven("name", "must be a name");
        called = name;
    }

    public @Nullable String called() {
        return called;
    }

    @Override
    public List<PasskeyRow> passkeys() {
        return List.copyOf(passkeys);
    }

    @Override
    public String passkeyOptions() {
        return "{}";
    }

    @Override
    public void addPasskey(String label, String answer) {
        passkeys.add(new PasskeyRow(UUID.randomUUID(), label, now, null, false));
    }

    @Override
    public void removePasskey(UUID passkey) {
        if (!proven) throw new ProofDue(Duration.ofMinutes(10));
        passkeys.removeIf(each -> each.id().equals(passkey));
    }

    @Override
    public String export() {
        if (!proven) throw new ProofDue(Duration.ofMinutes(10));
        return "{}";
    }

    @Override
    public NoticePage notices(@Nullable UUID after) {
        if (after != null) return new NoticePage(List.copyOf(older), null);
        return new NoticePage(
                List.copyOf(notices), older.isEmpty() ? null : notices.getLast().id());
    }

    /** As if that had been told long ago. */
    public void wasTold(NoticeKind kind) {
        older.add(new NoticeRow(UUID.randomUUID(), kind, null, null, now.minus(Duration.ofDays(90)), null, false));
    }

    @Override
    public void notMe(UUID notice) {
        notices.replaceAll(each -> each.id().equals(notice)
                ? new NoticeRow(each.id(), each.kind(), each.device(), each.place(), each.at(), each.codesLeft(), true)
                : each);
        endOtherSessions();
    }

    private DeviceRow device(@Nullable String label, @Nullable String place, boolean current) {
        return new DeviceRow(UUID.randomUUID(), label, place, now.minusSeconds(900_000), now, current);
    }

    private NoticeRow notice(NoticeKind kind) {
        return new NoticeRow(
                UUID.randomUUID(),
                kind,
                "Edge on Windows",
                "Lyon, FR",
                now,
                kind == NoticeKind.RECOVERY_CODE_USED ? 11 : null,
                false);
    }

    private static List<String> codes() {
        return IntStream.range(0, 12)
                .mapToObj(i -> "abcd-efgh-ijkl-%04d".formatted(i))
                .toList();
    }

    private static void fits(String code) {
        if (!code.equals("123456")) throw new NotProven("code", "does not fit");
    }
}
