package io.velvetastro.decisions.door;

import io.velvetastro.language.Address;
import io.velvetastro.language.CannotStart;
import io.velvetastro.language.Network;
import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The proxies in front of this house that are believed, as {@code velvet.trusted-proxies} names them; none by default. */
public record Proxies(List<Network> networks) {
    private static final String SETTING = "velvet.trusted-proxies";

    static Proxies in(Environment settings) {
        var texts = Binder.get(settings)
                .bind(SETTING, Bindable.listOf(String.class))
                .orElseGet(List::of);
        return new Proxies(texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(Proxies::network)
                .toList());
    }

    public boolean include(Address address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static Network network(String text) {
        try {
            return Network.of(text);
        } catch (IllegalArgumentException unreadable) {
            throw new CannotStart(
                    CannotStart.Because.USAGE, SETTING + " must be addresses or networks, not " + text + ".");
        }
    }
}
