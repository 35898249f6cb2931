package io.velvetastro.screens.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.velvetastro.language.Caller;
import io.velvetastro.screens.profile.ProfileView;
import io.velvetastro.screens.testing.ScreenTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.context.SecurityContextHolder;

/** The buses let whoever is signed in ask for their own organisation alone: so every question has to come in somebody's name. */
class AskerTest extends ScreenTest {
    @Autowired
    ObjectProvider<Desk> desks;

    private ProfileView page;
    private Desk desk;

    @BeforeEach
    void aPageThatPushWorksForLater() {
        rooms.answer(String.class, asked -> "an answer");
        page = at("profile", ProfileView.class);
        desk = desks.getObject();
        rooms.askers.clear();
        SecurityContextHolder.clearContext(); // As on the threads of push and of timers.
    }

    @Test
    void itIsAskedInItsMembersName() {
        desk.ask(page, "a question", String.class, answer -> {}, problem -> {});
        isAskedByItsMember();
    }

    @Test
    void itIsAnsweredInItsMembersName() {
        assertThat(desk.answer("a question", String.class)).isEqualTo("an answer");
        isAskedByItsMember();
    }

    @Test
    void itListensInItsMembersName() {
        desk.watch(page, "a question", String.class, String.class, () -> {});
        isAskedByItsMember();
    }

    private void isAskedByItsMember() {
        assertThat(rooms.askers)
                .singleElement()
                .satisfies(
                        asker -> assertThat(asker.orElseThrow().getPrincipal()).isInstanceOf(Caller.class));
        assertThat(SecurityContextHolder.getContext().getAuthentication())
                .as("whose thread it was is nobody's again")
                .isNull();
    }
}
