package dev.throughline.tools.appointment;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A visit in the book: booked, or held for somebody who is deciding.
 *
 * @param customer of a hold without a name yet
 * @param items its services in the order they are done, never empty
 * @param version 1 at booking, one more at each change
 * @param heldUntil only of a hold: until when nobody else gets the time
 */
public record Appointment(
        UUID id,
        UUID tenantId,
        UUID leadId,
        Customer customer,
        @Nullable String notes,
        List<Item> items,
        Status status,
        int version,
        @Nullable String cancelReason,
        @Nullable Instant heldUntil) {

    /** Where a visit stands; on the wire in lower case. */
    public enum Status {
        HELD,
        SCHEDULED,
        CANCELLED,
        COMPLETED
    }

    public Appointment {
        items = List.copyOf(items);
    }

    /** When the customer comes. */
    public Instant start() {
        return items.getFirst().start();
    }

    /** When the customer leaves. */
    public Instant end() {
        return items.getLast().end();
    }

    /** The first service. */
    public UUID serviceId() {
        return items.getFirst().serviceId();
    }

    /** All services, as they were called when booked: {@code Colouring and Haircut}. */
    public String serviceName() {
        return joined(Item::serviceName);
    }

    /** Who begins. */
    public UUID staffId() {
        return items.getFirst().staffId();
    }

    /** Everybody who does something. */
    public String staffName() {
        return joined(Item::staffName);
    }

    /** Of everything, in the tenant's currency. */
    public BigDecimal price() {
        return items.stream().map(Item::price).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** This appointment cancelled. */
    Appointment cancelled(@Nullable String reason) {
        return new Appointment(
                id, tenantId, leadId, customer, notes, items, Status.CANCELLED, version + 1, reason, null);
    }

    /** This appointment at another time, perhaps with somebody else. */
    Appointment moved(List<Item> newItems) {
        return new Appointment(
                id, tenantId, leadId, customer, notes, newItems, Status.SCHEDULED, version + 1, cancelReason, null);
    }

    private String joined(Function<Item, String> name) {
        List<String> names = items.stream().map(name).distinct().toList();
        return names.size() < 2
                ? names.getFirst()
                : names.subList(0, names.size() - 1).stream().collect(Collectors.joining(", "))
                        + " and "
                        + names.getLast();
    }
}
