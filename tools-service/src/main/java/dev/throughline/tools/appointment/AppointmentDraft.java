package dev.throughline.tools.appointment;

import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.tools.catalog.AddOn;
import dev.throughline.tools.catalog.Offering;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.tenant.Texts;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking as an operator writes it.
 *
 * @param serviceId the one service; or {@code items}
 * @param addOns ids of the service's add-ons
 * @param staffId who shall do it; absent = anybody
 * @param items several services in the order they are done
 * @param start required, with offset
 * @param customerName required
 * @param leadId absent = the owner of the number
 * @param idempotencyKey a repeat with the same key books nothing and gets the first answer
 */
public record AppointmentDraft(
        @Nullable UUID serviceId,
        @Nullable List<UUID> addOns,
        @Nullable UUID staffId,
        @Nullable List<ItemDraft> items,
        @Nullable OffsetDateTime start,
        @Nullable String customerName,
        @Nullable String customerPhone,
        @Nullable String customerEmail,
        @Nullable String notes,
        @Nullable UUID leadId,
        @Nullable String idempotencyKey) {

    private static final int MAX_ITEMS = 6;

    /** One service of several. */
    public record ItemDraft(
            @Nullable UUID serviceId,
            @Nullable List<UUID> addOns,
            @Nullable UUID staffId) {}

    /**
     * What is wished for.
     *
     * @throws Problem 400 naming every wrong field
     */
    Wish wish(Tenant tenant, Offering offering) {
        List<Problem.Field> wrong = new ArrayList<>();
        List<Wish.Part> parts = new ArrayList<>();
        if (items == null) {
            add(parts, "", new ItemDraft(serviceId, addOns, staffId), offering, wrong);
        } else if (items.isEmpty() || items.size() > MAX_ITEMS) {
            wrong.add(new Problem.Field("items", "must be 1 to " + MAX_ITEMS));
        } else {
            for (int i = 0; i < items.size(); i++) {
                ItemDraft item = items.get(i) == null ? new ItemDraft(null, null, null) : items.get(i);
                add(parts, "items[" + i + "].", item, offering, wrong);
            }
        }
        if (Wish.isTooLong(parts)) {
            wrong.add(new Problem.Field("items", "must not be longer than two days together"));
        }
        if (start == null) {
            wrong.add(new Problem.Field("start", "is required, a date and time with offset (ISO 8601)"));
        }
        if (!wrong.isEmpty() || start == null) {
            throw Problem.invalid(wrong);
        }
        return new Wish(tenant, offering, parts, List.of(start.toInstant()));
    }

    /**
     * Who it is for.
     *
     * @throws Problem 400 naming every wrong field
     */
    Customer customer(Tenant tenant) {
        List<Problem.Field> wrong = new ArrayList<>();
        String name = Texts.required("customerName", customerName, 200, wrong);
        String phone = Texts.phone("customerPhone", customerPhone, tenant.country(), wrong);
        String email = Texts.optional("customerEmail", customerEmail, 200, wrong);
        if (email != null && !Customer.isEmail(email)) {
            wrong.add(new Problem.Field("customerEmail", "must be an e-mail address"));
        }
        notes(wrong);
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        UUID lead = phone == null ? null : LeadIds.of(tenant.id(), ContactAddress.phone(phone));
        return new Customer(leadId == null ? lead : leadId, name, phone, email);
    }

    /** The notes; adds to {@code wrong} what is too long. */
    @Nullable String notes(List<Problem.Field> wrong) {
        return Texts.optional("notes", notes, 2000, wrong);
    }

    private static void add(
            List<Wish.Part> parts, String path, ItemDraft item, Offering offering, List<Problem.Field> wrong) {
        Optional<Service> service = Optional.ofNullable(item.serviceId()).flatMap(offering::service);
        if (service.isEmpty()) {
            wrong.add(new Problem.Field(
                    path + "serviceId", item.serviceId() == null ? "is required" : "is not a service of this tenant"));
        }
        UUID staff = item.staffId();
        if (staff != null && offering.member(staff).isEmpty()) {
            wrong.add(new Problem.Field(path + "staffId", "is not a staff member of this tenant"));
        }
        service.ifPresent(found -> parts.addAll(
                Wish.with(staff, List.of(Wish.Part.of(found, addOns(path, item, found, wrong))), offering)));
    }

    private static List<AddOn> addOns(String path, ItemDraft item, Service service, List<Problem.Field> wrong) {
        List<UUID> wanted = item.addOns() == null ? List.of() : item.addOns();
        List<AddOn> found = service.addOns().stream()
                .filter(one -> wanted.contains(one.id()))
                .toList();
        if (found.size() < wanted.stream().distinct().count()) {
            wrong.add(new Problem.Field(path + "addOns", "must be add-ons of the service"));
        }
        return found;
    }
}
