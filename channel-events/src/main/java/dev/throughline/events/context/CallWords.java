package dev.throughline.events.context;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallFlight;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What happens around a call, in the words of the timeline. */
final class CallWords {

    private CallWords() {}

    static String started(CallEvent.Started started) {
        return started.direction() == CallEvent.Direction.INBOUND ? "Customer calls" : "Calling the customer";
    }

    static String ended(CallEvent.Ended ended) {
        String what =
                switch (ended.status()) {
                    case "busy" -> "The line was busy";
                    case "no-answer" -> "Nobody answered";
                    case "canceled" -> "The call was given up before anybody answered";
                    case "failed" -> "The call could not be placed";
                    default -> "Call ended after " + duration(ended.durationSeconds()) + spokeWith(ended);
                };
        // Of a call that took place the reason is one of ours, and the timeline tells it in other lines.
        String reason = ended.reason();
        // A SIP answer code says nothing to a person that the status does not say already.
        boolean worthTelling =
                reason != null && !reason.startsWith("sip-") && !ended.status().equals("completed");
        return worthTelling ? what + " (" + reason + ")" : what;
    }

    private static String spokeWith(CallEvent.Ended ended) {
        return ended.spokeWith() == CallEvent.SpokeWith.NOBODY ? ", spoke with nobody" : "";
    }

    static String message(CallEvent.MessageLeft message) {
        return "Left a voice message of " + duration(message.durationSeconds());
    }

    /** @param costCredits null when it is not known */
    static String quality(CallEvent.Quality quality, @Nullable Double costCredits) {
        StringBuilder words = new StringBuilder(
                quality.firstAudioMillis() < 0
                        ? "The agent was not heard"
                        : "First word after " + firstWordMillis(quality) + " ms");
        responses(quality).average().ifPresent(average -> words.append(", answers after ")
                .append(Math.round(average))
                .append(" ms on average"));
        if (costCredits != null) {
            words.append(", ").append(Math.round(costCredits)).append(" credits");
        }
        return words.toString();
    }

    /** As the caller waits: from the webhook, where the flight record knows it, else from the stream's start. */
    private static long firstWordMillis(CallEvent.Quality quality) {
        CallFlight flight = quality.flight();
        return flight == null || flight.setup().totalMillis() < 0
                ? quality.firstAudioMillis()
                : flight.setup().totalMillis();
    }

    /** As the caller waits: from his silence, where the flight record knows it, else from his transcript. */
    private static LongStream responses(CallEvent.Quality quality) {
        CallFlight flight = quality.flight();
        return flight == null
                ? quality.responseMillis().stream().mapToLong(Long::longValue)
                : flight.turns().stream()
                        .mapToLong(CallFlight.Turn::responseMillis)
                        .filter(millis -> millis >= 0);
    }

    static String duration(int seconds) {
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** The stage as a word for a status: lower case with hyphens, like Twilio's call statuses. */
    static String stage(CallEvent.HandOver.Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String questions(CallEvent.QuestionsAsked asked) {
        return asked.questions().stream()
                .map(CallEvent.Question::text)
                .collect(Collectors.joining(" · ", "To be asked: ", ""));
    }

    static String answers(CallEvent.QuestionsAnswered answered) {
        return answered.answers().stream()
                .map(answer -> answer.question() + " → " + (answer.answer() == null ? "no answer" : answer.answer()))
                .collect(Collectors.joining("\n"));
    }

    /** Empty for what needs no word. */
    static Optional<String> answeredBy(CallEvent.AnsweredBy answer) {
        return switch (answer.answeredBy()) {
            case "human", "unknown" -> Optional.empty();
            case "fax" -> Optional.of("A fax machine answered");
            default -> Optional.of("An answering machine answered");
        };
    }

    static String handOver(CallEvent.HandOver handOver) {
        String human = handOver.human() == null ? "a colleague" : handOver.human();
        return switch (handOver.stage()) {
            case REQUESTED -> "A human was asked for" + (handOver.reason() == null ? "" : ": " + handOver.reason());
            case RINGING -> "Ringing " + human;
            case ACCEPTED -> "Handed over to " + human;
            case BUSY -> human + " was busy";
            case NO_ANSWER -> human + " did not answer";
            case DECLINED -> human + " declined";
            case VOICEMAIL -> "The voicemail of " + human + " answered";
            case FAILED -> human + " could not be reached";
            case CALLER_GONE -> "The caller hung up before " + human + " came";
            case RETURNED -> "Back with the agent, after " + human;
            case ENDED -> human + " ended the call";
        };
    }
}
