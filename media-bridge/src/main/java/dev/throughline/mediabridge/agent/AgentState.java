package dev.throughline.mediabridge.agent;

import dev.throughline.platform.elevenlabs.AgentSocket;
import java.util.Optional;

/**
 * The states of the agent's leg. What exists in a state only lives in it, so nothing can be sent where nobody listens.
 *
 * <pre>
 *             socket              variables              metadata
 *   Dialling ────────▶ Connected ───────────▶ Initiated ──────────▶ Ready ──close──▶ Done (onClosed)
 *     ▲  │                 │                      │
 *     │  │ no URL,         │ closed,              │ closed, no metadata in time, format not carried
 *     │  │ no socket twice │ no metadata in time  │
 *     │  └─────────────────┴──────────┬───────────┘
 *     │                               ▼
 *     └── override_error, once ──── refused ──▶ Done (onRefused)
 * </pre>
 */
sealed interface AgentState {

    /** The socket, where there is an open one. */
    default Optional<AgentSocket> socket() {
        return Optional.empty();
    }

    /** A signed URL, then a socket; the latter is tried twice. */
    record Dialling() implements AgentState {

        Connected connected(AgentSocket socket) {
            return new Connected(socket);
        }
    }

    /** The socket is open; the variables may still be on their way. */
    record Connected(AgentSocket opened) implements AgentState {

        Initiated initiated() {
            return new Initiated(opened);
        }

        @Override
        public Optional<AgentSocket> socket() {
            return Optional.of(opened);
        }
    }

    /** The first message was sent; nothing else may be before the metadata. */
    record Initiated(AgentSocket opened) implements AgentState {

        Ready ready() {
            return new Ready(opened);
        }

        @Override
        public Optional<AgentSocket> socket() {
            return Optional.of(opened);
        }
    }

    /** Audio flows. */
    record Ready(AgentSocket opened) implements AgentState {

        @Override
        public Optional<AgentSocket> socket() {
            return Optional.of(opened);
        }
    }

    /** The end, by whomever. */
    record Done() implements AgentState {}
}
