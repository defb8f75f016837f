package org.campaignrecovery.api.access;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.startup.LedgerGate;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.ConfigMapping;
import io.smallrye.mutiny.Uni;

/** The first admin comes from the environment. There are no default passwords, and somebody who exists is never overwritten. */
@ApplicationScoped
public class BootstrapAdmin {
    private static final Logger LOG = Logger.getLogger(BootstrapAdmin.class);

    private final Config config;
    private final UserRepository users;
    private final Passwords passwords;
    private final LedgerGate gate;
    private final Clock clock;

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
            return;
        }
        String password = config.password().orElse(null);
        String complaint = Passwords.complaint(password);
        if (complaint != null) {
            throw new IllegalStateException("ADMIN_USERNAME is set, so ADMIN_PASSWORD " + complaint);
        }
        gate.opened().chain(() -> createIfMissing(config.username().get(), password)).subscribe().with(
                created -> LOG.debugf("the admin of ADMIN_USERNAME %s", created ? "was created" : "exists"),
                failure -> LOG.warnf("the admin of ADMIN_USERNAME could not be looked up (%s): restart when the database is well",
                        failure.getMessage()));
    }

    private Uni<Boolean> createIfMissing(String username, String password) {
        return users.named(username).chain(user -> user.isPresent()
                ? Uni.createFrom().item(false)
                : passwords.hash(password).map(hash -> new UserDocument(username, hash, Set.of(Role.ADMIN), true, 0,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS), clock.instant().truncatedTo(ChronoUnit.MILLIS)))
                        .chain(users::insert));
    }
}
