package org.campaignrecovery.api.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.Wire;

/**
 * A user as an admin sends it.
 *
 * @param username needed to create one; cannot be changed
 * @param password needed to create one; a new one ends the user's sessions
 * @param roles any of marketer, marketing-manager, operator, admin
 * @param enabled whether they may log in; true when a user is created without it
 */
public record UserRequest(String username, String password, List<String> roles, Boolean enabled) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}";

    void requireNew() {
        List<FieldError> errors = new ArrayList<>();
        if (username == null || !username.matches(NAME)) {
            errors.add(new FieldError("username", "must begin with a letter or digit and have up to 100 letters, digits or . _ @ + -"));
        }
        if (roles == null || roles.isEmpty()) {
            errors.add(new FieldError("roles", "must name at least one of " + roleNames()));
        }
        require(password, errors);
    }

    void requireChange(String path) {
        List<FieldError> errors = new ArrayList<>();
        if (username != null && !username.equals(path)) {
            errors.add(new FieldError("username", "cannot be changed"));
        }
        require(password == null ? "unchanged" : password, errors);
    }

    private void require(String passwordToCheck, List<FieldError> errors) {
        String complaint = Passwords.complaint(passwordToCheck);
        if (complaint != null) {
            errors.add(new FieldError("password", complaint));
        }
        if (roles != null && roles.stream().anyMatch(role -> !roleNames().contains(role))) {
            errors.add(new FieldError("roles", "must be among " + roleNames()));
        }
        if (!errors.isEmpty()) {
            throw ProblemType.VALIDATION.problem(errors);
        }
    }

    Set<Role> roleSet() {
        return roles.stream().map(role -> Wire.parse(Role.class, role)).collect(Collectors.toSet());
    }

    private static List<String> roleNames() {
        return Arrays.stream(Role.values()).map(Role::wire).toList();
    }
}
