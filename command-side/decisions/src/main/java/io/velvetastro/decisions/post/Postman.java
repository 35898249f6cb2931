package io.velvetastro.decisions.post;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.scheduling.annotation.Scheduled;

/** Takes letters from the outbox to the mail server, where one is named; otherwise they stay and administrators read them. What was sent and not noted is sent twice: better than not at all. */
public class Postman {
    private static final Logger log = LoggerFactory.getLogger(Postman.class);
    private static final int AT_ONCE = 8;

    /** Encrypted or not at all, and nobody waits long; what is set in {@code spring.mail.properties} wins. */
    private static final Map<String, String> CAREFUL = Map.of(
            "mail.smtp.starttls.enable", "true",
            "mail.smtp.starttls.required", "true",
            "mail.smtp.ssl.checkserveridentity", "true",
            "mail.smtp.connectiontimeout", "10000",
            "mail.smtp.timeout", "10000",
            "mail.smtp.writetimeout", "10000");

    private final Outbox outbox;
    private final @Nullable JavaMailSenderImpl server;
    private final String from;

    public Postman(Outbox outbox, @Nullable JavaMailSenderImpl server, String from) {
        this.outbox = outbox;
        this.server = server;
        this.from = from;
        if (server != null) CAREFUL.forEach(server.getJavaMailProperties()::putIfAbsent);
    }

    /** Whether letters leave the house. */
    public boolean sends() {
        return server != null;
    }

    @Scheduled(fixedDelayString = "PT2S")
    void round() {
        if (server == null) return;
        for (var letter : outbox.take(AT_ONCE)) {
            try {
                server.send(message(letter));
                outbox.sent(letter);
            } catch (MailException refused) {
                // Not what the server said: it may repeat the address.
                log.warn(
                        "Letter {} could not be sent at try {} ({})",
                        letter.id(),
                        letter.tries(),
                        refused.getClass().getSimpleName());
                outbox.held(letter);
            }
        }
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT10M")
    void sweep() {
        outbox.sweep();
    }

    private SimpleMailMessage message(Outbox.Due letter) {
        var message = new SimpleMailMessage();
        message.setFrom(from);
        message.setTo(letter.to());
        message.setSubject(letter.words().subject());
        message.setText(letter.words().text());
        return message;
    }
}
