package dev.throughline.sms.inbound;

import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.outbox.OutboxRecord;
import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.consent.Consents;
import dev.throughline.sms.consent.OptOutWord;
import dev.throughline.sms.inbound.TextBatches.Arrival;
import dev.throughline.sms.outbound.OutboundText;
import dev.throughline.sms.outbound.OutboundTexts;
import dev.throughline.sms.outbound.Sender;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Stores a text with what it means: its event, the customer's consent, the tenant's words to HELP. An ordinary text is one statement,
 * so one round trip and no transaction held open between two; only the few words that say something about texting take more.
 */
@ApplicationScoped
class TextStore {

    private final Pool pool;
    private final InboundTexts texts;
    private final TextBatches batches;
    private final OutboundTexts outbound;
    private final Consents consents;
    private final Outbox outbox;
    private final StoreTimer timer;
    private final SmsConfig config;

    TextStore(
            Pool pool,
            InboundTexts texts,
            TextBatches batches,
            OutboundTexts outbound,
            Consents consents,
            Outbox outbox,
            StoreTimer timer,
            SmsConfig config) {
        this.pool = pool;
        this.texts = texts;
        this.batches = batches;
        this.outbound = outbound;
        this.consents = consents;
        this.outbox = outbox;
        this.timer = timer;
        this.config = config;
    }

    /** Stores a text nobody is to answer, whatever it says. */
    Uni<Void> storeSilent(InboundText text) {
        return batches.store(arrival(text, InboundTexts.State.SILENT));
    }

    /**
     * Stores a text of a customer.
     *
     * @param optOutType Twilio's, empty when not sent
     */
    Uni<Void> store(InboundText text, Tenant tenant, Optional<String> optOutType) {
        // Whoever is opted out means most by a word: what is none then is none for anybody.
        if (OptOutWord.in(text.body(), optOutType, true).isEmpty()) {
            return batches.store(arrival(text, InboundTexts.State.WAITING));
        }
        long began = System.nanoTime();
        return pool.withTransaction(tx -> outbox.hold(tx, text.leadId())
                        .chain(() -> consents.isOptedOut(tx, text.tenantId(), text.leadId()))
                        .chain(optedOut -> {
                            Optional<OptOutWord> word = OptOutWord.in(text.body(), optOutType, optedOut);
                            boolean silent = word.isPresent() || optedOut;
                            return texts.claim(
                                            tx, text, silent ? InboundTexts.State.SILENT : InboundTexts.State.WAITING)
                                    .chain(isNew -> isNew
                                            ? remember(tx, text, word, help(text, tenant, word, optOutType, optedOut))
                                            : Uni.createFrom().voidItem());
                        }))
                .ifNoItem()
                .after(config.storeTimeout())
                .fail()
                .onTermination()
                .invoke(() -> timer.endOf(began));
    }

    private static Arrival arrival(InboundText text, InboundTexts.State state) {
        return new Arrival(text, state, OutboxRecord.of(received(text)).withTrace(), System.nanoTime());
    }

    private Uni<Void> remember(
            SqlClient tx, InboundText text, Optional<OptOutWord> word, Optional<OutboundText> answer) {
        List<RecordedEvent> events = new ArrayList<>(List.of(received(text)));
        Uni<Void> consent = Uni.createFrom().voidItem();
        if (word.isPresent() && word.get().wish() != OptOutWord.Wish.HELP) {
            OptOutWord said = word.get();
            boolean stop = said.wish() == OptOutWord.Wish.STOP;
            events.add(recorded(
                    stop ? "sms.opted-out" : "sms.opted-in",
                    text,
                    stop
                            ? new SmsEvent.OptedOut(text.customer(), said.word())
                            : new SmsEvent.OptedIn(text.customer(), said.word())));
            consent = consents.remember(tx, text.tenantId(), text.leadId(), said, "sms", text.receivedAt());
        }
        Uni<Void> written =
                answer.isEmpty() ? consent : consent.chain(() -> outbound.add(tx, answer.get(), text.receivedAt()));
        return written.chain(() -> outbox.append(tx, events));
    }

    /** The tenant's own words to HELP. With an OptOutType Twilio has answered already; they leave with the next sweep. */
    private static Optional<OutboundText> help(
            InboundText text, Tenant tenant, Optional<OptOutWord> word, Optional<String> optOutType, boolean optedOut) {
        return word.filter(said -> said.wish() == OptOutWord.Wish.HELP && optOutType.isEmpty() && !optedOut)
                .flatMap(said -> Optional.ofNullable(tenant.settings().texts().helpText()))
                .filter(words -> !words.isBlank())
                .map(words -> OutboundText.answer(
                        EventIds.of("reply", text.messageSid()),
                        text.tenantId(),
                        text.leadId(),
                        text.customer(),
                        new Sender(text.businessNumber(), null),
                        words,
                        text.messageSid(),
                        0,
                        null));
    }

    private static RecordedEvent received(InboundText text) {
        return recorded(
                "sms.received",
                text,
                new SmsEvent.Received(
                        text.messageSid(),
                        text.customer(),
                        text.businessNumber(),
                        text.body(),
                        text.segments(),
                        text.mediaUrls()));
    }

    private static RecordedEvent recorded(String type, InboundText text, SmsEvent event) {
        UUID id = EventIds.of(type, text.messageSid());
        return SmsEvents.recorded(id, text.receivedAt(), text.tenantId(), text.leadId(), event);
    }
}
