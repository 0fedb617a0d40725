package dev.throughline.context.lead;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator typed into the search: matches a part of the name, a part of the number, or the beginnings of words that were
 * said, all of them.
 *
 * @param name pattern for ILIKE
 * @param digits pattern for LIKE on the number; null when fewer than 3 digits were typed
 * @param words a tsquery of the configuration {@code simple}; null when no word was typed
 */
record LeadSearch(
        String name, @Nullable String digits, @Nullable String words) {

    private static final int LONGEST = 100;
    private static final int FEWEST_DIGITS = 3;

    /** Reads what was typed; empty when that is nothing. Only letters and digits reach the tsquery. */
    static Optional<LeadSearch> of(@Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            return Optional.empty();
        }
        String text = EventWords.storable(typed.strip());
        text = text.substring(0, Math.min(LONGEST, text.length()));
        String digits = text.replaceAll("[^0-9]", "");
        String words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        return Optional.of(new LeadSearch(
                "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%",
                digits.length() < FEWEST_DIGITS ? null : "%" + digits + "%",
                words.isEmpty() ? null : words));
    }

    void appendTo(StringBuilder sql, Tuple parameters) {
        parameters.addString(name);
        sql.append(" and (name ilike $").append(parameters.size());
        if (digits != null) {
            parameters.addString(digits);
            sql.append(" or phone like $").append(parameters.size());
        }
        if (words != null) {
            parameters.addString(words);
            sql.append(" or lead_id in (select e.lead_id from event e where e.tenant_id = $1 and e.said is not null")
                    .append(" and to_tsvector('simple', e.said) @@ to_tsquery('simple', $")
                    .append(parameters.size())
                    .append("))");
        }
        sql.append(')');
    }
}
