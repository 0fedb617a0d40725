package dev.throughline.localstack.bench.load;

import dev.throughline.localstack.bench.load.Traffic.Dialect;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The far end of one call: an ElevenLabs conversation (ElevenLabs, <i>Agent WebSockets</i>) or, with {@link Dialect#PLAIN}, somebody who
 * speaks Twilio's frames. Its speech comes as a streaming text-to-speech engine makes it, in bursts five times as fast as it is heard: every
 * half second 25 frames of 20 ms, one every 4 ms, each a message of its own.
 */
final class Agent implements WebSocketWire.Peer {

    /** Milliseconds between two frames of a burst. */
    static final int BURST_PACE = 4;

    private static final int BURST_FRAMES = 25;
    private static final int PING_TICKS = 100;
    private static final byte[] AUDIO = Text.ascii("{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"");
    private static final byte[] EVENT_ID = Text.ascii("\",\"event_id\":");
    private static final byte[] AUDIO_END = Text.ascii("}}");
    private static final byte[] PING = Text.ascii("{\"type\":\"ping\",\"ping_event\":{\"ping_ms\":null,\"event_id\":");
    private static final byte[] MEDIA = Text.ascii(
            "{\"event\":\"media\",\"streamSid\":\"MZ00000000000000000000000000000000\"," + "\"media\":{\"payload\":\"");
    private static final byte[] MEDIA_END = Text.ascii("\"}}");
    private static final byte[] IS_CHUNK = Text.ascii("user_audio_chunk\":\"");
    private static final byte[] IS_MEDIA = Text.ascii("\"payload\":\"");
    private static final byte[] IS_INITIATION = Text.ascii("conversation_initiation_client_data");
    private static final byte[] IS_PONG = Text.ascii("\"pong\"");

    private final int number;
    private final Traffic traffic;
    private final Dialect dialect;
    private final WebSocketWire wire = WebSocketWire.server(this);
    private boolean live;
    private @Nullable String closed;
    private int ticks;
    private int burst;
    private int frames;
    private int expected;
    private int unansweredPings;

    Agent(int number, Traffic traffic) {
        this.number = number;
        this.traffic = traffic;
        this.dialect = traffic.dialect();
        // Not all calls in the same tick.
        this.ticks = Math.floorMod(number * 7, BURST_FRAMES);
        this.live = dialect == Dialect.PLAIN;
    }

    WebSocketWire wire() {
        return wire;
    }

    /** Whether the conversation began and goes on. */
    boolean isLive() {
        return live && closed == null;
    }

    /** Pings that nobody answered; the last one may be on its way. */
    int unansweredPings() {
        return unansweredPings;
    }

    /** 20 ms have passed. */
    void tick(boolean speaking) {
        if (!isLive()) {
            return;
        }
        ticks++;
        if (ticks % BURST_FRAMES == 0) {
            burst = speaking ? BURST_FRAMES : 0;
        }
        if (dialect != Dialect.PLAIN && ticks % PING_TICKS == 0) {
            unansweredPings++;
            traffic.text.clear().add(PING).add(ticks).add(AUDIO_END).writeTo(wire);
            wire.flush();
        }
    }

    /** {@value #BURST_PACE} ms have passed. */
    void speak() {
        if (burst > 0 && isLive()) {
            burst--;
            audio();
            wire.flush();
        }
    }

    @Override
    public void onText(ByteBuf bytes, int from, int length) {
        byte[] before = dialect == Dialect.PLAIN ? IS_MEDIA : IS_CHUNK;
        int payload = Text.find(bytes, from, length, before);
        if (payload >= 0) {
            expected = traffic.arrived(true, number, expected, bytes, payload + before.length, from + length);
        } else if (Text.find(bytes, from, length, IS_PONG) >= 0) {
            unansweredPings--;
        } else if (!live && Text.find(bytes, from, length, IS_INITIATION) >= 0) {
            metadata();
        }
    }

    @Override
    public void onClosed(String reason) {
        closed = reason;
    }

    private void metadata() {
        String metadata = "{\"type\":\"conversation_initiation_metadata\",\"conversation_initiation_metadata_event\":{"
                + "\"conversation_id\":\"conv_bench_" + number + "\",\"agent_output_audio_format\":\""
                + dialect.format()
                + "\",\"user_input_audio_format\":\"" + dialect.format() + "\"}}";
        traffic.text.clear().add(Text.ascii(metadata)).writeTo(wire);
        wire.flush();
        live = true;
    }

    private void audio() {
        byte[] payload = traffic.agentFrame(number, frames++);
        if (dialect == Dialect.PLAIN) {
            traffic.text.clear().add(MEDIA).add(payload).add(MEDIA_END).writeTo(wire);
        } else {
            traffic.text
                    .clear()
                    .add(AUDIO)
                    .add(payload)
                    .add(EVENT_ID)
                    .add(frames)
                    .add(AUDIO_END)
                    .writeTo(wire);
        }
    }
}
