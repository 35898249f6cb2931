package io.velvetastro.notary;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** A store and its notary, and nothing around them. */
@Configuration
@EnableAutoConfiguration
@ComponentScan
class NotaryHouse {}
