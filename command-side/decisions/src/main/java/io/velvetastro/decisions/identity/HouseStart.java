package io.velvetastro.decisions.identity;

import static io.velvetastro.language.CannotStart.Because.MACHINE;
import static io.velvetastro.language.CannotStart.Because.USAGE;

import io.velvetastro.language.CannotStart;
import java.nio.file.Path;
import org.springframework.transaction.support.TransactionTemplate;

/** What must be true of a house before its doors open: a demo and a production house are never mistaken for each other. */
final class HouseStart {
    private HouseStart() {}

    /** Before the first key is made: where there are members there was a key. */
    static void checkKeys(People people, Path data) {
        if (!people.areNone() && !people.areDemo() && !HouseKeys.areIn(data)) {
            throw new CannotStart(
                    MACHINE,
                    "The keys are missing from " + HouseKeys.fileIn(data).getParent()
                            + ": restore that folder, or name the right one with --data DIR.");
        }
    }

    static void demo(People people, Passwords passwords, TransactionTemplate transaction) {
        if (people.areNone()) {
            DemoHouse.furnish(people, passwords, transaction);
        } else if (!people.areDemo()) {
            throw new CannotStart(
                    USAGE,
                    "This data belongs to a production house, and the demo has a documented password: start with --production, or name another folder with --data DIR.");
        }
    }

    static void production(People people, Passwords passwords) {
        if (people.areDemo()) {
            throw new CannotStart(
                    USAGE,
                    "This data belongs to a demo and cannot become a production house: name another folder with --data DIR.");
        }
        people.by(DemoHouse.EMAIL).ifPresent(known -> {
            if (passwords.fits(DemoHouse.PASSWORD, known.phc())) {
                throw new CannotStart(
                        USAGE,
                        "The documented demo password opens this house: change it before starting in production.");
            }
        });
    }
}
