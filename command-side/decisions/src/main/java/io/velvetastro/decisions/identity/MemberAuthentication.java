package io.velvetastro.decisions.identity;

import io.velvetastro.decisions.identity.Sessions.Kind;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** The door for browsers: what the sign-in form posts goes the same way as a program's sign-in. */
class MemberAuthentication implements AuthenticationProvider {
    private final SignIn signIn;

    MemberAuthentication(SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public Authentication authenticate(Authentication form) {
        if (!(form.getPrincipal() instanceof String email) || !(form.getCredentials() instanceof String password)) {
            throw new BadCredentialsException("An e-mail and a password are needed.");
        }
        var request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        return signIn.with(email, password, Origin.of(request.getRequest()), Kind.BROWSER);
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
