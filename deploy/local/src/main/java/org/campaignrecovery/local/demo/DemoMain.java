package org.campaignrecovery.local.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.campaignrecovery.local.cluster.ClusterSettings;
import org.campaignrecovery.local.cluster.EphemeralCluster;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.logging.QuietLogging;

/** {@code make demo [ORDERS=file]}: exits with 1 when ledger and receivers disagree or anyone received two, with 2 when it could not run. */
public final class DemoMain {
    private DemoMain() {
    }

    public static void main(String[] arguments) {
        QuietLogging.install();
        Optional<Path> orders = arguments.length == 0 || arguments[0].isBlank() ? Optional.empty() : Optional.of(Path.of(arguments[0]));
        if (orders.isPresent() && !Files.isRegularFile(orders.get())) {
            System.err.println("ORDERS=" + orders.get() + " is not a file.");
            System.exit(2);
        }
        LocalDirectory directory = new LocalDirectory(LocalDirectory.of(System.getenv()).root().resolve("demo"));
        System.exit(run(new EphemeralCluster(directory, "demo", ClusterSettings.isolated()), orders));
    }

    private static int run(EphemeralCluster stage, Optional<Path> orders) {
        try (stage) {
            DemoResult result = new Demo(stage, orders).run();
            result.print(System.out);
            return result.agrees() ? 0 : 1;
        } catch (Exception e) {
            System.err.println("\nThe demo could not finish: " + e.getMessage());
            System.err.println("Logs: " + stage.directory().log("*"));
            return 2;
        }
    }
}
