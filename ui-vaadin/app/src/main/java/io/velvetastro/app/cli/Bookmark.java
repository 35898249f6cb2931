package io.velvetastro.app.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Where a follower stopped, kept on disk: written after the house has taken what was read, so a cut sends again and never leaves out. */
final class Bookmark {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path file;

    Bookmark(Path file) {
        this.file = file;
    }

    /** One bookmark for each log and house, where the user's programs keep such things. */
    static Path usualPlace(Path log, URI house, Map<String, String> environment) {
        var state = environment.get("XDG_STATE_HOME");
        var home = state == null || state.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        var name = UUID.nameUUIDFromBytes((log + " " + house).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return home.resolve("velvet-astro").resolve("follow-" + name + ".json");
    }

    GrowingLog.@Nullable Position read() throws IOException {
        try {
            var kept = JSON.readTree(Files.readString(file));
            var counts = new LinkedHashMap<String, Integer>();
            kept.path("recent")
                    .properties()
                    .forEach(line -> counts.put(line.getKey(), line.getValue().asInt()));
            return new GrowingLog.Position(
                    kept.path("fileKey").asString(),
                    kept.path("head").asString(""),
                    kept.path("offset").asLong(),
                    kept.has("at") ? FileTime.fromMillis(kept.path("at").asLong()) : Files.getLastModifiedTime(file),
                    new Recent(counts));
        } catch (NoSuchFileException firstTime) {
            return null;
        } catch (JacksonException damaged) {
            throw Failed.because("The bookmark " + file
                    + " is damaged: delete it, and the log is read from its start; nothing is stored twice.");
        }
    }

    void write(GrowingLog.Position position) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var kept = new LinkedHashMap<String, Object>();
        kept.put("fileKey", position.fileKey());
        kept.put("head", position.head());
        kept.put("offset", position.offset());
        kept.put("at", position.at().toMillis());
        kept.put("recent", position.recent().counts());
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, JSON.writeValueAsString(kept));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
