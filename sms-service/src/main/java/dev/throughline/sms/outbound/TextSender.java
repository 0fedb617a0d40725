package dev.throughline.sms.outbound;

import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsErrors;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.consent.Consents;
import dev.throughline.sms.consent.OptOutWord;
import dev.throughline.sms.outbound.twilio.TwilioTexts;
import dev.throughline.sms.outbound.twilio.TwilioTexts.Taken;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Hands texts to Twilio, each at most once.
 *
 * <pre>
 * PENDING ──claim──▶ SENDING ──accepted──▶ SENT
 *    ▲                  ├─────refused─────▶ REFUSED (also by STOP, or taken back, before the claim)
 *    ├──too early───────┤ (its sender's place is later)
 *    ├──not processed───┤ (429, no connection: again later)
 *    └──not found───────┴──unclear, looked up──▶ SENT, or LOST when nobody can tell
 * </pre>
 */
@ApplicationScoped
public class TextSender {

    private static final Logger LOG = Logger.getLogger(TextSender.class);
    /** With the wait between two, somewhat less than half an hour without Twilio. */
    private static final int MOST_ATTEMPTS = 30;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int MOST_REPEATS_AFTER_LOOK_UP = 1;
    /** A place this near is waited for here; a later one is found by the sweep. */
    private static final Duration NEAR = Duration.ofSeconds(3);

    private final Pool pool;
    private final OutboundTexts texts;
    private final SendQueue queue;
    private final SenderPace pace;
    private final Consents consents;
    private final Outbox outbox;
    private final TwilioTexts twilio;
    private final SmsConfig config;
    private final Clock clock;

    TextSender(
            Pool pool,
            OutboundTexts texts,
            SendQueue queue,
            SenderPace pace,
            Consents consents,
            Outbox outbox,
            TwilioTexts twilio,
            SmsConfig config,
            Clock clock) {
        this.pool = pool;
        this.texts = texts;
        this.queue = queue;
        this.pace = pace;
        this.consents = consents;
        this.outbox = outbox;
        this.twilio = twilio;
        this.config = config;
        this.clock = clock;
    }

    /** What a claim came to. */
    private sealed interface Turn {

        /** @param latest when the request to Twilio must have begun, by this process' clock */
        record Send(OutboundText text, Instant latest) implements Turn {}

        record Wait(UUID id, Duration time) implements Turn {}

        /** Another replica has it, it is not due, or it was taken back. */
        record Nothing() implements Turn {}
    }

    /** Sends the text if it is due and nobody else has it; a text whose sender is ahead of its pace waits for its place. */
    public Uni<Void> send(UUID id) {
        return pool.withTransaction(tx -> claim(tx, id)).chain(turn -> switch (turn) {
            case Turn.Send send -> handOver(send);
            case Turn.Wait wait
            when wait.time().compareTo(NEAR) < 0 ->
                // A timer waits whole milliseconds, and one at least.
                Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(wait.time().plusMillis(1))
                        .chain(() -> send(id));
            case Turn.Wait later -> Uni.createFrom().voidItem();
            case Turn.Nothing nothing -> Uni.createFrom().voidItem();
        });
    }

    private Uni<Turn> claim(SqlClient tx, UUID id) {
        Instant now = clock.instant();
        return queue.claim(tx, id, now).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(new Turn.Nothing());
            }
            OutboundText text = found.get().text();
            // After that another replica may have looked it up, found nothing, and be sending it.
            Turn send = new Turn.Send(text, now.plus(config.sendWithin()));
            if (found.get().paced()) {
                return Uni.createFrom().item(send);
            }
            return pace.reserve(tx, text.sender(), text.segments(), now)
                    .chain(place -> place.isAfter(now)
                            ? queue.waitForPlace(tx, id, place)
                                    .replaceWith((Turn) new Turn.Wait(id, Duration.between(now, place)))
                            : Uni.createFrom().item(send));
        });
    }

    /** Ids to {@link #send} now. */
    public Uni<List<UUID>> due() {
        return queue.due(pool, clock.instant());
    }

    /** Finds out what became of the sends nobody knows the outcome of. */
    public Uni<Void> clearUp() {
        Duration age = config.sendWithin().plus(twilio.longestRequest());
        return queue.stale(pool, age).chain(ids -> {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (UUID id : ids) {
                all = all.chain(() -> queue.claimStale(pool, id, age))
                        .chain(stale -> stale.map(this::lookUp)
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                        // One that cannot be cleared up must not keep the others from it, nor new texts from leaving.
                        .onFailure()
                        .invoke(failure -> LOG.errorf("text %s: not cleared up (%s), again later", id, failure))
                        .onFailure()
                        .recoverWithNull();
            }
            return all;
        });
    }

    private Uni<Void> handOver(Turn.Send send) {
        OutboundText text = send.text();
        return twilio.send(text.letter(), send.latest()).chain(outcome -> switch (outcome) {
            case SendOutcome.Accepted<Optional<Taken>> accepted
            when accepted.resource().isPresent() ->
                sent(text, accepted.resource().get());
            case SendOutcome.Accepted<Optional<Taken>> tooLate -> later(text, "its turn came too late");
            case SendOutcome.Refused<Optional<Taken>> refused
            when refused.retryable() && text.attempts() < MOST_ATTEMPTS ->
                later(text, "status " + refused.httpStatus());
            case SendOutcome.Refused<Optional<Taken>> refused -> refused(text, refused);
            case SendOutcome.Unclear<Optional<Taken>> unclear -> {
                LOG.warnf("text %s: outcome unclear (%s), to be looked up", text.id(), unclear.reason());
                yield Uni.createFrom().voidItem();
            }
        });
    }

    private Uni<Void> sent(OutboundText text, Taken taken) {
        return pool.withTransaction(tx -> texts.sidOf(tx, text.repeats())
                .map(repeats -> TextEvents.sent(text, taken, repeats.orElse(null), clock.instant()))
                .chain(event -> queue.sent(tx, text.id(), taken.messageSid()).chain(() -> outbox.append(tx, event))));
    }

    private Uni<Void> later(OutboundText text, String why) {
        Duration wait = Duration.ofSeconds(Math.min(1L << Math.min(text.attempts(), 10), LONGEST_WAIT.toSeconds()));
        LOG.infof("text %s: not taken (%s), again in %s", text.id(), why, wait);
        return queue.again(pool, text, clock.instant().plus(wait));
    }

    /** The refusal is told, and what Twilio knows of the customer's wish is believed. */
    private Uni<Void> refused(OutboundText text, SendOutcome.Refused<?> refused) {
        LOG.warnf("text %s: refused, status=%d code=%d", text.id(), refused.httpStatus(), refused.code());
        Integer code = refused.code() == 0 ? null : refused.code();
        String reason =
                code == null ? "Twilio refused it (status " + refused.httpStatus() + ")" : SmsErrors.reason(code);
        Instant now = clock.instant();
        List<RecordedEvent> events = new ArrayList<>(List.of(TextEvents.refused(text, code, reason, now)));
        boolean optedOut = refused.code() == SmsErrors.OPTED_OUT;
        if (optedOut) {
            events.add(TextEvents.optedOut(text, now));
        }
        // In the lead's turn, as a STOP is: two that take back the same texts would wait for each other.
        return pool.withTransaction(tx -> outbox.hold(tx, text.leadId())
                .chain(() -> queue.refused(tx, text.id(), code, reason))
                .chain(() -> optedOut
                        ? consents.remember(
                                tx, text.tenantId(), text.leadId(), OptOutWord.KNOWN_TO_TWILIO, "twilio", now)
                        : Uni.createFrom().voidItem())
                .chain(() -> outbox.append(tx, events)));
    }

    private Uni<Void> lookUp(SendQueue.Stale stale) {
        OutboundText text = stale.text();
        Instant since = text.claimedAt() == null ? Instant.EPOCH : text.claimedAt();
        return texts.sidsTo(pool, text.leadId())
                .chain(others -> twilio.find(text.letter(), since, others))
                .chain(outcome -> found(stale, outcome));
    }

    private Uni<Void> found(SendQueue.Stale stale, SendOutcome<Optional<Taken>> outcome) {
        OutboundText text = stale.text();
        return switch (outcome) {
            case SendOutcome.Accepted<Optional<Taken>> found
            when found.resource().isPresent() -> sent(text, found.resource().get());
            case SendOutcome.Accepted<Optional<Taken>> none
            when stale.notFound() < MOST_REPEATS_AFTER_LOOK_UP -> queue.againNotFound(pool, text, clock.instant());
            case SendOutcome.Accepted<Optional<Taken>> none -> lost(text);
            case SendOutcome.Refused<Optional<Taken>> refused -> {
                LOG.warnf("text %s: could not be looked up, status=%d, again later", text.id(), refused.httpStatus());
                yield Uni.createFrom().voidItem();
            }
            case SendOutcome.Unclear<Optional<Taken>> unclear -> {
                LOG.warnf("text %s: could not be looked up (%s), again later", text.id(), unclear.reason());
                yield Uni.createFrom().voidItem();
            }
        };
    }

    private Uni<Void> lost(OutboundText text) {
        LOG.errorf("text %s: nobody can tell whether it left; it is not sent again", text.id());
        var event = TextEvents.refused(text, null, "nobody can tell whether it left", clock.instant());
        return pool.withTransaction(tx -> queue.lost(tx, text.id()).chain(() -> outbox.append(tx, event)));
    }
}
