package io.velvetastro.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Where a house spends its processor time while it is measured: the flight recorder's samples, told by thread and by whose code they stand in. */
final class Profile implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, Pattern> OWNERS = new LinkedHashMap<>();

    static {
        // A sample is whose the innermost frame of these is.
        OWNERS.put("sealing, naming, MACs", Pattern.compile("io\\.velvetastro\\.store\\.keys\\."));
        OWNERS.put("journal and SQL", Pattern.compile("io\\.velvetastro\\.store\\.journal\\.|org\\.postgresql\\."));
        OWNERS.put("parsing", Pattern.compile("io\\.velvetastro\\.decisions\\.telemetry\\."));
        OWNERS.put("who asks", Pattern.compile("io\\.velvetastro\\.decisions\\.(identity|door)\\.|\\.oauth2\\."));
        OWNERS.put("Spring Security", Pattern.compile("org\\.springframework\\.security\\."));
        OWNERS.put("Spring MVC, JSON", Pattern.compile("org\\.springframework\\.(web|http)\\.|\\.jackson\\."));
        OWNERS.put("Tomcat", Pattern.compile("org\\.apache\\.(catalina|coyote|tomcat)\\."));
        OWNERS.put("the rest of ours", Pattern.compile("io\\.velvetastro\\."));
    }

    private final long pid;
    private final Path file;

    private Profile(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    /** Begins to look at the house. */
    static Profile of(House house, Path folder, String name) throws Exception {
        var profile = new Profile(house.serverPid(), folder.resolve(name + ".jfr"));
        profile.tell("JFR.start", "name=bench", "settings=profile");
        return profile;
    }

    /** Ends looking and says what was seen. */
    void into(Report report) throws Exception {
        tell("JFR.stop", "name=bench", "filename=" + file);
        var threads = new TreeMap<String, Integer>();
        var owners = new TreeMap<String, Integer>();
        int samples = 0;
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                var event = recording.readEvent();
                if (!event.getEventType().getName().equals("jdk.ExecutionSample")) continue;
                samples++;
                var thread = thread(event);
                threads.merge(thread, 1, Integer::sum);
                if (thread.equals("requests")) owners.merge(owner(event), 1, Integer::sum);
            }
        }
        report.say("%nProfile, %d samples: %s; requests by owner: %s", samples, largest(threads), largest(owners));
    }

    private static String thread(RecordedEvent sample) {
        var thread = sample.getThread("sampledThread");
        var name = thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
        return name.startsWith("tomcat") || name.startsWith("http") || name.isEmpty()
                ? "requests"
                : name.replaceAll("[-\\d]+$", "");
    }

    private static String owner(RecordedEvent sample) {
        if (sample.getStackTrace() == null) return "unknown";
        for (var frame : sample.getStackTrace().getFrames()) {
            var type = frame.getMethod().getType().getName() + ".";
            for (var owner : OWNERS.entrySet())
                if (owner.getValue().matcher(type).find()) return owner.getKey();
        }
        return "the machine's own";
    }

    private static String largest(Map<String, Integer> counts) {
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .limit(10)
                        .map(each -> each.getKey() + " " + each.getValue())
                        .toList());
    }

    private void tell(String... words) throws Exception {
        var command = new java.util.ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(PATIENCE) || process.exitValue() != 0)
            throw new IllegalStateException("the flight recorder did not " + words[0]);
    }

    @Override
    public void close() throws Exception {
        Files.deleteIfExists(file);
    }
}
