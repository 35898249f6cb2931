package io.velvetastro.screens.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velvetastro.language.Refused;
import io.velvetastro.screens.profile.ProfileView;
import io.velvetastro.screens.testing.FakeOwnAccount;
import io.velvetastro.screens.testing.ScreenTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;

/** A page that is still open is no longer anybody's once its member was shown out: what it sends through push passes no filter. */
class DeskTest extends ScreenTest {
    @Autowired
    ObjectProvider<Desk> desks;

    @Autowired
    ObjectProvider<FakeOwnAccount> own;

    private final List<String> heard = new ArrayList<>();
    private ProfileView page;
    private Desk desk;

    @BeforeEach
    void aPageIsOpenAndItsMemberIsShownOut() {
        page = at("profile", ProfileView.class);
        desk = desks.getObject();
        own.getObject().showOut();
    }

    @Test
    void nothingIsOrderedFromIt() {
        desk.order(page, "an order", () -> heard.add("done"), problem -> heard.add(problem.code()));
        assertThat(heard).containsExactly("403 forbidden");
        assertThat(rooms.ordered).isEmpty();
    }

    @Test
    void nothingIsAskedFromIt() {
        desk.ask(page, "a question", String.class, heard::add, problem -> heard.add(problem.code()));
        assertThat(heard).containsExactly("403 forbidden");
        assertThatThrownBy(() -> desk.answer("a question", String.class)).isInstanceOf(Refused.class);
    }

    @Test
    void nothingIsDoneOrHandedOutFromIt() {
        desk.act(
                page,
                () -> heard.add("deed"),
                done -> heard.add("done"),
                cause -> heard.add(cause.getClass().getSimpleName()));
        assertThat(heard).containsExactly("Refused");
    }
}
