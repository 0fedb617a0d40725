package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallFlight;
import dev.throughline.events.Speaker;
import dev.throughline.mediabridge.testing.EventsOf;
import dev.throughline.mediabridge.testing.FakeTwilioStream;
import dev.throughline.mediabridge.testing.OtherEnds;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The flight record against a scripted call, whose truth this test knows because it makes it. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(OtherEnds.class)
class FlightTest extends AbstractCallTest {

    private static final byte[] LOUD = filled((byte) 0x90);
    private static final byte[] QUIET = filled((byte) 0xFF);

    /** What the machine may add between a step here and its measurement there. */
    private static final Offset<Long> SLACK = within(250L);

    @Inject
    MeterRegistry metrics;

    @Test
    void shouldMeasureWhatHappened() throws Exception {
        try (EventsOf events = new EventsOf(leadId)) {
            double answered = metrics.find("throughline.bridge.response.step").tag("step", "whole").timers().stream()
                    .mapToDouble(timer -> timer.count())
                    .sum();
            long issued = System.currentTimeMillis() - 400;
            Map<String, String> claims = Map.of("webhook_millis", "35", "issued_millis", Long.toString(issued));
            long upgrading = System.currentTimeMillis();
            FakeTwilioStream stream = connect(opening(callSid, tenant, claims));
            eventually(() -> assertThat(agent.talks()).hasSize(1));
            eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                    .hasSize(1));
            long upgraded = System.currentTimeMillis();
            sleep(300);
            stream.start(parameters(tenant, token(callSid, tenant, claims)));
            long started = System.currentTimeMillis();
            talk().says("Hello", 1);
            sleep(200);
            talk().audio(base64(frame(1)), 1);
            eventually(() -> assertThat(stream.marks()).hasSize(1));
            stream.echo("u1-1");

            speak(stream, LOUD, 20);
            long silent = System.currentTimeMillis();
            speak(stream, QUIET, 15);
            talk().hears("When can I come?", 2);
            long transcript = System.currentTimeMillis();
            sleep(150);
            talk().says("On Monday", 3);
            long text = System.currentTimeMillis();
            sleep(250);
            talk().audio(base64(frame(2)), 3);
            long audio = System.currentTimeMillis();
            eventually(() -> assertThat(stream.marks()).hasSize(2));
            talk().interrupts(4);
            talk().audio(base64(frame(3)), 3);
            sleep(300);
            stream.media(QUIET);
            stream.stop();
            stream.hangUp();
            eventually(() -> assertThat(events.all(CallEvent.Quality.class)).hasSize(1));

            CallEvent.Quality quality = events.all(CallEvent.Quality.class).getFirst();
            CallFlight flight = quality.flight();
            assertThat(flight).isNotNull();
            CallFlight.Setup setup = flight.setup();
            assertThat(setup.webhookMillis()).isEqualTo(35);
            assertThat(setup.connectMillis()).isBetween(upgrading - issued, upgraded - issued);
            assertThat(setup.startMillis()).isCloseTo(started - upgraded, SLACK);
            assertThat(setup.agentMillis()).isZero();
            assertThat(setup.firstAudioMillis()).isCloseTo(200, SLACK);
            assertThat(setup.webhookMillis()
                            + setup.connectMillis()
                            + setup.startMillis()
                            + setup.agentMillis()
                            + setup.firstAudioMillis())
                    .isEqualTo(setup.totalMillis());

            assertThat(flight.turns()).hasSize(1);
            CallFlight.Turn turn = flight.turns().getFirst();
            assertThat(turn.transcriptMillis()).isCloseTo(transcript - silent, SLACK);
            assertThat(turn.agentTextMillis()).isCloseTo(text - transcript, SLACK);
            assertThat(turn.audioInMillis()).isCloseTo(audio - text, SLACK);
            assertThat(turn.audioOutMillis()).isCloseTo(0, SLACK);
            assertThat(turn.responseMillis()).isCloseTo(audio - silent, SLACK);
            assertThat(turn.transcriptMillis() + turn.agentTextMillis() + turn.audioInMillis() + turn.audioOutMillis())
                    .isEqualTo(turn.responseMillis());
            assertThat(turn.interrupted()).isTrue();
            assertThat(quality.responseMillis()).singleElement().satisfies(millis -> assertThat(millis)
                    .isEqualTo(turn.agentTextMillis() + turn.audioInMillis()));

            assertThat(flight.speech()).hasSize(1).first().satisfies(caller -> {
                assertThat(caller.speaker()).isEqualTo(Speaker.CUSTOMER);
                assertThat(caller.toMillis() - caller.fromMillis()).isCloseTo(400, SLACK);
                assertThat(caller.toMillis()).isCloseTo(turn.atMillis(), SLACK);
            });
            assertThat(flight.gaps()).isPositive();
            assertThat(flight.longestGapMillis()).isGreaterThanOrEqualTo(250);
            assertThat(flight.carrierCloseCode()).isEqualTo(1000);
            assertThat(flight.agentCloseCode()).isEqualTo(1000);
            assertThat(quality.interruptions()).isEqualTo(1);
            assertThat(quality.framesIn()).isEqualTo(36);
            assertThat(metrics.get("throughline.bridge.response.step")
                            .tag("step", "whole")
                            .timer()
                            .count())
                    .isGreaterThan((long) answered);
            assertThat(metrics.get("throughline.bridge.sockets.closed")
                            .tag("leg", "agent")
                            .tag("code", "1000")
                            .counter()
                            .count())
                    .isPositive();
        }
    }

    @Test
    void shouldSayThatTheAgentWasNeverReachedAndHowBothSocketsClosed() throws Exception {
        try (EventsOf events = new EventsOf(leadId)) {
            agent.unknown();
            closes(connect().start(parameters(tenant)), 1011, "the agent cannot be reached");

            eventually(() -> assertThat(events.all(CallEvent.Quality.class)).hasSize(1));
            CallFlight flight = events.all(CallEvent.Quality.class).getFirst().flight();
            assertThat(flight.carrierCloseCode()).isEqualTo(1011);
            assertThat(flight.agentCloseCode()).isNull();
            assertThat(flight.setup().totalMillis()).isEqualTo(-1);
            assertThat(flight.turns()).isEmpty();
        }
    }

    @Test
    void shouldCountTheConversationsItOpenedAgain() throws Exception {
        try (EventsOf events = new EventsOf(leadId)) {
            FakeTwilioStream stream = call();
            talk().close(1011, "unknown_websocket_crash");
            eventually(() -> assertThat(agent.talks()).hasSize(2));
            eventually(() -> assertThat(talk().messages("conversation_initiation_client_data"))
                    .hasSize(1));
            talk().close(1011, "unknown_websocket_crash");
            closes(stream, 1011, "the agent was lost");

            eventually(() -> assertThat(events.all(CallEvent.Quality.class)).hasSize(1));
            CallFlight flight = events.all(CallEvent.Quality.class).getFirst().flight();
            assertThat(flight.reopened()).isEqualTo(1);
            assertThat(flight.agentCloseCode()).isEqualTo(1011);
        }
    }

    @Test
    void shouldTellWhichBufferWasFull() throws Exception {
        try (EventsOf events = new EventsOf(leadId)) {
            double before = droppedWaiting();
            agent.silent();
            FakeTwilioStream stream = connect().start(parameters(tenant));
            for (int i = 0; i < 130; i++) {
                stream.media(frame(i));
            }
            eventually(() -> assertThat(agent.talks()).hasSize(1));
            talk().begin();
            eventually(() -> assertThat(talk().audio()).hasSize(100).last().isEqualTo(base64(frame(129))));
            stream.stop();
            stream.hangUp();

            eventually(() -> assertThat(events.all(CallEvent.Quality.class)).hasSize(1));
            assertThat(events.all(CallEvent.Quality.class).getFirst().framesDropped())
                    .isEqualTo(30);
            assertThat(droppedWaiting() - before).isEqualTo(30);
        }
    }

    private double droppedWaiting() {
        return metrics.get("throughline.bridge.frames.dropped")
                .tag("where", "waiting-for-agent")
                .counter()
                .count();
    }

    /** In real time, as Twilio does. */
    private static void speak(FakeTwilioStream stream, byte[] frame, int frames) {
        long due = System.nanoTime();
        for (int i = 0; i < frames; i++) {
            stream.media(frame);
            due += 20_000_000L;
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    /** The script's own pauses: they are the truth that is measured. */
    private static void sleep(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    private static byte[] filled(byte code) {
        byte[] audio = new byte[160];
        Arrays.fill(audio, code);
        return audio;
    }
}
