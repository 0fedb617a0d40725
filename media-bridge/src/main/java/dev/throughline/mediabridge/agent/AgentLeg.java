package dev.throughline.mediabridge.agent;

import dev.throughline.mediabridge.audio.AgentFormat;
import dev.throughline.platform.elevenlabs.AgentConnectException;
import dev.throughline.platform.elevenlabs.AgentEvent;
import dev.throughline.platform.elevenlabs.AgentMessages;
import dev.throughline.platform.elevenlabs.AgentSocket;
import dev.throughline.platform.elevenlabs.AgentSockets;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with an agent, from the signed URL to its close.
 *
 * <pre>
 *   open ──signed URL──▶ CONNECTING ──socket, variables──▶ INITIATED ──metadata──▶ READY ──close──▶ DONE (onClosed)
 *                            │  ▲                              │
 *                  no socket └──┘ once          override_error └──▶ again without overrides, once
 *                            │                                 │
 *                            └────────── refused ──────────────┴──▶ DONE (onRefused)
 * </pre>
 *
 * Audio may be sent in READY only. Lives on one event loop; the listener is called there.
 */
public final class AgentLeg {

    /** Exactly one of {@link #onRefused} and {@link #onClosed} is called, last, unless the leg was closed by us first. */
    public interface Listener {

        /** The conversation began; audio may flow. */
        void onReady(AgentReady ready);

        /** What the agent says after the metadata; pings were answered. */
        void onEvent(AgentEvent event, long receivedNanos);

        /** The conversation never began. {@code detail} is the provider's word, for the log. */
        void onRefused(AgentRefusal reason, String detail);

        /** The conversation ended on their side or was lost (1006). */
        void onClosed(int code, String reason);
    }

    private enum Stage {
        CONNECTING,
        INITIATED,
        READY,
        DONE
    }

    private static final int NORMAL = 1000;
    private static final int POLICY = 1008;

    private final ConvaiClient convai;
    private final AgentSockets sockets;
    private final EventLoop loop;
    private final Duration metadataTimeout;
    private final Listener listener;
    private AgentOpening opening;
    private Stage stage = Stage.CONNECTING;
    private int attempt;
    private boolean overridesRefused;
    private boolean connectRetried;
    private @Nullable AgentSocket socket;

    private AgentLeg(
            ConvaiClient convai,
            AgentSockets sockets,
            EventLoop loop,
            Duration metadataTimeout,
            AgentOpening opening,
            Listener listener) {
        this.convai = convai;
        this.sockets = sockets;
        this.loop = loop;
        this.metadataTimeout = metadataTimeout;
        this.opening = opening;
        this.listener = listener;
    }

    /**
     * Begins to open a conversation; call it on {@code loop}.
     *
     * @param metadataTimeout from the open socket to the conversation's beginning
     */
    public static AgentLeg open(
            ConvaiClient convai,
            AgentSockets sockets,
            EventLoop loop,
            Duration metadataTimeout,
            AgentOpening opening,
            Listener listener) {
        AgentLeg leg = new AgentLeg(convai, sockets, loop, metadataTimeout, opening, listener);
        leg.connect();
        return leg;
    }

    /** Caller audio in the agent's format; ignored unless the leg is ready. */
    public void sendAudio(String base64) {
        if (stage == Stage.READY && socket != null) {
            socket.sendAudio(base64);
        }
    }

    /** A message made by {@link AgentMessages}; ignored unless the leg is ready. */
    public void send(String message) {
        if (stage == Stage.READY && socket != null) {
            socket.send(message);
        }
    }

    /** Caller audio dropped because the agent did not read fast enough. */
    public long droppedAudio() {
        return socket == null ? 0 : socket.droppedAudio();
    }

    /** Ends the conversation normally; the listener hears nothing more. */
    public void close(String reason) {
        stage = Stage.DONE;
        if (socket != null) {
            socket.close(NORMAL, reason);
        }
    }

    private void connect() {
        int mine = ++attempt;
        stage = Stage.CONNECTING;
        convai.signedUrl(opening.agentId())
                .subscribe()
                .with(
                        answer -> loop.run(() -> onSignedUrl(mine, answer)),
                        failure -> loop.run(() -> refuse(mine, AgentRefusal.NO_SIGNED_URL, failure.toString())));
    }

    private void onSignedUrl(int mine, ConvaiAnswer<String> answer) {
        if (isStale(mine)) {
            return;
        }
        switch (answer) {
            case ConvaiAnswer.Success<String>(String url) -> connectTo(mine, url);
            case ConvaiAnswer.Failure<String> failure ->
                refuse(mine, AgentRefusal.NO_SIGNED_URL, failure.reason().name());
        }
    }

