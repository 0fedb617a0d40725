package dev.throughline.context.scoring;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.Channel;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.ConversationEvent;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.LeadEvent.Factor;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.ToolEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.Timeline;
import dev.throughline.events.context.TimelineEntry;
import dev.throughline.events.tenant.ScoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The lead score: {@code clamp(sum of factors, 0, 100)}. The points are a first guess, chosen so that a customer who has just
 * booked stands above 60 and one who asked for silence below 30; each tenant may weigh them ({@code settings.score.weights}). Pure.
 */
public final class Scoring {

    private static final int CONTACT = 15;
    private static final int BOOKED = 35;
    private static final int SUCCESSFUL_CALL = 15;
    private static final int FAILED_CALL = -10;
    private static final int PER_CRITERION = 5;
    private static final int MOST_FOR_CRITERIA = 10;
    private static final int PER_FURTHER_CHANNEL = 8;
    private static final int ENGAGED = 8;
    private static final int ASKED_FOR_TIMES = 7;
    private static final int TODAY = 10;
    private static final int THIS_WEEK = 5;
    private static final int NAME_KNOWN = 5;
    private static final int OPTED_OUT = -30;
    private static final int ENGAGED_UTTERANCES = 3;

    private Scoring() {}

    /** Whether the score may be another one after {@code event}. */
    public static boolean isTrigger(ChannelEvent event) {
        return event instanceof ConversationEvent.Analysed || event instanceof AppointmentEvent;
    }

    /**
     * The score.
     *
     * @param now what "today" and "this week" are measured from
     * @param weights the tenant's
     * @return factors of no points left out, the largest first
     */
    public static LeadEvent.Scored of(LeadContext context, Instant now, ScoreSettings weights) {
        List<Factor> factors = new ArrayList<>();
        List<TimelineEntry> theirs = Timeline.of(context.window().events()).stream()
                .filter(entry -> entry.isUtterance() && entry.speaker() == Speaker.CUSTOMER)
                .toList();
        contact(theirs, factors);
        appointment(context, factors);
        conversations(context, factors);
        tools(context, factors);
        recency(context, now, factors);
        if (context.name() != null) {
            factors.add(new Factor("name", NAME_KNOWN, "The name is known"));
        }
        if (context.textsAllowed() != null && !context.textsAllowed().value()) {
            factors.add(new Factor("opted-out", OPTED_OUT, "Asked not to be texted"));
        }
        factors.replaceAll(
                factor -> new Factor(factor.name(), weights.weighed(factor.name(), factor.points()), factor.because()));
        factors.removeIf(factor -> factor.points() == 0);
        factors.sort(Comparator.comparingInt((Factor factor) -> Math.abs(factor.points()))
                .reversed()
                .thenComparing(Factor::name));
        int sum = factors.stream().mapToInt(Factor::points).sum();
        return new LeadEvent.Scored(Math.clamp(sum, 0, 100), factors);
    }

    private static void contact(List<TimelineEntry> theirs, List<Factor> factors) {
        if (theirs.isEmpty()) {
            return;
        }
        factors.add(new Factor("contact", CONTACT, "Got in touch"));
        Set<Channel> channels = EnumSet.noneOf(Channel.class);
        theirs.forEach(entry -> channels.add(entry.channel()));
        if (channels.size() > 1) {
            factors.add(new Factor(
                    "channels", PER_FURTHER_CHANNEL * (channels.size() - 1), "Used " + channels.size() + " channels"));
        }
        if (theirs.size() >= ENGAGED_UTTERANCES) {
            factors.add(new Factor("engaged", ENGAGED, "Said something " + theirs.size() + " times"));
        }
    }

    private static void appointment(LeadContext context, List<Factor> factors) {
        context.appointments().values().stream()
                .filter(appointment -> !"cancelled".equals(appointment.status()))
                .max(Comparator.comparing(Appointment::start))
                .ifPresent(latest -> factors.add(new Factor("booked", BOOKED, "Booked: " + latest.serviceName())));
    }

    private static void conversations(LeadContext context, List<Factor> factors) {
        List<ConversationEvent.Analysed> analysed = context.window().events().stream()
                .map(RecordedEvent::event)
                .filter(ConversationEvent.Analysed.class::isInstance)
                .map(ConversationEvent.Analysed.class::cast)
                .toList();
        if (analysed.isEmpty()) {
            return;
        }
        ConversationEvent.Analysed last = analysed.getLast();
        if ("success".equals(last.successful())) {
            factors.add(new Factor("conversation", SUCCESSFUL_CALL, "The last conversation reached its goal"));
        } else if ("failure".equals(last.successful())) {
            factors.add(new Factor("conversation", FAILED_CALL, "The last conversation missed its goal"));
        }
        long met = last.evaluation().values().stream().filter("success"::equals).count();
        if (met > 0) {
            factors.add(new Factor(
                    "evaluation",
                    (int) Math.min(MOST_FOR_CRITERIA, met * PER_CRITERION),
                    met + " of " + last.evaluation().size() + " criteria met"));
        }
    }

    private static void tools(LeadContext context, List<Factor> factors) {
        boolean asked = context.window().events().stream()
                .map(RecordedEvent::event)
                .anyMatch(event -> event instanceof ToolEvent.Called called
                        && called.success()
                        && called.tool().endsWith("_availability"));
        if (asked) {
            factors.add(new Factor("interest", ASKED_FOR_TIMES, "Asked for free times"));
        }
    }

    private static void recency(LeadContext context, Instant now, List<Factor> factors) {
        if (context.lastActivity() == null) {
            return;
        }
        Duration quiet = Duration.between(context.lastActivity(), now);
        if (quiet.toHours() < 24) {
            factors.add(new Factor("recent", TODAY, "In touch within the last day"));
        } else if (quiet.toDays() < 7) {
            factors.add(new Factor("recent", THIS_WEEK, "In touch within the last week"));
        }
    }
}
