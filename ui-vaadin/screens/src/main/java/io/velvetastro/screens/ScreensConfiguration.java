package io.velvetastro.screens;

import io.velvetastro.screens.desk.DeskTime;
import io.velvetastro.screens.door.ChangedHands;
import java.time.Clock;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the screens bring into the house besides themselves. */
@Configuration(proxyBeanMethods = false)
class ScreensConfiguration {

    @Bean
    ServletListenerRegistrationBean<ChangedHands> changedHands() {
        return new ServletListenerRegistrationBean<>(new ChangedHands());
    }

    @Bean
    DeskTime deskTime(Clock clock) {
        return DeskTime.ofTheHouse(clock);
    }
}
