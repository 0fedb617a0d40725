package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Appointment;
import dev.throughline.tools.appointment.AppointmentAnswer;
import dev.throughline.tools.calendar.CalendarLinks;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an agent is given of an appointment it has just made or moved: the appointment, and a link for the customer's calendar. */
@Singleton
class Confirmation {

    private final CalendarLinks links;

    Confirmation(CalendarLinks links) {
        this.links = links;
    }

    Map<String, Object> data(Appointment appointment, ToolCall call) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("appointment", AppointmentAnswer.of(appointment, call.tenant().zone()));
        links.of(appointment.tenantId(), appointment.id()).ifPresent(link -> data.put("calendarUrl", link));
        return data;
    }
}
