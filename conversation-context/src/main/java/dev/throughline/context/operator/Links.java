package dev.throughline.context.operator;

import dev.throughline.context.lead.LeadRepository.FoundLead;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Makes the events of links. Every lead of a person names every other one, so whoever folds one lead knows the whole person without
 * asking: joining two persons records an event for each pair, in both directions.
 */
@Singleton
class Links {

    /** Ten leads are ninety links; a person with more addresses than that is a mistake. */
    private static final int MOST_LEADS = 10;

    private static final String SOURCE = "conversation-context";

    private final Pool pool;
    private final Outbox outbox;
    private final Clock clock;

    Links(Pool pool, Outbox outbox, Clock clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Joins two persons; gives the leads that will be linked with {@code lead}. */
    Uni<SortedSet<UUID>> link(UUID tenantId, FoundLead lead, FoundLead other) {
        SortedSet<UUID> one = person(lead);
        SortedSet<UUID> another = person(other);
        SortedSet<UUID> all = new TreeSet<>(one);
        all.addAll(another);
        if (all.size() > MOST_LEADS) {
            throw Problem.conflict("TOO_MANY_LINKS", "One person can have at most " + MOST_LEADS + " leads.");
        }
        List<RecordedEvent> events = new ArrayList<>();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (UUID here : one) {
            for (UUID there : another) {
                if (!here.equals(there) && !(one.contains(there) && another.contains(here))) {
                    events.add(event(tenantId, here, new LeadEvent.Linked(there), now));
                    events.add(event(tenantId, there, new LeadEvent.Linked(here), now));
                }
            }
        }
        all.remove(lead.context().leadId());
        return recorded(events, all);
    }

    /** Parts a lead from its person; gives the leads that remain linked with {@code lead}. */
    Uni<SortedSet<UUID>> unlink(UUID tenantId, FoundLead lead, FoundLead other) {
        SortedSet<UUID> left = new TreeSet<>(lead.context().linked());
        UUID parted = other.context().leadId();
        List<RecordedEvent> events = new ArrayList<>();
        if (left.remove(parted)) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            SortedSet<UUID> remaining = new TreeSet<>(left);
            remaining.add(lead.context().leadId());
            for (UUID one : remaining) {
                events.add(event(tenantId, one, new LeadEvent.Unlinked(parted), now));
                events.add(event(tenantId, parted, new LeadEvent.Unlinked(one), now));
            }
        }
        return recorded(events, left);
    }

    private static SortedSet<UUID> person(FoundLead lead) {
        SortedSet<UUID> person = new TreeSet<>(lead.context().linked());
        person.add(lead.context().leadId());
        return person;
    }

    private static RecordedEvent event(UUID tenantId, UUID leadId, LeadEvent event, Instant now) {
        UUID id = EventIds.of("lead.link", leadId, event, now);
        return new RecordedEvent(id, now, SOURCE, tenantId, leadId, event);
    }

    private Uni<SortedSet<UUID>> recorded(List<RecordedEvent> events, SortedSet<UUID> linked) {
        return pool.withTransaction(tx -> outbox.append(tx, events)).replaceWith(linked);
    }
}
