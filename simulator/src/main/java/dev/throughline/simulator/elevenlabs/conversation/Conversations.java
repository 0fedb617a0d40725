package dev.throughline.simulator.elevenlabs.conversation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All conversations of this run, newest 500, and whoever wants to know of their end. */
public final class Conversations {

    private static final int CAPACITY = 500;

    private final Map<String, ConversationRecord> records = new LinkedHashMap<>();
    private final List<Consumer<ConversationRecord>> endListeners = new ArrayList<>();

    /** Adds a conversation; the oldest finished one makes room when there are too many. */
    public void add(ConversationRecord record) {
        if (records.size() >= CAPACITY) {
            records.values().stream()
                    .filter(ConversationRecord::ended)
                    .map(ConversationRecord::id)
                    .findFirst()
                    .ifPresent(records::remove);
        }
        records.put(record.id(), record);
    }

    /** The conversation {@code id}, or empty. */
    public Optional<ConversationRecord> find(String id) {
        return Optional.ofNullable(records.get(id));
    }

    /** Forgets a conversation that never began. */
    public void remove(ConversationRecord record) {
        records.remove(record.id());
    }

    /** All of them, oldest first. */
    public Collection<ConversationRecord> all() {
        return List.copyOf(records.values());
    }

    /** Calls {@code listener} once for every conversation that was under way when it ended. */
    public void onEnd(Consumer<ConversationRecord> listener) {
        endListeners.add(listener);
    }

    /** Tells that {@code record} is over. */
    public void ended(ConversationRecord record) {
        endListeners.forEach(listener -> listener.accept(record));
    }
}
