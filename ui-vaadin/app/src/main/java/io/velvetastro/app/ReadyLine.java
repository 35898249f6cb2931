package io.velvetastro.app;

import io.velvetastro.decisions.identity.Setup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/** What a person reads when the house stands: where it is and what to do next. */
@Component
class ReadyLine {
    private final Environment settings;
    private final String logFile;
    private final Setup setup;

    ReadyLine(Environment settings, @Value("${logging.file.name}") String logFile, Setup setup) {
        this.settings = settings;
        this.logFile = logFile;
        this.setup = setup;
    }

    @EventListener
    @Order(Ordered.LOWEST_PRECEDENCE) // Ready is said when everybody else is.
    void say(ApplicationReadyEvent event) {
        if (!(event.getApplicationContext() instanceof WebServerApplicationContext house)
                || house.getWebServer() == null) return;
        System.out.println(words("http://" + host() + ":" + house.getWebServer().getPort()));
    }

    private String words(String url) {
        var demo = settings.acceptsProfiles(Profiles.of("demo"));
        var simulated = settings.getProperty("velvet.demo.traffic", Boolean.class, false);
        var lines = new ArrayList<String>();
        lines.add("Velvet Astro is ready at " + url);
        if (demo) {
            lines.add("  Sign in        admin@velvet.com with the password: password   (demo, this machine only)");
            lines.add("  Simulated      "
                    + (simulated
                            ? "sign-ins of a demo organisation are on their way, named simulated; --empty leaves them out"
                            : "nothing; ./velvet demo sends simulated sign-ins"));
        }
        // Here and nowhere else: a log file would keep it.
        setup.token().ifPresent(token -> {
            lines.add("  Set up         " + url + "/setup makes the first account, once, with this token:");
            lines.add("                 " + token);
        });
        lines.add("  Your own logs  ./velvet import /var/log/auth.log --format sshd");
        lines.add("  For programs   " + url + "/docs");
        lines.add("  Stop           Ctrl-C; the log is " + logFile);
        return String.join(System.lineSeparator(), lines);
    }

    private String host() {
        var bound = settings.getProperty("server.address", "");
        try {
            var address = InetAddress.getByName(bound);
            return bound.isEmpty() || address.isLoopbackAddress() || address.isAnyLocalAddress() ? "localhost" : bound;
        } catch (UnknownHostException cannotBe) {
            return bound;
        }
    }
}
