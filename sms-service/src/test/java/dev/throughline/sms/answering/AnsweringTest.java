package dev.throughline.sms.answering;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.throughline.events.OperatorEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.kafka.EventPublisher;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.sms.AbstractTextsTest;
import dev.throughline.sms.FakeProviders;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.inbound.InboundTexts;
import dev.throughline.sms.outbound.OutboundTexts;
import dev.throughline.sms.outbound.TextSender;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One conversation per lead: over replicas, beside a human, and with what happens meanwhile. */
@QuarkusTest
class AnsweringTest extends AbstractTextsTest {

    @Inject
    EventPublisher publisher;

    @Inject
    Pool pool;

    @Inject
    Answering answering;

    @Inject
    InboundTexts inbound;

    @Inject
    OutboundTexts outbound;

    @Inject
    Outbox outbox;

    @Inject
    TenantDirectory tenants;

    @Inject
    LeadContexts contexts;

    @Inject
    RecentTexts recent;

    @Inject
    TextAgent agent;

    @Inject
    TextSender sender;

    @Inject
    SmsConfig config;

    @Inject
    Clock clock;

    private void rules(@Nullable Integer maxLength, @Nullable String fallback) {
        rules(new TextSettings(null, null, maxLength, null, List.of(), null, fallback, OnFailure.NOTHING, null));
    }

    /** As another replica would have it. */
    private Answering secondReplica() {
        return replica(new LeadLeases());
    }

    private Answering replica(LeadLeases leases) {
        Settlement settlement = new Settlement(pool, leases, inbound, outbound, outbox, clock);
        return new Answering(
                pool,
                inbound,
                leases,
                new LeadAnswer(tenants, contexts, recent, agent, settlement, sender, config, clock),
                config,
                clock);
    }

    private void text(String from, String body) {
        Map<String, String> form = form(sid(), body);
        form.put("From", from);
        post(form).statusCode(200);
    }

    private UUID leadOf(String from) {
        return LeadIds.of(salon.id(), ContactAddress.phone(from));
    }

    private List<String> answers() {
        return FakeProviders.sentTo(customer).stream()
                .map(FakeProviders.Sent::body)
                .toList();
    }

    private void awaitAnswers(String... bodies) {
        await().atMost(LONG).untilAsserted(() -> assertThat(answers()).containsExactly(bodies));
    }

    private void awaitThinking(String words, int sessions) {
        await().atMost(LONG).until(() -> FakeProviders.thinking(words) == sessions);
    }

    private ValidatableResponse operator(String step) {
        return operator(Tokens.operator(salon.id(), "operator"), step);
    }

    private ValidatableResponse operator(String token, String step) {
        return given().header("Authorization", "Bearer " + token)
                .post("/api/twilio/text-conversations/" + lead() + step)
                .then();
    }

    private void operatorTexts(String body) {
        given().header("Authorization", "Bearer " + Tokens.operator(salon.id(), "operator"))
                .contentType(ContentType.JSON)
                .body(Map.of("tenantId", salon.id().toString(), "to", customer, "body", body))
                .post("/api/twilio/send-sms")
                .then()
                .statusCode(202);
    }

    private long waiting() {
        return pool.preparedQuery("SELECT count(*) FROM inbound_text WHERE lead_id = $1 AND state = 'WAITING'")
                .execute(Tuple.of(lead()))
                .await()
                .atMost(LONG)
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void shouldAnswerEachLeadOnceWhenTwoReplicasAreWoken() {
        Answering second = secondReplica();
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String from = "+120255509%02d".formatted(i);
            customers.add(from);
            text(from, "Text of lead " + i);
        }
        for (int round = 0; round < 20; round++) {
            for (String from : customers) {
                second.wake(leadOf(from));
                answering.wake(leadOf(from));
            }
        }
        await().atMost(LONG).until(() -> customers.stream()
                .noneMatch(from -> FakeProviders.sentTo(from).isEmpty()));
        for (int i = 0; i < customers.size(); i++) {
            assertThat(FakeProviders.sentTo(customers.get(i)))
                    .extracting(FakeProviders.Sent::body)
                    .containsExactly("You wrote: Text of lead " + i);
        }
    }

    @Test
    void shouldNeitherLoseNorDoubleAnAnswerWhenTheLeadMovesInItsMiddle() {
        String words = "think of " + customer;
        text(customer, words);
        awaitThinking(words, 1);

        // The replica that thinks was not heard of for too long, and another one takes the lead.
        pool.preparedQuery("UPDATE lead_lease SET until = now() - interval '1 minute' WHERE lead_id = $1")
                .execute(Tuple.of(lead()))
                .await()
                .atMost(LONG);
        secondReplica().wake(lead());
        awaitThinking(words, 2);
        FakeProviders.goOn(words);

        awaitAnswers("You wrote: " + words);
        await().atMost(LONG).untilAsserted(() -> assertThat(waiting()).isZero());
        text(customer, "and then?");
        awaitAnswers("You wrote: " + words, "You wrote: and then?");
    }

    @Test
    void shouldMakeOneTurnOfABurst() {
        text(customer, "Hello");
        text(customer, "are you open");
        text(customer, "on Sunday?");
        awaitAnswers("You wrote: Hello\nare you open\non Sunday?");
    }

