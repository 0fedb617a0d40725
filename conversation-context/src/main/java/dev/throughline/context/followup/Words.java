package dev.throughline.context.followup;

import dev.throughline.context.followup.Reason.Reminder;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.FollowUpText;
import dev.throughline.events.tenant.Tenant;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a follow-up says, as far as the lead is known. Pure. */
final class Words {

    private static final int LONGEST_NAME = 60;

    private final Map<String, String> values;

    private Words(Map<String, String> values) {
        this.values = values;
    }

    /** The words for one follow-up. */
    static Words of(FollowUp followUp, Tenant tenant, LeadContext context) {
        Map<String, String> values = new HashMap<>();
        values.put("business", tenant.name());
        if (context.name() != null) {
            values.put("name", line(context.name().value()));
        }
        if (followUp.reason() instanceof Reminder reminder) {
            values.put("time", time(reminder.start(), tenant));
            Appointment appointment = context.appointments().get(reminder.appointmentId());
            if (appointment != null) {
                values.put("service", line(appointment.serviceName()));
                values.put("staff", line(appointment.employeeName()));
            }
        }
        return new Words(values);
    }

    /** A text; empty for none. */
    String text(@Nullable String template) {
        return template == null ? "" : FollowUpText.render(template, values);
    }

    /** Questions, in order. */
    List<String> questions(List<String> templates) {
        return templates.stream()
                .map(template -> FollowUpText.render(template, values))
                .toList();
    }

    /** As people of the tenant's language write a day and a time, e.g. {@code Tue, Nov 24, 10:00 AM}. */
    static String time(Instant at, Tenant tenant) {
        Locale locale = Locale.forLanguageTag(tenant.language());
        Locale written = locale.getCountry().isEmpty()
                ? new Locale.Builder()
                        .setLocale(locale)
                        .setRegion(tenant.country())
                        .build()
                : locale;
        String words = DateTimeFormatter.ofLocalizedPattern("MMMEdjm")
                .withLocale(written)
                .format(at.atZone(tenant.zone()));
        // The narrow space before AM is no letter of GSM-7: it would make every reminder cost twice.
        return words.replace('\u202f', ' ').replace('\u00a0', ' ');
    }

    /** What customers tell of themselves may be anything; a text has one line for it. */
    private static String line(String told) {
        String line = told.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST_NAME
                ? line
                : line.substring(0, LONGEST_NAME).strip();
    }
}
