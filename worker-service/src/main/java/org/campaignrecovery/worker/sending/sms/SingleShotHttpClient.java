package org.campaignrecovery.worker.sending.sms;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

import com.twilio.exception.ApiException;
import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;

/**
 * Sends each request once. The library's own client repeats a POST up to three times on an HTTP 500, and the HTTP client below it on a
 * 429 or 503; Twilio has no idempotency key, so each repetition may be another SMS.
 */
class SingleShotHttpClient extends NetworkHttpClient {
    private static final int CLIENT_ERROR = 4;

    private static final int TOO_MANY_REQUESTS = 429;
    /** Set by the thread that makes a call, and marked from below, as the library gives a request no other companion. */
    private static final ThreadLocal<AtomicBoolean> WRITTEN = new ThreadLocal<>();

    private final String base;

    /** @param base scheme and authority of another server than Twilio's, or null */
    SingleShotHttpClient(int connections, Duration timeout, String base) {
        super(builder(connections, Timeout.of(timeout)));
        this.base = base;
    }

    private static HttpClientBuilder builder(int connections, Timeout timeout) {
        return HttpClientBuilder.create().setRequestExecutor(new NotingExecutor()).disableAutomaticRetries().disableRedirectHandling()
                .disableCookieManagement()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout)
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1)).setTimeToLive(TimeValue.ofMinutes(5)).build())
                        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(timeout).build()).build())
                .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(timeout).build());
    }

    /** Makes a call on this thread; {@code written} becomes true before the first byte of a request goes to a connection. */
    <T> T noting(AtomicBoolean written, Supplier<T> call) {
        WRITTEN.set(written);
        try {
            return call.get();
        } finally {
            WRITTEN.remove();
        }
    }

    /** Runs once there is a connection, with TLS where it is wanted. */
    private static final class NotingExecutor extends HttpRequestExecutor {
        @Override
        public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
                HttpResponseInformationCallback information, HttpContext context) throws IOException, HttpException {
            AtomicBoolean written = WRITTEN.get();
            if (written != null) {
                written.set(true);
            }
            return super.execute(request, connection, information, context);
        }
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    /** A refusal by something in between, in its own words, keeps its status: the library would forget it over the words. */
    @Override
    public Response makeRequest(Request request) {
        Response response = super.makeRequest(base == null ? request : elsewhere(request));
        if (response.getStatusCode() == TOO_MANY_REQUESTS) {
            throw new ThrottledException(RetryAfter.of(response.getHeaders()));
        }
        return response.getStatusCode() / 100 == CLIENT_ERROR ? refusal(response.getStatusCode(), response.getContent()) : response;
    }

    private static Response refusal(int status, String content) {
        if (content == null || !content.strip().startsWith("{")) {
            throw new ApiException("no answer of the provider's own", null, null, status, status, null, null, null);
        }
        return new Response(content, status);
    }

    /** The same request to {@code base}; the library has no setting for that. */
    private Request elsewhere(Request original) {
        Request request = new Request(original.getMethod(), base + URI.create(original.getUrl()).getRawPath());
        original.getQueryParams().forEach((name, values) -> values.forEach(value -> request.addQueryParam(name, value)));
        original.getPostParams().forEach((name, values) -> values.forEach(value -> request.addPostParam(name, value)));
        original.getHeaderParams().forEach((name, values) -> values.forEach(value -> request.addHeaderParam(name, value)));
        request.setContentType(original.getContentType());
        request.setUserAgentExtensions(original.getUserAgentExtensions());
        request.setAuth(original.getUsername(), original.getPassword());
        return request;
    }
}
