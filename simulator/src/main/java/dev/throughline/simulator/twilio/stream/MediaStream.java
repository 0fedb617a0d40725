package dev.throughline.simulator.twilio.stream;

import dev.throughline.simulator.twilio.audio.CallerEar;
import dev.throughline.simulator.twilio.audio.CallerVoice;
import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.audio.MuLaw;
import dev.throughline.simulator.twilio.audio.PlaybackQueue;
import dev.throughline.simulator.twilio.audio.Recording;
import io.vertx.core.Context;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketInternal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One two-way stream, from upgrade to close. Lives on one event loop; {@link #dtmf} and {@link #stop} may be called anywhere.
 *
 * <pre>
 *  connecting ──refused──▶ NotOpened
 *      │ open: connected, start, then a frame every 20 ms
 *      ▼
 *  streaming ──server closes──▶ ServerClosed
 *      ├──fault───▶ Dropped
 *      └──stop()──▶ "stop", close ▶ Stopped
 * </pre>
 */
public final class MediaStream {

    private static final long SLOT_NANOS = MuLaw.FRAME_MILLIS * 1_000_000L;
    private static final long HANDSHAKE_MILLIS = 10_000;
    private static final String SILENT_PAYLOAD = Base64.getEncoder().encodeToString(MuLaw.silence(MuLaw.FRAME_MILLIS));

    private final StreamEnvironment environment;
    private final StreamRequest request;
    private final CallerVoice voice;
    private final CallerEar ear;
    private final Context context;
    private final StreamFrames frames;
    private final PlaybackQueue playback = new PlaybackQueue();
    private final Recording recording;
    private final HeardAudio heard;
    private final StreamStats stats = new StreamStats();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CompletableFuture<StreamEnd> ended = new CompletableFuture<>();

    private @Nullable WebSocket socket;
    private long startNanos;
    private long slot;
    private boolean wrongShapeReported;
    private boolean binaryReported;

    /** A stream for {@code request}; {@link #open} starts it. */
    public MediaStream(
            StreamEnvironment environment,
            StreamRequest request,
            CallerVoice voice,
            CallerEar ear,
            Recording recording,
            HeardAudio heard) {
        this.environment = environment;
        this.request = request;
        this.voice = voice;
        this.ear = ear;
        this.recording = recording;
        this.heard = heard;
        this.context = environment.vertx().getOrCreateContext();
        this.frames = new StreamFrames(request.accountSid(), request.callSid(), request.streamSid());
    }

    /** Opens the socket; returns at once. */
    public void open() {
        context.runOnContext(nothing -> connect());
    }

    /** Completes when {@code start} was sent. */
    public CompletableFuture<Void> started() {
        return started;
    }

    /** Completes when the stream is over, however. */
    public CompletableFuture<StreamEnd> ended() {
        return ended;
    }

    /** Whether the caller's voice is going out now. */
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

    private void connect() {
        WebSocketConnectOptions options;
        boolean forge = environment.faults().take("wrong-signature", "socket").isPresent();
        try {
            String signature = forge
                    ? environment.signer().forge(request.url(), Map.of())
                    : environment.signer().sign(request.url(), Map.of());
            options = environment.route().webSocket(request.url());
            options.addHeader("x-twilio-signature", signature);
            options.addHeader("User-Agent", "Twilio.TmeWs/1.0");
        } catch (IllegalArgumentException e) {
            end(new StreamEnd.NotOpened(31923, "WebSocket - Invalid URL", false));
            return;
        }
        options.setTimeout(HANDSHAKE_MILLIS);
        environment
                .client()
                .connect(options)
                .onSuccess(this::begin)
                .onFailure(failure -> end(notOpened(failure, forge)));
    }

    private static StreamEnd.NotOpened notOpened(Throwable failure, boolean injected) {
        if (failure instanceof UpgradeRejectedException) {
            return new StreamEnd.NotOpened(31920, "WebSocket - Handshake Error", injected);
        }
        String name = failure.getClass().getSimpleName();
        return failure instanceof TimeoutException || name.contains("Timeout")
                ? new StreamEnd.NotOpened(31901, "WebSocket - Connection Timeout", injected)
                : new StreamEnd.NotOpened(31902, "WebSocket - Connection Refused", injected);
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
        startNanos = System.nanoTime();
        send(frames.connected());
        send(frames.start(request.customParameters()));
        started.complete(null);
        environment.faults().take("socket-drop", "socket").ifPresent(fault -> environment
                .vertx()
                .setTimer(Math.max(1, fault.options().getLong("afterMs", 1_000L)), timer -> drop()));
        scheduleNextSlot();
    }

    /** Deadlines are absolute, so a late timer is followed by shorter waits and the rate stays 50 a second. */
    private void scheduleNextSlot() {
        long due = startNanos + (slot + 1) * SLOT_NANOS;
        long waitMillis = Math.max(1, (due - System.nanoTime() + 500_000) / 1_000_000);
        environment.vertx().setTimer(waitMillis, timer -> {
            if (ended.isDone()) {
                return;
            }
            while (System.nanoTime() + 500_000 - (startNanos + (slot + 1) * SLOT_NANOS) >= 0 && !ended.isDone()) {
                slot++;
                play();
                sendMedia();
            }
            scheduleNextSlot();
        });
    }

    private void sendMedia() {
        WebSocket open = socket;
        byte[] frame = voice.nextFrame();
        if (open == null || open.writeQueueFull()) {
            // The server does not read: real-time audio is lost rather than kept.
            stats.frameSkipped();
            return;
        }
        String payload = frame == null ? SILENT_PAYLOAD : Base64.getEncoder().encodeToString(frame);
        if (frame != null) {
            environment.clock().sent(payload);
        }
        stats.frameSent(System.nanoTime());
        send(frames.media(payload, slot * MuLaw.FRAME_MILLIS));
    }

    private void play() {
        PlaybackQueue.Slot now = playback.nextSlot();
        echo(now.marks(), false);
        byte[] frame = now.frame();
        recording.append(frame == null ? MuLaw.silence(MuLaw.FRAME_MILLIS) : frame);
        if (frame != null) {
            heard.played(frame, now.playedBytes(), slot * MuLaw.FRAME_MILLIS);
            if (!MuLaw.isSilent(frame)) {
                ear.hearFrame();
            }
        }
    }

    private void received(String text) {
        switch (ServerMessage.read(text, request.streamSid())) {
            case ServerMessage.Media media -> {
                stats.audioReceived(media.audio().length);
                if (!playback.offerAudio(media.audio())) {
                    environment
                            .violations()
                            .add("31931", request.callSid(), "over 10 minutes of audio queued; dropped");
                }
            }
            case ServerMessage.Mark mark -> {
                stats.markReceived(mark.name(), sinceStart());
                if (playback.offerMark(mark.name())) {
                    echo(List.of(mark.name()), false);
                }
            }
            case ServerMessage.Clear clear -> clear();
            case ServerMessage.Invalid invalid -> wrongShape(invalid.reason());
        }
    }

    private void clear() {
        PlaybackQueue.Cleared cleared = playback.clear();
        if (cleared.droppedMillis() > 0) {
            heard.cut();
        }
        ear.cutOff();
        stats.cleared(sinceStart(), cleared.droppedMillis(), cleared.marks().size());
        echo(cleared.marks(), true);
    }

    private void echo(List<String> marks, boolean byClear) {
        for (String name : marks) {
            stats.markEchoed(name, sinceStart(), byClear);
            send(frames.mark(name));
        }
    }

    private void wrongShape(String reason) {
        stats.invalidMessage();
        if (!wrongShapeReported) {
            wrongShapeReported = true;
            environment.violations().add("31951", request.callSid(), "stream message ignored: " + reason);
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

    private long sinceStart() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
