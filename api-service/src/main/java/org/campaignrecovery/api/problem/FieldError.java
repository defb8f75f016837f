package org.campaignrecovery.api.problem;

/**
 * What is wrong with one field of a request.
 *
 * @param field path as in the JSON, for instance {@code email.subject}
 * @param message a sentence that helps
 */
public record FieldError(String field, String message) {
}
