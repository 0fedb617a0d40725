package dev.throughline.tools.appointment;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SlotRequest.Need;
import dev.throughline.tools.catalog.AddOn;
import dev.throughline.tools.catalog.BookingRules;
import dev.throughline.tools.catalog.Offering;
import dev.throughline.tools.catalog.Service;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A visit somebody wants.
 *
 * @param offering what the tenant offers as it stands
 * @param parts its services in the order they are done, never empty
 * @param starts what may be meant, the likelier first, never empty; the first that is a slot is taken
 */
public record Wish(Tenant tenant, Offering offering, List<Part> parts, List<Instant> starts) {

    /** Longer visits are none; who reads the book looks as far as this. */
    public static final Duration LONGEST = Duration.ofHours(48);

    public Wish {
        parts = List.copyOf(parts);
        starts = List.copyOf(starts);
    }

    /**
     * One service of it.
     *
     * @param price add-ons included
     * @param addOns names
     * @param staffId null = anybody who does the service
     */
    public record Part(
            Need need,
            String serviceName,
            BigDecimal price,
            List<String> addOns,
            BookingRules rules,
            @Nullable UUID staffId) {

        /** A service as it is offered now. */
        public static Part of(Service service, List<AddOn> addOns) {
            int minutes = service.durationMinutes()
                    + addOns.stream().mapToInt(AddOn::minutes).sum();
            return new Part(
                    new Need(
                            service.id(),
                            Duration.ofMinutes(minutes),
                            Duration.ofMinutes(service.bufferBeforeMinutes()),
                            Duration.ofMinutes(service.bufferAfterMinutes())),
                    service.name(),
                    addOns.stream().map(AddOn::price).reduce(service.price(), BigDecimal::add),
                    addOns.stream().map(AddOn::name).toList(),
                    service.rules(),
                    null);
        }

        /** A service as it was booked, under the rules it has now. */
        static Part of(Item item, Offering offering) {
            return new Part(
                    item.need(),
                    item.serviceName(),
                    item.price(),
                    item.addOns(),
                    offering.service(item.serviceId()).map(Service::rules).orElse(BookingRules.standard()),
                    null);
        }
    }

    /**
     * The services with a person asked for: those the person does, with that person; if the person does none of them, all with that
     * person, which is then refused.
     *
     * @param staffId null = nobody was asked for
     */
    public static List<Part> with(@Nullable UUID staffId, List<Part> parts, Offering offering) {
        boolean doesSome = staffId != null && parts.stream().anyMatch(part -> does(staffId, part, offering));
        return parts.stream()
                .map(part -> new Part(
                        part.need(),
                        part.serviceName(),
                        part.price(),
                        part.addOns(),
                        part.rules(),
                        doesSome && !does(staffId, part, offering) ? null : staffId))
                .toList();
    }

    private static boolean does(UUID staffId, Part part, Offering offering) {
        return offering.member(staffId)
                .filter(member -> member.does(part.need().serviceId()))
                .isPresent();
    }

    /** The visit that is being held, as it is held. */
    public static Wish of(Appointment hold, Tenant tenant, Offering offering) {
        return new Wish(
                tenant,
                offering,
                hold.items().stream().map(item -> Part.of(item, offering)).toList(),
                List.of(hold.start()));
    }

    /** Whether services together are too long for one visit. */
    public static boolean isTooLong(List<Part> parts) {
        return parts.stream()
                        .map(part -> part.need().duration())
                        .reduce(Duration.ZERO, Duration::plus)
                        .compareTo(LONGEST)
                > 0;
    }

    /** The services' names, as said. */
    public String what() {
        List<String> names = parts.stream().map(Part::serviceName).toList();
        return names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }

    /** What is written of the visit when it takes a slot that was found for it. */
    List<Item> taking(Slot slot) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Slot.Part found = slot.parts().get(i);
            items.add(new Item(
                    found.serviceId(),
                    part.serviceName(),
                    found.workerId(),
                    found.workerName(),
                    found.chairId(),
                    found.chairName(),
                    found.visit().from(),
                    found.visit().to(),
                    Math.toIntExact(part.need().before().toMinutes()),
                    Math.toIntExact(part.need().after().toMinutes()),
                    part.price(),
                    part.addOns()));
        }
        return items;
    }
}
