package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.Ids;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.telephony.TwilioRest.Credentials;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Native calls by conversation: the newest 500. For one event loop. */
final class NativeCalls {

    private static final int CAPACITY = 500;

    private final Services services;
    private final Map<String, NativeCall> byConversation = new LinkedHashMap<>();

    NativeCalls(Services services) {
        this.services = services;
    }

    /**
     * The two ends of a call.
     *
     * @param direction {@code inbound} or {@code outbound}
     * @param ours the number the agent has
     * @param customer the other one
     * @param numberId {@code phnum_…}, empty for a number the provider does not know
     */
    record Leg(String direction, String ours, String customer, String numberId) {

        private JsonObject document() {
            return new JsonObject()
                    .put("type", "twilio")
                    .put("direction", direction)
                    .put("phone_number_id", numberId.isEmpty() ? null : numberId)
                    .put("agent_number", ours)
                    .put("external_number", customer)
                    .put("call_sid", "")
                    .put("stream_sid", null);
        }
    }

    /** A new call of the agent {@code agentId}; parameters as of {@link NativeCall}. */
    NativeCall open(
            String agentId, JsonObject agent, Leg leg, Optional<Credentials> account, Optional<JsonObject> clientData) {
        ConversationRecord record =
                new ConversationRecord(Ids.fresh("conv"), agentId, agent, "authorization_header", services.clock());
        services.conversations().add(record);
        NativeCall call = new NativeCall(services, record, leg.document(), account, clientData);
        if (byConversation.size() >= CAPACITY) {
            byConversation.remove(byConversation.keySet().iterator().next());
        }
        byConversation.put(record.id(), call);
        return call;
    }

    /** The call of a conversation, or empty. */
    Optional<NativeCall> find(String conversationId) {
        return Optional.ofNullable(byConversation.get(conversationId));
    }

    /** Forgets a call that never was one. */
    void forget(NativeCall call) {
        byConversation.remove(call.record().id());
        services.conversations().remove(call.record());
    }
}
