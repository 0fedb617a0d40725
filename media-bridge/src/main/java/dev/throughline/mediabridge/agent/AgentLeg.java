package dev.throughline.mediabridge.agent;

import dev.throughline.mediabridge.audio.AgentFormat;
import dev.throughline.platform.elevenlabs.AgentEvent;
import dev.throughline.platform.elevenlabs.AgentMessages;
import dev.throughline.platform.elevenlabs.AgentSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with an agent, from the signed URL to its close; its states are drawn at {@link AgentState}. Audio may be sent when it
 * is ready only. Lives on one event loop; the listener is called there.
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

    private static final int NORMAL = 1000;
    private static final int POLICY = 1008;

    private final AgentDialler dialler;
    private final EventLoop loop;
    private final Duration metadataTimeout;
    private final Listener listener;
    private AgentOpening opening;
    private AgentState state = new AgentState.Done();
    private @Nullable Attempt attempt;
    private @Nullable AgentSocket lastSocket;
    private @Nullable Integer closeCode;

    private AgentLeg(
            AgentDialler dialler, EventLoop loop, Duration metadataTimeout, AgentOpening opening, Listener listener) {
        this.dialler = dialler;
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
            AgentDialler dialler, EventLoop loop, Duration metadataTimeout, AgentOpening opening, Listener listener) {
        AgentLeg leg = new AgentLeg(dialler, loop, metadataTimeout, opening, listener);
        leg.dial();
        return leg;
    }

    /** Caller audio in the agent's format; ignored unless the leg is ready. */
    public void sendAudio(String base64) {
        if (state instanceof AgentState.Ready(AgentSocket socket)) {
            socket.sendAudio(base64);
        }
    }

    /** A message made by {@link AgentMessages}; ignored unless the leg is ready. */
    public void send(String message) {
        if (state instanceof AgentState.Ready(AgentSocket socket)) {
            socket.send(message);
        }
    }

    /** Caller audio dropped because the agent did not read fast enough. */
    public long droppedAudio() {
        return lastSocket == null ? 0 : lastSocket.droppedAudio();
    }

    /** The code its socket was closed with, by whomever; -1 when the transport was lost; null when it never opened or is open. */
    public @Nullable Integer closeCode() {
        return closeCode;
    }

    /** Ends the conversation normally; the listener hears nothing more. */
    public void close(String reason) {
        state.socket().ifPresent(socket -> close(socket, reason));
        state = new AgentState.Done();
    }

    private void dial() {
        Attempt next = new Attempt();
        attempt = next;
        state = new AgentState.Dialling();
        dialler.dial(opening.agentId(), loop, next, next::onOpened, next::onRefused);
    }

    private void onMetadata(AgentState.Initiated initiated, AgentEvent.Metadata metadata) {
        Optional<AgentFormat> listens = AgentFormat.of(metadata.userInputAudioFormat());
        Optional<AgentFormat> speaks = AgentFormat.of(metadata.agentOutputAudioFormat());
        if (listens.isPresent() && speaks.isPresent()) {
            state = initiated.ready();
            listener.onReady(new AgentReady(metadata.conversationId(), listens.get(), speaks.get()));
        } else {
            close(initiated.opened(), "audio format not supported");
            refuse(
                    AgentRefusal.UNSUPPORTED_FORMAT,
                    "input " + metadata.userInputAudioFormat() + ", output " + metadata.agentOutputAudioFormat() + ": "
                            + AgentFormat.CURE);
        }
    }

    private void refuse(AgentRefusal reason, String detail) {
        state = new AgentState.Done();
        listener.onRefused(reason, detail);
    }

    private void close(AgentSocket socket, String reason) {
        closeCode = NORMAL;
        socket.close(NORMAL, reason);
    }

    /** One socket and the way to it; a late word of an earlier one is ignored. */
    private final class Attempt implements AgentSocket.Listener {

        private boolean overridesRefused;

        @Override
        public void onEvent(AgentEvent event) {
            long receivedNanos = System.nanoTime();
            loop.run(() -> {
                if (isPresent()) {
                    handle(event, receivedNanos);
                }
            });
        }

        @Override
        public void onClosed(int code, String reason) {
            loop.run(() -> {
                if (isPresent()) {
                    onSocketClosed(code, reason);
                }
            });
        }

        private void onOpened(AgentSocket socket) {
            if (!isPresent() || !(state instanceof AgentState.Dialling dialling)) {
                socket.close(NORMAL, "no longer needed");
                return;
            }
            lastSocket = socket;
            state = dialling.connected(socket);
            loop.after(metadataTimeout.toMillis(), () -> onMetadataDue(socket));
            opening.variables()
                    .subscribe()
                    .with(
                            variables -> loop.run(() -> initiate(variables)),
                            failure -> loop.run(() -> initiate(Map.of())));
        }

        private void initiate(Map<String, String> variables) {
            if (isPresent() && state instanceof AgentState.Connected connected) {
                state = connected.initiated();
                connected.opened().send(AgentMessages.initiation(variables, opening.overrides(), opening.userId()));
            }
        }

        private void onMetadataDue(AgentSocket socket) {
            if (isPresent() && !(state instanceof AgentState.Ready)) {
                close(socket, "no metadata");
                refuse(AgentRefusal.NO_METADATA, "");
            }
        }

        private void handle(AgentEvent event, long receivedNanos) {
            if (state instanceof AgentState.Ready) {
                listener.onEvent(event, receivedNanos);
            } else if (event instanceof AgentEvent.Metadata metadata
                    && state instanceof AgentState.Initiated initiated) {
                onMetadata(initiated, metadata);
            } else if (event instanceof AgentEvent.Failed failed) {
                overridesRefused |= failed.name().contains("override");
            }
        }

        private void onSocketClosed(int code, String reason) {
            closeCode = code == 1006 ? -1 : code;
            boolean early = !(state instanceof AgentState.Ready);
            boolean overrides = code == POLICY && (overridesRefused || reason.contains("override"));
            if (!early) {
                state = new AgentState.Done();
                listener.onClosed(code, reason);
            } else if (overrides && !opening.overrides().isEmpty()) {
                opening = opening.withoutOverrides();
                dial();
            } else {
                refuse(AgentRefusal.CLOSED_EARLY, code + " " + reason);
            }
        }

        private void onRefused(AgentRefusal reason, String detail) {
            if (isPresent()) {
                refuse(reason, detail);
            }
        }

        private boolean isPresent() {
            return attempt == this && !(state instanceof AgentState.Done);
        }
    }
}
