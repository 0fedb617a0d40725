package dev.throughline.telephony.inbound;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.answer.Reply;
import dev.throughline.telephony.answer.Situation;
import dev.throughline.telephony.twilio.Sentence;
import java.util.Optional;

/** How an inbound call is answered. */
sealed interface InboundDecision {

    /** The agent talks to the caller. */
    record Connect(Tenant tenant, String agentId) implements InboundDecision {}

    /**
     * The caller meets something else.
     *
     * @param tenant empty when the number belongs to nobody
     * @param outcome the word of the metric and the log
     * @param kept whether the call is written down; of those a limit holds off nothing is, or it would not limit what is stored
     */
    record Answer(Optional<Tenant> tenant, Reply reply, String outcome, boolean kept) implements InboundDecision {}

    /**
     * What the decision rests on.
     *
     * @param blocked whether the caller is one the tenant does not want to hear from
     * @param tooOften whether the caller's allowance is used up
     * @param closed whether the business is closed now
     * @param agentsConfigured whether this installation has credentials of ElevenLabs
     * @param agentAway whether the agent could not be reached just now
     * @param agentId the agent that answers for the tenant; empty when there is none
     * @param full whether the tenant has as many calls as it allows
     */
    record Circumstances(
            boolean blocked,
            boolean tooOften,
            boolean closed,
            boolean agentsConfigured,
            boolean agentAway,
            Optional<String> agentId,
            boolean full) {

        /** The same, known to be one call too many. */
        Circumstances overLimit() {
            return new Circumstances(blocked, tooOften, closed, agentsConfigured, agentAway, agentId, true);
        }

        private boolean nobody() {
            return !agentsConfigured || agentId.isEmpty();
        }

        private boolean hold(Situation situation) {
            return switch (situation) {
                case BLOCKED -> blocked;
                case RATE_LIMITED -> tooOften;
                case OUTSIDE_HOURS -> closed;
                case AGENT_DOWN -> nobody() || agentAway;
                case OVER_LIMIT -> full;
            };
        }
    }

    /** For a number that belongs to nobody. */
    Answer NOT_IN_SERVICE =
            new Answer(Optional.empty(), new Reply.Say(Sentence.NOT_IN_SERVICE.words()), "not-in-service", false);

    /**
     * Decides. The first situation that holds and for which the tenant does not want the agent all the same gives the answer.
     *
     * @param customer the caller's address as Twilio sent it
     */
    static InboundDecision of(Tenant tenant, String customer, Circumstances now) {
        for (Situation situation : Situation.values()) {
            if (!now.hold(situation)) {
                continue;
            }
            String words = situation == Situation.AGENT_DOWN ? whyDown(now) : situation.words(tenant);
            Optional<Reply> reply = situation.reply(tenant, customer, words);
            if (situation == Situation.AGENT_DOWN && now.nobody()) {
                // Whatever the tenant wishes, there is no agent to send the caller to.
                reply = Optional.of(reply.orElseGet(() -> situation.replyOnceAnswered(tenant, customer, words)));
            }
            if (reply.isPresent()) {
                return new Answer(
                        Optional.of(tenant), reply.get(), outcome(situation, now), kept(situation, reply.get()));
            }
        }
        return new Connect(tenant, now.agentId().orElseThrow());
    }

    private static boolean kept(Situation situation, Reply reply) {
        boolean heldOff = situation == Situation.BLOCKED || situation == Situation.RATE_LIMITED;
        return !(heldOff && reply instanceof Reply.Reject);
    }

    private static String whyDown(Circumstances now) {
        return (now.agentsConfigured() && now.agentId().isEmpty()
                        ? Sentence.AGENT_NOT_CONFIGURED
                        : Sentence.AGENT_UNAVAILABLE)
                .words();
    }

    private static String outcome(Situation situation, Circumstances now) {
        if (situation != Situation.AGENT_DOWN) {
            return situation.word();
        }
        if (!now.agentsConfigured()) {
            return "agent-unavailable";
        }
        return now.agentId().isEmpty() ? "agent-not-configured" : "agent-away";
    }
}
