package io.velvetastro.app.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The published shares that the traffic is held to. */
final class Figures {
    private static final Properties PUBLISHED = read();

    static final double SUCCESS = share("success");
    static final double UNKNOWN_ACCOUNT = share("unknown-account");
    static final double ATTACK_ADDRESS = share("attack-address");
    static final double ATTACK_ADDRESS_UNKNOWN_ACCOUNT = share("attack-address.unknown-account");
    static final double MOBILE = share("device.mobile");
    static final double TABLET = share("device.tablet");

    private Figures() {}

    private static double share(String name) {
        return Double.parseDouble(PUBLISHED.getProperty(name));
    }

    private static Properties read() {
        var figures = new Properties();
        try (var file = Figures.class.getResourceAsStream("/simulator/figures.properties")) {
            figures.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return figures;
    }
}
