package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A provider in memory that changes the members it is sent, replaces lists whole, and fails when told to. */
final class MemoryShelf implements Shelf {

    /** A thing and how it is found. */
    record Thing(String key, ObjectNode document) {}

    final Map<String, Thing> things = new LinkedHashMap<>();
    private final Predicate<Wish> fails;
    private int made;

    MemoryShelf(Predicate<Wish> fails) {
        this.fails = fails;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        for (String id : wish.candidates(rememberedId)) {
            if (things.containsKey(id)) {
                return Optional.of(new Found(id, things.get(id).document().deepCopy()));
            }
        }
        return things.entrySet().stream()
                .filter(thing -> thing.getValue().key().equals(wish.key()))
                .findFirst()
                .map(thing ->
                        new Found(thing.getKey(), thing.getValue().document().deepCopy()));
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        failMaybe(wish);
        String id = wish.kind() + "-" + ++made;
        things.put(id, new Thing(wish.key(), document.deepCopy()));
        return id;
    }

    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        failMaybe(wish);
        ObjectNode document = things.get(found.id()).document();
        if (wish.kind() == Kind.TOOL) {
            document.removeAll();
            document.setAll(whole);
        } else {
            merge(document, changed);
        }
        return found.id();
    }

    private void failMaybe(Wish wish) {
        if (fails.test(wish)) {
            throw new ProviderFailure("It did not work.", "Try again.");
        }
    }

    private static void merge(ObjectNode document, JsonNode changed) {
        changed.properties().forEach(member -> {
            if (member.getValue().isObject() && document.path(member.getKey()).isObject()) {
                merge((ObjectNode) document.path(member.getKey()), member.getValue());
            } else {
                document.set(member.getKey(), member.getValue());
            }
        });
    }
}
