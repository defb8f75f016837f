package org.campaignrecovery.model.template;

/** A template that cannot be used as it stands. */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient TemplateError error;

    TemplateException(TemplateError error) {
        super(error.toString());
        this.error = error;
    }

    /** The first error in it. */
    public TemplateError error() {
        return error;
    }
}
