package dev.throughline.tools.catalog;

import dev.throughline.events.tenant.Closure;
import dev.throughline.platform.web.Problem;
import dev.throughline.tools.tenant.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A closure or holiday as an operator writes it.
 *
 * @param from a date or a local date-time, inclusive; required
 * @param to a date, inclusive, or a local date-time, exclusive; absent = the day of {@code from}
 * @param yearly default false
 */
public record ClosureDraft(
        @Nullable String name,
        @Nullable String from,
        @Nullable String to,
        @Nullable Boolean yearly) {

    /**
     * The closure.
     *
     * @throws Problem 400 naming every wrong field
     */
    Closure check(UUID id) {
        List<Problem.Field> wrong = new ArrayList<>();
        String called = Texts.optional("name", name, 200, wrong);
        boolean repeats = Boolean.TRUE.equals(yearly);
        Optional<LocalSpan> span = LocalSpan.read("", from, to, wrong);
        span.filter(one -> repeats && one.to().isAfter(one.from().plusYears(1)))
                .ifPresent(
                        one -> wrong.add(new Problem.Field("to", "must be within a year of from when it is yearly")));
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return new Closure(
                id, called, span.orElseThrow().from(), span.orElseThrow().to(), repeats);
    }
}
