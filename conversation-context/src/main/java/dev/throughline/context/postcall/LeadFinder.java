package dev.throughline.context.postcall;

import dev.throughline.context.lead.EventLog;
import dev.throughline.context.lead.LeadRef;
import dev.throughline.context.lead.LeadRepository;
import dev.throughline.context.widget.WidgetConversations;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds whose conversation a webhook is about: by the page that began it, by the ids we gave to it, by an earlier event of the same conversation or call, by
 * tenant and number, and last by a number only one lead has.
 */
@Singleton
class LeadFinder {

    private final TenantDirectory tenants;
    private final LeadRepository leads;
    private final EventLog log;
    private final WidgetConversations pages;

    LeadFinder(TenantDirectory tenants, LeadRepository leads, EventLog log, WidgetConversations pages) {
        this.tenants = tenants;
        this.leads = leads;
        this.log = log;
        this.pages = pages;
    }

    /** The lead; null when nothing tells. Its tenant always exists. */
    Uni<@Nullable LeadRef> find(LeadClues clues) {
        return byPage(clues.references())
                .onItem()
                .ifNull()
                .switchTo(() -> byIds(clues))
                .onItem()
                .ifNull()
                .switchTo(() -> byEarlierEvent(clues.references()))
                .onItem()
                .ifNull()
                .switchTo(() -> byNumber(clues));
    }

    /** A browser writes its own variables, so of a conversation that was given to a page only this is believed. */
    private Uni<@Nullable LeadRef> byPage(List<String> references) {
        Uni<@Nullable LeadRef> found = Uni.createFrom().nullItem();
        for (String reference : references) {
            found = found.onItem().ifNull().switchTo(() -> pages.ownerOf(reference));
        }
        return found;
    }

    private Uni<@Nullable LeadRef> byIds(LeadClues clues) {
        UUID leadId = clues.leadId();
        if (leadId == null) {
            return Uni.createFrom().nullItem();
        }
        return leads.tenantOf(leadId).map(known -> {
            UUID tenantId = known != null ? known : clues.tenantId();
            boolean contradicts = known != null && clues.tenantId() != null && !known.equals(clues.tenantId());
            return tenantId == null || contradicts || tenants.byId(tenantId).isEmpty()
                    ? null
                    : new LeadRef(tenantId, leadId);
        });
    }

    private Uni<@Nullable LeadRef> byEarlierEvent(List<String> references) {
        Uni<@Nullable LeadRef> found = Uni.createFrom().nullItem();
        for (String reference : references) {
            found = found.onItem().ifNull().switchTo(() -> log.ownerOf(reference));
        }
        return found;
    }

    private Uni<@Nullable LeadRef> byNumber(LeadClues clues) {
        if (clues.tenantId() != null && tenants.byId(clues.tenantId()).isEmpty()) {
            // A tenant we do not know: whoever has the numbers is another tenant, or another's customer.
            return Uni.createFrom().nullItem();
        }
        Optional<Tenant> tenant = tenant(clues);
        if (tenant.isPresent()) {
            UUID tenantId = tenant.get().id();
            return Uni.createFrom()
                    .item(PhoneNumbers.normalise(
                                    clues.customerNumber(), tenant.get().country())
                            .map(number -> new LeadRef(tenantId, LeadIds.of(tenantId, ContactAddress.phone(number))))
                            .orElse(null));
        }
        // Without a tenant only a number with its country code says anything.
        return PhoneNumbers.normalise(clues.customerNumber(), "ZZ")
                .map(leads::onlyLeadWithPhone)
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    private Optional<Tenant> tenant(LeadClues clues) {
        return Optional.ofNullable(clues.tenantId())
                .flatMap(tenants::byId)
                .or(() -> PhoneNumbers.normalise(clues.businessNumber(), "ZZ").flatMap(tenants::byNumber));
    }
}
