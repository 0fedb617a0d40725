package dev.throughline.context.followup;

import dev.throughline.context.testing.Story;
import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpRule;
import dev.throughline.events.tenant.FollowUpSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.events.tenant.TextSettings.QuietHours;
import dev.throughline.platform.testing.TestTenants;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tenants with rules, and appointments, for the tests of this package. */
final class Cases {

    static final FollowUpRule TEXT_BACK = new FollowUpRule(
            List.of(2),
            FollowUpChannel.TEXT,
            "Hi {name|there}, sorry we missed your call. {business}",
            List.of("How can we help?"));
    static final FollowUpRule NUDGE =
            new FollowUpRule(List.of(60), FollowUpChannel.TEXT, "Shall we find a time, {name}?", List.of());
    static final FollowUpRule REMINDER = new FollowUpRule(
            List.of(1440, 120), FollowUpChannel.TEXT, "{service} with {staff}: {time}. {business}", List.of());
    static final FollowUpSettings ALL = new FollowUpSettings(TEXT_BACK, NUDGE, REMINDER);

    private Cases() {}

    static Tenant tenant(String number, FollowUpSettings rules) {
        return tenant(number, rules, null, OnFailure.NOTHING, null);
    }

    static Tenant tenant(
            String number,
            FollowUpSettings rules,
            @Nullable QuietHours quiet,
            OnFailure onFailure,
            @Nullable String hook) {
        Tenant salon = TestTenants.salon(number);
        return with(
                salon,
                salon.settings()
                        .with(rules)
                        .with(new TextSettings(quiet, null, null, null, List.of(), null, null, onFailure, hook)));
    }

    /** The same tenant, which has blocked a number. */
    static Tenant blocking(Tenant salon, String number) {
        CallSettings calls = new CallSettings(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(number),
                Set.of(),
                CallSettings.AnsweringMachine.HANG_UP,
                null,
                List.of());
        return with(salon, salon.settings().with(calls));
    }

    private static Tenant with(Tenant salon, TenantSettings settings) {
        return new Tenant(
                salon.id(),
                salon.name(),
                salon.twilioPhoneNumber(),
                salon.twilioPhoneNumberSid(),
                salon.timeZone(),
                salon.country(),
                salon.language(),
                salon.voicePath(),
                settings,
                salon.toolSecretHashes(),
                salon.version());
    }

    static RecordedEvent booked(Story story, String id, Instant start) {
        return story.event(new AppointmentEvent.Booked(appointment(id, 1, start, "scheduled")), id, 1);
    }

    static RecordedEvent moved(Story story, String id, int version, Instant from, Instant to) {
        return story.event(
                new AppointmentEvent.Rescheduled(appointment(id, version, to, "scheduled"), from), id, version);
    }

    static RecordedEvent cancelled(Story story, String id, int version, Instant start) {
        return story.event(
                new AppointmentEvent.Cancelled(appointment(id, version, start, "cancelled"), null), id, version);
    }

    private static Appointment appointment(String id, int version, Instant start, String status) {
        return new Appointment(
                id,
                version,
                "svc-colour",
                "Colouring",
                "emp-maria",
                "Maria",
                start,
                start.plusSeconds(7_200),
                status,
                "Anna Berger",
                null);
    }
}
