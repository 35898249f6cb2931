package io.velvetastro.decisions.defense;

import static io.velvetastro.language.Refused.Why.NEVER_BLOCK_LIST;

import io.velvetastro.language.Address;
import io.velvetastro.language.DefenseCommand.BlockNetwork;
import io.velvetastro.language.Refused;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Keeps people from locking themselves out: a block that comes in with a request must not cover the address the request came from. */
final class OwnAddress implements MessageDispatchInterceptor<CommandMessage<?>> {

    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(
            List<? extends CommandMessage<?>> commands) {
        return (index, command) -> {
            if (command.getPayload() instanceof BlockNetwork block && comesFrom(block)) {
                throw new Refused(
                        NEVER_BLOCK_LIST, "Your own address is in this network: you would lock yourself out.");
            }
            return command;
        };
    }

    private static boolean comesFrom(BlockNetwork block) {
        return Stream.concat(ofThisRequest(), ofThisSession())
                .map(OwnAddress::withoutZone)
                .anyMatch(own -> block.network().contains(Address.of(own)));
    }

    private static Stream<String> ofThisRequest() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes now
                ? Stream.of(now.getRequest().getRemoteAddr())
                : Stream.empty();
    }

    /** Screens send from threads of their own, where there is no request. */
    private static Stream<String> ofThisSession() {
        var who = SecurityContextHolder.getContext().getAuthentication();
        return who != null && who.getDetails() instanceof WebAuthenticationDetails from
                ? Stream.of(from.getRemoteAddress())
                : Stream.empty();
    }

    /** A link-local peer comes with the name of the interface it was seen on. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
