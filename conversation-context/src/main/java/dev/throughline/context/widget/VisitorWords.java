package dev.throughline.context.widget;

import dev.throughline.context.lead.LeadRef;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.security.VisitorTokens.Visitor;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes events of what a page tells. What it says of the agent's words holds until the provider tells its own. */
@Singleton
class VisitorWords {

    private static final String SOURCE = "conversation-context";
    private static final int MOST_MESSAGES = 20;
    private static final int LONGEST_TEXT = 4_000;
    private static final int LONGEST_NAME = 120;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CONVERSATION = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final Pool pool;
    private final Outbox outbox;
    private final WidgetConversations conversations;
    private final TenantDirectory tenants;
    private final Clock clock;

    VisitorWords(Pool pool, Outbox outbox, WidgetConversations conversations, TenantDirectory tenants, Clock clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.conversations = conversations;
        this.tenants = tenants;
        this.clock = clock;
    }

    /** What was said, oldest first. */
    public record Said(@Nullable List<@Nullable Message> messages) {}

    /**
     * One message.
     *
     * @param id chosen by the page, unique within the visitor's chats
     * @param speaker {@code CUSTOMER} or {@code AGENT}
     * @param conversationId one that was begun here; null before there was one
     */
    public record Message(
            @Nullable String id,
            @Nullable Speaker speaker,
            @Nullable String text,
            @Nullable String conversationId) {}

    /** Who a visitor says it is. */
    public record Contact(@Nullable String name, @Nullable String phone) {}

    /** Fails with a {@link Problem} that names what is wrong with a message; then none is kept. */
    Uni<Void> keep(Visitor visitor, @Nullable Said said) {
        List<Message> messages = checked(said);
        Set<String> named = new TreeSet<>();
        messages.forEach(message -> {
            if (message.conversationId() != null) {
                named.add(message.conversationId());
            }
        });
        Uni<Void> theirs = Uni.createFrom().voidItem();
        for (String id : named) {
            theirs = theirs.chain(() -> mustBeTheirs(visitor, id));
        }
        return theirs.chain(() -> recorded(visitor, messages));
    }

    /** Notes a name and a number. */
    Uni<Void> introduce(Visitor visitor, @Nullable Contact contact) {
        String name = line(contact == null ? null : contact.name());
        String written = line(contact == null ? null : contact.phone());
        if (name == null && written == null) {
            throw Problem.invalid("name", "or phone is required");
        }
        String country = tenants.byId(visitor.tenantId()).map(Tenant::country).orElse("US");
        String phone = written == null
                ? null
                : PhoneNumbers.normalise(written, country)
                        .orElseThrow(() -> Problem.invalid("phone", "must be a phone number"));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        LeadEvent event = new LeadEvent.ProfileChanged(name, null, phone);
        UUID id = EventIds.of("lead.profile-changed", visitor.leadId(), event, now);
        return append(List.of(recorded(visitor, id, now, event)));
    }

    private Uni<Void> recorded(Visitor visitor, List<Message> messages) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<RecordedEvent> events = new ArrayList<>();
        for (Message message : messages) {
            String id = String.valueOf(message.id());
            events.add(recorded(
                    visitor,
                    EventIds.of("chat.message", visitor.leadId(), id),
                    // A microsecond apart, so that what came together keeps its order.
                    now.plus(events.size(), ChronoUnit.MICROS),
                    new ChatEvent.Message(
                            id,
                            message.conversationId(),
                            message.speaker() == Speaker.AGENT ? Speaker.AGENT : Speaker.CUSTOMER,
                            String.valueOf(message.text()).strip())));
        }
        return append(events);
    }

    private Uni<Void> append(List<RecordedEvent> events) {
        return pool.withTransaction(tx -> outbox.append(tx, events));
    }

    private static RecordedEvent recorded(Visitor visitor, UUID id, Instant time, ChannelEvent event) {
        return new RecordedEvent(id, time, SOURCE, visitor.tenantId(), visitor.leadId(), event);
    }

    private Uni<Void> mustBeTheirs(Visitor visitor, String conversationId) {
        LeadRef own = new LeadRef(visitor.tenantId(), visitor.leadId());
        return conversations
                .ownerOf(conversationId)
                .invoke(owner -> {
                    if (!own.equals(owner)) {
                        throw Problem.invalid("conversationId", "is not a conversation of this visitor");
                    }
                })
                .replaceWithVoid();
    }

    private static List<Message> checked(@Nullable Said said) {
        List<@Nullable Message> messages =
                said == null || said.messages() == null ? List.<@Nullable Message>of() : said.messages();
        if (messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            throw Problem.invalid("messages", "must have 1 to " + MOST_MESSAGES + " entries");
        }
        List<Problem.Field> wrong = new ArrayList<>();
        List<Message> checked = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            String at = "messages[" + i + "]";
            if (message == null) {
                wrong.add(new Problem.Field(at, "must be a JSON object"));
                continue;
            }
            check(message, at, wrong);
            checked.add(message);
        }
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return checked;
    }

    private static void check(Message message, String at, List<Problem.Field> wrong) {
        if (message.id() == null || !ID.matcher(message.id()).matches()) {
            wrong.add(new Problem.Field(at + ".id", "must be 1 to 64 letters, digits, - and _"));
        }
        if (message.speaker() != Speaker.CUSTOMER && message.speaker() != Speaker.AGENT) {
            wrong.add(new Problem.Field(at + ".speaker", "must be CUSTOMER or AGENT"));
        }
        if (message.text() == null || message.text().isBlank()) {
            wrong.add(new Problem.Field(at + ".text", "is missing"));
        } else if (message.text().length() > LONGEST_TEXT) {
            wrong.add(new Problem.Field(at + ".text", "must have at most " + LONGEST_TEXT + " characters"));
        }
        if (message.conversationId() != null
                && !CONVERSATION.matcher(message.conversationId()).matches()) {
            wrong.add(new Problem.Field(at + ".conversationId", "is not a conversation's id"));
        }
    }

    private static @Nullable String line(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String line = text.strip();
        if (line.length() > LONGEST_NAME || line.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("name", "and phone must be one line of at most " + LONGEST_NAME + " characters");
        }
        return line;
    }
}
