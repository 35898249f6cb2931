package io.velvetastro.screens.door;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Sends people back to the form: to the code where the password was right, with what to check when it was tried, with patience when it was not. */
class SignInRefused implements AuthenticationFailureHandler {

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException why) throws IOException {
        response.sendRedirect(request.getContextPath() + "/login?"
                + what(why, request.getParameter("code") != null, request.getParameter("passkey") != null));
    }

    private static String what(AuthenticationException why, boolean wasCode, boolean wasPasskey) {
        return switch (why) {
            case InsufficientAuthenticationException _ -> "code";
            case BadCredentialsException _ -> wasPasskey ? "passkey" : wasCode ? "code&error" : "error";
            case CredentialsExpiredException _ -> "late";
            default -> wasCode ? "code&busy" : "busy";
        };
    }
}
