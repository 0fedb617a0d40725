package dev.throughline.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompatibilityTest {

    private enum Mood {
        GOOD,
        BAD
    }

    private enum BadMood {
        BAD
    }

    private record Inner(String text) {}

    private record RenamedInner(String words) {}

    private record Published(
            String name, int count, @Nullable Mood mood, List<Inner> inner) {}

    private record WithMore(
            String name,
            int count,
            @Nullable Mood mood,
            List<Inner> inner,
            @Nullable String more) {}

    private record WithRequired(
            String name, int count, @Nullable Mood mood, List<Inner> inner, String more) {}

    private record Lacking(int count, @Nullable Mood mood, List<Inner> inner) {}

    private record Retyped(
            UUID name, String count, @Nullable BadMood mood, List<RenamedInner> inner) {}

    private record MaybeMissing(
            @Nullable String name, int count, @Nullable Mood mood, List<Inner> inner) {}

    @Test
    void shouldAllowNewOptionalFieldsOnly() {
        assertThat(breaks(Published.class)).isEmpty();
        assertThat(breaks(WithMore.class)).isEmpty();
        assertThat(breaks(WithRequired.class))
                .containsExactly("it.more is required now, and the records that are there lack it");
    }

    @Test
    void shouldNameEveryBreak() {
        assertThat(breaks(Lacking.class)).containsExactly("it.name is gone");
        assertThat(breaks(MaybeMissing.class)).containsExactly("it.name was always there and may be missing now");
        assertThat(breaks(Retyped.class))
                .contains(
                        "it.name was string and is string (uuid)",
                        "it.count was integer and is string",
                        "it.mood has no GOOD any more",
                        "it.inner[].text is gone");
        assertThat(Compatibility.breaks(
                        "it", schema(Published.class), schema(Published.class).path("gone")))
                .containsExactly("it is gone");
    }

    private static List<String> breaks(Class<?> now) {
        return Compatibility.breaks("it", schema(Published.class), schema(now));
    }

    /** The types of this test have no Javadoc and their sources lie elsewhere. */
    private static JsonNode schema(Class<?> type) {
        return RecordSchema.file("it", type);
    }
}
