package dev.throughline.context.lead;

import dev.throughline.context.lead.LeadRepository.FoundLead;
import dev.throughline.context.lead.LeadViews.ContextAt;
import dev.throughline.context.lead.LeadViews.Lead;
import dev.throughline.context.lead.LeadViews.LeadDetails;
import dev.throughline.context.lead.LeadViews.Leads;
import dev.throughline.context.lead.LeadViews.Score;
import dev.throughline.context.lead.LeadViews.TimelineSlice;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.PromptContext;
import dev.throughline.events.context.Timeline;
import dev.throughline.events.context.TimelineEntry;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The read model for operators, of their own tenant only. */
@TimeLimited
@Path("/api/leads")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({"viewer", "operator", "admin"})
@Tag(name = "Leads")
public class LeadResource {

    private static final int MOST = 200;
    private static final int FIRST_EVENTS = 400;

    private final CurrentTenant tenant;
    private final LeadRepository leads;
    private final EventLog log;
    private final LeadHistory history;
    private final Clock clock;

    LeadResource(CurrentTenant tenant, LeadRepository leads, EventLog log, LeadHistory history, Clock clock) {
        this.tenant = tenant;
        this.leads = leads;
        this.log = log;
        this.history = history;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary =
                    "The tenant's leads, the latest activity first; query (or q) searches names, numbers and what was said")
    public Uni<Leads> list(
            @RestQuery @Nullable String query,
            @RestQuery @Nullable String q,
            @RestQuery @Nullable String cursor,
            @RestQuery @DefaultValue("50") int limit) {
        int most = checked(limit);
        return leads.page(
                        tenant.require(),
                        LeadSearch.of(query == null ? q : query).orElse(null),
                        cursor("cursor", cursor),
                        most + 1)
                .map(found -> page(found, most));
    }

    private Leads page(List<LeadSummary> found, int most) {
        Instant now = clock.instant();
        List<LeadSummary> page = found.subList(0, Math.min(most, found.size()));
        @Nullable String next = found.size() <= most
                ? null
                : new LeadCursor(page.getLast().lastActivity(), page.getLast().leadId()).text();
        return new Leads(page.stream().map(lead -> Lead.of(lead, now)).toList(), next);
    }

    @GET
    @Path("/{leadId}")
    @Operation(summary = "One lead: who it is, score with factors, appointments")
    public Uni<LeadDetails> one(@RestPath UUID leadId) {
        ZoneId zone = tenant.tenant().zone();
        return found(leadId).map(lead -> {
            LeadContext context = lead.context();
            return new LeadDetails(
                    Lead.of(lead.summary(), clock.instant()),
                    LeadViews.value(context.email()),
                    LeadViews.value(context.textsAllowed()),
                    context.firstContact(),
                    LeadViews.appointments(context),
                    context.questionnaires(),
                    Score.of(context),
                    context.linked(),
                    zone.getId(),
                    lead.lastOffset());
        });
    }

    @GET
    @Path("/{leadId}/timeline")
    @Operation(summary = "What happened over all channels, oldest first, a page at a time from the newest")
    public Uni<TimelineSlice> timeline(
            @RestPath UUID leadId, @RestQuery @Nullable String before, @RestQuery @DefaultValue("100") int limit) {
        int most = checked(limit);
        @Nullable LeadCursor cursor = cursor("before", before);
        // The offset first: what comes between the two reads is then told twice (here and by the stream), never not at
        // all.
        return found(leadId).chain(lead -> slice(person(lead), cursor, most, Math.max(FIRST_EVENTS, 4 * most))
                .map(page -> new TimelineSlice(
                        page.entries(),
                        page.more() && !page.entries().isEmpty()
                                ? cursorOf(page.entries().getFirst())
                                : null,
                        lead.lastOffset())));
    }

    /** The lead and those that are the same person. */
    private static Set<UUID> person(FoundLead lead) {
        Set<UUID> person = new TreeSet<>(lead.context().linked());
        person.add(lead.context().leadId());
        return person;
    }

