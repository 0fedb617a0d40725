package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.CallEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.EventCodec;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.mediabridge.testing.EventsOf;
import dev.throughline.mediabridge.testing.FakeAgent;
import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.kafka.EventPublisher;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class CallTest extends AbstractCallTest {

    @Inject
    EventPublisher publisher;

    @Inject
    MeterRegistry metrics;

    @Test
    void shouldCarryAudioBothWaysByteForByte() throws Exception {
        FakeTwilioStream stream = call();
        List<String> spoken = new ArrayList<>();
        List<String> answered = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            spoken.add(base64(frame(i)));
            answered.add(base64(frame(1_000 + i)));
            stream.media(frame(i));
            talk().audio(answered.getLast(), 1);
        }

        eventually(() -> assertThat(talk().audio()).isEqualTo(spoken));
        eventually(() -> assertThat(stream.audio()).isEqualTo(answered));
        assertThat(stream.frames("media"))
                .allMatch(f -> f.getString("streamSid").equals(stream.streamSid()));
        assertThat(talk().violations()).isEmpty();
        eventually(
                () -> assertThat(stream.frames().getLast().getString("event")).isEqualTo("mark"));
        assertThat(stream.marks()).hasSizeBetween(8, 60).startsWith("u1-1", "u1-2");
    }

    @Test
    void shouldMeasureItsDelayPerFrame() throws Exception {
        FakeTwilioStream stream = call();
        for (int i = 0; i < 50; i++) {
            stream.media(frame(i));
        }

        eventually(() -> assertThat(talk().audio()).hasSize(50));
        Timer delay = metrics.get("throughline.bridge.frame.delay")
                .tag("direction", "to-agent")
                .timer();
        // One frame in sixteen is measured, all are counted.
        assertThat(delay.count()).isGreaterThanOrEqualTo(4);
        eventually(() -> assertThat(metrics.get("throughline.bridge.frames")
                        .tag("direction", "to-agent")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(50));
        assertThat(delay.takeSnapshot().percentileValues())
                .extracting(p -> p.percentile())
                .containsExactly(0.5, 0.99);
        assertThat(delay.takeSnapshot().percentileValues()[0].value()).isPositive();
    }

    @Test
    void shouldOpenTheConversationWithEveryVariableAndNoOverride() throws Exception {
        call();

        JsonObject initiation = talk().initiation();
        JsonObject variables = initiation.getJsonObject("dynamic_variables");
        assertThat(initiation.containsKey("conversation_config_override")).isFalse();
        assertThat(variables.getString("tenant_id")).isEqualTo(tenant.id().toString());
        assertThat(variables.getString("lead_id")).isEqualTo(leadId.toString());
        assertThat(variables.getString("call_sid")).isEqualTo(callSid);
        assertThat(variables.getString("customer_phone")).isEqualTo("+12025550142");
        assertThat(variables.getString("channel")).isEqualTo("voice");
        assertThat(variables.fieldNames())
                .contains("conversation_context", "business_hours_summary", "greeting", "today");
    }

    @Test
    void shouldKeepCallerAudioThatCameBeforeTheMetadata() throws Exception {
        agent.silent();
        FakeTwilioStream stream = call();
        for (int i = 0; i < 130; i++) {
            stream.media(frame(i));
        }
        stream.press("1");
        talk().begin();
        stream.media(frame(500));

        // The newest hundred are kept; how many of the last arrive before the metadata is a race, that none is lost or
        // swapped is not.
        eventually(() -> assertThat(talk().audio()).contains(base64(frame(500))));
        List<String> heard = talk().audio();
        List<String> sent = new ArrayList<>();
        for (int i = 130 - (heard.size() - 1); i < 130; i++) {
            sent.add(base64(frame(i)));
        }
        sent.add(base64(frame(500)));
        assertThat(heard).hasSizeGreaterThanOrEqualTo(100).isEqualTo(sent);
        assertThat(talk().violations()).isEmpty();
    }

    @Test
    void shouldClearOnInterruptionAndDropLateAudio() throws Exception {
        FakeTwilioStream stream = call();
        talk().audio(base64(frame(1)), 3);
        eventually(() -> assertThat(stream.audio()).hasSize(1));

        talk().interrupts(5);
        talk().audio(base64(frame(2)), 4);
        talk().audio(base64(frame(3)), 5);

        eventually(() -> assertThat(stream.audio()).containsExactly(base64(frame(1)), base64(frame(3))));
        assertThat(stream.frames("clear")).hasSize(1);
        assertThat(stream.frames().stream().map(f -> f.getString("event")).toList())
                .containsExactly("media", "mark", "clear", "media", "mark");
        assertThat(stream.marks()).containsExactly("u1-1", "u2-1");
    }

    @Test
    void shouldAnswerPingsAtOnce() throws Exception {
        call();
        talk().event("ping", "ping_event", new JsonObject().put("event_id", 77).putNull("ping_ms"));

        eventually(() -> assertThat(talk().messages("pong"))
                .containsExactly(new JsonObject().put("type", "pong").put("event_id", 77)));
    }

    @Test
    void shouldPublishTheTurnsAndWhatWasReallySpoken() throws Exception {
        try (EventsOf events = new EventsOf(leadId)) {
            FakeTwilioStream stream = call();
            String conversationId = talk().conversationId();
            talk().says("Hello, how can I help?", 1);
            talk().audio(base64(frame(1)), 1);
            eventually(() -> assertThat(stream.marks()).containsExactly("u1-1"));
            stream.echo("u1-1");
            eventually(() -> assertThat(events.all(CallEvent.Turn.class)).hasSize(1));
            talk().hears("When can I come?", 2);
            talk().says("Monday at ten or at eleven?", 3);
            talk().audio(base64(frame(2)), 3);
            talk().interrupts(4);
            talk().hears("The second one, please.", 4);
            talk().corrects("Monday at ten or at eleven?", "Monday at ten or", 3);
            eventually(() -> assertThat(events.all(CallEvent.Turn.class)).hasSize(4));
            stream.stop();
            stream.hangUp();

            eventually(() -> assertThat(events.all(CallEvent.Quality.class)).hasSize(1));
            assertThat(events.all(CallEvent.Turn.class))
                    .containsExactlyInAnyOrder(
                            new CallEvent.Turn(
                                    callSid, conversationId, 0, Speaker.AGENT, "Hello, how can I help?", false),
                            new CallEvent.Turn(callSid, conversationId, 1, Speaker.CUSTOMER, "When can I come?", false),
                            new CallEvent.Turn(callSid, conversationId, 2, Speaker.AGENT, "Monday at ten or", true),
                            new CallEvent.Turn(
                                    callSid, conversationId, 3, Speaker.CUSTOMER, "The second one, please.", false));
            assertThat(events.all(ConversationEvent.Started.class))
                    .extracting(ConversationEvent.Started::conversationId)
                    .containsExactly(conversationId);
            assertThat(events.all(ConversationEvent.Ended.class)).hasSize(1);
            CallEvent.Quality quality = events.all(CallEvent.Quality.class).getFirst();
            assertThat(quality.interruptions()).isEqualTo(1);
            assertThat(quality.framesOut()).isEqualTo(2);
            assertThat(quality.responseMillis()).hasSize(1);
            assertThat(quality.setupMillis()).isBetween(0L, 10_000L);
            assertThat(quality.endedBy()).isEqualTo("customer");
            assertThat(events.recorded()).allMatch(e -> e.source().equals("media-bridge"));
            eventually(() -> assertThat(talk().closeCode()).isEqualTo(1000));
            eventually(() -> assertThat(outcomes()).containsExactly("CALLER_LEFT"));
        }
    }

    @Test
    void shouldHangUpOnlyWhenTheLastWordsWereHeard() throws Exception {
        FakeTwilioStream stream = call();
        talk().audio(base64(frame(1)), 1);
        talk().event(
                        "agent_tool_response",
                        "agent_tool_response",
                        new JsonObject()
                                .put("tool_name", "end_call")
                                .put("is_error", false)
                                .put("tool_call_id", "t"));
        talk().close(1000, "");
        eventually(() -> assertThat(stream.marks()).containsExactly("u1-1"));
        await().during(Duration.ofMillis(900)).until(() -> !stream.isClosed());

        stream.echo("u1-1");

        eventually(() -> assertThat(stream.isClosed()).isTrue());
        assertThat(stream.closeCode()).isEqualTo(1000);
        assertThat(outcomes()).containsExactly("COMPLETED");
        assertThat(tokens().verify(elevenLabs.outcomesOf(callSid).getFirst().token(), "telephony-gateway"))
                .hasValueSatisfying(token -> assertThat(token.subject()).isEqualTo(callSid));
    }

    @Test
    void shouldTakeUpALostConversationOnceWithWhatWasSaid() throws Exception {
        FakeTwilioStream stream = call();
        FakeAgent.Talk first = talk();
        first.hears("I would like a colouring", 1);
        first.says("On which day?", 2);
        first.audio(base64(frame(1)), 2);
        eventually(() -> assertThat(stream.audio()).hasSize(1));
        first.close(1011, "unknown_websocket_crash");

        eventually(() -> assertThat(agent.talks()).hasSize(2));
        FakeAgent.Talk second = talk();
        stream.media(frame(7));
        // The caller is heard once the conversation has begun; the agent speaks no earlier.
        eventually(() -> assertThat(second.audio()).containsExactly(base64(frame(7))));
        second.audio(base64(frame(2)), 1);
        eventually(() -> assertThat(stream.audio()).hasSize(2));
        assertThat(second.initiation().getJsonObject("dynamic_variables").getString("conversation_context"))
                .contains("I would like a colouring", "On which day?");

        second.close(1011, "unknown_websocket_crash");

        eventually(() -> assertThat(stream.isClosed()).isTrue());
        assertThat(stream.closeCode()).isEqualTo(1011);
        assertThat(stream.closeReason()).isEqualTo("the agent was lost");
        assertThat(outcomes()).containsExactly("AGENT_LOST");
        assertThat(agent.talks()).hasSize(2);
    }

    @Test
    void shouldTryAgainWithoutOverridesThatAreRefused() throws Exception {
        agent.refusingOverrides();
        FakeTwilioStream stream = connect().start(parameters(greetingTenant));

        eventually(() -> assertThat(agent.talks()).hasSize(2));
        FakeAgent.Talk first = agent.talks().getFirst();
        assertThat(first.initiation().getJsonObject("conversation_config_override"))
                .isEqualTo(new JsonObject()
                        .put("agent", new JsonObject().put("first_message", "Hello from Harbour Salon.")));
        eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                .hasSize(1));
        assertThat(talk().initiation().containsKey("conversation_config_override"))
                .isFalse();
        stream.media(frame(1));
        eventually(() -> assertThat(talk().audio()).containsExactly(base64(frame(1))));
    }

    @Test
    void shouldTranscodeForAnAgentThatInsistsOnPcm() throws Exception {
        agent.speaking("pcm_16000");
        FakeTwilioStream stream = call();
        for (int i = 0; i < 10; i++) {
            stream.media(frame(i));
            talk().audio(base64(new byte[640]), 1);
        }

        eventually(() -> assertThat(bytes(talk().audio())).hasSize(10 * 640));
        eventually(() -> assertThat(bytes(stream.audio())).hasSize(10 * 160).containsOnly((byte) 0xFF));
    }

    @Test
    void shouldTellTheKeysPressedAndRefuseClientTools() throws Exception {
        FakeTwilioStream stream = call();
        stream.press("5");
        talk().event(
                        "client_tool_call",
                        "client_tool_call",
                        new JsonObject()
                                .put("tool_name", "open_page")
                                .put("tool_call_id", "tc_1")
                                .put("parameters", new JsonObject()));
        talk().send(new JsonObject().put("type", "some_future_event"));

        eventually(() -> assertThat(talk().messages("user_message"))
                .singleElement()
                .satisfies(message -> assertThat(message.getString("text")).contains("pressed 5")));
        eventually(() -> assertThat(talk().messages("client_tool_result"))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.getString("tool_call_id")).isEqualTo("tc_1");
                    assertThat(result.getBoolean("is_error")).isTrue();
                }));
        assertThat(stream.isClosed()).isFalse();
    }

    @Test
    void shouldTellTheAgentWhatHappensOnOtherChannels() throws Exception {
        call();
        eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                .isNotEmpty());
        RecordedEvent whisper = new RecordedEvent(
                UUID.randomUUID(),
                Instant.now(),
                "conversation-context",
                tenant.id(),
                leadId,
                new OperatorEvent.Whisper("w1", "Jo", "Offer ten percent"));
        assertThat(EventCodec.encode(whisper).key()).isEqualTo(leadId.toString());

        publisher.publish(whisper).await().atMost(Duration.ofSeconds(30));

        eventually(() -> assertThat(talk().messages("contextual_update"))
                .singleElement()
                .satisfies(update -> assertThat(update.getString("text")).contains("Offer ten percent")));
    }

    private static byte[] bytes(List<String> chunks) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        chunks.forEach(chunk -> all.writeBytes(Base64.getDecoder().decode(chunk)));
        return all.toByteArray();
    }
}
