package dev.throughline.tools.calendar;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.property.Status;
import biweekly.util.Duration;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.Item;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Appointments as iCalendar (RFC 5545). Times are UTC, which every calendar program shows in its reader's zone, so that no rule of a zone
 * has to be sent along. An appointment keeps its UID for ever; {@code SEQUENCE} grows with each change, and a cancelled one stays with
 * {@code STATUS:CANCELLED}. Pure.
 */
final class ICalendars {

    private static final String PRODUCT = "-//Throughline//Appointments//EN";
    private static final int REFRESH_MINUTES = 15;

    private final Tenant tenant;
    private final String host;
    private final Instant now;

    /** @param host of the public address, the second half of each UID */
    ICalendars(Tenant tenant, String host, Instant now) {
        this.tenant = tenant;
        this.host = host;
        this.now = now;
    }

    /** What the business sees: who comes for what. @param staffId only what this person does; null = everybody's */
    String feed(String name, List<Appointment> appointments, @Nullable UUID staffId) {
        ICalendar calendar = calendar();
        calendar.setExperimentalProperty("X-WR-CALNAME", name);
        calendar.setExperimentalProperty("X-WR-TIMEZONE", tenant.timeZone());
        calendar.setRefreshInterval(Duration.builder().minutes(REFRESH_MINUTES).build());
        for (Appointment appointment : appointments) {
            List<Item> items = appointment.items().stream()
                    .filter(item -> staffId == null || staffId.equals(item.staffId()))
                    .toList();
            if (!items.isEmpty()) {
                calendar.addEvent(forTheBusiness(appointment, items));
            }
        }
        return Biweekly.write(calendar).go();
    }

    /** What the customer sees: where to be and when. */
    String appointment(Appointment appointment) {
        ICalendar calendar = calendar();
        VEvent event = event(appointment, appointment.items());
        event.setSummary(appointment.serviceName() + " at " + tenant.name());
        event.setDescription("With " + appointment.staffName() + phone(tenant.twilioPhoneNumber()));
        calendar.addEvent(event);
        return Biweekly.write(calendar).go();
    }

    private VEvent forTheBusiness(Appointment appointment, List<Item> items) {
        VEvent event = event(appointment, items);
        event.setSummary(names(items) + ": "
                + Objects.requireNonNullElse(appointment.customer().name(), "a customer"));
        String people = items.stream().map(Item::staffName).distinct().collect(Collectors.joining(", "));
        event.setDescription(Stream.of("With " + people, appointment.customer().phone(), appointment.notes())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("\n")));
        return event;
    }

    private VEvent event(Appointment appointment, List<Item> items) {
        VEvent event = new VEvent();
        event.setUid(appointment.id() + "@" + host);
        event.setDateTimeStamp(Date.from(now));
        event.setSequence(appointment.version() - 1);
        event.setDateStart(Date.from(items.getFirst().start()));
        event.setDateEnd(Date.from(items.getLast().end()));
        event.setStatus(appointment.status() == Appointment.Status.CANCELLED ? Status.cancelled() : Status.confirmed());
        return event;
    }

    private static String names(List<Item> items) {
        return items.stream().map(Item::serviceName).distinct().collect(Collectors.joining(", "));
    }

    private static String phone(@Nullable String number) {
        return number == null ? "" : "\n" + number;
    }

    private static ICalendar calendar() {
        ICalendar calendar = new ICalendar();
        calendar.setProductId(PRODUCT);
        return calendar;
    }
}
