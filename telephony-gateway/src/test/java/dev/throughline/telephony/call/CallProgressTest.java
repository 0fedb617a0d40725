package dev.throughline.telephony.call;

import static dev.throughline.telephony.call.CallProgress.NO_SEQUENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CallProgressTest {

    private static final List<Report> ANSWERED = List.of(
            new Report(CallStatus.INITIATED, 0),
            new Report(CallStatus.RINGING, 1),
            new Report(CallStatus.IN_PROGRESS, 2),
            new Report(CallStatus.COMPLETED, 3));

    @Property
    void shouldEndCompletedWhateverTheOrderAndTheRepeats(@ForAll("deliveries") List<Report> deliveries) {
        Walk walk = walk(deliveries);

        assertThat(walk.end().status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(walk.end().sequence()).isEqualTo(3);
    }

    @Property
    void shouldMoveOnlyForwardAndEndOnce(@ForAll("deliveries") List<Report> deliveries) {
        List<CallStatus> moves = walk(deliveries).moves();

        assertThat(moves).doesNotHaveDuplicates().isSorted();
        assertThat(moves.stream().filter(CallStatus::terminal)).hasSize(1);
        assertThat(moves.getLast()).isEqualTo(CallStatus.COMPLETED);
    }

    @Property
    void shouldEndAtMostOnceForAnyReportsWhatsoever(@ForAll List<CallStatus> statuses, @ForAll int seed) {
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < statuses.size(); i++) {
            reports.add(new Report(statuses.get(i), Math.floorMod(seed * 31 + i * 17, 6) - 1));
        }

        Walk walk = walk(reports);

        assertThat(walk.moves().stream().filter(CallStatus::terminal).count())
                .isEqualTo(statuses.stream().anyMatch(CallStatus::terminal) ? 1 : 0);
        assertThat(walk.end().status().terminal()).isEqualTo(statuses.stream().anyMatch(CallStatus::terminal));
    }

    @Example
    void shouldEndByTheNumbersOwnCallbackThoughItsSequenceIsZero() {
        CallProgress live = new CallProgress(CallStatus.IN_PROGRESS, 2);

        assertThat(live.movesTo(CallStatus.COMPLETED, 0)).isTrue();
        assertThat(live.after(CallStatus.COMPLETED, 0)).isEqualTo(new CallProgress(CallStatus.COMPLETED, 2));
    }

    @Example
    void shouldKeepTheFirstEnd() {
        CallProgress over = new CallProgress(CallStatus.NO_ANSWER, 2);

        assertThat(over.after(CallStatus.COMPLETED, 9).status()).isEqualTo(CallStatus.NO_ANSWER);
    }

    @Example
    void shouldIgnoreAnOvertakenReport() {
        CallProgress seen = new CallProgress(CallStatus.INITIATED, 5);

        assertThat(seen.movesTo(CallStatus.RINGING, 1)).isFalse();
        assertThat(seen.movesTo(CallStatus.RINGING, NO_SEQUENCE)).isTrue();
        assertThat(seen.movesTo(CallStatus.RINGING, 6)).isTrue();
    }

    @Example
    void shouldKnowEveryStatusByItsNameOnTheWire() {
        for (CallStatus status : CallStatus.values()) {
            assertThat(CallStatus.of(status.wire())).contains(status);
        }
        assertThat(CallStatus.of("in_progress")).isEmpty();
    }

    @Provide
    Arbitrary<List<Report>> deliveries() {
        Arbitrary<List<Report>> repeats = Arbitraries.of(ANSWERED).list().ofMaxSize(6);
        return repeats.flatMap(again -> {
            List<Report> all = new ArrayList<>(ANSWERED);
            all.addAll(again);
            return Arbitraries.shuffle(all);
        });
    }

    private static Walk walk(List<Report> reports) {
        CallProgress progress = CallProgress.begun(CallStatus.QUEUED);
        List<CallStatus> moves = new ArrayList<>();
        for (Report report : reports) {
            if (progress.movesTo(report.status(), report.sequence())) {
                moves.add(report.status());
            }
            progress = progress.after(report.status(), report.sequence());
        }
        return new Walk(progress, moves);
    }

    record Report(CallStatus status, int sequence) {}

    private record Walk(CallProgress end, List<CallStatus> moves) {}
}
