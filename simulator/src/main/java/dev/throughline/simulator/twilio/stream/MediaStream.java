package dev.throughline.simulator.twilio.stream;

import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.audio.LegAudio;
import dev.throughline.simulator.twilio.audio.MuLaw;
import dev.throughline.simulator.twilio.audio.SlotClock;
import io.vertx.core.Context;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One stream, from upgrade to close: two-way ({@code <Connect>}) or a one-way copy ({@code <Start>}). Lives on one event loop;
 * {@link #dtmf} and {@link #stop} may be called anywhere.
 *
 * <pre>
 *  connecting ──refused──▶ NotOpened
 *      │ open: connected, start, then a frame of each track every 20 ms
 *      ▼
 *  streaming ──server closes──▶ ServerClosed
 *      ├──fault───▶ Dropped
 *      └──stop()──▶ "stop", close ▶ Stopped
 * </pre>
 */
public final class MediaStream {

    private static final String SILENT_PAYLOAD = Base64.getEncoder().encodeToString(MuLaw.silence(MuLaw.FRAME_MILLIS));

    private final StreamEnvironment environment;
    private final StreamRequest request;
    private final List<StreamTrack> tracks;
    private final Context context;
    private final StreamFrames frames;
    private final StreamStats stats = new StreamStats();
    private final @Nullable StreamReturn returning;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();

    private @Nullable WebSocket socket;
    private boolean binaryReported;
    private boolean uselessReported;

    private MediaStream(
            StreamEnvironment environment,
            StreamRequest request,
            List<StreamTrack> tracks,
            @Nullable LegAudio audio,
            HeardAudio heard) {
        this.environment = environment;
        this.request = request;
        this.tracks = tracks;
        this.context = environment.vertx().getOrCreateContext();
        this.frames =
                new StreamFrames(request, tracks.stream().map(StreamTrack::name).toList());
        this.returning = audio == null
                ? null
                : new StreamReturn(environment, request, audio, heard, stats, name -> send(frames.mark(name)));
    }

    /** A two-way stream of {@code audio}; {@code heard} keeps what is played. {@link #open} starts it. */
    public static MediaStream twoWay(
            StreamEnvironment environment, StreamRequest request, LegAudio audio, HeardAudio heard) {
        return new MediaStream(
                environment, request, List.of(new StreamTrack("inbound", audio::nextFrame)), audio, heard);
    }

    /** A copy of {@code tracks}; nothing sent back is played. {@link #open} starts it. */
    public static MediaStream oneWay(StreamEnvironment environment, StreamRequest request, List<StreamTrack> tracks) {
        return new MediaStream(environment, request, tracks, null, new HeardAudio());
    }

    /** Opens the socket; returns at once. */
    public void open() {
        context.runOnContext(nothing -> StreamOpening.dial(environment, request.url(), this::begin, this::end));
    }

    /** Completes when {@code start} was sent. */
    public CompletableFuture<Void> started() {
        return started;
    }

    /** Completes when the stream is over, however. */
    public CompletableFuture<StreamEnd> ended() {
        return ended;
    }

    /** Whether audio is going out now. */
    public boolean isLive() {
        return started.isDone() && !ended.isDone();
    }

    public StreamStats stats() {
        return stats;
    }

    public String streamSid() {
        return request.streamSid();
    }

    /** Sends one key press. */
    public void dtmf(String digit) {
        context.runOnContext(nothing -> {
            if (isLive()) {
                send(frames.dtmf(digit));
            }
        });
    }

    /** Ends the stream because the call ended or goes on elsewhere: {@code stop}, then close. */
    public void stop() {
        context.runOnContext(nothing -> {
            if (isLive()) {
                send(frames.stop());
            }
            end(new StreamEnd.Stopped());
            if (socket != null) {
                socket.close();
            }
        });
    }

    private void begin(WebSocket open) {
        if (ended.isDone()) {
            open.close();
            return;
        }
        socket = open;
        open.textMessageHandler(this::received);
        open.binaryMessageHandler(bytes -> binary());
        open.exceptionHandler(failure -> {});
        open.closeHandler(nothing -> end(new StreamEnd.ServerClosed(
                open.closeStatusCode() == null ? 1006 : open.closeStatusCode(),
                open.closeReason() == null ? "" : open.closeReason())));
        send(frames.connected());
        send(frames.start());
        started.complete(null);
        environment.faults().take("socket-drop", "socket").ifPresent(fault -> environment
                .vertx()
                .setTimer(Math.max(1, fault.options().getLong("afterMs", 1_000L)), timer -> drop()));
        SlotClock.start(environment.vertx(), () -> !ended.isDone(), this::slot);
    }

    private void slot(long number) {
        long atMillis = number * MuLaw.FRAME_MILLIS;
        if (returning != null) {
            returning.play(atMillis);
        }
        for (StreamTrack track : tracks) {
            sendMedia(track, atMillis);
        }
    }

    private void sendMedia(StreamTrack track, long atMillis) {
        WebSocket open = socket;
        byte[] frame = track.frames().next();
        if (open == null || open.writeQueueFull()) {
            // The server does not read: real-time audio is lost rather than kept.
            stats.frameSkipped();
            return;
        }
        String payload = frame == null ? SILENT_PAYLOAD : Base64.getEncoder().encodeToString(frame);
        if (frame != null && returning != null) {
            environment.clock().sent(payload);
        }
        stats.frameSent(System.nanoTime());
        send(frames.media(track.name(), payload, atMillis));
    }

    private void received(String text) {
        if (returning != null) {
            returning.received(text);
            return;
        }
        stats.invalidMessage();
        if (!uselessReported) {
            uselessReported = true;
            environment.violations().add("31951", request.callSid(), "a one-way stream plays nothing sent back");
        }
    }

    private void binary() {
        stats.invalidMessage();
        if (!binaryReported) {
            binaryReported = true;
            environment.violations().add("31950", request.callSid(), "binary frame from the server ignored");
        }
    }

    /** As a cut cable: no close frame. */
    private void drop() {
        if (isLive() && socket instanceof WebSocketInternal internal) {
            end(new StreamEnd.Dropped());
            internal.channelHandlerContext().close();
        }
    }

    private void send(String text) {
        if (socket != null && !socket.isClosed()) {
            socket.writeTextMessage(text);
        }
    }

    private void end(StreamEnd how) {
        ended.complete(how);
    }
}
