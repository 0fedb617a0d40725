package dev.throughline.events;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became known of a lead. */
public sealed interface LeadEvent extends ChannelEvent {

    /**
     * {@code lead.linked}: another contact address belongs to the same person.
     *
     * @param linkedLeadId the lead that joins the one this event is recorded for
     */
    record Linked(UUID linkedLeadId) implements LeadEvent {}

    /**
     * {@code lead.unlinked}: takes a {@code lead.linked} back.
     *
     * @param linkedLeadId the lead that is another person after all
     */
    record Unlinked(UUID linkedLeadId) implements LeadEvent {}

    /** {@code lead.profile-changed}: null fields say nothing new. */
    record ProfileChanged(
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone) implements LeadEvent {}

    /**
     * {@code lead.scored}.
     *
     * @param score 0 to 100
     * @param factors what it was made of, largest first
     */
    record Scored(int score, List<Factor> factors) implements LeadEvent {}

    /** One named part of a score, in points. */
    record Factor(String name, int points, String because) {}
}
