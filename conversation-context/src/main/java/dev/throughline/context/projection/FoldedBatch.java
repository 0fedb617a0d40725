package dev.throughline.context.projection;

import dev.throughline.context.projection.ProjectionRepository.Standing;
import dev.throughline.events.context.LeadContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of the leads of a batch. Pure.
 *
 * @param leads those with new events
 * @param partners those without, of whose person something became known by another lead
 */
record FoldedBatch(List<LeadFold> leads, List<Joined> partners) {

    /** A lead that is linked with others, and all that is known of the person. */
    record Joined(LeadContext context) {}

    static FoldedBatch of(Collection<LeadFold> folds, Map<UUID, Standing> standing) {
        Map<UUID, LeadContext> known = new HashMap<>();
        standing.forEach((lead, before) -> known.put(lead, before.context()));
        Set<UUID> folded = new HashSet<>();
        for (LeadFold fold : folds) {
            known.put(fold.context().leadId(), fold.context());
            folded.add(fold.context().leadId());
        }
        List<LeadFold> leads = folds.stream()
                .map(fold -> fold.joined(joined(fold.context(), known)))
                .toList();
        List<Joined> partners = new ArrayList<>();
        for (LeadContext lead : known.values()) {
            boolean touched = lead.linked().stream().anyMatch(folded::contains);
            if (touched && !folded.contains(lead.leadId())) {
                partners.add(new Joined(Objects.requireNonNull(joined(lead, known), "it is linked")));
            }
        }
        return new FoldedBatch(leads, partners);
    }

    /** The whole person; null for a lead that is linked with nobody. */
    private static @Nullable LeadContext joined(LeadContext lead, Map<UUID, LeadContext> known) {
        SortedSet<UUID> linked = lead.linked();
        if (linked.isEmpty()) {
            return null;
        }
        return lead.joinedWith(linked.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .filter(other -> other.tenantId().equals(lead.tenantId()))
                .toList());
    }

    /** All leads of which something new is known. */
    LeadsChanged changed() {
        Map<UUID, UUID> tenants = new HashMap<>();
        leads.forEach(
                fold -> tenants.put(fold.context().leadId(), fold.context().tenantId()));
        partners.forEach(partner ->
                tenants.put(partner.context().leadId(), partner.context().tenantId()));
        return new LeadsChanged(tenants);
    }
}
