package dev.throughline.context.followup;

import dev.throughline.context.followup.Reason.Asked;
import dev.throughline.events.EventIds;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpText;
import dev.throughline.platform.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A follow-up as an operator asks for it. Pure.
 *
 * @param channel required: TEXT or CALL
 * @param at required: ISO 8601 with offset
 * @param text required for TEXT; may have {@code {name}} and {@code {business}}
 * @param questions what the agent asks on a CALL
 */
public record FollowUpOrder(
        @Nullable FollowUpChannel channel,
        @Nullable String at,
        @Nullable String text,
        @Nullable List<@Nullable String> questions) {

    private static final int LONGEST_TEXT = 1_600;
    private static final int MOST_QUESTIONS = 10;
    private static final int LONGEST_QUESTION = 300;
    private static final int LONGEST_KEY = 200;
    private static final Duration FURTHEST = Duration.ofDays(365);
    /** A time this little in the past is meant as now: clocks differ. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    /** Who asks, for whom. @param key the Idempotency-Key; null: never seen before */
    record Asker(
            UUID tenantId,
            UUID leadId,
            String author,
            @Nullable String key) {}

    /**
     * The follow-up.
     *
     * @throws Problem 400 naming every wrong field
     */
    FollowUp checked(Asker asker, Instant now) {
        List<Problem.Field> wrong = new ArrayList<>();
        Instant when = when(now, wrong);
        if (channel == null || channel == FollowUpChannel.HOOK) {
            wrong.add(new Problem.Field("channel", "must be TEXT or CALL"));
        }
        checkText(wrong);
        List<String> asked = checkQuestions(wrong);
        if (asker.key() != null && asker.key().length() > LONGEST_KEY) {
            wrong.add(new Problem.Field("Idempotency-Key", "must have at most " + LONGEST_KEY + " characters"));
        }
        if (!wrong.isEmpty() || channel == null) {
            throw Problem.invalid(wrong);
        }
        return new FollowUp(
                asker.key() == null || asker.key().isBlank()
                        ? UUID.randomUUID()
                        : EventIds.of("follow-up", "asked", asker.tenantId(), asker.key()),
                asker.tenantId(),
                asker.leadId(),
                new Asked(asker.author(), when),
                channel,
                channel == FollowUpChannel.TEXT && text != null ? text.strip() : null,
                asked,
                when,
                null);
    }

    private Instant when(Instant now, List<Problem.Field> wrong) {
        try {
            Instant when = OffsetDateTime.parse(at == null ? "" : at.strip())
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS);
            if (when.isBefore(now.minus(TOLERANCE))) {
                wrong.add(new Problem.Field("at", "is in the past"));
            }
            if (when.isAfter(now.plus(FURTHEST))) {
                wrong.add(new Problem.Field("at", "is more than " + FURTHEST.toDays() + " days ahead"));
            }
            return when;
        } catch (DateTimeParseException malformed) {
            wrong.add(new Problem.Field("at", "must be a time with its offset, e.g. 2026-12-01T09:30:00-05:00"));
            return now;
        }
    }

    private void checkText(List<Problem.Field> wrong) {
        boolean isBlank = text == null || text.isBlank();
        if (channel == FollowUpChannel.TEXT && isBlank) {
            wrong.add(new Problem.Field("text", "is required where the channel is TEXT"));
        }
        if (channel == FollowUpChannel.CALL && !isBlank) {
            wrong.add(new Problem.Field("text", "is used only where the channel is TEXT: give questions"));
        }
        check("text", text, LONGEST_TEXT, wrong);
    }

    private List<String> checkQuestions(List<Problem.Field> wrong) {
        List<String> asked = new ArrayList<>();
        if (questions == null) {
            return asked;
        }
        if (questions.size() > MOST_QUESTIONS) {
            wrong.add(new Problem.Field("questions", "must have at most " + MOST_QUESTIONS + " entries"));
            return asked;
        }
        for (int i = 0; i < questions.size(); i++) {
            String question = questions.get(i);
            if (question == null || question.isBlank()) {
                wrong.add(new Problem.Field("questions[" + i + "]", "is required"));
            } else {
                check("questions[" + i + "]", question, LONGEST_QUESTION, wrong);
                asked.add(question.strip());
            }
        }
        return asked;
    }

    private static void check(String field, @Nullable String words, int longest, List<Problem.Field> wrong) {
        if (words == null) {
            return;
        }
        if (words.length() > longest) {
            wrong.add(new Problem.Field(field, "must have at most " + longest + " characters"));
        }
        if (words.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            wrong.add(new Problem.Field(field, "must not have control characters"));
        }
        FollowUpText.problemWith(words, FollowUpText.ABOUT_A_CALL)
                .ifPresent(problem -> wrong.add(new Problem.Field(field, problem)));
    }
}
