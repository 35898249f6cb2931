package io.velvetastro.store;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** The store and nothing around it. */
@Configuration
@EnableAutoConfiguration
public class StoreOnly {}
