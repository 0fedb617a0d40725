package dev.throughline.localstack.demo;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** The live stream had an id on every event and none twice, and continues after {@code Last-Event-ID} without a gap. */
final class StreamResumes implements Step {

    @Override
    public String title() {
        return "The live stream resumes where it was left";
    }

    @Override
    public String play(Story story) throws NotSeen, IOException, InterruptedException {
        List<String> ids = ids(story.live());
        if (ids.size() < 2 || ids.contains("") || new HashSet<>(ids).size() != ids.size()) {
            throw new NotSeen("events without an id of their own: " + ids);
        }
        int middle = ids.size() / 2;
        List<String> rest = ids.subList(middle + 1, ids.size());
        try (LiveEvents again =
                LiveEvents.open(story.operator.baseUrl(), story.token, story.leadId(), Optional.of(ids.get(middle)))) {
            story.await(
                    () -> "after the event " + ids.get(middle) + " came " + ids(again) + " instead of " + rest, () -> {
                        List<String> now = ids(again);
                        return now.size() >= rest.size()
                                        && now.subList(0, rest.size()).equals(rest)
                                ? Optional.of(true)
                                : Optional.empty();
                    });
        }
        return ids.size() + " events live, and the last " + rest.size() + " again on request";
    }

    private static List<String> ids(LiveEvents events) {
        return events.seen().stream().map(LiveEvents.Event::id).toList();
    }
}
