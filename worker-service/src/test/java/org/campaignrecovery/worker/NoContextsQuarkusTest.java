package org.campaignrecovery.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;

import org.campaignrecovery.worker.fixture.WorkerStack;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.infrastructure.CallbackDecorator;

/** The setting that takes the contexts out names a library and a file of it: after an update it could do nothing, and nobody would see. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class NoContextsQuarkusTest {

    @Test
    void noStepOfAMessageCarriesContextsAlong() {
        assertThat(ServiceLoader.load(CallbackDecorator.class)).extracting(decorator -> decorator.getClass().getName())
                .noneMatch(name -> name.startsWith("io.smallrye.mutiny.context."));
    }
}
