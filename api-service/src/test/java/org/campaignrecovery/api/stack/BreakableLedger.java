package org.campaignrecovery.api.stack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager.TestInjector.MatchesType;

/** A stack of its own for one test, which has a field of type {@link Runnable} that takes everything down. */
public class BreakableLedger extends EmbeddedLedger {
    private boolean down;

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields((Runnable) this::stop, new MatchesType(Runnable.class));
    }

    @Override
    public void stop() {
        if (!down) {
            down = true;
            super.stop();
        }
    }
}
