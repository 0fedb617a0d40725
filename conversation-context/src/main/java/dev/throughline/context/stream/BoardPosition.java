package dev.throughline.context.stream;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much of the log a client of the board has seen: the next offset of each partition. As text it is an SSE id ({@code 0:12,3:7}), the
 * same in every replica.
 *
 * @param next by partition; one that is missing was not seen at all
 */
record BoardPosition(Map<Integer, Long> next) {

    BoardPosition {
        next = new TreeMap<>(next);
    }

    String text() {
        return next.entrySet().stream()
                .map(partition -> partition.getKey() + ":" + partition.getValue())
                .collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException for anything else
     */
    static BoardPosition parse(String text) {
        Map<Integer, Long> next = new TreeMap<>();
        for (String partition : text.isBlank() ? new String[0] : text.strip().split(",", -1)) {
            String[] parts = partition.split(":", -1);
            if (parts.length != 2 || next.size() > 10_000) {
                throw new IllegalArgumentException("no position");
            }
            next.put(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
        }
        return new BoardPosition(next);
    }

    /** Everything before {@code head} is seen. */
    BoardPosition all(BoardPosition head) {
        return new BoardPosition(head.next);
    }

    /**
     * After leads in the order of partition and offset, of which there may be more: of the last one's partition everything up to it is
     * seen, of those before everything up to {@code head}, of those behind nothing new.
     */
    BoardPosition upTo(BoardPosition head, int partition, long offset) {
        Map<Integer, Long> seen = new TreeMap<>(next);
        head.next.forEach((other, end) -> {
            if (other < partition) {
                seen.put(other, end);
            }
        });
        seen.put(partition, offset + 1);
        return new BoardPosition(seen);
    }
}
