package org.campaignrecovery.api.access;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.oneOf;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.campaignrecovery.api.stack.EmbeddedLedger;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** People who are logged in, one a role, made when they are first asked for. */
public final class TestSessions {
    private static final Map<String, String> COOKIES = new ConcurrentHashMap<>();

    private TestSessions() {
    }

    /** The service answers as soon as its ledger is open. */
    public static void awaitReady() {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions()
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    /** Requests of the user who has this role; the user's name is the role's. */
    public static RequestSpecification as(String role) {
        if (!COOKIES.containsKey(role)) {
            createUser(role, role + "-password", role);
            COOKIES.put(role, login(role, role + "-password"));
        }
        return given().contentType(ContentType.JSON).cookie(SessionCookies.NAME, COOKIES.get(role));
    }

    /** The header of the same session, for clients of another kind. */
    public static String cookie(String role) {
        as(role);
        return SessionCookies.NAME + "=" + COOKIES.get(role);
    }

    public static RequestSpecification admin() {
        String admin = EmbeddedLedger.ADMIN;
        if (!COOKIES.containsKey(admin)) {
            COOKIES.put(admin, login(admin, EmbeddedLedger.ADMIN_PASSWORD));
        }
        return given().contentType(ContentType.JSON).cookie(SessionCookies.NAME, COOKIES.get(admin));
    }

    public static RequestSpecification anonymous() {
        return given().contentType(ContentType.JSON);
    }

    public static void createUser(String name, String password, String role) {
        admin().body(Map.of("username", name, "password", password, "roles", List.of(role))).post("/api/users").then()
                .statusCode(oneOf(201, 409));
    }

    public static String login(String name, String password) {
        return given().contentType(ContentType.JSON).body(Map.of("username", name, "password", password)).post("/api/auth/login").then()
                .statusCode(204).extract().cookie(SessionCookies.NAME);
    }
}
