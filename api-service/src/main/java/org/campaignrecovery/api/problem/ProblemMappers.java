package org.campaignrecovery.api.problem;

import java.util.Map;
import java.util.UUID;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

/** What becomes of an exception that reaches the HTTP layer. No exception's text leaks unless we wrote it for clients. */
public class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    /** Before those of the problem extension, which know less. */
    private static final int FIRST = 1;
    private static final Map<Integer, ProblemType> BY_STATUS = Map.of(400, ProblemType.BAD_REQUEST, 401, ProblemType.UNAUTHENTICATED, 403,
            ProblemType.FORBIDDEN, 404, ProblemType.NOT_FOUND, 405, ProblemType.METHOD_NOT_ALLOWED, 406, ProblemType.NOT_ACCEPTABLE, 413,
            ProblemType.TOO_LARGE, 415, ProblemType.UNSUPPORTED_MEDIA_TYPE);
    private static final Map<ProblemType, String> SENTENCES = Map.of(ProblemType.BAD_REQUEST, "the request could not be read",
            ProblemType.UNAUTHENTICATED, LogInFirst.SENTENCE, ProblemType.FORBIDDEN, "your roles do not allow this",
            ProblemType.NOT_FOUND, "there is nothing at this address", ProblemType.METHOD_NOT_ALLOWED,
            "this address does not know that method", ProblemType.NOT_ACCEPTABLE, "only application/json can be answered here",
            ProblemType.TOO_LARGE, "the body is larger than this service accepts", ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "send the body as application/json (header Content-Type)");

    @ServerExceptionMapper(priority = FIRST)
    Response problem(HttpProblem problem) {
        return problem.toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response unknownField(UnrecognizedPropertyException failure) {
        return JsonProblems.of(failure).toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response format(InvalidFormatException failure) {
        return JsonProblems.of(failure).toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response mismatch(MismatchedInputException failure) {
        return JsonProblems.of(failure).toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response json(JsonProcessingException failure) {
        return JsonProblems.of(failure).toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response unauthorized(UnauthorizedException failure) {
        return ProblemType.UNAUTHENTICATED.problem(LogInFirst.SENTENCE).toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response authenticationFailed(AuthenticationFailedException failure) {
        return ProblemType.UNAUTHENTICATED.problem(LogInFirst.SENTENCE).toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response forbidden(ForbiddenException failure) {
        return ProblemType.FORBIDDEN.problem(SENTENCES.get(ProblemType.FORBIDDEN)).toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response jaxRs(WebApplicationException failure) {
        if (failure.getCause() instanceof JsonProcessingException json) {
            return JsonProblems.of(json).toResponse();
        }
        ProblemType type = BY_STATUS.get(failure.getResponse().getStatus());
        return type == null ? unexpected(failure) : withAllow(type.builder(SENTENCES.get(type)), failure).build().toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response notFound(jakarta.ws.rs.NotFoundException failure) {
        return jaxRs(failure);
    }

    @ServerExceptionMapper(priority = FIRST)
    Response forbidden(jakarta.ws.rs.ForbiddenException failure) {
        return jaxRs(failure);
    }

    @ServerExceptionMapper(priority = FIRST)
    Response mongo(MongoException failure) {
        if (!isAway(failure)) {
            return unexpected(failure);
        }
        LOG.warnf("MongoDB (CAMPAIGN_MONGO_URI) does not answer a request: %s", failure.getClass().getSimpleName());
        return ProblemType.UNAVAILABLE
                .builder("the database does not answer at the moment; nothing is known to be stored, please try again")
                .withHeader(HttpHeaders.RETRY_AFTER, "5").build().toResponse();
    }

    @ServerExceptionMapper(priority = FIRST)
    Response unexpected(Exception failure) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(failure, "unexpected error=%s", id);
        return ProblemType.UNEXPECTED.builder("something went wrong that should not; the log of the service has more under " + id)
                .with("error", id).build().toResponse();
    }

    private static boolean isAway(MongoException failure) {
        return failure instanceof MongoTimeoutException || failure instanceof MongoSocketException
                || failure instanceof MongoNotPrimaryException || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoExecutionTimeoutException;
    }

    private static HttpProblem.Builder withAllow(HttpProblem.Builder problem, WebApplicationException failure) {
        Object allow = failure.getResponse().getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null ? problem : problem.withHeader(HttpHeaders.ALLOW, allow);
    }
}
