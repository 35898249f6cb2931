package io.velvetastro.app;

/** Classes in the single jar are read under a lock that a virtual thread does not leave its carrier for: with two cores, two that load classes can hold up everybody. Unpacked, as {@code ./velvet} and the container start it, there is no such lock. */
final class SingleJar {
    private static final String VIRTUAL_THREADS = "spring.threads.virtual.enabled";

    private SingleJar() {}

    /** From the single jar requests run on platform threads, unless somebody has said otherwise. */
    static void makeSafe(Class<?> main) {
        if (isWithin(String.valueOf(main.getResource(main.getSimpleName() + ".class")))
                && System.getProperty(VIRTUAL_THREADS) == null) System.setProperty(VIRTUAL_THREADS, "false");
    }

    static boolean isWithin(String place) {
        return place.startsWith("jar:nested:");
    }
}
