package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import org.junit.jupiter.api.Test;

class SingleJarTest {
    @Test
    void onlyTheJarOfJarsIsOne() throws IOException {
        assertThat(SingleJar.isWithin(place("jar:nested:/velvet/app-exec.jar/!BOOT-INF/classes/!/A.class")))
                .isTrue();
        assertThat(SingleJar.isWithin(place("jar:file:/velvet/layout/velvet.jar!/A.class")))
                .isFalse();
        assertThat(SingleJar.isWithin(place("file:/velvet/target/classes/A.class")))
                .isFalse();
    }

    private static URL place(String text) throws IOException {
        return URL.of(URI.create(text), new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                throw new UnsupportedOperationException("nobody reads it");
            }
        });
    }
}
