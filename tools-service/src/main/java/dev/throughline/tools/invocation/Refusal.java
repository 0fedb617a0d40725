package dev.throughline.tools.invocation;

import dev.throughline.tools.appointment.Outcome;
import dev.throughline.tools.availability.SpokenTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** A refused booking in words the agent can say, with what can be booked instead. Pure. */
final class Refusal {

    private Refusal() {}

    static ToolAnswer of(Outcome.Refused refused, Instant start, String what, ToolCall call) {
        LocalDate today = call.today();
        List<OfferedSlot> slots =
                OfferedSlot.of(refused.nearest(), call.tenant().zone(), today);
        ZonedDateTime wished = start.atZone(call.tenant().zone());
        String when = SpokenTime.dayAndTime(wished.toLocalDate(), wished.toLocalTime(), today);
        String why =
                switch (refused.reason()) {
                    case IN_THE_PAST -> "I'm sorry, " + when + " has passed.";
                    case TOO_SOON -> "I'm sorry, " + when + " is too soon for us.";
                    case TOO_FAR_AHEAD -> "I'm sorry, we cannot book that far ahead yet.";
                    case NO_STAFF -> "I'm sorry, nobody you could come to does " + what + ".";
                    case CLOSED -> "I'm sorry, we are not open for that at " + when + ".";
                    case STAFF_AWAY -> "I'm sorry, nobody is there for " + what + " at " + when + ".";
                    case SLOT_TAKEN -> "I'm sorry, " + when + " is taken.";
                    case SLOT_NOT_OFFERED -> "I'm sorry, I cannot offer " + when + ".";
                    case TIME_UNCLEAR -> "Do you mean " + OfferedSlot.spoken(slots, today) + "?";
                };
        if (refused.reason() == Outcome.Reason.TIME_UNCLEAR) {
            return ToolAnswer.refused(refused.reason().name(), why, Map.of("slots", slots));
        }
        String instead = slots.isEmpty() ? "" : " The nearest I have is " + OfferedSlot.spoken(slots, today) + ".";
        return ToolAnswer.refused(refused.reason().name(), why + instead, Map.of("slots", slots));
    }
}
