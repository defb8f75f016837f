package org.campaignrecovery.api.access;

import java.util.Set;

import io.quarkus.security.identity.SecurityIdentity;

/** Who asks for something. */
public record Actor(String name, Set<String> roles) {

    public static Actor of(SecurityIdentity identity) {
        return new Actor(identity.getPrincipal().getName(), identity.getRoles());
    }

    public boolean is(Role role) {
        return roles.contains(role.wire());
    }
}
