package io.velvetastro.store.database;

import static io.velvetastro.language.CannotStart.Because.MACHINE;

import io.velvetastro.language.CannotStart;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The PostgreSQL that comes with the house: its files in the data folder, on loopback, behind a password, and started again when it dies. */
public final class EmbeddedDatabase implements JdbcConnectionDetails, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String LOCK = "postmaster.pid";
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final String LOOPBACK_BY_PASSWORD = "host all all 127.0.0.1/32 scram-sha-256\n";

    private final DataFolder folder;
    private final Path files;
    private final String password;
    private final int port;
    private volatile EmbeddedPostgres postgres;
    private volatile boolean closing;

    private EmbeddedDatabase(DataFolder folder) throws IOException {
        this.folder = folder;
        this.files = folder.path().resolve("postgres");
        this.password = password(folder.path().resolve("keys").resolve("postgres.password"));
        stopOrphan();
        if (pid().isPresent()) forgetTheDead(); // It was killed; what it began may not have noticed yet.
        this.port = freePort();
        this.postgres = start();
        watch();
    }

    /** Opens the database in a folder, and creates it on the first start. */
    public static EmbeddedDatabase in(Path data) {
        var folder = DataFolder.take(data);
        try {
            return new EmbeddedDatabase(folder);
        } catch (IOException
                | RuntimeException
                | ExceptionInInitializerError e) { // The last is how the library says that it cannot unpack.
            try {
                folder.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            if (e instanceof CannotStart known) throw known;
            throw new CannotStart(
                    MACHINE, "The database in " + folder.path() + " does not start: " + lastWord(e) + ".", e);
        }
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public String getUsername() {
        return "postgres";
    }

    @Override
    public String getPassword() {
        return password;
    }

    /** The operating system's id of the running server. */
    public Optional<ProcessHandle> process() {
        return pid().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
    }

    @Override
    public void close() throws IOException {
        closing = true;
        synchronized (this) {
            postgres.close();
        }
        folder.close();
    }

    private EmbeddedPostgres start() throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(files)
                .setOverrideWorkingDirectory(folder.path().resolve("bin").toFile())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false) // Spring closes us after whoever still uses us.
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60)) // Recovery after a crash replays the log first.
                .setConnectConfig("password", password)
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig(
                        "pwfile",
                        folder.path()
                                .resolve("keys")
                                .resolve("postgres.password")
                                .toString())
                .setDataDirectoryCustomizer(EmbeddedDatabase::admitByPasswordOnly);
        settings(builder);
        var started = builder.start();
        // The library opens this folder to everyone, and everyone could then change what we run.
        var programs = folder.path().resolve("bin");
        if (Files.exists(programs))
            Files.setPosixFilePermissions(programs, PosixFilePermissions.fromString("rwx------"));
        return started;
    }

    private static void settings(EmbeddedPostgres.Builder builder) {
        // The library's defaults are for tests; an answer of ours must mean that the disk has it.
        builder.setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setServerConfig("checkpoint_timeout", "15min")
                .setServerConfig("random_page_cost", "1.1")
                .setServerConfig("jit", "off")
                // Statements and details can name people; the log must not.
                .setServerConfig("log_error_verbosity", "terse")
                .setServerConfig("log_min_error_statement", "panic");
    }

    private static void admitByPasswordOnly(java.io.File database) {
        try {
            Files.writeString(database.toPath().resolve("pg_hba.conf"), LOOPBACK_BY_PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void watch() {
        process().ifPresent(server -> server.onExit().thenRunAsync(this::startAgain));
    }

    /** For as long as it takes: what keeps it from starting, such as a full disk, may be mended at any time. */
    private synchronized void startAgain() {
        if (closing) return;
        log.error("The database server died; starting it again");
        for (var pause = FIRST_PAUSE;
                !closing;
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE) {
            try {
                postgres.close();
                stopOrphan(); // One that began and did not answer in time.
                forgetTheDead();
                // A start that failed keeps the library's lock until its memory is collected; the folder is locked by
                // us.
                Files.deleteIfExists(files.resolve("epg-lock"));
                postgres = start();
                watch();
                log.warn("The database server runs again");
                return;
            } catch (IOException | RuntimeException notYet) {
                log.warn("The database server does not start yet: {}", lastWord(notYet));
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /**
     * PostgreSQL does not start while a process has the number in its lock file, and cannot know that it is another one by now, or a killed one that nobody has buried. The folder is ours, so it is nobody's server.
     */
    private void forgetTheDead() throws IOException {
        awaitEndOfChildren();
        var holder = process();
        if (holder.isPresent() && (isAnother(holder.get()) || isUnburied(holder.get())))
            Files.delete(files.resolve(LOCK));
    }

    private static boolean isAnother(ProcessHandle process) {
        return process.info().command().isPresent() && !isPostgres(process);
    }

    private static boolean isUnburied(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/stat")).contains(") Z ");
        } catch (IOException goneOrNoLinux) {
            return false;
        }
    }

    private void awaitEndOfChildren() {
        var programs = folder.path().resolve("bin").toString();
        var last = ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.startsWith(programs))
                        .isPresent())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(last)
                .completeOnTimeout(null, 30, TimeUnit.SECONDS)
                .join();
    }

    /** Whoever started a server that still runs here is gone, for the folder is ours. */
    private void stopOrphan() {
        process().filter(EmbeddedDatabase::isPostgres).ifPresent(orphan -> {
            log.warn("Stopping the database server that a killed predecessor left behind");
            orphan.destroy();
            try {
                orphan.onExit().get(30, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException stuck) {
                throw new CannotStart(
                        MACHINE,
                        "A database server of an earlier run (process " + orphan.pid()
                                + ") does not stop; end it by hand.",
                        stuck);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CannotStart(MACHINE, "Interrupted while starting.", e);
            }
        });
    }

    private static boolean isPostgres(ProcessHandle process) {
        // After a reboot the number may be anyone's.
        return process.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
    }

    private Optional<Long> pid() {
        var file = files.resolve(LOCK);
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().findFirst().map(line -> Long.valueOf(line.strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            var random = new byte[24];
            new SecureRandom().nextBytes(random);
            DataFolder.writeSecret(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        }
        return Files.readString(file).strip();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String lastWord(Throwable failure) {
        @Nullable Throwable cause = failure;
        while (cause.getCause() != null) cause = cause.getCause();
        return String.valueOf(cause.getMessage())
                .lines()
                .findFirst()
                .orElse(cause.getClass().getSimpleName());
    }
}
