package org.campaignrecovery.api.problem;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** Says in our words what Jackson could not read, and where; names no class of ours. */
final class JsonProblems {

    private JsonProblems() {
    }

    static HttpProblem of(JsonProcessingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown);
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return mismatch.getPath().isEmpty() && mismatch.getTargetType() != null && atStart(mismatch)
                    ? ProblemType.MALFORMED_JSON.problem("a JSON object is expected as the body")
                    : wrongType(mismatch);
        }
        return ProblemType.MALFORMED_JSON.problem("%s: %s".formatted(where(failure.getLocation()), firstLine(failure)));
    }

    private static HttpProblem unknownField(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds() == null ? List.of() : unknown.getKnownPropertyIds();
        String names = known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
        String field = path(unknown);
        return ProblemType.UNKNOWN_FIELD.builder("%s is not known here (%s); known are: %s".formatted(field, where(unknown.getLocation()),
                names)).with("errors", List.of(new FieldError(field, "not known; known are: " + names))).build();
    }

    private static HttpProblem wrongType(MismatchedInputException mismatch) {
        String field = path(mismatch);
        String message = "must be " + expected(mismatch.getTargetType());
        return ProblemType.WRONG_TYPE.builder("%s %s (%s)".formatted(field.isEmpty() ? "the body" : field, message,
                where(mismatch.getLocation()))).with("errors", List.of(new FieldError(field, message))).build();
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "of another type";
        }
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

    private static boolean atStart(MismatchedInputException mismatch) {
        return !(mismatch instanceof InvalidFormatException) && mismatch.getLocation() != null && mismatch.getLocation().getLineNr() <= 1;
    }

    private static String where(JsonLocation location) {
        return location == null ? "somewhere" : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String firstLine(JsonProcessingException failure) {
        String message = failure.getOriginalMessage();
        return message == null ? "not JSON" : message.lines().findFirst().orElse("not JSON");
    }
}
