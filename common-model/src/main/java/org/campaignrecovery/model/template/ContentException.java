package org.campaignrecovery.model.template;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A campaign's content that cannot be rendered at all. */
public final class ContentException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<ContentError> errors;

    ContentException(List<ContentError> errors) {
        super(errors.stream().map(ContentError::toString).collect(joining("; ")));
        this.errors = List.copyOf(errors);
    }

    /** The first error of each part that has one. */
    public List<ContentError> errors() {
        return errors;
    }
}
