package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.conversation.Conversation;
import dev.throughline.simulator.elevenlabs.conversation.Conversation.Formats;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Initiation;
import dev.throughline.simulator.elevenlabs.conversation.Line;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.telephony.TwilioRest.Credentials;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call the provider carries itself, before and when its stream begins. For one event loop.
 *
 * <pre>
 *   made --prepare--> PREPARED --stream starts--> a {@link Conversation}
 *     |                   └── refused, or no client data: the call dies without a word
 *     └── busy, no answer, failed: {@link #unreached}
 * </pre>
 */
final class NativeCall {

    private static final String ULAW = "ulaw_8000";

    private final Services services;
    private final ConversationRecord record;
    private final JsonObject leg;
    private final Optional<Credentials> account;
    private @Nullable JsonObject clientData;
    private String trouble = "";
    private boolean begun;

    /**
     * A call of {@code record}.
     *
     * @param leg {@code metadata.phone_call}, filled as more becomes known
     * @param account whose number it is; empty for a registered call, whose account is not known here
     * @param clientData what was sent with the request; empty asks the initiation webhook
     */
    NativeCall(
            Services services,
            ConversationRecord record,
            JsonObject leg,
            Optional<Credentials> account,
            Optional<JsonObject> clientData) {
        this.services = services;
        this.record = record;
        this.leg = leg;
        this.account = account;
        this.clientData = clientData.orElse(null);
        record.phoneCall(leg);
        clientData.ifPresent(record::announce);
    }

    ConversationRecord record() {
        return record;
    }

    Optional<Credentials> account() {
        return account;
    }

    /** {@code CA…}, empty while it is not known. */
    String callSid() {
        return leg.getString("call_sid");
    }

    /** Learns the call's sid. */
    void placed(String callSid) {
        leg.put("call_sid", callSid);
    }

    /** A machine answered, by Twilio's word. */
    void answeredBy(String word) {
        if (word.startsWith("machine")) {
            leg.put("call_result", "voicemail");
        }
    }

    /** Gets the client data from {@code webhook} if none was sent. Always succeeds; a failure kills the call when it streams. */
    Future<Void> prepare(InitiationWebhook webhook) {
        if (clientData != null) {
            return Future.succeededFuture();
        }
        return webhook.ask(record, leg)
                .onSuccess(answer -> {
                    clientData = answer;
                    record.announce(answer);
                })
                .recover(failure -> {
                    trouble = "initiation_webhook_failed";
                    services.violations()
                            .add("initiation_webhook", record.id(), "the call dies: " + failure.getMessage());
                    return Future.succeededFuture(new JsonObject());
                })
                .mapEmpty();
    }

    /** Whether the stream has begun. */
    boolean begun() {
        return begun;
    }

    /** Begins the conversation over {@code line}; empty when the call dies, which is on the record then. */
    Optional<Conversation> begin(Line line, String streamSid) {
        begun = true;
        leg.put("stream_sid", streamSid);
        if (!leg.containsKey("call_result")) {
            leg.put("call_result", "answered");
        }
        JsonObject data = clientData == null ? new JsonObject() : clientData;
        if (!trouble.isEmpty()) {
            record.begin(data, new JsonObject(), false);
            die(trouble);
            return Optional.empty();
        }
        List<JsonObject> tools = services.toolsOf(record.agent());
        return switch (Initiation.judge(record.agent(), tools, data)) {
            case Initiation.Verdict.Refused refused -> {
                record.begin(data, new JsonObject(), false);
                services.violations().add(refused.name(), record.id(), refused.message() + " " + refused.variables());
                die(refused.name());
                yield Optional.empty();
            }
            case Initiation.Verdict.Accepted accepted -> {
                accepted.ignored().forEach(what -> services.violations().add("ignored", record.id(), what));
                JsonObject kept = data.copy();
                kept.remove("type");
                record.begin(kept, accepted.variables(), false);
                yield Optional.of(new Conversation(services, record, tools, accepted, formats(), line));
            }
        };
    }

    /** The other side was not reached. {@code status} is Twilio's: busy, no-answer, failed or canceled. */
    void unreached(String status) {
        leg.put(
                "call_result",
                status.equals("busy") || status.equals("no-answer") ? status.replace('-', '_') : "failed");
        if (record.end(status, 1000, new JsonObject().put("code", 1000).put("reason", status))) {
            record.analysed();
        }
    }

    /** On an imported number the provider speaks the telephone's format; on a registered call it speaks the agent's. */
    private Formats formats() {
        return account.isPresent() ? Formats.both(ULAW) : Formats.of(record.agent());
    }

    private void die(String reason) {
        if (record.end(reason, 1008, new JsonObject().put("code", 1008).put("reason", reason))) {
            services.conversations().ended(record);
        }
    }
}
