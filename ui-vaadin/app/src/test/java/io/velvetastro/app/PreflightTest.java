package io.velvetastro.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class PreflightTest {
    @TempDir
    Path folder;

    private Map<String, Object> settings;

    @BeforeEach
    void aStartThatWouldWork() {
        settings = new java.util.HashMap<>(Map.of(
                "velvet.data", folder.resolve("data").toString(), "server.address", "localhost", "server.port", "0"));
    }

    @Test
    void aGoodStartIsLetThroughAndTheFolderIsThere() {
        assertThatCode(this::start).doesNotThrowAnyException();
        assertThat(folder.resolve("data")).isDirectory();
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(folder.resolve("data"), "a file, not a folder");
        assertThatThrownBy(this::start)
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("Cannot write to the data folder")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void aFullDiskIsSaidBeforeItBreaksTheDatabase() {
        assertThatThrownBy(() -> DataFolder.hasRoom(folder, 3 << 20))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("3 MB left");
        assertThatCode(() -> DataFolder.hasRoom(folder, 1L << 40)).doesNotThrowAnyException();
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("server.port", other.getLocalPort());
            assertThatThrownBy(this::start)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " is in use");
        }
    }

    @Test
    void theDemoDoesNotListenBeyondThisMachine() {
        settings.put("spring.profiles.active", "demo");
        settings.put("server.address", "0.0.0.0");
        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        CannotStart.class,
                        refusal -> assertThat(refusal.because().exitCode()).isEqualTo(2))
                .hasMessageContaining("listens on this machine only");
        settings.remove("server.address"); // Unset means everywhere.
        assertThatThrownBy(this::start).isInstanceOf(CannotStart.class);
    }

    @Test
    void aPortThatIsNoNumberIsWrongUsage() {
        settings.put("server.port", "http");
        assertThatThrownBy(this::start)
                .isInstanceOfSatisfying(
                        CannotStart.class,
                        refusal -> assertThat(refusal.because().exitCode()).isEqualTo(2))
                .hasMessageContaining("must be a number");
    }

    private void start() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        new Preflight()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], environment));
    }
}
