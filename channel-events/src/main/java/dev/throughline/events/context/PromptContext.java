package dev.throughline.events.context;

import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.Speaker;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The bounded text made from a lead context for an agent's prompt, in the form the product was asked for: "Previous
 * conversation context: … Continue the conversation naturally". Newest words are kept; name, score and the next
 * appointments always stand in it, and of the questions the customer was to be asked as many as fit a third of it, open ones before
 * answered ones. What was spoken and never heard is marked.
 */
public final class PromptContext {

    /** Longest text given to an agent, in characters, unless a caller asks for less. */
    public static final int DEFAULT_LIMIT = 6_000;

    private static final String HEAD = "Previous conversation context:\n";
    private static final String TAIL = "\nContinue the conversation naturally, maintaining context from above.";
    private static final int LONGEST_LINE = 600;
    private static final int LONGEST_UNHEARD = 200;
    private static final int MOST_APPOINTMENTS = 5;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

    private PromptContext() {}

    /**
     * The text.
     *
     * @param zone the tenant's, for every time in it
     * @param now appointments that ended before it are left out
     * @param limit most characters, at least 500
     * @return empty when nothing was said yet and nothing is known
     */
    public static String of(LeadContext context, ZoneId zone, Instant now, int limit) {
        int room = limit - HEAD.length() - TAIL.length();
        // Half at most, so that there is always room for what was said last.
        List<String> facts = within(room / 2, facts(context, zone, now));
        facts.addAll(QuestionFacts.of(context.questionnaires(), room / 3));
        int left = room - facts.stream().mapToInt(f -> f.length() + 1).sum();
        Deque<String> words = newestWords(context, zone, left);
        if (facts.isEmpty() && words.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(HEAD);
        facts.forEach(fact -> text.append(fact).append('\n'));
        words.forEach(line -> text.append(line).append('\n'));
        return text.append(TAIL).toString();
    }

    /** As many of the lines as fit, the first ones first. */
    private static List<String> within(int room, List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (String line : lines) {
            room -= line.length() + 1;
            if (room < 0) {
                break;
            }
            kept.add(line);
        }
        return kept;
    }

    private static List<String> facts(LeadContext context, ZoneId zone, Instant now) {
        List<String> facts = new ArrayList<>();
        if (context.name() != null) {
            facts.add("The customer's name is " + shorten(context.name().value(), 80) + ".");
        }
        if (context.score() != null) {
            facts.add("Lead score: " + context.score().value().score() + " of 100.");
        }
        context.upcoming(now).values().stream()
                .sorted(Comparator.comparing(Appointment::start))
                .limit(MOST_APPOINTMENTS)
                .map(a -> "Appointment: " + shorten(a.serviceName(), 60) + " with " + shorten(a.employeeName(), 60)
                        + ", " + WHEN.format(a.start().atZone(zone)) + " (" + shorten(a.status(), 20) + ", id "
                        + shorten(a.id(), 60) + ").")
                .forEach(facts::add);
        return facts;
    }

    private static Deque<String> newestWords(LeadContext context, ZoneId zone, int room) {
        Deque<String> words = new ArrayDeque<>();
        List<TimelineEntry> entries = Timeline.of(context.window().events()).stream()
                .filter(TimelineEntry::isUtterance)
                .toList();
        for (int i = entries.size() - 1; i >= 0; i--) {
            String line = line(entries.get(i), zone);
            room -= line.length() + 1;
            if (room < 0) {
                break;
            }
            words.addFirst(line);
        }
        return words;
    }

    private static String line(TimelineEntry entry, ZoneId zone) {
        String means =
                switch (entry.channel()) {
                    case VOICE -> "call";
                    case SMS -> "text";
                    case CHAT -> "chat";
                    case OPERATOR -> "note";
                };
        return "[" + WHEN.format(entry.time().atZone(zone)) + ", " + means + "] " + who(entry.speaker()) + ": "
                + shorten(entry.text().replaceAll("\\s+", " "), LONGEST_LINE)
                + unheard(entry);
    }

    private static String unheard(TimelineEntry entry) {
        if (entry.detail() instanceof TimelineDetail.Unheard unheard
                && !unheard.text().isEmpty()) {
            return " (interrupted; not heard: \"" + shorten(unheard.text().replaceAll("\\s+", " "), LONGEST_UNHEARD)
                    + "\")";
        }
        return entry.interrupted() ? " (interrupted, the rest was not heard)" : "";
    }

    private static String who(@Nullable Speaker speaker) {
        return speaker == null
                ? "Note"
                : switch (speaker) {
                    case CUSTOMER -> "Customer";
                    case AGENT -> "Agent";
                    case OPERATOR -> "Operator";
                };
    }

    static String shorten(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
