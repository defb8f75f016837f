package org.campaignrecovery.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;

/** Logging in, staying in, being put out. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class SessionQuarkusTest {

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void theCookieIsKeptFromScripts() {
        Cookie cookie = TestSessions.anonymous().body(Map.of("username", EmbeddedLedger.ADMIN, "password", EmbeddedLedger.ADMIN_PASSWORD))
                .post("/api/auth/login").then().statusCode(204).extract().detailedCookie(SessionCookies.NAME);
        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualTo("Lax");
        assertThat(cookie.isSecured()).as("plain HTTP on localhost").isFalse();

        Cookie elsewhere = TestSessions.anonymous().header("Host", "campaigns.example")
                .body(Map.of("username", EmbeddedLedger.ADMIN, "password", EmbeddedLedger.ADMIN_PASSWORD)).post("/api/auth/login").then()
                .statusCode(204).extract().detailedCookie(SessionCookies.NAME);
        assertThat(elsewhere.isSecured()).isTrue();
    }

    @Test
    void aForgedCookieIsNobody() {
        TestSessions.anonymous().cookie(SessionCookies.NAME, "AAAA").get("/api/auth/me").then().statusCode(401);
    }

    @Test
    void guessingIsSlowedDown() {
        TestSessions.createUser("guessed", "guessed-password", "operator");
        Map<String, String> wrong = Map.of("username", "guessed", "password", "wrong");
        for (int i = 0; i < 3; i++) {
            TestSessions.anonymous().body(wrong).post("/api/auth/login").then().statusCode(401).body("detail",
                    equalTo("username or password is wrong"));
        }
        TestSessions.anonymous().body(wrong).post("/api/auth/login").then().statusCode(429).contentType("application/problem+json");
        await().atMost(Duration.ofSeconds(5)).until(() -> TestSessions.anonymous()
                .body(Map.of("username", "guessed", "password", "guessed-password")).post("/api/auth/login").statusCode() == 204);
    }

    @Test
    void disablingAUserEndsTheirSession() {
        TestSessions.createUser("leaver", "leaver-password", "operator");
        String cookie = TestSessions.login("leaver", "leaver-password");
        TestSessions.anonymous().cookie(SessionCookies.NAME, cookie).get("/api/auth/me").then().statusCode(200).body("roles",
                contains("operator"));
        TestSessions.admin().body(Map.of("enabled", false)).put("/api/users/leaver").then().statusCode(200).body("enabled", equalTo(false));
        await().atMost(Duration.ofSeconds(7))
                .until(() -> TestSessions.anonymous().cookie(SessionCookies.NAME, cookie).get("/api/auth/me").statusCode() == 401);
        TestSessions.anonymous().body(Map.of("username", "leaver", "password", "leaver-password")).post("/api/auth/login").then()
                .statusCode(401);
    }

    @Test
    void aNewPasswordEndsOldSessions() {
        TestSessions.createUser("renewed", "renewed-password", "operator");
        String cookie = TestSessions.login("renewed", "renewed-password");
        TestSessions.admin().body(Map.of("password", "another-password")).put("/api/users/renewed").then().statusCode(200);
        TestSessions.anonymous().cookie(SessionCookies.NAME, cookie).get("/api/auth/me").then().statusCode(401);
    }

    @Test
    void loggingOutTakesTheCookieBack() {
        TestSessions.as("operator").post("/api/auth/logout").then().statusCode(204).header("Set-Cookie", containsString("Max-Age=0"));
    }

    @Test
    void otherSitesChangeNothing() {
        TestSessions.as("marketer").header("Origin", "https://evil.example").body(TestCampaigns.with("name", "x")).post("/api/campaigns")
                .then().statusCode(403).body("type", equalTo("/problems/cross-site"));
        TestSessions.as("marketer").header("Sec-Fetch-Site", "cross-site").body(TestCampaigns.with("name", "x")).post("/api/campaigns")
                .then().statusCode(403).body("type", equalTo("/problems/cross-site"));
        TestSessions.as("marketer").header("Origin", "https://evil.example").get("/api/campaigns").then().statusCode(200);
    }

    @Test
    void usersAreChecked() {
        TestSessions.admin().body(Map.of("username", "a b", "password", "short", "roles", List.of("king"))).post("/api/users").then()
                .statusCode(400).body("errors.field", contains("username", "password", "roles"));
        TestSessions.admin().body(Map.of("enabled", false)).put("/api/users/nobody").then().statusCode(404);
        TestSessions.createUser("twice", "twice-password", "operator");
        TestSessions.admin().body(Map.of("username", "twice", "password", "twice-password", "roles", List.of("operator")))
                .post("/api/users").then().statusCode(409);
    }
}
