package io.velvetastro.screens;

import io.velvetastro.screens.desk.DeskTime;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the screens bring into the house besides themselves. */
@Configuration(proxyBeanMethods = false)
class ScreensConfiguration {

    @Bean
    DeskTime deskTime(Clock clock) {
        return DeskTime.ofTheHouse(clock);
    }
}
