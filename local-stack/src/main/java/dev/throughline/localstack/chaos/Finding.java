package dev.throughline.localstack.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * A sentence that must be true, and what was found.
 *
 * @param what must be true
 * @param figure what was found, and with whom when it should not have been
 * @param met whether it is
 */
record Finding(String what, String figure, boolean met) {

    /**
     * What the whole of the customers says.
     *
     * @param liveCalls that the gateway still takes for live
     * @param deadLetters events nobody could process
     * @param different leads whose context is not what the topic says
     */
    static List<Finding> of(List<Seen> seen, int liveCalls, int deadLetters, long different) {
        List<Finding> findings = new ArrayList<>();
        findings.add(none("no text that was taken is lost", seen, Seen::lostTexts));
        findings.add(none("no text stands twice", seen, Seen::doubledTexts));
        findings.add(none("no text is answered twice", seen, Seen::doubledAnswers));
        findings.add(none("what was sent is told, and the other way round", seen, Seen::untoldAnswers));
        findings.add(none("nothing is sent after STOP", seen, Seen::afterStop));
        findings.add(none("everybody's last text is answered", seen, one(Seen::leftAlone)));
        findings.add(none("no call that was answered is lost", seen, Seen::lostCalls));
        findings.add(none("no call begins or ends twice", seen, Seen::doubledCalls));
        findings.add(none("no call is left open", seen, Seen::openCalls));
        findings.add(none("no call counts as live", liveCalls));
        findings.add(none("no event is a dead letter", deadLetters));
        findings.add(none("every lead's context is what the topic says", (int) different));
        return findings;
    }

    private static ToIntFunction<Seen> one(Predicate<Seen> test) {
        return seen -> test.test(seen) ? 1 : 0;
    }

    private static Finding none(String what, List<Seen> seen, ToIntFunction<Seen> count) {
        int all = seen.stream().mapToInt(count).sum();
        String whose = seen.stream()
                .filter(each -> count.applyAsInt(each) > 0)
                .map(each -> each.customer().number())
                .collect(Collectors.joining(", "));
        return new Finding(what, all == 0 ? "0" : all + " (of " + whose + ")", all == 0);
    }

    private static Finding none(String what, int count) {
        return new Finding(what, Integer.toString(count), count == 0);
    }
}
