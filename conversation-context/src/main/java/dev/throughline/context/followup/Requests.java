package dev.throughline.context.followup;

import dev.throughline.context.followup.Reason.Reminder;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.Tenant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What other services are asked. Pure. The number is named, not the lead: consent belongs to the number. */
final class Requests {

    private Requests() {}

    /** The body of {@code POST /internal/texts}. */
    static String text(FollowUp followUp, Tenant tenant, LeadContext context, String phone) {
        return new JsonObject()
                .put("tenantId", tenant.id().toString())
                .put("to", phone)
                .put("body", Words.of(followUp, tenant, context).text(followUp.words()))
                .put("purpose", followUp.reason() instanceof Reminder ? TextFailures.REMINDER : TextFailures.FOLLOW_UP)
                .put("idempotencyKey", followUp.id().toString())
                .encode();
    }

    /** The body of {@code POST /internal/outbound-calls}. */
    static String call(FollowUp followUp, Tenant tenant, LeadContext context, String phone) {
        return new JsonObject()
                .put("tenantId", tenant.id().toString())
                .put("to", phone)
                .put(
                        "questions",
                        new JsonArray(Words.of(followUp, tenant, context).questions(followUp.questions())))
                .put("idempotencyKey", followUp.id().toString())
                .encode();
    }

    /** What the tenant's own system is told; see docs/follow-ups.md. */
    static String hook(FollowUp followUp, Tenant tenant, LeadContext context) {
        JsonObject body = new JsonObject()
                .put("type", "follow-up.failed")
                .put("followUpId", followUp.id().toString())
                .put("tenantId", tenant.id().toString())
                .put("leadId", followUp.leadId().toString())
                .put("reason", followUp.reason().words())
                .put("text", Words.of(followUp, tenant, context).text(followUp.words()))
                .put("name", context.name() == null ? null : context.name().value())
                .put("email", context.email() == null ? null : context.email().value())
                .put("phone", context.phone() == null ? null : context.phone().value());
        if (followUp.reason() instanceof Reminder reminder) {
            Appointment appointment = context.appointments().get(reminder.appointmentId());
            body.put(
                    "appointment",
                    new JsonObject()
                            .put("id", reminder.appointmentId())
                            .put("start", reminder.start().toString())
                            .put("service", appointment == null ? null : appointment.serviceName())
                            .put("staff", appointment == null ? null : appointment.employeeName()));
        }
        return body.encode();
    }
}
