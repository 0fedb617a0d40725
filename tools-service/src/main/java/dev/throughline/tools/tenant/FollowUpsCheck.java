package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpRule;
import dev.throughline.events.tenant.FollowUpSettings;
import dev.throughline.events.tenant.FollowUpText;
import dev.throughline.platform.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a draft of {@code settings.followUps} into settings, naming everything that is wrong with it. Pure. */
final class FollowUpsCheck {

    private static final String PATH = "settings.followUps.";
    private static final int MOST_TIMES = 5;
    /** A week after a call nobody knows any more what it was about. */
    private static final int LATEST_AFTER = 7 * 24 * 60;
    /** Nearer than this a reminder comes when the customer is on the way. */
    private static final int NEAREST_BEFORE = 15;

    private static final int FURTHEST_BEFORE = 30 * 24 * 60;
    /** What Twilio takes at most (21617). */
    private static final int LONGEST_TEXT = 1_600;

    private static final int MOST_QUESTIONS = 10;
    private static final int LONGEST_QUESTION = 300;

    private final List<Problem.Field> wrong;

    private FollowUpsCheck(List<Problem.Field> wrong) {
        this.wrong = wrong;
    }

    /** The settings. @param wrong gets every wrong field */
    static FollowUpSettings settings(@Nullable FollowUpsDraft draft, List<Problem.Field> wrong) {
        if (draft == null) {
            return FollowUpSettings.none();
        }
        FollowUpsCheck check = new FollowUpsCheck(wrong);
        Set<String> call = FollowUpText.ABOUT_A_CALL;
        return new FollowUpSettings(
                check.rule("missedCall", draft.missedCall(), 0, LATEST_AFTER, call),
                check.rule("callWithoutBooking", draft.callWithoutBooking(), 0, LATEST_AFTER, call),
                check.rule(
                        "reminder",
                        draft.reminder(),
                        NEAREST_BEFORE,
                        FURTHEST_BEFORE,
                        FollowUpText.ABOUT_AN_APPOINTMENT));
    }

    private @Nullable FollowUpRule rule(
            String name, FollowUpsDraft.@Nullable Rule draft, int least, int most, Set<String> placeholders) {
        if (draft == null) {
            return null;
        }
        String path = PATH + name;
        FollowUpChannel channel = draft.channel() == null ? FollowUpChannel.TEXT : draft.channel();
        if (channel == FollowUpChannel.HOOK) {
            refuse(path + ".channel", "must be TEXT or CALL");
        }
        List<String> questions = questions(path + ".questions", draft.questions(), placeholders);
        String text = Texts.optional(path + ".text", draft.text(), LONGEST_TEXT, wrong);
        if (channel == FollowUpChannel.TEXT && text == null) {
            refuse(path + ".text", "is required where the channel is TEXT");
        }
        if (channel == FollowUpChannel.CALL && text != null) {
            refuse(path + ".text", "is used only where the channel is TEXT");
        }
        if (channel == FollowUpChannel.CALL && questions.isEmpty()) {
            refuse(path + ".questions", "must have at least one question where the channel is CALL");
        }
        template(path + ".text", text, placeholders);
        return new FollowUpRule(minutes(path + ".minutes", draft.minutes(), least, most), channel, text, questions);
    }

    private List<Integer> minutes(String field, @Nullable List<@Nullable Integer> minutes, int least, int most) {
        if (minutes == null || minutes.isEmpty()) {
            refuse(field, "is required: a list of minutes, e.g. [1440]");
            return List.of();
        }
        List<Integer> read = new ArrayList<>();
        for (Integer one : minutes) {
            if (one == null || one < least || one > most) {
                refuse(field, "must be between " + least + " and " + most);
                return List.of();
            }
            if (!read.contains(one)) {
                read.add(one);
            }
        }
        if (read.size() > MOST_TIMES) {
            refuse(field, "must have at most " + MOST_TIMES + " entries");
        }
        return read;
    }

    private List<String> questions(String field, @Nullable List<@Nullable String> questions, Set<String> placeholders) {
        if (questions == null) {
            return List.of();
        }
        if (questions.size() > MOST_QUESTIONS) {
            refuse(field, "must have at most " + MOST_QUESTIONS + " entries");
            return List.of();
        }
        List<String> read = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            String at = field + "[" + i + "]";
            String question = Texts.required(at, questions.get(i), LONGEST_QUESTION, wrong);
            template(at, question, placeholders);
            read.add(question);
        }
        return read;
    }

    private void template(String field, @Nullable String template, Set<String> placeholders) {
        if (template != null) {
            FollowUpText.problemWith(template, placeholders).ifPresent(problem -> refuse(field, problem));
        }
    }

    private void refuse(String field, String message) {
        wrong.add(new Problem.Field(field, message));
    }
}
