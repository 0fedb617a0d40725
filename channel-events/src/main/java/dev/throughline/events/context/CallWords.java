package dev.throughline.events.context;

import dev.throughline.events.CallEvent;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens around a call, in the words of the timeline. */
final class CallWords {

    private CallWords() {}

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
