package org.campaignrecovery.api.access;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.startup.LedgerGate;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.mutiny.Uni;

/** The first admin comes from the environment. There are no default passwords, and somebody who exists is never overwritten. */
@Readiness
@ApplicationScoped
public class BootstrapAdmin implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(BootstrapAdmin.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

    private final Config config;
    private final UserRepository users;
    private final Passwords passwords;
    private final LedgerGate gate;
    private final Clock clock;
    private volatile boolean settled;

    BootstrapAdmin(Config config, UserRepository users, Passwords passwords, LedgerGate gate, Clock clock) {
        this.config = config;
        this.users = users;
        this.passwords = passwords;
        this.gate = gate;
        this.clock = clock;
    }

    /** The first admin. */
    @ConfigMapping(prefix = "campaign.admin")
    public interface Config {

        /** ADMIN_USERNAME; without it nobody is created. */
        Optional<String> username();

        /** ADMIN_PASSWORD, at least 8 characters. */
        Optional<String> password();
    }

    void start(@Observes StartupEvent event) {
        if (config.username().isEmpty()) {
            settled = true;
            return;
        }
        String password = config.password().orElse(null);
        String complaint = Passwords.complaint(password);
        if (complaint != null) {
            throw new IllegalStateException("ADMIN_USERNAME is set, so ADMIN_PASSWORD " + complaint);
        }
        gate.opened().chain(() -> createIfMissing(config.username().get(), password)).onFailure().retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely().subscribe().with(created -> {
                    settled = true;
                    LOG.debugf("the admin of ADMIN_USERNAME %s", created ? "was created" : "exists");
                });
    }

    /** Ready means that the admin can log in. */
    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("admin").status(settled).build();
    }

    private Uni<Boolean> createIfMissing(String username, String password) {
        return users.named(username).chain(user -> user.isPresent()
                ? Uni.createFrom().item(false)
                : passwords.hash(password).map(hash -> new UserDocument(username, hash, Set.of(Role.ADMIN), true, 0,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS), clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                        .chain(users::insert));
    }
}
