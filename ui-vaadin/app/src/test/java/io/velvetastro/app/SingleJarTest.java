package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SingleJarTest {
    @Test
    void onlyTheJarOfJarsIsOne() {
        assertThat(SingleJar.isWithin("jar:nested:/velvet/app-exec.jar/!BOOT-INF/classes/!/A.class"))
                .isTrue();
        assertThat(SingleJar.isWithin("jar:file:/velvet/layout/velvet.jar!/A.class"))
                .isFalse();
        assertThat(SingleJar.isWithin("file:/velvet/target/classes/A.class")).isFalse();
    }
}
