package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.tools.provisioning.Plan.Action;
import dev.throughline.tools.provisioning.Plan.Outcome;
import dev.throughline.tools.provisioning.Plan.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One look at the providers, or one change of them. Each wish is looked up at its turn, so what an earlier step changed is seen; every id is
 * remembered before the next step, so a run that breaks off is continued by the next. For one thread.
 */
final class ProvisioningRun {

    /** Ids of what earlier runs made, by {@link Wish#id()}. */
    interface Memory {

        Map<String, String> recall();

        void remember(Wish wish, String id);
    }

    private final List<Wish> wishes;
    private final Map<Kind, Shelf> shelves;
    private final Memory memory;
    private final Map<String, String> remembered;
    private final Map<String, String> ids = new HashMap<>();

    /** @param wishes in the order they are fulfilled; what one refers to stands before it */
    ProvisioningRun(List<Wish> wishes, Map<Kind, Shelf> shelves, Memory memory) {
        this.wishes = wishes;
        this.shelves = shelves;
        this.memory = memory;
        this.remembered = memory.recall();
    }

    /** A wish beside what is there. */
    private record Look(Wish wish, JsonNode wanted, Optional<Found> found, Step step) {}

    /** What would be done. @throws ProviderFailure when a provider cannot be asked */
    List<Step> plan() {
        return wishes.stream().map(wish -> look(wish).step()).toList();
    }

    /** Does it, and tells of every step. Never fails: after the first step that does, no other is tried. */
    List<Step> apply() {
        List<Step> steps = new ArrayList<>();
        for (Wish wish : wishes) {
            steps.add(steps.stream().anyMatch(step -> step.outcome() == Outcome.FAILED) ? notTried(wish) : done(wish));
        }
        return steps;
    }

    private Step done(Wish wish) {
        Look look;
        try {
            look = look(wish);
        } catch (ProviderFailure failure) {
            return step(wish, Action.NONE, List.of()).with(Outcome.FAILED, sentence(failure));
        }
        if (look.step().action() == Action.NONE) {
            look.found().ifPresent(found -> remember(wish, found.id()));
            return look.step().with(Outcome.UNCHANGED, null);
        }
        try {
            String id = fulfilled(look);
            remember(wish, id);
            ids.put(wish.id(), id);
            return look.step().with(Outcome.DONE, null);
        } catch (ProviderFailure failure) {
            return look.step().with(Outcome.FAILED, sentence(failure));
        }
    }

    private String fulfilled(Look look) {
        Optional<String> missing = Wanted.unresolved(look.wanted());
        if (missing.isPresent()) {
            throw new ProviderFailure(look.wish().what() + " needs " + missing.get() + ", which is not there.", null);
        }
        Shelf shelf = shelf(look.wish());
        if (look.found().isEmpty()) {
            ObjectNode begin = look.wish().atCreation().deepCopy();
            return shelf.create(
                    look.wish(), merged(begin, Differences.plain(look.wanted(), MissingNode.getInstance())));
        }
        Found found = look.found().get();
        return shelf.change(look.wish(), found, Differences.changed(look.wanted(), found.document()), (ObjectNode)
                Differences.plain(look.wanted(), found.document()));
    }

    private void remember(Wish wish, String id) {
        if (!id.equals(remembered.get(wish.id()))) {
            memory.remember(wish, id);
        }
    }

    private Look look(Wish wish) {
        Optional<Found> found = shelf(wish).find(wish, remembered.get(wish.id()));
        found.ifPresent(there -> ids.put(wish.id(), there.id()));
        JsonNode wanted = Wanted.resolved(wish.wanted(), ids);
        List<String> differences = Differences.between(
                wanted, found.<JsonNode>map(Found::document).orElse(JsonNodeFactory.instance.objectNode()));
        Action action = found.isEmpty() ? Action.CREATE : differences.isEmpty() ? Action.NONE : Action.CHANGE;
        return new Look(wish, wanted, found, step(wish, action, action == Action.CREATE ? List.of() : differences));
    }

    private Shelf shelf(Wish wish) {
        Shelf shelf = shelves.get(wish.kind());
        if (shelf == null) {
            throw new IllegalStateException("nobody keeps " + wish.kind());
        }
        return shelf;
    }

    private static Step notTried(Wish wish) {
        return step(wish, Action.NONE, List.of()).with(Outcome.NOT_TRIED, null);
    }

    private static Step step(Wish wish, Action action, List<String> differences) {
        return new Step(wish.id(), wish.kind().target().shown(), wish.what(), action, differences, null, null);
    }

    private static String sentence(ProviderFailure failure) {
        return failure.cure().isEmpty() ? failure.what() : failure.what() + " " + failure.cure();
    }

    /** {@code over} laid over {@code under}, object by object. */
    private static ObjectNode merged(ObjectNode under, JsonNode over) {
        over.properties().forEach(member -> {
            boolean both =
                    under.path(member.getKey()).isObject() && member.getValue().isObject();
            under.set(
                    member.getKey(),
                    both ? merged((ObjectNode) under.path(member.getKey()), member.getValue()) : member.getValue());
        });
        return under;
    }
}
