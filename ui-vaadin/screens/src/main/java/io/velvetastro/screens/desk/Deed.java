package io.velvetastro.screens.desk;

import io.velvetastro.screens.parts.Ask;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A question that a deed follows: it closes once that is done, and says why where it is declined. */
public abstract class Deed extends Ask {
    protected final Desk desk;

    protected Deed(Desk desk, String title, String verb) {
        super(title, verb);
        this.desk = desk;
    }

    /** Does it at one of the house's own doors. */
    protected final void act(Runnable deed, Runnable done) {
        act(
                () -> {
                    deed.run();
                    return true;
                },
                did -> done.run());
    }

    /** Does what answers at one of the house's own doors; the question is gone before its answer is shown. */
    protected final <A> void act(Supplier<A> deed, Consumer<A> done) {
        busy();
        desk.act(
                this,
                deed,
                answer -> {
                    close();
                    done.accept(answer);
                },
                this::declined);
    }

    /** Orders it of another room. */
    protected final void order(Object command, Runnable done) {
        busy();
        desk.order(
                this,
                command,
                () -> {
                    close();
                    done.run();
                },
                this::refuse);
    }

    protected void declined(Throwable failure) {
        refuse(Problem.ordering(failure));
    }
}
