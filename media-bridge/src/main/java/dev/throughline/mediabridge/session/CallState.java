package dev.throughline.mediabridge.session;

import dev.throughline.mediabridge.admission.CallFacts;
import dev.throughline.mediabridge.ending.DisconnectCause;
import java.util.Optional;

/**
 * The states of a call, in which its two legs come together ({@link CarrierState} and the agent's {@code AgentState} have their own). Each has
 * only the transitions that are legal from it, so an illegal one does not compile.
 *
 * <pre>
 *   upgrade, plain path                        upgrade, address with a good token
 *        │                                                │
 *        ▼            start, token                        ▼        agent lost, once
 *   Unannounced ───────────────────┐                  Expected ◀──┐ (the agent's metadata
 *        │                         │   start, agent not ready │ └──┘  may come here)
 *        │                         ▼ ◀───────────────────────┤
 *        │                     Connecting                    │ start, agent ready
 *        │                         │ metadata                │
 *        │                         ▼ ◀───────────────────────┘
 *        │                       Live ──agent lost, once──▶ Reopening
 *        │                         │ ▲                         │ metadata
 *        │    end_call, close 1000 │ └─────────────────────────┘
 *        │                         ▼
 *        │                     PlayingOut
 *        ▼                         ▼
 *     Closed ◀── from every state: stop, socket closed, limit, refusal, shutdown, all played
 * </pre>
 */
sealed interface CallState {

    /** The call, once it is known and while it lasts. */
    default Optional<CallFacts> facts() {
        return Optional.empty();
    }

    /** Every state may end. */
    default Closed closed(DisconnectCause cause) {
        return new Closed(cause);
    }

    /** The upgrade was accepted; nothing is known of the call. */
    record Unannounced() implements CallState {

        Connecting accepted(CallFacts call) {
            return new Connecting(call, false);
        }
    }

    /**
     * The address named the call, so that its agent is being opened; nothing may be believed of the stream yet. What the agent says
     * waits.
     *
     * @param agentReady whether the agent listens
     * @param reopened whether it was lost once already
     */
    record Expected(CallFacts call, boolean agentReady, boolean reopened) implements CallState {

        static Expected of(CallFacts call) {
            return new Expected(call, false, false);
        }

        CallState accepted() {
            return agentReady ? new Live(call, reopened) : new Connecting(call, reopened);
        }

        Expected ready() {
            return new Expected(call, true, reopened);
        }

        /** The agent was lost; only possible once. */
        Expected lost() {
            if (reopened) {
                throw new IllegalStateException("reopened already");
            }
            return new Expected(call, false, true);
        }

        @Override
        public Optional<CallFacts> facts() {
            return Optional.of(call);
        }
    }

    /** The token was good; the agent is being reached. Caller audio waits. */
    record Connecting(CallFacts call, boolean reopened) implements CallState {

        Live ready() {
            return new Live(call, reopened);
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
    record Live(CallFacts call, boolean reopened) implements CallState {

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
    record Reopening(CallFacts call) implements CallState {

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
    record PlayingOut(CallFacts call, long sinceNanos, boolean agentGone) implements CallState {

        PlayingOut withoutAgent() {
            return new PlayingOut(call, sinceNanos, true);
        }

        @Override
        public Optional<CallFacts> facts() {
            return Optional.of(call);
        }
    }

    /** The end; the socket closes as soon as telephony-gateway was told. */
    record Closed(DisconnectCause cause) implements CallState {}
}
