package org.campaignrecovery.api.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.campaignrecovery.api.body.BodyReader;
import org.campaignrecovery.api.problem.ProblemType;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;

/**
 * Carries out a POST with an Idempotency-Key once: whoever repeats it within a day gets the answer of the first. What was refused changed
 * nothing and is not kept. A process that dies over a request leaves its key in use for a minute.
 */
public class IdempotencyFilter {
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final Logger LOG = Logger.getLogger(IdempotencyFilter.class);
    private static final Pattern KEYS = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String BEGUN = IdempotencyFilter.class.getName();
    private static final int FIRST_REDIRECT = 300;
    private static final List<String> HEADERS = List.of(HttpHeaders.LOCATION, HttpHeaders.ETAG);

    private final KeptAnswerRepository answers;
    private final CurrentIdentityAssociation identities;
    private final ObjectMapper json;
    private final CurrentVertxRequest vertx;

    IdempotencyFilter(KeptAnswerRepository answers, CurrentIdentityAssociation identities, ObjectMapper json, CurrentVertxRequest vertx) {
        this.vertx = vertx;
        this.answers = answers;
        this.identities = identities;
        this.json = json;
    }

    private record Begun(String id, String request) {
    }

    /** The kept answer, or null when the request shall be carried out. */
    @ServerRequestFilter
    public Uni<Response> before(ContainerRequestContext request) {
        String key = request.getHeaderString(KEY);
        if (key == null || !request.getMethod().equals("POST")) {
            return Uni.createFrom().nullItem();
        }
        if (!KEYS.matcher(key).matches()) {
            throw ProblemType.BAD_REQUEST.problem(KEY + " must have 1 to 255 visible ASCII characters, a UUID for instance");
        }
        String fingerprint = digest(BodyReader.of(vertx.getCurrent()), request.getUriInfo().getRequestUri().getRawQuery());
        return identities.getDeferredIdentity().chain(identity -> {
            if (identity.isAnonymous()) {
                return Uni.createFrom().nullItem();
            }
            Begun begun = new Begun(digest(new byte[0], identity.getPrincipal().getName(), request.getUriInfo().getPath(), key),
                    fingerprint);
            return answers.begin(begun.id(), fingerprint).map(known -> {
                if (known == null) {
                    request.setProperty(BEGUN, begun);
                    return null;
                }
                return known(known, fingerprint);
            });
        });
    }

    private static Response known(KeptAnswerDocument known, String fingerprint) {
        if (!known.request().equals(fingerprint)) {
            throw ProblemType.KEY_REUSED.problem("this %s was used for another request; make a new one for each".formatted(KEY));
        }
        if (known.underWay()) {
            throw ProblemType.CONFLICT.problem("the request with this %s is being carried out; ask again in a moment".formatted(KEY));
        }
        Response.ResponseBuilder answer = Response.status(known.status()).header(REPLAYED, "true");
        known.headers().forEach(answer::header);
        return known.body() == null ? answer.build() : answer.entity(known.body()).type(MediaType.APPLICATION_JSON_TYPE).build();
    }

    @ServerResponseFilter
    public Uni<Void> after(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(BEGUN) instanceof Begun begun)) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> done = response.getStatus() < FIRST_REDIRECT
                ? answers.keep(answers.answered(begun.id(), begun.request(), response.getStatus(), headers(response), text(response)))
                : answers.forget(begun.id());
        return done.onFailure().invoke(failure -> LOG.warnf("an answer could not be kept: %s", failure.getMessage())).onFailure()
                .recoverWithNull();
    }

    private static Map<String, String> headers(ContainerResponseContext response) {
        Map<String, String> headers = new LinkedHashMap<>();
        HEADERS.forEach(name -> {
            String value = response.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        });
        return headers;
    }

    private String text(ContainerResponseContext response) {
        try {
            return response.hasEntity() ? json.writeValueAsString(response.getEntity()) : null;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(byte[] bytes, String... texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String text : texts) {
                digest.update(String.valueOf(text).getBytes(UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
