package dev.throughline.tools.invocation;

import dev.throughline.events.RecordedEvent;
import dev.throughline.tools.appointment.Appointment;
import java.util.List;
import java.util.Optional;

/**
 * What a tool call did in its transaction.
 *
 * @param events to be published with the commit
 * @param changed the appointment the call made or changed; empty when it changed nothing
 * @param replayed whether this is the answer of an earlier call, given again
 */
record Effect(ToolAnswer answer, List<RecordedEvent> events, Optional<Appointment> changed, boolean replayed) {

    /** An answer and nothing else. */
    static Effect of(ToolAnswer answer) {
        return new Effect(answer, List.of(), Optional.empty(), false);
    }

    /** A change. */
    static Effect of(ToolAnswer answer, Appointment changed, List<RecordedEvent> events) {
        return new Effect(answer, events, Optional.of(changed), false);
    }

    /** An earlier answer. */
    static Effect again(ToolAnswer answer) {
        return new Effect(answer, List.of(), Optional.empty(), true);
    }
}
