package io.velvetastro.sagas.playbook;

import io.velvetastro.language.DefenseCommand.LiftRule;
import io.velvetastro.language.PlaybookEvent.PlaybookStepUndone;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;

/** Waits for a step to be undone, and takes its effect back. */
@Saga
@ProcessingGroup(AnswerToStory.GROUP)
public class TakingBack {

    @StartSaga
    @SagaEventHandler(associationProperty = "incident", keyName = "incidentId")
    public void on(PlaybookStepUndone undone, EventMessage<?> message, Answers answers) {
        var rule = undone.rule();
        if (rule != null) {
            answers.to(message, undone.tenant(), ContainSource.ACTOR, undone.at())
                    .send(new LiftRule(rule, undone.tenant(), undone.reason(), undone.at()));
        }
        SagaLifecycle.end();
    }
}
