package dev.throughline.context.questions;

import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A final transcript in which the turns that ask a question are found by their words: agents repeat, shorten and rephrase. The answer is
 * what the customer says from there until the agent speaks again.
 */
final class Transcript {

    private final List<FinalTurn> turns;
    /** By turn, the questions it asks, as indexes; empty for the customer's. */
    private final List<List<Integer>> asks = new ArrayList<>();

    Transcript(List<FinalTurn> turns, List<Question> questions) {
        this.turns = turns;
        turns.forEach(turn -> asks.add(new ArrayList<>()));
        for (int i = 0; i < questions.size(); i++) {
            int asking = asking(SpokenWords.of(questions.get(i).text()));
            if (asking >= 0) {
                asks.get(asking).add(i);
            }
        }
    }

    /** The turn that sounds most like the question; of equals the last, because what is asked again was not answered before. */
    private int asking(SpokenWords question) {
        int best = -1;
        double most = 0;
        for (int i = 0; i < turns.size(); i++) {
            FinalTurn turn = turns.get(i);
            if (turn.speaker() != Speaker.AGENT) {
                continue;
            }
            // A customer who knows the question answers before it is finished: what was not heard counts too.
            String said = turn.unheard() == null ? turn.text() : turn.unheard();
            double likeness = question.shareIn(SpokenWords.of(said));
            if (likeness >= SpokenWords.ENOUGH && likeness >= most) {
                best = i;
                most = likeness;
            }
        }
        return best;
    }

    /** The customer's words; empty when the question was never asked or nothing was said to it. */
    Optional<String> answerTo(int question) {
        for (int i = 0; i < turns.size(); i++) {
            if (asks.get(i).contains(question)) {
                return wordsAfter(i);
            }
        }
        return Optional.empty();
    }

    private Optional<String> wordsAfter(int asking) {
        List<String> words = new ArrayList<>();
        for (int i = asking + 1; i < turns.size(); i++) {
            FinalTurn turn = turns.get(i);
            if (turn.speaker() == Speaker.CUSTOMER) {
                words.add(turn.text().strip());
            } else if (!words.isEmpty() || !asks.get(i).isEmpty()) {
                break;
            }
        }
        String answer = String.join(" ", words).strip();
        return answer.isEmpty() ? Optional.empty() : Optional.of(answer);
    }
}