    private Uni<TimelinePage> slice(Set<UUID> person, @Nullable LeadCursor before, int limit, int events) {
        return log.newest(person, events).chain(newest -> {
            List<RecordedEvent> read = newest.stream().map(StoredEvent::event).toList();
            TimelinePage page = TimelinePage.of(read, read.size() < events, before, limit);
            return page.complete() ? Uni.createFrom().item(page) : slice(person, before, limit, events * 4);
        });
    }

    private static String cursorOf(TimelineEntry oldest) {
        return new LeadCursor(oldest.time(), oldest.id()).text();
    }

    @GET
    @Path("/{leadId}/context")
    @Operation(
            summary = "What was known of the lead at an instant (default: now), with the text an agent's prompt gets")
    public Uni<ContextAt> context(@RestPath UUID leadId, @RestQuery @Nullable String at) {
        ZoneId zone = tenant.tenant().zone();
        UUID tenantId = tenant.require();
        if (at == null || at.isBlank()) {
            return found(leadId).map(lead -> contextAt(lead.context(), clock.instant(), zone));
        }
        Instant instant = instant("at", at);
        return found(leadId)
                .chain(lead -> history.at(tenantId, leadId, instant))
                .map(context -> contextAt(context, instant, zone));
    }

    @GET
    @Path("/{leadId}/context/diff")
    @Operation(summary = "What became known between two instants, and what of it an agent's prompt tells")
    public Uni<ContextDiff> diff(
            @RestPath UUID leadId, @RestQuery @Nullable String from, @RestQuery @Nullable String to) {
        ZoneId zone = tenant.tenant().zone();
        UUID tenantId = tenant.require();
        Instant first = instant("from", from == null ? "" : from);
        Instant second = to == null || to.isBlank() ? clock.instant() : instant("to", to);
        if (second.isBefore(first)) {
            throw Problem.invalid("to", "must not be before from");
        }
        return found(leadId).chain(lead -> Uni.combine()
                .all()
                .unis(
                        history.at(tenantId, leadId, first),
                        history.at(tenantId, leadId, second),
                        log.between(person(lead), first, second, ContextDiff.MOST_ENTRIES))
                .with((before, after, events) -> ContextDiff.of(
                        before,
                        first,
                        after,
                        second,
                        Timeline.of(events.stream().map(StoredEvent::event).toList()),
                        zone)));
    }

    private static ContextAt contextAt(LeadContext context, Instant at, ZoneId zone) {
        return new ContextAt(
                context.leadId(),
                at,
                PromptContext.of(context, zone, at, PromptContext.DEFAULT_LIMIT),
                LeadViews.value(context.name()),
                LeadViews.value(context.email()),
                LeadViews.value(context.phone()),
                LeadViews.value(context.textsAllowed()),
                LeadViews.appointments(context),
                context.questionnaires(),
                Score.of(context),
                context.firstContact(),
                context.lastActivity());
    }

    private Uni<FoundLead> found(UUID leadId) {
        return leads.find(tenant.require(), leadId)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("There is no such lead."));
    }

    private static int checked(int limit) {
        if (limit < 1 || limit > MOST) {
            throw Problem.invalid("limit", "must be between 1 and " + MOST);
        }
        return limit;
    }

    private static @Nullable LeadCursor cursor(String field, @Nullable String text) {
        return text == null || text.isBlank()
                ? null
                : LeadCursor.parse(text)
                        .orElseThrow(() -> Problem.invalid(field, "is not a cursor of an earlier answer"));
    }

    private static Instant instant(String field, String at) {
        try {
            // A "+" in a query is a space by the time it gets here; nobody means a space.
            return OffsetDateTime.parse(at.strip().replace(' ', '+')).toInstant();
        } catch (DateTimeException malformed) {
            throw Problem.invalid(field, "must be a date and time with offset (ISO 8601)");
        }
    }
}
