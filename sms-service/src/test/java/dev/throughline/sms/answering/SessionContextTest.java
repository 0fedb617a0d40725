package dev.throughline.sms.answering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.events.CallEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.kafka.EventPublisher;
import dev.throughline.sms.AbstractTextsTest;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What the agent knows when a text reaches it. */
@QuarkusTest
class SessionContextTest extends AbstractTextsTest {

    private static final String CALL = "CA" + "0".repeat(31) + "7";
    private static final Instant CALLED = Instant.now().minusSeconds(3_600);

    @Inject
    EventPublisher publisher;

    @Inject
    LeadContexts contexts;

    private RecordedEvent event(int second, ChannelEvent event) {
        return new RecordedEvent(
                UUID.randomUUID(), CALLED.plusSeconds(second), "media-bridge", salon.id(), lead(), event);
    }

    private CallEvent.Turn turn(int number, Speaker speaker, String words) {
        return new CallEvent.Turn(CALL, "conv_call_" + customer, number, speaker, words, false);
    }

    @Test
    void shouldOpenASessionWithWhatWasSaidOnThePhone() {
        LeadContext known = LeadContext.empty(salon.id(), lead())
                .apply(event(
                        0,
                        new CallEvent.Started(
                                CALL, CallEvent.Direction.INBOUND, CallEvent.Path.BRIDGE, customer, salonNumber)))
                .apply(event(5, turn(0, Speaker.CUSTOMER, "Do you do colourings on Tuesdays?")))
                .apply(event(9, turn(1, Speaker.AGENT, "Yes, at nine or at one.")))
                .apply(event(20, new CallEvent.Ended(CALL, "completed", 20, null)));
        publisher
                .send(new ProducerRecord<>(Topics.LEAD_CONTEXTS, lead().toString(), LeadContextCodec.encode(known)))
                .await()
                .atMost(LONG);
        await().atMost(LONG).until(() -> contexts.peek(salon.id(), lead()).isPresent());

        hear("Nine, please");
        awaitSent(1);
        assertThat(contextOfTheLastSession())
                .contains("Do you do colourings on Tuesdays?", "Yes, at nine or at one.")
                .doesNotContain("Nine, please");

        // The next session knows the texts as well, whether or not the topic has brought them back.
        hear("On the first floor?");
        awaitSent(2);
        assertThat(contextOfTheLastSession())
                .contains("Yes, at nine or at one.", "Nine, please", "You wrote: Nine, please");
    }
}
