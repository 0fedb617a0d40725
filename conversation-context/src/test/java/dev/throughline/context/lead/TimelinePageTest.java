package dev.throughline.context.lead;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.context.testing.Story;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.Timeline;
import dev.throughline.events.context.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelinePageTest {

    private final Story anna = Story.of(UUID.randomUUID(), "+12025550142");

    @Test
    void shouldTellTheWholeTimelinePageByPageHoweverManyEventsAreReadAtOnce() {
        List<RecordedEvent> events = events();
        List<TimelineEntry> whole = Timeline.of(events);

        for (int atOnce : List.of(3, 7, 1000)) {
            List<TimelineEntry> told = new ArrayList<>();
            @Nullable LeadCursor cursor = null;
            boolean more = true;
            while (more) {
                TimelinePage page = page(events, atOnce, cursor, 5);
                told.addAll(0, page.entries());
                more = page.more() && !page.entries().isEmpty();
                cursor = page.entries().isEmpty()
                        ? null
                        : new LeadCursor(
                                page.entries().getFirst().time(),
                                page.entries().getFirst().id());
            }
            assertThat(told).isEqualTo(whole);
        }
    }

    @Test
    void shouldNotTellAProvisionalTurnWhoseConversationWasAnalysedLater() {
        TimelinePage page = page(events(), 4, null, 3);

        assertThat(page.entries()).noneMatch(TimelineEntry::provisional);
    }

    private static TimelinePage page(List<RecordedEvent> events, int atOnce, @Nullable LeadCursor before, int limit) {
        int read = atOnce;
        while (true) {
            List<RecordedEvent> newest = events.subList(Math.max(0, events.size() - read), events.size());
            TimelinePage page = TimelinePage.of(newest, newest.size() < read, before, limit);
            if (page.complete()) {
                return page;
            }
            read *= 2;
        }
    }

    private List<RecordedEvent> events() {
        List<RecordedEvent> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String sid = "SM-page-" + i;
            events.add(anna.texts("question " + i));
            events.add(anna.isAnswered(sid, "answer " + i));
            events.add(anna.delivery(sid, "delivered"));
        }
        events.add(anna.calls());
        events.add(anna.says(0, Speaker.AGENT, "Hello"));
        events.add(anna.says(1, Speaker.CUSTOMER, "Hi"));
        events.add(anna.hangsUp());
        events.add(anna.isAnalysed(List.of(
                new FinalTurn(Speaker.AGENT, "Hello!", 0, false, null),
                new FinalTurn(Speaker.CUSTOMER, "Hi!", 2, false, null))));
        return events;
    }
}
