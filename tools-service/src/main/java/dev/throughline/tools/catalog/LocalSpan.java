package dev.throughline.tools.catalog;

import dev.throughline.platform.web.Problem;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Days or hours as an operator writes them: {@code 2026-12-24}, or {@code 2026-12-24T12:00}, wall clock in the tenant's zone.
 *
 * @param from inclusive
 * @param to exclusive; a last day that was written as a date is wholly within
 */
record LocalSpan(LocalDateTime from, LocalDateTime to) {

    private static final int LENGTH_OF_DATE = 10;

    /**
     * Reads both ends; empty only when {@code wrong} was added to.
     *
     * @param path of the object that has the members {@code from} and {@code to}, with its dot
     * @param to absent = the day of {@code from}
     */
    static Optional<LocalSpan> read(
            String path, @Nullable String from, @Nullable String to, List<Problem.Field> wrong) {
        LocalDateTime begins = read(path + "from", from, 0, wrong);
        LocalDateTime ends = to == null && begins != null
                ? begins.toLocalDate().plusDays(1).atStartOfDay()
                : read(path + "to", to, 1, wrong);
        if (begins == null || ends == null) {
            return Optional.empty();
        }
        if (!begins.isBefore(ends)) {
            wrong.add(new Problem.Field(path + "to", "must be after from"));
            return Optional.empty();
        }
        return Optional.of(new LocalSpan(begins, ends));
    }

    private static @Nullable LocalDateTime read(
            String field, @Nullable String text, int daysOfDate, List<Problem.Field> wrong) {
        try {
            String written = text == null ? "" : text.strip();
            LocalDateTime read = written.length() == LENGTH_OF_DATE
                    ? LocalDate.parse(written).plusDays(daysOfDate).atStartOfDay()
                    : LocalDateTime.parse(written);
            if (read.getYear() >= 1900 && read.getYear() < 2200) {
                return read;
            }
        } catch (DateTimeParseException malformed) {
            // Told below.
        }
        wrong.add(new Problem.Field(
                field,
                text == null ? "is required" : "must be a date (YYYY-MM-DD) or a local date-time (YYYY-MM-DDTHH:MM)"));
        return null;
    }
}
