package dev.throughline.sms.outbound;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import dev.throughline.events.EventIds;
import dev.throughline.events.SmsEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.TwilioRest;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
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
    private static final int LOOK_UP_DEPTH = 50;
    /** Twilio's clock and ours may differ, and its dates are whole seconds. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    private final Pool pool;
    private final OutboundTexts texts;
    private final Outbox outbox;
    private final TwilioRest twilio;
    private final SmsConfig config;
    private final Clock clock;
    private final URI statusCallback;

    TextSender(
            Pool pool,
            OutboundTexts texts,
            Outbox outbox,
            TwilioRest twilio,
            SmsConfig config,
            Clock clock,
            PublicUrl publicUrl) {
        this.pool = pool;
        this.texts = texts;
        this.outbox = outbox;
        this.twilio = twilio;
        this.config = config;
        this.clock = clock;
        this.statusCallback = URI.create(publicUrl.of("/api/webhooks/twilio/sms/status"));
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
        return twilio.send(client -> create(client, text)).chain(outcome -> switch (outcome) {
            case SendOutcome.Accepted<Message> accepted -> sent(text, accepted.resource());
            case SendOutcome.Refused<Message> refused
            when refused.retryable() && text.attempts() < MOST_ATTEMPTS -> later(text, refused);
            case SendOutcome.Refused<Message> refused -> refused(text, refused);
            case SendOutcome.Unclear<Message> unclear -> {
                LOG.warnf("text %s: outcome unclear (%s), to be looked up", text.id(), unclear.reason());
                yield Uni.createFrom().voidItem();
            }
        });
    }

    private Message create(TwilioRestClient client, OutboundText text) {
        return Message.creator(new PhoneNumber(text.customer()), new PhoneNumber(text.businessNumber()), text.body())
                .setStatusCallback(statusCallback)
                .create(client);
    }

    private Uni<Void> sent(OutboundText text, Message message) {
        Instant now = clock.instant();
        var event = new SmsEvent.Sent(
                message.getSid(),
                text.businessNumber(),
                text.customer(),
                text.body(),
                segments(message),
                text.author(),
                text.inReplyTo(),
                text.conversationId());
        var recorded = SmsEvents.recorded(
                EventIds.of("sms.sent", message.getSid()), now, text.tenantId(), text.leadId(), event);
        return pool.withTransaction(
                tx -> texts.sent(tx, text.id(), message.getSid()).chain(() -> outbox.append(tx, List.of(recorded))));
    }

    private Uni<Void> later(OutboundText text, SendOutcome.Refused<Message> refused) {
        Duration wait = Duration.ofSeconds(1L << text.attempts());
        LOG.infof("text %s: not taken (status %d), again in %s", text.id(), refused.httpStatus(), wait);
        return texts.again(pool, text.id(), clock.instant().plus(wait));
    }

    private Uni<Void> refused(OutboundText text, SendOutcome.Refused<Message> refused) {
        LOG.warnf("text %s: refused, status=%d code=%d", text.id(), refused.httpStatus(), refused.code());
        return texts.refused(pool, text.id(), refused.code() == 0 ? null : refused.code());
    }

    private Uni<Void> lookUp(OutboundText text) {
        return twilio.send(client -> find(client, text)).chain(outcome -> switch (outcome) {
            case SendOutcome.Accepted<Optional<Message>> found
            when found.resource().isPresent() -> sent(text, found.resource().get());
            case SendOutcome.Accepted<Optional<Message>> none
            when text.attempts() < MOST_REPEATS_AFTER_LOOK_UP -> texts.again(pool, text.id(), clock.instant());
            case SendOutcome.Accepted<Optional<Message>> none -> {
                LOG.errorf("text %s: nobody can tell whether it left; it is not sent again", text.id());
                yield texts.lost(pool, text.id());
            }
            default -> Uni.createFrom().voidItem();
        });
    }

    private static Optional<Message> find(TwilioRestClient client, OutboundText text) {
        Instant since =
                text.claimedAt() == null ? Instant.EPOCH : text.claimedAt().minus(CLOCK_TOLERANCE);
        for (Message message : Message.reader()
                .setTo(new PhoneNumber(text.customer()))
                .setFrom(new PhoneNumber(text.businessNumber()))
                .limit(LOOK_UP_DEPTH)
                .read(client)) {
            boolean same = text.body().equals(message.getBody())
                    && message.getDateCreated() != null
                    && !message.getDateCreated().toInstant().isBefore(since);
            if (same) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    private static int segments(Message message) {
        String segments = message.getNumSegments();
        return segments == null || !segments.chars().allMatch(Character::isDigit) || segments.isEmpty()
                ? 1
                : Integer.parseInt(segments);
    }
}
