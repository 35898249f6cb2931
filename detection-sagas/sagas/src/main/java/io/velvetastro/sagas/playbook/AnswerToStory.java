package io.velvetastro.sagas.playbook;

import io.velvetastro.language.IncidentEvent.ContainmentAdvised;
import io.velvetastro.language.Refused;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;

/** Waits for the advice to contain a source, and contains it. Everything it sends may be sent twice; what fails is tried again, because a lost block is a breach. */
@Saga
@ProcessingGroup(AnswerToStory.GROUP)
public class AnswerToStory {
    static final String GROUP = "playbooks";

    @StartSaga
    @SagaEventHandler(associationProperty = "incidentId")
    public void on(ContainmentAdvised advice, EventMessage<?> message, Answers answers) {
        var playbook = new ContainSource(advice);
        var answer = answers.to(message, advice.tenant(), ContainSource.ACTOR, advice.at());
        answer.send(playbook.start());
        if (advice.history()) {
            answer.send(playbook.withheld()); // What is long over is not acted upon.
        } else if (answer.declined(playbook.block(), Refused.Why.NEVER_BLOCK_LIST)) {
            answer.send(playbook.refused());
        } else {
            answer.send(playbook.completed());
        }
        SagaLifecycle.end();
    }
}
