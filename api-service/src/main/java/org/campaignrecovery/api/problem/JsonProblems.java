package org.campaignrecovery.api.problem;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.campaignrecovery.model.audience.CustomerId;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** Says in our words what Jackson could not read, and where; names no class of ours. */
final class JsonProblems {
    private static final Pattern PARSER_INTERNALS = Pattern.compile(" \\((start marker at|for Object starting at|from) .*|\\[Source.*");

    private JsonProblems() {
    }

    static HttpProblem of(JsonProcessingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown);
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return mismatch.getPath().isEmpty() ? notOneObject(mismatch) : wrongType(mismatch, expected(mismatch));
        }
        if (failure instanceof JsonMappingException mapping && mapping.getCause() instanceof InputCoercionException) {
            return wrongType(mapping, "a number that is not too large");
        }
        return ProblemType.MALFORMED_JSON.problem("%s: %s".formatted(where(failure.getLocation()), sentence(failure)));
    }

    private static HttpProblem notOneObject(MismatchedInputException failure) {
        boolean trailing = failure.getOriginalMessage() != null && failure.getOriginalMessage().startsWith("Trailing token");
        return ProblemType.MALFORMED_JSON.problem(trailing
                ? where(failure.getLocation()) + ": something follows after the end of the JSON object"
                : "a JSON object is expected as the body");
    }

    private static HttpProblem unknownField(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds() == null ? List.of() : unknown.getKnownPropertyIds();
        String names = known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        String field = path(unknown);
        return ProblemType.UNKNOWN_FIELD.builder("%s is not known here (%s); known are: %s".formatted(field, where(unknown.getLocation()),
                names)).with("errors", List.of(new FieldError(field, "not known; known are: " + names))).build();
    }

    private static HttpProblem wrongType(JsonMappingException failure, String expected) {
        String field = path(failure);
        String message = "must be " + expected;
        return ProblemType.WRONG_TYPE.builder("%s %s (%s)".formatted(field, message, where(failure.getLocation())))
                .with("errors", List.of(new FieldError(field, message))).build();
    }

    private static String expected(MismatchedInputException mismatch) {
        if (mismatch.getTargetType() == CustomerId.class) {
            return "a text or a number";
        }
        return mismatch.getTargetType() == null ? "of another type" : expected(mismatch.getTargetType());
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    private static String where(JsonLocation location) {
        return location == null ? "somewhere" : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    /** The parser's own sentence, without what it says of itself. */
    private static String sentence(JsonProcessingException failure) {
        String message = failure.getOriginalMessage();
        if (message == null || message.contains("StreamReadConstraints")) {
            return "the JSON is nested too deeply, or a value in it is too long";
        }
        return PARSER_INTERNALS.matcher(message.lines().findFirst().orElse("")).replaceAll("");
    }
}
