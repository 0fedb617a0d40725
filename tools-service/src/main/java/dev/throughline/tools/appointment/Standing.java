package dev.throughline.tools.appointment;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a wish would change, whose time is therefore free.
 *
 * @param changed the appointment or hold it becomes, whose staff is preferred; null = a new one
 * @param givenUp a hold that ends with it; null = none
 */
record Standing(@Nullable Appointment changed, @Nullable UUID givenUp) {

    static Standing of(Optional<Appointment> changed) {
        return new Standing(changed.orElse(null), null);
    }

    List<UUID> ids() {
        return Stream.of(Optional.ofNullable(changed).map(Appointment::id), Optional.ofNullable(givenUp))
                .flatMap(Optional::stream)
                .toList();
    }
}
