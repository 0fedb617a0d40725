package dev.throughline.sms.outbound;

import dev.throughline.events.EventIds;
import dev.throughline.events.SmsEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.outbound.twilio.TwilioTexts;
import dev.throughline.sms.outbound.twilio.TwilioTexts.Taken;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Hands texts to Twilio, each at most once.
 *
 * <pre>
 * PENDING ──claim──▶ SENDING ──accepted──▶ SENT
 *    ▲                  ├─────refused─────▶ REFUSED
 *    ├──not processed───┤ (429, no connection: again later)
 *    └──not found───────┴──unclear, looked up──▶ SENT, or LOST when nobody can tell
 * </pre>
 */
@ApplicationScoped
public class TextSender {

    private static final Logger LOG = Logger.getLogger(TextSender.class);
    private static final int MOST_ATTEMPTS = 5;
    private static final int MOST_REPEATS_AFTER_LOOK_UP = 2;

    private final Pool pool;
    private final OutboundTexts texts;
    private final Outbox outbox;
    private final TwilioTexts twilio;
    private final SmsConfig config;
    private final Clock clock;

    TextSender(Pool pool, OutboundTexts texts, Outbox outbox, TwilioTexts twilio, SmsConfig config, Clock clock) {
        this.pool = pool;
        this.texts = texts;
        this.outbox = outbox;
        this.twilio = twilio;
        this.config = config;
        this.clock = clock;
    }

    /** Sends the text if it is due and nobody else has it. */
    public Uni<Void> send(UUID id) {
        return texts.claim(pool, id, clock.instant()).chain(claimed -> claimed.map(this::handOver)
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Ids to {@link #send} now. */
    public Uni<List<UUID>> due() {
        return texts.due(pool, clock.instant());
    }

    /** Finds out what became of the sends nobody knows the outcome of. */
    public Uni<Void> clearUp() {
        Instant cutoff = clock.instant().minus(config.unclearAfter());
        return texts.stale(pool, cutoff).chain(ids -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (UUID id : ids) {
                all = all.chain(() -> texts.claimStale(pool, id, cutoff, clock.instant()))
                        .chain(stale -> stale.map(this::lookUp)
                                .orElseGet(() -> Uni.createFrom().voidItem()));
            }
            return all;
        });
    }

    private Uni<Void> handOver(OutboundText text) {
        return twilio.send(text.customer(), text.businessNumber(), text.body()).chain(outcome -> switch (outcome) {
            case SendOutcome.Accepted<Taken> accepted -> sent(text, accepted.resource());
            case SendOutcome.Refused<Taken> refused
            when refused.retryable() && text.attempts() < MOST_ATTEMPTS -> later(text, refused);
            case SendOutcome.Refused<Taken> refused -> refused(text, refused);
            case SendOutcome.Unclear<Taken> unclear -> {
                LOG.warnf("text %s: outcome unclear (%s), to be looked up", text.id(), unclear.reason());
                yield Uni.createFrom().voidItem();
            }
        });
    }

    private Uni<Void> sent(OutboundText text, Taken taken) {
        Instant now = clock.instant();
        var event = new SmsEvent.Sent(
                taken.messageSid(),
                text.businessNumber(),
                text.customer(),
                text.body(),
                taken.segments(),
                text.author(),
                text.inReplyTo(),
                text.conversationId());
        var recorded = SmsEvents.recorded(
                EventIds.of("sms.sent", taken.messageSid()), now, text.tenantId(), text.leadId(), event);
        return pool.withTransaction(
                tx -> texts.sent(tx, text.id(), taken.messageSid()).chain(() -> outbox.append(tx, List.of(recorded))));
    }

    private Uni<Void> later(OutboundText text, SendOutcome.Refused<Taken> refused) {
        Duration wait = Duration.ofSeconds(1L << text.attempts());
        LOG.infof("text %s: not taken (status %d), again in %s", text.id(), refused.httpStatus(), wait);
        return texts.again(pool, text.id(), clock.instant().plus(wait));
    }

    private Uni<Void> refused(OutboundText text, SendOutcome.Refused<Taken> refused) {
        LOG.warnf("text %s: refused, status=%d code=%d", text.id(), refused.httpStatus(), refused.code());
        return texts.refused(pool, text.id(), refused.code() == 0 ? null : refused.code());
    }

    private Uni<Void> lookUp(OutboundText text) {
        Instant since = text.claimedAt() == null ? Instant.EPOCH : text.claimedAt();
        return twilio.find(text.customer(), text.businessNumber(), text.body(), since)
                .chain(outcome -> switch (outcome) {
                    case SendOutcome.Accepted<Optional<Taken>> found
                    when found.resource().isPresent() ->
                        sent(text, found.resource().get());
                    case SendOutcome.Accepted<Optional<Taken>> none
                    when text.attempts() < MOST_REPEATS_AFTER_LOOK_UP -> texts.again(pool, text.id(), clock.instant());
                    case SendOutcome.Accepted<Optional<Taken>> none -> {
                        LOG.errorf("text %s: nobody can tell whether it left; it is not sent again", text.id());
                        yield texts.lost(pool, text.id());
                    }
                    case SendOutcome.Refused<Optional<Taken>> refused -> {
                        LOG.warnf(
                                "text %s: could not be looked up, status=%d, again later",
                                text.id(), refused.httpStatus());
                        yield Uni.createFrom().voidItem();
                    }
                    case SendOutcome.Unclear<Optional<Taken>> unclear -> {
                        LOG.warnf("text %s: could not be looked up (%s), again later", text.id(), unclear.reason());
                        yield Uni.createFrom().voidItem();
                    }
                });
    }
}
