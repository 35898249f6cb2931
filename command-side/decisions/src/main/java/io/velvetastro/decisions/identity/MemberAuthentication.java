package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.identity.Sessions.Kind;
import io.velvetastro.questions.AtTheDoor;
import io.velvetastro.questions.OwnAccount.Enrolment;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The door for browsers: what the sign-in form posts goes the same way as a program's sign-in, the password first and the code after it. */
class MemberAuthentication implements AuthenticationProvider, AtTheDoor {
    /** In a session that opens nothing yet: who is between the two steps. */
    private static final String OWED = MemberAuthentication.class.getName() + ".owed";

    private static final String PASSKEY = MemberAuthentication.class.getName() + ".passkey";

    private final SignIn signIn;
    private final BrowserSessions browsers;

    MemberAuthentication(SignIn signIn, BrowserSessions browsers) {
        this.signIn = signIn;
        this.browsers = browsers;
    }

    @Override
    public Authentication authenticate(Authentication form) {
        if (!(form.getPrincipal() instanceof String email) || !(form.getCredentials() instanceof String password)) {
            throw new BadCredentialsException("An e-mail and a password are needed.");
        }
        var here = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        var from = Origin.of(here.getRequest());
        var who = in(email, password, from, here.getRequest());
        if (here.getResponse() != null) DeviceCookie.give(here.getRequest(), here.getResponse(), from.device());
        return who;
    }

    private SignedIn in(String email, String password, Origin from, HttpServletRequest request) {
        var code = request.getParameter("code");
        var passkey = request.getParameter("passkey");
        if (passkey != null) return signIn.withPasskey(passkey, from, Kind.BROWSER);
        return code == null ? first(email, password, from, request) : second(code, from, request);
    }

    private SignedIn first(String email, String password, Origin from, HttpServletRequest request) {
        var session = request.getSession();
        session.removeAttribute(OWED);
        session.removeAttribute(PASSKEY);
        try {
            return signIn.with(email, password, null, from, Kind.BROWSER);
        } catch (SecondStepDue due) {
            session.setAttribute(OWED, due.token());
            throw due;
        } catch (PasskeyDue due) {
            session.setAttribute(PASSKEY, true);
            throw due;
        }
    }

    private SignedIn second(String code, Origin from, HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(OWED) instanceof String token))
            throw new CredentialsExpiredException("Begin again.");
        try {
            var who = signIn.second(token, code, from, Kind.BROWSER);
            session.removeAttribute(OWED);
            return who;
        } catch (NotNow tooMany) { // With it went what was held for the second step.
            session.removeAttribute(OWED);
            throw new CredentialsExpiredException("Begin again.", tooMany);
        }
    }

    @Override
    public boolean takesTheirPasskey() {
        var session = session();
        return session != null && session.getAttribute(PASSKEY) != null;
    }

    @Override
    public Optional<Enrolment> toBeMade() {
        var session = session();
        if (session == null || !(session.getAttribute(OWED) instanceof String token)) return Optional.empty();
        try {
            return Optional.of(signIn.enrolment(token));
        } catch (CredentialsExpiredException noneOrTooLate) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Over> over(String session) {
        return browsers.over(session);
    }

    private static @Nullable HttpSession session() {
        var here = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        return here.getRequest().getSession(false);
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
