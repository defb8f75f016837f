package org.campaignrecovery.local.stack;

import java.util.concurrent.CountDownLatch;

import org.campaignrecovery.local.logging.QuietLogging;

/** Runs the embedded parts in the foreground until SIGTERM or SIGINT. */
public final class StackMain {
    private StackMain() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        QuietLogging.install();
        Stack stack;
        try {
            stack = Stack.start(StackSettings.of(System.getenv()));
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
        stack.addresses().forEach((name, value) -> System.out.println(name + "=" + (name.endsWith("_TOKEN") ? "…" : value)));
        System.out.println("The stack is up.");
        new CountDownLatch(1).await();
    }

    private static void stop(Stack stack) {
        System.out.println("The stack was told to stop.");
        stack.close();
    }
}
