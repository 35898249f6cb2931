package io.velvetastro.decisions.identity;

import io.velvetastro.language.Attendance;
import java.security.Principal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whether those who only listen still may: members by their session, programs by their key, and nobody else. */
@Component
class Listening implements Attendance {
    private final Sessions sessions;
    private final ApiKeys keys;

    Listening(Sessions sessions, ApiKeys keys) {
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public Set<Principal> unchangedAmong(Collection<? extends Principal> listening) {
        var members = new HashSet<SignedIn>();
        var programs = new HashSet<Program>();
        for (var one : listening) {
            if (one instanceof SignedIn member) members.add(member);
            if (one instanceof Program program) programs.add(program);
        }
        var unchanged = new HashSet<Principal>();
        if (!members.isEmpty()) unchanged.addAll(sessions.unchangedAmong(members));
        if (!programs.isEmpty()) unchanged.addAll(keys.unchangedAmong(programs));
        return unchanged;
    }
}
