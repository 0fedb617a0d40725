package dev.throughline.telephony.outbound;

import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConversationDetail;
import dev.throughline.platform.elevenlabs.ConversationSummary;
import dev.throughline.platform.elevenlabs.ElevenLabsConfig;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.telephony.twilio.TwilioCall;
import dev.throughline.telephony.twilio.TwilioCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether there is a call, after a request nobody answered. ElevenLabs is the first witness of a native call: a conversation
 * begun with our {@code call_id} is ours. Twilio's list of calls is the second, and the only one of a call of the bridge: a call between
 * the two numbers, not older than the request, that is nobody else's.
 */
@Singleton
final class LookUp {

    private static final int MOST_DETAILS = 20;
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    /** How long after it was asked for a conversation may begin: it begins when the customer answers. */
    private static final Duration LATEST_START = Duration.ofMinutes(5);

    private final ConvaiClient convai;
    private final ElevenLabsConfig elevenLabs;
    private final TwilioCalls twilio;
    private final OutboundRepository rows;
    private final Pool pool;

    LookUp(ConvaiClient convai, ElevenLabsConfig elevenLabs, TwilioCalls twilio, OutboundRepository rows, Pool pool) {
        this.convai = convai;
        this.elevenLabs = elevenLabs;
        this.twilio = twilio;
        this.rows = rows;
        this.pool = pool;
    }

    /** Asks everybody once. Fails only with the database. */
    Uni<Trace> of(OutboundRow row) {
        Uni<Trace> first = row.plan().via() == Via.NATIVE
                ? atElevenLabs(row)
                : Uni.createFrom().item(new Trace.Unasked());
        return first.chain(trace -> {
            boolean complete = trace instanceof Trace.Found found && found.callSid() != null;
            return complete ? Uni.createFrom().item(trace) : atTwilio(row).map(second -> both(trace, second));
        });
    }

    /** What two witnesses together know. */
    static Trace both(Trace conversation, Trace call) {
        if (conversation instanceof Trace.Found found) {
            return call instanceof Trace.Found leg ? new Trace.Found(leg.callSid(), found.conversationId()) : found;
        }
        if (call instanceof Trace.Found) {
            return call;
        }
        return conversation instanceof Trace.None || call instanceof Trace.None
                ? new Trace.None()
                : new Trace.Unasked();
    }

    private Uni<Trace> atElevenLabs(OutboundRow row) {
        String known = row.progress().conversationId();
        if (known != null) {
            return convai.conversation(known)
                    .map(answer -> new Trace.Found(
                            answer.found().map(ConversationDetail::callSid).orElse(null), known));
        }
        Instant from = row.createdAt().minus(CLOCK_TOLERANCE);
        Instant to = row.createdAt().plus(elevenLabs.outboundCallTimeout()).plus(LATEST_START);
        return convai.conversations(row.plan().agentId(), from, to).chain(answer -> switch (answer) {
            case ConvaiAnswer.Success<List<ConversationSummary>>(List<ConversationSummary> all) ->
                ours(
                        row,
                        all.stream()
                                .filter(conversation ->
                                        !conversation.direction().equals("inbound"))
                                .limit(MOST_DETAILS)
                                .toList(),
                        0);
            case ConvaiAnswer.Failure<List<ConversationSummary>> failure ->
                Uni.createFrom().item(new Trace.Unasked());
        });
    }

    /** One after the other: what is looked for is mostly the first, and their rate is limited. */
    private Uni<Trace> ours(OutboundRow row, List<ConversationSummary> conversations, int next) {
        if (next == conversations.size()) {
            return Uni.createFrom().item(new Trace.None());
        }
        String id = conversations.get(next).id();
        return convai.conversation(id).chain(answer -> {
            Optional<ConversationDetail> detail = answer.found()
                    .filter(found ->
                            row.id().toString().equals(found.variables().get("call_id")));
            return detail.isPresent()
                    ? Uni.createFrom().item(new Trace.Found(detail.get().callSid(), id))
                    : ours(row, conversations, next + 1);
        });
    }

    private Uni<Trace> atTwilio(OutboundRow row) {
        String from = row.progress().fromNumber();
        if (from == null || !twilio.isConfigured()) {
            return Uni.createFrom().item(new Trace.Unasked());
        }
        return twilio.recentTo(row.plan().customer(), from, row.createdAt()).chain(outcome -> switch (outcome) {
            case SendOutcome.Accepted<List<TwilioCall>>(List<TwilioCall> calls) -> unclaimed(row, calls);
            case SendOutcome.Refused<List<TwilioCall>> refused ->
                Uni.createFrom().item(new Trace.Unasked());
            case SendOutcome.Unclear<List<TwilioCall>> unclear ->
                Uni.createFrom().item(new Trace.Unasked());
        });
    }

    private Uni<Trace> unclaimed(OutboundRow row, List<TwilioCall> calls) {
        List<String> sids = calls.stream()
                .filter(call -> call.direction().startsWith("outbound-api"))
                .map(TwilioCall::sid)
                .toList();
        if (sids.isEmpty()) {
            return Uni.createFrom().item(new Trace.None());
        }
        return rows.taken(pool, row.id(), sids).map(taken -> {
            // Newest first at Twilio; the oldest that is nobody's came closest after the request.
            @Nullable String sid = sids.reversed().stream()
                    .filter(call -> !taken.contains(call))
                    .findFirst()
                    .orElse(null);
            return sid == null ? new Trace.None() : new Trace.Found(sid, null);
        });
    }
}
