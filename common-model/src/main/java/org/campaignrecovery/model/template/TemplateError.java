package org.campaignrecovery.model.template;

/**
 * What is wrong in a template, for the one who wrote it.
 *
 * @param line from 1
 * @param column from 1, in characters, where the tag concerned begins
 * @param sentence what to change
 */
public record TemplateError(int line, int column, String sentence) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + sentence;
    }
}
