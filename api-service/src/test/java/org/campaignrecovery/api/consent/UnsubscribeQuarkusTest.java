package org.campaignrecovery.api.consent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import jakarta.inject.Inject;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.ledger.consent.LinkKeyRepository;
import org.campaignrecovery.local.twilio.TwilioSignature;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.UnsubscribeLinks;
import org.campaignrecovery.model.consent.Unsubscription;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** What recipients do: they use a link, or answer an SMS. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class UnsubscribeQuarkusTest {
    @Inject
    LinkKeyRepository keys;

    private final String address = "ada-" + UUID.randomUUID() + "@example.org";
    private final String number = "+1202555" + (1000 + (int) (Math.random() * 9000));

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
        TestSessions.as("operator").delete("/api/suppressions/{id}", "sms:" + number);
    }

    @Test
    void lookingAtTheLinkAsksAndChangesNothing() {
        given().get(link()).then().statusCode(200).contentType("text/html").body(containsString("a…@example.org"))
                .body(not(containsString(address))).body(containsString("<form method=\"post\">"))
                .header("Referrer-Policy", "no-referrer").header("Cache-Control", "no-store");
        listed("email:" + address).statusCode(404);
    }

    /** RFC 8058: without cookie or redirect, from whatever page a mail client is. */
    @Test
    void oneClickSuppressesTheAddress() {
        String link = link();
        for (int n = 0; n < 2; n++) {
            given().formParam("List-Unsubscribe", "One-Click").header("Origin", "https://mail.example").header("Sec-Fetch-Site",
                    "cross-site").post(link).then().statusCode(200).body(containsString("You are unsubscribed"));
        }
        listed("email:" + address).statusCode(200).body("suppression.reason", equalTo("unsubscribed"))
                .body("suppression.by", nullValue()).body("suppression.runId", equalTo("run-1"))
                .body("history.size()", equalTo(1)).body("history[0].reason", equalTo("unsubscribed"));
    }

    @Test
    void mailClientsMayPostMultipartToo() {
        given().multiPart("List-Unsubscribe", "One-Click").post(link()).then().statusCode(200);
        listed("email:" + address).statusCode(200);
    }

    @Test
    void halfALinkDoesNothing() {
        String link = link();
        given().get(link.substring(0, link.length() - 5)).then().statusCode(404).contentType("text/html")
                .body(containsString("not complete"));
        given().post(link.substring(0, link.length() - 5)).then().statusCode(404);
        listed("email:" + address).statusCode(404);
    }

    @Test
    void everyProcessHasTheSameKey() {
        UnsubscribeLinks first = keys.links().await().indefinitely();
        assertThat(first.open(link().substring(UnsubscribeLinks.PATH.length()))).isPresent();
    }

    @Test
    void stopSuppressesTheNumberAndStartTakesItBack() {
        answer("Stop").statusCode(200).contentType("application/xml").body(containsString("<Response/>"));
        listed("sms:" + number).body("suppression.reason", equalTo("stop"));
        answer("thank you").statusCode(200);
        listed("sms:" + number).body("suppression.reason", equalTo("stop"));
        answer("START").statusCode(200);
        listed("sms:" + number).statusCode(200).body("suppression", nullValue()).body("history[-1].reason", nullValue())
                .body("history[-2].reason", equalTo("stop"));
    }

    /** Somebody else had another reason: an answer by SMS does not overrule it. */
    @Test
    void startTakesNothingElseBack() {
        answer("STOP").statusCode(200);
        TestSessions.as("operator").body(Map.of("channel", "sms", "address", number, "reason", "complaint")).post("/api/suppressions")
                .then().statusCode(200).body("reason", equalTo("complaint"));
        answer("START").statusCode(200);
        listed("sms:" + number).body("suppression.reason", equalTo("complaint"));
        answer("STOP").statusCode(200);
        listed("sms:" + number).body("suppression.reason", equalTo("complaint"));
    }

    @Test
    void whatTwilioDidNotSignIsRefused() {
        Map<String, String> form = form("STOP");
        given().formParams(form).post(TwilioInboundResource.PATH).then().statusCode(403);
        given().formParams(form).header("X-Twilio-Signature", TwilioSignature.of("another", url(), form))
                .post(TwilioInboundResource.PATH).then().statusCode(403);
        listed("sms:" + number).body("suppression", nullValue());
    }

    @Test
    void aTemplateMayShowTheLinkWhereItLikes() {
        Map<String, Object> campaign = new TreeMap<>(TestCampaigns.with("sms", null));
        campaign.put("channels", List.of("email"));
        campaign.put("email", Map.of("subject", "Hello", "html", "<a href=\"{{unsubscribe_url}}\">away</a>"));
        String id = TestSessions.as("marketer").body(campaign).post("/api/campaigns").then().statusCode(201).extract().path("id");
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
    }

    private String link() {
        return UnsubscribeLinks.PATH
                + keys.links().await().indefinitely().token(new Unsubscription(Channel.EMAIL, address, "run-1"));
    }

    private static ValidatableResponse listed(String id) {
        return TestSessions.as("operator").get("/api/suppressions/{id}", id).then();
    }

    private ValidatableResponse answer(String body) {
        Map<String, String> form = form(body);
        return given().formParams(form).header("X-Twilio-Signature", TwilioSignature.of("token", url(), form))
                .post(TwilioInboundResource.PATH).then();
    }

    private Map<String, String> form(String body) {
        return new TreeMap<>(Map.of("From", number, "To", "+15005550006", "Body", body, "MessageSid", "SM1"));
    }

    private static String url() {
        return EmbeddedLedger.PUBLIC_URL.replaceAll("/+$", "") + TwilioInboundResource.PATH;
    }
}
