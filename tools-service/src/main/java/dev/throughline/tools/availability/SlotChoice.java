package dev.throughline.tools.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which few of many slots to say: nobody remembers more than four read out to them. */
public final class SlotChoice {

    private SlotChoice() {}

    /** At most {@code max} slots with different starts, spread evenly from the first to the last, in order of time. */
    public static List<Slot> spread(List<Slot> slots, int max) {
        List<Slot> starts = differentStarts(slots);
        if (starts.size() <= max) {
            return starts;
        }
        List<Slot> chosen = new ArrayList<>();
        for (int i = 0; i < max; i++) {
            chosen.add(starts.get(max == 1 ? 0 : Math.round((float) i * (starts.size() - 1) / (max - 1))));
        }
        return chosen;
    }

    /** At most {@code max} slots with different starts, those nearest to {@code wanted}, in order of time. */
    public static List<Slot> nearest(List<Slot> slots, Instant wanted, int max) {
        return differentStarts(slots).stream()
                .sorted(Comparator.comparing(
                        slot -> Duration.between(slot.start(), wanted).abs()))
                .limit(max)
                .sorted(Comparator.comparing(Slot::start))
                .toList();
    }

    /** The first of each start, which is the fairest (see {@link SlotEngine#slots}). */
    private static List<Slot> differentStarts(List<Slot> slots) {
        Map<Instant, Slot> byStart = new LinkedHashMap<>();
        slots.forEach(slot -> byStart.putIfAbsent(slot.start(), slot));
        return List.copyOf(byStart.values());
    }
}