    private void connectTo(int mine, String url) {
        sockets.connect(url, new Attempt(mine))
                .subscribe()
                .with(
                        opened -> loop.run(() -> onConnected(mine, opened)),
                        failure -> loop.run(() -> onConnectFailed(mine, failure)));
    }

    private void onConnected(int mine, AgentSocket opened) {
        if (isStale(mine)) {
            opened.close(NORMAL, "no longer needed");
            return;
        }
        socket = opened;
        loop.after(metadataTimeout.toMillis(), () -> {
            if (!isStale(mine) && stage != Stage.READY) {
                opened.close(NORMAL, "no metadata");
                refuse(mine, AgentRefusal.NO_METADATA, "");
            }
        });
        opening.variables()
                .subscribe()
                .with(
                        variables -> loop.run(() -> initiate(mine, variables)),
                        failure -> loop.run(() -> initiate(mine, Map.of())));
    }

    private void initiate(int mine, Map<String, String> variables) {
        if (!isStale(mine) && stage == Stage.CONNECTING && socket != null) {
            stage = Stage.INITIATED;
            socket.send(AgentMessages.initiation(variables, opening.overrides(), opening.userId()));
        }
    }

    private void onConnectFailed(int mine, Throwable failure) {
        if (isStale(mine)) {
            return;
        }
        boolean hopeless = failure instanceof AgentConnectException refused && refused.httpStatus() / 100 == 4;
        if (hopeless || connectRetried) {
            refuse(mine, AgentRefusal.NOT_CONNECTED, String.valueOf(failure.getMessage()));
        } else {
            connectRetried = true;
            connect();
        }
    }

    private void onMetadata(int mine, AgentEvent.Metadata metadata) {
        if (stage == Stage.READY) {
            return;
        }
        Optional<AgentFormat> listens = AgentFormat.of(metadata.userInputAudioFormat());
        Optional<AgentFormat> speaks = AgentFormat.of(metadata.agentOutputAudioFormat());
        if (listens.isEmpty() || speaks.isEmpty()) {
            if (socket != null) {
                socket.close(NORMAL, "audio format not supported");
            }
            refuse(
                    mine,
                    AgentRefusal.UNSUPPORTED_FORMAT,
                    "input " + metadata.userInputAudioFormat() + ", output " + metadata.agentOutputAudioFormat());
            return;
        }
        stage = Stage.READY;
        listener.onReady(new AgentReady(metadata.conversationId(), listens.get(), speaks.get()));
    }

    private void onSocketClosed(int mine, int code, String reason) {
        if (isStale(mine)) {
            return;
        }
        if (stage == Stage.READY && !overridesWereRefused(code, reason)) {
            stage = Stage.DONE;
            listener.onClosed(code, reason);
        } else if (overridesWereRefused(code, reason) && !opening.overrides().isEmpty()) {
            opening = opening.withoutOverrides();
            overridesRefused = false;
            connect();
        } else {
            refuse(mine, AgentRefusal.CLOSED_EARLY, code + " " + reason);
        }
    }

    private boolean overridesWereRefused(int code, String reason) {
        boolean named = overridesRefused || reason.contains("override");
        return code == POLICY && named && stage != Stage.READY;
    }

    private void refuse(int mine, AgentRefusal reason, String detail) {
        if (!isStale(mine)) {
            stage = Stage.DONE;
            listener.onRefused(reason, detail);
        }
    }

    private boolean isStale(int mine) {
        return mine != attempt || stage == Stage.DONE;
    }

    /** The socket of one attempt; a late word of an earlier one is ignored. */
    private final class Attempt implements AgentSocket.Listener {

        private final int mine;

        private Attempt(int mine) {
            this.mine = mine;
        }

        @Override
        public void onEvent(AgentEvent event) {
            long receivedNanos = System.nanoTime();
            loop.run(() -> {
                if (isStale(mine)) {
                    return;
                }
                switch (event) {
                    case AgentEvent.Metadata metadata -> onMetadata(mine, metadata);
                    case AgentEvent.Failed failed
                    when stage != Stage.READY ->
                        overridesRefused |= failed.name().contains("override");
                    default -> {
                        if (stage == Stage.READY) {
                            listener.onEvent(event, receivedNanos);
                        }
                    }
                }
            });
        }

        @Override
        public void onClosed(int code, String reason) {
            loop.run(() -> onSocketClosed(mine, code, reason));
        }
    }
}
