package io.velvetastro.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what is promised to come, and says what came instead. */
public final class Patience {
    private Patience() {}

    public static <T> T until(Duration longest, Supplier<T> question, Predicate<T> wished) {
        var deadline = System.nanoTime() + longest.toNanos();
        var answer = question.get();
        while (!wished.test(answer)) {
            if (System.nanoTime() > deadline) throw new AssertionError("Not within " + longest + ": " + answer);
            pause(Duration.ofMillis(50));
            answer = question.get();
        }
        return answer;
    }

    static void pause(Duration pause) {
        LockSupport.parkNanos(pause.toNanos());
    }
}
