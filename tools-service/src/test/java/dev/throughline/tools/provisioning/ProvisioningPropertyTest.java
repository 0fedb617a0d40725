package dev.throughline.tools.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.tools.provisioning.Plan.Outcome;
import dev.throughline.tools.provisioning.Plan.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ProvisioningPropertyTest {

    /** Whatever somebody changed or deleted, and wherever a run broke off: the next run mends it, and makes nothing twice. */
    @Property(tries = 300)
    void shouldLeaveAnEmptyPlanWhateverWasThereAndWhateverFailed(@ForAll long seed) {
        Random random = new Random(seed);
        World world = new World();
        world.run(-1).apply();
        world.disturb(random);

        List<Step> broken = world.run(random.nextInt(20)).apply();
        List<Step> mended = world.run(-1).apply();

        assertThat(broken).hasSameSizeAs(mended);
        assertThat(mended).allMatch(step -> step.outcome() == Outcome.DONE || step.outcome() == Outcome.UNCHANGED);
        assertThat(new Plan(world.run(-1).plan(), List.of(), null).isEmpty()).isTrue();
        assertThat(world.shelves.values().stream()
                        .mapToInt(shelf -> ((MemoryShelf) shelf).things.size())
                        .sum())
                .isEqualTo(world.wishes.size());
    }

    @Property(tries = 50)
    void shouldTouchNothingThatIsAsWanted(@ForAll long seed) {
        World world = new World();
        world.run(-1).apply();

        assertThat(world.run(0).apply())
                .as("the first change would fail, so there was none")
                .allMatch(step -> step.outcome() == Outcome.UNCHANGED);
    }

    /** Providers in memory with everything a tenant needs. */
    private static final class World {

        final List<Wish> wishes = Wishes.of(Examples.setup());
        final Map<Kind, Shelf> shelves = new EnumMap<>(Kind.class);
        final Map<String, String> remembered = new HashMap<>();
        private int failsAt = -1;
        private int changes;

        World() {
            for (Kind kind : Kind.values()) {
                shelves.put(kind, new MemoryShelf(wish -> changes++ == failsAt));
            }
        }

        /** @param failingChange the change that fails, counted from 0; negative: none */
        ProvisioningRun run(int failingChange) {
            failsAt = failingChange;
            changes = 0;
            return new ProvisioningRun(wishes, shelves, new ProvisioningRun.Memory() {
                @Override
                public Map<String, String> recall() {
                    return Map.copyOf(remembered);
                }

                @Override
                public void remember(Wish wish, String id) {
                    remembered.put(wish.id(), id);
                }
            });
        }

        void disturb(Random random) {
            for (Shelf shelf : shelves.values()) {
                Map<String, ?> things = ((MemoryShelf) shelf).things;
                things.keySet().removeIf(id -> random.nextInt(5) == 0);
                ((MemoryShelf) shelf).things.values().forEach(thing -> spoil(thing.document(), random));
            }
            remembered.keySet().removeIf(id -> random.nextInt(3) == 0);
        }

        private static void spoil(ObjectNode document, Random random) {
            for (String name : new ArrayList<>(names(document))) {
                JsonNode member = document.path(name);
                switch (random.nextInt(12)) {
                    case 0 -> document.remove(name);
                    case 1 -> document.put(name, "spoilt");
                    case 2 -> document.put("stray" + random.nextInt(3), 1);
                    default -> {
                        if (member instanceof ObjectNode object) {
                            spoil(object, random);
                        } else if (member instanceof ArrayNode array && !array.isEmpty() && random.nextBoolean()) {
                            array.remove(random.nextInt(array.size()));
                        }
                    }
                }
            }
        }

        private static List<String> names(ObjectNode document) {
            List<String> names = new ArrayList<>();
            document.fieldNames().forEachRemaining(names::add);
            return names;
        }
    }
}