    @Test
    void shouldSendALongAnswerAsTextsInOrder() {
        rules(50, null);
        String sid = hear("a long one");
        awaitAnswers(
                "Sentence 1 of three is of forty letters.",
                "Sentence 2 of three is of forty letters.",
                "Sentence 3 of three is of forty letters.");
        await().atMost(LONG).untilAsserted(() -> assertThat(told(SmsEvent.Sent.class))
                .extracting(SmsEvent.Sent::inReplyTo)
                .containsExactly(sid, sid, sid));
    }

    @Test
    void shouldSendTheFallbackWhenTheAgentIsSilentTwice() {
        rules(null, "We write back soon.");
        text(customer, "silence");
        awaitAnswers("We write back soon.");
    }

    /** Longer than one question may take to ask, with its repeats. */
    @Test
    void shouldAnswerByTheAgentOnceItCanBeReachedAgain() {
        rules(null, "We write back soon.");
        FakeProviders.beAway(7);
        text(customer, "Are you there?");
        awaitAnswers("You wrote: Are you there?");
    }

    @Test
    void shouldBeginNothingWhileTheProcessEnds() {
        AtomicReference<Answering> replica = new AtomicReference<>();
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger givenBack = new AtomicInteger();
        LeadLeases leases = new LeadLeases() {
            @Override
            Uni<Boolean> take(SqlClient client, UUID leadId, Duration length) {
                taken.incrementAndGet();
                // It ends while the database gives it the lead.
                replica.get().onShutdown(new ShutdownEvent());
                return Uni.createFrom().item(true);
            }

            @Override
            Uni<Void> giveBack(SqlClient client, UUID leadId) {
                givenBack.incrementAndGet();
                return Uni.createFrom().voidItem();
            }
        };
        replica.set(replica(leases));

        replica.get().wake(lead());
        assertThat(givenBack).hasValue(1);
        replica.get().wake(lead());
        assertThat(taken).hasValue(1);
    }

    @Test
    void shouldDropAnAnswerToWhomHasSaidStopMeanwhile() {
        String words = "think of stop " + customer;
        text(customer, words);
        awaitThinking(words, 1);
        // As after a STOP that was stored while the text was.
        pool.preparedQuery("INSERT INTO consent VALUES ($1, $2, true, 'STOP', 'sms', now())")
                .execute(Tuple.of(salon.id(), lead()))
                .await()
                .atMost(LONG);
        FakeProviders.goOn(words);

        await().atMost(LONG).untilAsserted(() -> assertThat(waiting()).isZero());
        hear("START");
        text(customer, "Again");
        awaitAnswers("You wrote: Again");
    }

    @Test
    void shouldTellTheAgentWhatHappensWhileItThinks() {
        String words = "think of news " + customer;
        text(customer, words);
        awaitThinking(words, 1);
        var whisper = new OperatorEvent.Whisper("w1", "Jo", "Offer ten percent to " + customer);
        publisher
                .publish(SmsEvents.recorded(UUID.randomUUID(), Instant.now(), salon.id(), lead(), whisper))
                .await()
                .atMost(LONG);
        text(customer, "one more thing " + customer);

        await().atMost(LONG).untilAsserted(() -> assertThat(FakeProviders.TOLD)
                .anyMatch(said -> said.contains("Offer ten percent to " + customer))
                .anyMatch(said -> said.contains("one more thing " + customer))
                .noneMatch(said -> said.contains(words)));
        FakeProviders.goOn(words);
        awaitAnswers("You wrote: " + words, "You wrote: one more thing " + customer);
    }

    @Test
    void shouldStopAnAnswerThatIsBeingMadeWhenAHumanTakesOver() {
        String words = "think about it " + customer;
        text(customer, words);
        awaitThinking(words, 1);
        operator("/take-over").statusCode(200).body("data.takenOver", equalTo(true));
        operator("/take-over").statusCode(200);
        FakeProviders.goOn(words);

        operatorTexts("This is Jo. Tuesday at nine?");
        awaitAnswers("This is Jo. Tuesday at nine?");
        text(customer, "Nine is fine");
        await().atMost(LONG).untilAsserted(() -> assertThat(waiting()).isEqualTo(2));
        given().header("Authorization", "Bearer " + Tokens.operator(salon.id(), "viewer"))
                .get("/api/twilio/text-conversations/" + lead())
                .then()
                .statusCode(200)
                .body("data.by", equalTo("operator@example.test"));

        operator("/give-back").statusCode(200).body("data.takenOver", equalTo(false));
        operator("/give-back").statusCode(200);
        awaitAnswers("This is Jo. Tuesday at nine?", "You wrote: Nine is fine");
        assertThat(contextOfTheLastSession()).contains("This is Jo. Tuesday at nine?");
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(told(OperatorEvent.TookOver.class)).hasSize(1);
            assertThat(told(OperatorEvent.GaveBack.class)).hasSize(1);
            assertThat(told(SmsEvent.Sent.class)).hasSize(2);
        });
    }

    @Test
    void shouldLetNobodyElseTakeOver() {
        text(customer, "Hello");
        awaitAnswers("You wrote: Hello");
        given().post("/api/twilio/text-conversations/" + lead() + "/take-over")
                .then()
                .statusCode(401);
        operator(Tokens.operator(salon.id(), "viewer"), "/take-over").statusCode(403);
        operator(Tokens.operator(UUID.randomUUID(), "admin"), "/take-over").statusCode(404);
        operator(Tokens.operator(UUID.randomUUID(), "admin"), "/give-back").statusCode(404);
        text(customer, "Still there?");
        awaitAnswers("You wrote: Hello", "You wrote: Still there?");
    }
}
