package dev.throughline.telephony.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.throughline.events.CallEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.testing.TwilioRequests;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CallStatusTest extends GatewayTest {

    private static final UUID LEAD = LeadIds.of(Tenants.harbourSalon().id(), ContactAddress.phone(CALLER));
    private static final List<String> STATUSES = List.of("initiated", "ringing", "in-progress", "completed");

    @Test
    void shouldEndEveryCallOnceWhateverTheOrderOfItsCallbacks() {
        List<String> calls = new ArrayList<>();
        for (List<Integer> order : permutations(STATUSES.size())) {
            String callSid = newCallSid();
            calls.add(callSid);
            post(ELEVENLABS, caller(inbound(callSid, Tenants.NUMBER), calls.size()))
                    .statusCode(200);
            for (int sequence : order) {
                post(STATUS, caller(status(callSid, sequence), calls.size())).statusCode(204);
            }
            // A late repeat of each of them.
            for (int sequence : order) {
                post(STATUS, caller(status(callSid, sequence), calls.size())).statusCode(204);
            }
        }

        assertThat(calls).hasSize(24);
        for (String callSid : calls) {
            List<RecordedEvent> events = Published.ofEnded(callSid);
            assertThat(Published.only(CallEvent.Ended.class, events))
                    .containsExactly(new CallEvent.Ended(callSid, "completed", 73, null));
            List<CallEvent.StatusChanged> moves = Published.only(CallEvent.StatusChanged.class, events);
            assertThat(moves.getLast().status()).isEqualTo("completed");
            assertThat(moves.stream().map(CallEvent.StatusChanged::sequence))
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(events).extracting(RecordedEvent::id).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldEndACallOnceWhenItsLastCallbackComesManyTimesAtOnce() throws Exception {
        String callSid = newCallSid();
        post(ELEVENLABS, inbound(callSid, Tenants.NUMBER)).statusCode(200);

        try (ExecutorService twilio = Executors.newFixedThreadPool(8)) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(twilio.submit(() -> TwilioRequests.form(STATUS, status(callSid, 3))
                        .post(STATUS)
                        .statusCode()));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(204);
            }
        }

        assertThat(Published.only(CallEvent.Ended.class, Published.ofEnded(callSid)))
                .hasSize(1);
    }

    @Test
    void shouldRecordTheEndOfACallNobodyAnnounced() {
        String callSid = newCallSid();

        post(STATUS, fixture("call-status.form", callSid)).statusCode(204);

        RecordedEvent ended = Published.ofEnded(callSid).getLast();
        assertThat(ended.event()).isEqualTo(new CallEvent.Ended(callSid, "completed", 73, null));
        assertThat(ended.leadId()).isEqualTo(LEAD);
        assertThat(rows(callSid)).isEqualTo(1);
    }

    @Test
    void shouldStillAnnounceACallWhoseStatusCameFirst() {
        String callSid = newCallSid();
        post(STATUS, status(callSid, 0)).statusCode(204);
        post(ELEVENLABS, inbound(callSid, Tenants.NUMBER)).statusCode(200);
        post(STATUS, status(callSid, 3)).statusCode(204);

        assertThat(Published.only(CallEvent.Started.class, Published.ofEnded(callSid)))
                .hasSize(1);
    }

    @Test
    void shouldKnowTheCustomerOfACallWeMadeByTo() {
        String callSid = newCallSid();

        post(STATUS, fixture("call-status-outbound-noanswer.form", callSid)).statusCode(204);

        RecordedEvent ended = Published.ofEnded(callSid).getLast();
        assertThat(ended.event())
                .isEqualTo(new CallEvent.Ended(callSid, "no-answer", 0, "sip-487", CallEvent.SpokeWith.NOBODY));
        assertThat(ended.leadId())
                .isEqualTo(LeadIds.of(Tenants.harbourSalon().id(), ContactAddress.phone("+12025550103")));
    }

    @Test
    void shouldStoreNothingOfANumberThatIsNobodys() {
        String callSid = newCallSid();
        Map<String, String> form = fixture("call-status.form", callSid);
        form.put("To", "+12025550177");

        post(STATUS, form).statusCode(204);

        assertThat(rows(callSid)).isZero();
    }

    @Test
    void shouldIgnoreAStatusOfTheFuture() {
        Map<String, String> form = fixture("call-status.form", newCallSid());
        form.put("CallStatus", "teleported");

        post(STATUS, form).statusCode(204);
    }

    @Test
    void shouldNameWhatIsMissing() {
        Map<String, String> noStatus = fixture("call-status.form", newCallSid());
        noStatus.remove("CallStatus");
        post(STATUS, noStatus).statusCode(400).body("error", containsString("CallStatus"));
        post(STATUS, fixture("call-status.form", "CA1")).statusCode(400).body("error", containsString("CallSid"));
    }

    @Test
    void shouldRefuseACallbackThatIsNotSigned() {
        String callSid = newCallSid();

        TwilioRequests.form(STATUS, fixture("call-status.form", callSid), "AAAA")
                .post(STATUS)
                .then()
                .statusCode(403);

        assertThat(rows(callSid)).isZero();
    }

    private static Map<String, String> status(String callSid, int sequence) {
        Map<String, String> form = fixture("call-status.form", callSid);
        form.put("CallStatus", STATUSES.get(sequence));
        form.put("SequenceNumber", Integer.toString(sequence));
        if (sequence < 3) {
            form.remove("CallDuration");
        }
        return form;
    }

    /** The same form of another caller: how often one may call is limited. */
    private static Map<String, String> caller(Map<String, String> form, int number) {
        Map<String, String> changed = new HashMap<>(form);
        changed.put("From", "+120255502%02d".formatted(number));
        return changed;
    }

    private static List<List<Integer>> permutations(int size) {
        List<List<Integer>> all = new ArrayList<>(List.of(List.of()));
        for (int element = 0; element < size; element++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> shorter : all) {
                for (int place = 0; place <= shorter.size(); place++) {
                    List<Integer> one = new ArrayList<>(shorter);
                    one.add(place, element);
                    longer.add(Collections.unmodifiableList(one));
                }
            }
            all = longer;
        }
        return all;
    }
}
