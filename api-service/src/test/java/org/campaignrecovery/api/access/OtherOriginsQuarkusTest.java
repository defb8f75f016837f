package org.campaignrecovery.api.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.security.PrivateKey;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.TokenProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;

/** Frontends of another origin, a reverse proxy that takes a part of the path away, and tokens of an OpenID Connect provider. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class OtherOriginsQuarkusTest {
    private static final String FRONTEND = "https://shop.example";
    private static final String ISSUER = TokenProvider.ISSUER;
    private static final PrivateKey PROVIDER = TokenProvider.privateKey();

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void aFrontendOfAnotherOriginWorksWithTheCookie() {
        TestSessions.anonymous().header("Origin", FRONTEND).header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type,if-match").options("/api/campaigns/1").then().statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo(FRONTEND)).header("Access-Control-Allow-Credentials", equalTo("true"))
                .header("Access-Control-Allow-Methods", containsString("PUT"));
        TestSessions.as("marketer").header("Origin", FRONTEND).header("Sec-Fetch-Site", "cross-site")
                .body(TestCampaigns.with("name", "From another origin")).post("/api/campaigns").then().statusCode(201)
                .header("Access-Control-Allow-Origin", equalTo(FRONTEND)).header("Access-Control-Expose-Headers", containsString("ETag"));
    }

    @Test
    void everyOtherOriginIsAsForeignAsBefore() {
        TestSessions.anonymous().header("Origin", "https://evil.example").header("Access-Control-Request-Method", "PUT")
                .options("/api/campaigns/1").then().header("Access-Control-Allow-Origin", nullValue());
        TestSessions.as("marketer").header("Origin", "https://evil.example").get("/api/campaigns").then()
                .header("Access-Control-Allow-Origin", nullValue());
        for (String origin : new String[]{"https://evil.example", FRONTEND + ".evil.example", "null", "http://shop.example"}) {
            TestSessions.as("marketer").header("Origin", origin).body(TestCampaigns.with("name", "x")).post("/api/campaigns").then()
                    .statusCode(403).body("type", endsWith("cross-site"));
        }
    }

    /** The proxy serves us under /mail at campaigns.example, by TLS. */
    @Test
    void worksBehindAProxyThatTakesAPrefixAway() {
        RequestSpecification proxied = TestSessions.as("marketer").header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "campaigns.example").header("X-Forwarded-Prefix", "/mail")
                .header("Origin", "https://campaigns.example");
        String location = proxied.body(TestCampaigns.with("name", "Proxied")).post("/api/campaigns").then().statusCode(201).extract()
                .header("Location");
        assertThat(location).startsWith("https://campaigns.example/mail/api/campaigns/");
        TestSessions.anonymous().header("Forwarded", "proto=https;host=campaigns.example")
                .body(Map.of("username", "marketer", "password", "marketer-password"))
                .post("/api/auth/login").then().statusCode(204).header("Set-Cookie", containsString("Secure"));
    }

    @Test
    void aTokenOfTheProviderSaysWhoAsksAndWhatTheyMay() {
        bearer(token("eve@shop.example", Set.of("marketer", "staff"))).get("/api/auth/me").then().statusCode(200)
                .body("username", equalTo("eve@shop.example")).body("roles", containsInAnyOrder("marketer", "staff"));
        String id = bearer(token("eve@shop.example", Set.of("marketer", "marketing-manager"))).body(TestCampaigns.with("name", "By token"))
                .post("/api/campaigns").then().statusCode(201).body("createdBy", equalTo("eve@shop.example")).extract().path("id");
        bearer(token("eve@shop.example", Set.of("marketer"))).post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        bearer(token("eve@shop.example", Set.of("marketing-manager"))).post("/api/campaigns/{id}/approve", id).then().statusCode(403);
        bearer(token("bob@shop.example", Set.of("marketing-manager"))).post("/api/campaigns/{id}/approve", id).then().statusCode(200);
        bearer(token("bob@shop.example", Set.of())).post("/api/campaigns/recover").then().statusCode(403);
    }

    @Test
    void aTokenThatIsNotGoodIsNone() {
        String forged = Jwt.claims().issuer(ISSUER).audience("campaigns").upn("eve").groups("admin").expiresIn(60)
                .sign(TokenProvider.keys().getPrivate());
        String expired = Jwt.claims().issuer(ISSUER).audience("campaigns").upn("eve").groups("admin")
                .issuedAt(Instant.now().minusSeconds(600)).expiresAt(Instant.now().minusSeconds(300)).sign(PROVIDER);
        String forOthers = Jwt.claims().issuer(ISSUER).audience("others").upn("eve").groups("admin").expiresIn(60)
                .sign(PROVIDER);
        String ofOthers = Jwt.claims().issuer("https://evil.example").audience("campaigns").upn("eve").groups("admin").expiresIn(60)
                .sign(PROVIDER);
        for (String token : new String[]{forged, expired, forOthers, ofOthers, "nonsense"}) {
            bearer(token).get("/api/auth/me").then().statusCode(401).contentType("application/problem+json");
        }
        TestSessions.as("marketer").get("/api/auth/me").then().statusCode(200).body("username", equalTo("marketer"));
    }

    private static String token(String name, Set<String> groups) {
        return Jwt.claims().issuer(ISSUER).audience("campaigns").upn(name).groups(groups).expiresIn(60).sign(PROVIDER);
    }

    private static RequestSpecification bearer(String token) {
        return given().contentType("application/json").header("Authorization", "Bearer " + token);
    }
}
