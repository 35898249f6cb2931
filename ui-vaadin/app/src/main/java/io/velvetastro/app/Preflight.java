package io.velvetastro.app;

import static io.velvetastro.language.CannotStart.Because.USAGE;

import io.velvetastro.language.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** What can be known to be wrong before seconds are spent on starting. */
class Preflight implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        var settings = event.getEnvironment();
        var address = address(settings.getProperty("server.address"));
        var port = port(settings);
        staysAtHome(settings, address);
        DataFolder.isUsable(Path.of(settings.getProperty("velvet.data", "data")));
        isFree(address, port);
    }

    /** The documented password must not be reachable from elsewhere. */
    private static void staysAtHome(Environment settings, @Nullable InetAddress address) {
        if (!settings.acceptsProfiles(Profiles.of("demo"))) return;
        if (address == null || !address.isLoopbackAddress()) {
            throw new CannotStart(
                    USAGE,
                    "The demo has a documented password and listens on this machine only: start with --production to listen elsewhere.");
        }
    }

    private static @Nullable InetAddress address(@Nullable String text) {
        if (text == null || text.isBlank()) return null;
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException unknown) {
            throw new CannotStart(USAGE, "There is no address " + text + " to listen on.");
        }
    }

    private static int port(Environment settings) {
        var text = settings.getProperty("server.port", "8080");
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new CannotStart(USAGE, "The port must be a number, not " + text + ".");
        }
    }

    private static void isFree(@Nullable InetAddress address, int port) {
        if (port <= 0) return;
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException taken) {
            throw OneLine.portTaken(port, taken);
        }
    }

    /** After the settings are known, before the log file is opened in a folder that may not be ours. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 1;
    }
}
