package org.campaignrecovery.api.access;

import org.campaignrecovery.model.Wire;

/** What a user may do; the wire names are those that {@code @RolesAllowed} uses. */
public enum Role implements Wire {
    MARKETER(Role.MARKETER_NAME),
    MARKETING_MANAGER(Role.MARKETING_MANAGER_NAME),
    OPERATOR(Role.OPERATOR_NAME),
    ADMIN(Role.ADMIN_NAME);

    public static final String MARKETER_NAME = "marketer";
    public static final String MARKETING_MANAGER_NAME = "marketing-manager";
    public static final String OPERATOR_NAME = "operator";
    public static final String ADMIN_NAME = "admin";

    private final String wire;

    Role(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
