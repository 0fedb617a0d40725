package dev.throughline.localstack.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeenTest {

    private final Customer customer = new Customer(1);
    private final List<JsonNode> events = new ArrayList<>();

    @Test
    void shouldFindNothingWhereNothingIsWrong() {
        write("one");
        write("two");
        received("SM1", "one");
        received("SM2", "two");
        event("sms.sent").put("text", "an answer").put("inReplyTo", "SM2");
        event("call.started").put("callId", "CA1");
        event("call.ended").put("callId", "CA1");

        assertThat(findings(List.of("CA1"), 1, List.of("one", "two"))).allMatch(Finding::met);
    }

    @Test
    void shouldNoticeWhatIsLost() {
        write("one");
        write("two");
        received("SM1", "one");
        received("SM2", "two");
        event("sms.sent").put("text", "an answer").put("inReplyTo", "SM2");

        assertThat(missed(findings(List.of("CA1"), 1, List.of("one"))))
                .containsExactly("no text that was taken is lost", "no call that was answered is lost");
    }

    @Test
    void shouldNoticeWhatIsDoubled() {
        write("one");
        received("SM1", "one");
        received("SM1", "one");
        event("sms.sent").put("text", "an answer").put("inReplyTo", "SM1");
        event("sms.sent").put("text", "another").put("inReplyTo", "SM1");
        event("call.started").put("callId", "CA1");
        event("call.ended").put("callId", "CA1");
        event("call.ended").put("callId", "CA1");

        assertThat(missed(findings(List.of("CA1"), 2, List.of("one"))))
                .containsExactly("no text stands twice", "no text is answered twice", "no call begins or ends twice");
    }

    @Test
    void shouldNoticeWhatIsOpenOrUnansweredOrSentAfterStop() {
        write("one");
        received("SM1", "one");
        event("call.started").put("callId", "CA1");
        assertThat(missed(findings(List.of("CA1"), 0, List.of("one"))))
                .containsExactly("everybody's last text is answered", "no call is left open");

        customer.stopped(0);
        event("sms.sent").put("text", "an answer").put("inReplyTo", "");
        assertThat(missed(findings(List.of(), 1, List.of("one"))))
                .containsExactly("nothing is sent after STOP", "no call is left open");
    }

    private void write(String body) {
        customer.accepted(body);
    }

    private void received(String sid, String text) {
        event("sms.received").put("messageSid", sid).put("text", text);
    }

    private ObjectNode event(String type) {
        ObjectNode event = new ObjectMapper().createObjectNode().put("type", type);
        events.add(event);
        return event;
    }

    private List<Finding> findings(List<String> answeredCalls, int answers, List<String> page) {
        return Finding.of(List.of(new Seen(customer, answeredCalls, answers, events, page)), 0, 0, 0);
    }

    private static List<String> missed(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> !finding.met())
                .map(Finding::what)
                .toList();
    }
}
