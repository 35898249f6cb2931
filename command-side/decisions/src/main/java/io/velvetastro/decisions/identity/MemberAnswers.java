package io.velvetastro.decisions.identity;

import io.velvetastro.questions.Members.MemberList;
import io.velvetastro.questions.Members.MemberListAnswer;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Tells who belongs to an organisation, so that work can be given to them. */
@Component
class MemberAnswers {
    private final People people;

    MemberAnswers(People people) {
        this.people = people;
    }

    @QueryHandler
    MemberListAnswer answer(MemberList asked) {
        return new MemberListAnswer(people.of(asked.tenant()));
    }
}
