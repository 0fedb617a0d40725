package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.HandOver;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.mediabridge.testing.EventsOf;
import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.kafka.EventPublisher;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happens to a lead elsewhere reaches its live call; what the call says itself does not come back to it. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class NewsTest extends AbstractCallTest {

    @Inject
    EventPublisher publisher;

    @Inject
    SessionRegistry registry;

    @Test
    void shouldTellTheAgentWhatHappensToTheLeadAndNotItsOwnWords() throws Exception {
        call();
        talk().hears("I would like a colouring", 1);
        publish(new CallEvent.Turn(callSid, "conv_x", 0, Speaker.CUSTOMER, "I would like a colouring", false));
        publish(new SmsEvent.Received("SM1", "+12025550142", "+12025550100", "I am late", 1, List.of()));
        publish(new AppointmentEvent.Booked(appointment()));
        publish(new OperatorEvent.Whisper("w1", "Jo", "Offer ten percent"));
        publish(new HandOver(callSid, "h1", HandOver.Stage.BUSY, "agent", "Jo", null, true));

        eventually(() -> assertThat(told())
                .hasSize(4)
                .anyMatch(text -> text.contains("I am late"))
                .anyMatch(text -> text.contains("Colouring"))
                .anyMatch(text -> text.contains("Offer ten percent"))
                .anyMatch(text -> text.contains("Jo is on another call"))
                .noneMatch(text -> text.contains("I would like")));
    }

    @Test
    void shouldTellWhatHappenedWhileTheAgentWasBeingReached() throws Exception {
        agent.silent();
        call();
        publish(new OperatorEvent.Whisper("w1", "Jo", "Offer ten percent"));
        publish(new OperatorEvent.Whisper("w2", "Jo", "Second"));
        talk().begin();

        eventually(() -> assertThat(told()).hasSize(2).first().asString().contains("Offer ten percent"));
        assertThat(talk().violations()).isEmpty();
    }

    @Test
    void shouldNotSayThatTheCallerLeftWhenAHumanTookTheCall() throws Exception {
        try (EventsOf events = new EventsOf(leadId)) {
            FakeTwilioStream stream = call();
            publish(new HandOver(callSid, "h1", HandOver.Stage.ACCEPTED, "agent", "Jo", null, false));
            eventually(() -> assertThat(told()).hasSize(1));
            stream.stop();

            eventually(() -> assertThat(outcomes()).containsExactly("HANDED_OVER"));
            eventually(() -> assertThat(events.all(CallEvent.Quality.class))
                    .singleElement()
                    .satisfies(quality -> assertThat(quality.endedBy()).isEqualTo("bridge")));
        }
    }

    @Test
    void shouldKnowThatTheCallerLeftWhenNoHumanTookTheCallAfterAll() throws Exception {
        FakeTwilioStream stream = call();
        publish(new HandOver(callSid, "h1", HandOver.Stage.ACCEPTED, "agent", "Jo", null, false));
        publish(new HandOver(callSid, "h1", HandOver.Stage.FAILED, "agent", "Jo", null, true));
        eventually(() -> assertThat(told()).hasSize(2).last().asString().contains("Nobody else will be rung"));
        stream.stop();

        eventually(() -> assertThat(outcomes()).containsExactly("CALLER_LEFT"));
    }

    @Test
    void shouldNotReachTheAgentBeforeAPersonIsFoundToHaveAnswered() throws Exception {
        FakeTwilioStream stream =
                connect().start(parameters(tenant, token(callSid, tenant, Map.of("hold", "answer-detection"))));
        eventually(() -> assertThat(registry.carries(callSid)).isTrue());
        publish(new CallEvent.AnsweredBy(callSid, "machine_end_beep"));
        stream.media(frame(1));
        await().during(Duration.ofMillis(700)).until(() -> agent.talks().isEmpty());
        publish(new CallEvent.AnsweredBy("CA2", "human"));
        publish(new CallEvent.AnsweredBy(callSid, "human"));

        eventually(() -> assertThat(agent.talks()).hasSize(1));
        eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                .hasSize(1));
        talk().audio(base64(frame(2)), 1);
        eventually(() -> assertThat(stream.audio()).containsExactly(base64(frame(2))));
    }

    @Test
    void shouldNotTakeTheHandOverOfAnotherCallForItsOwn() throws Exception {
        FakeTwilioStream stream = call();
        publish(new HandOver("CA2", "h1", HandOver.Stage.ACCEPTED, "agent", "Jo", null, false));
        eventually(() -> assertThat(told()).isNotNull());
        stream.stop();

        eventually(() -> assertThat(outcomes()).containsExactly("CALLER_LEFT"));
    }

    private List<String> told() {
        return talk().messages("contextual_update").stream()
                .map(update -> update.getString("text"))
                .toList();
    }

    private void publish(ChannelEvent event) {
        publisher
                .publish(new RecordedEvent(UUID.randomUUID(), Instant.now(), "test", tenant.id(), leadId, event))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private static AppointmentEvent.Appointment appointment() {
        Instant start = Instant.parse("2026-11-30T15:00:00Z");
        return new AppointmentEvent.Appointment(
                "a1", 1, "s1", "Colouring", "e1", "Mia", start, start.plusSeconds(3_600), "scheduled", "Anna", null);
    }
}
