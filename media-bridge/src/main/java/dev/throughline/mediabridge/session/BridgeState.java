package dev.throughline.mediabridge.session;

import java.util.Optional;

/**
 * The states of a stream. Each has only the transitions that are legal from it, so an illegal one does not compile.
 *
 * <pre>
 *                    start, token                 metadata
 *   AwaitingStart ───────────────▶ Connecting ───────────────▶ Live ◀──────────┐
 *        │                             │                       │ │             │ metadata
 *        │                             │            agent lost │ └─────▶ Reopening   (once)
 *        │                             │                       │              │
 *        │                             │    end_call, close 1000 ▼            │
 *        │                             │                  PlayingOut          │
 *        ▼                             ▼                       ▼              ▼
 *     Closed ◀──────── stop, socket closed, limit, refusal, shutdown, all played ────────
 * </pre>
 */
sealed interface BridgeState {

    /** The call, once it is known. */
    default Optional<CallFacts> facts() {
        return Optional.empty();
    }

    /** Every state may end. */
    default Closed closed(DisconnectCause cause) {
        return new Closed(cause);
    }

    /** The upgrade was accepted; nothing is known of the call. */
    record AwaitingStart() implements BridgeState {

        Connecting started(CallFacts call) {
            return new Connecting(call);
        }
    }

    /** The token was good; the agent is being reached. Caller audio waits. */
    record Connecting(CallFacts call) implements BridgeState {

        Live ready() {
            return new Live(call, false);
        }

        @Override
        public Optional<CallFacts> facts() {
            return Optional.of(call);
        }
    }

    /**
     * Audio flows.
     *
     * @param reopened whether this is the second conversation of the stream
     */
    record Live(CallFacts call, boolean reopened) implements BridgeState {

        /** The agent was lost; only possible once. */
        Reopening lost() {
            if (reopened) {
                throw new IllegalStateException("reopened already");
            }
            return new Reopening(call);
        }

        PlayingOut ending(long nowNanos, boolean agentGone) {
            return new PlayingOut(call, nowNanos, agentGone);
        }

        @Override
        public Optional<CallFacts> facts() {
            return Optional.of(call);
        }
    }

    /** A second conversation is being opened. Caller audio waits. */
    record Reopening(CallFacts call) implements BridgeState {

        Live ready() {
            return new Live(call, true);
        }

        @Override
        public Optional<CallFacts> facts() {
            return Optional.of(call);
        }
    }

    /**
     * The agent has said its last words; they are being played.
     *
     * @param sinceNanos when it ended
     * @param agentGone whether its socket is closed, so that nothing more can come
     */
    record PlayingOut(CallFacts call, long sinceNanos, boolean agentGone) implements BridgeState {

        PlayingOut withoutAgent() {
            return new PlayingOut(call, sinceNanos, true);
        }

        @Override
        public Optional<CallFacts> facts() {
            return Optional.of(call);
        }
    }

    /** The end; the socket closes as soon as telephony-gateway was told. */
    record Closed(DisconnectCause cause) implements BridgeState {}
}
