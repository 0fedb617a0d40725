package dev.throughline.tools.doctor;

import dev.throughline.tools.provisioning.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the provisioning plan means for somebody who looks for a fault. Pure. */
final class SetUp {

    private static final String PROVISION = "Run ./dev provision --tenant ";

    private final String tenantId;

    SetUp(String tenantId) {
        this.tenantId = tenantId;
    }

    /** One check for each thing; of an agent one for each concern. */
    List<Check> checks(Plan plan) {
        List<Check> checks = new ArrayList<>();
        for (Plan.Step step : plan.steps()) {
            if (step.id().startsWith("elevenlabs.agent.") && step.action() != Plan.Action.CREATE) {
                checks.addAll(agent(step));
            } else {
                checks.add(thing(step));
            }
        }
        plan.notes()
                .forEach(note -> checks.add(Check.warning(
                        "note." + Integer.toHexString(note.hashCode()), "settings of this installation", note, note)));
        return checks;
    }

    private Check thing(Plan.Step step) {
        String title = step.target() + ": " + step.what();
        return switch (step.action()) {
            case NONE -> Check.ok(step.id(), title, "It is as provisioning wants it.");
            case CREATE -> Check.fault(step.id(), title, "It is not there.", provision(""));
            case CHANGE -> Check.fault(step.id(), title, String.join("; ", step.differences()), provision(""));
        };
    }

    private List<Check> agent(Plan.Step step) {
        Map<Concern, List<String>> found = new LinkedHashMap<>();
        for (Concern concern : Concern.values()) {
            found.put(concern, new ArrayList<>());
        }
        step.differences().forEach(line -> found.get(Concern.of(line)).add(line));
        List<Check> checks = new ArrayList<>();
        found.forEach((concern, lines) -> {
            String id = step.id() + "." + concern.id;
            String title = step.target() + ": " + concern.id + " of the " + step.what();
            checks.add(
                    lines.isEmpty()
                            ? Check.ok(id, title, "As provisioning wants it.")
                            : new Check(
                                    id, title, concern.status, String.join("; ", lines), provision(concern.effect)));
        });
        return checks;
    }

    private String provision(String effect) {
        return PROVISION + tenantId + "." + (effect.isEmpty() ? "" : " " + effect);
    }

    /** What an agent's settings are about. */
    private enum Concern {
        FORMATS("formats", Check.Status.FAULT, "Until then calls are noise, or need transcoding."),
        OVERRIDES("overrides", Check.Status.FAULT, "Until then a conversation that sends one ends with 1008."),
        EVENTS("events", Check.Status.FAULT, "Until then nobody can interrupt the agent, or turns are missing."),
        TOOLS("tools", Check.Status.FAULT, "Until then the agent cannot look up or book."),
        WEBHOOKS("webhooks", Check.Status.FAULT, "Until then transcripts do not arrive, or native calls stay silent."),
        REST("settings", Check.Status.WARNING, "");

        private final String id;
        private final Check.Status status;
        private final String effect;

        Concern(String id, Check.Status status, String effect) {
            this.id = id;
            this.status = status;
            this.effect = effect;
        }

        /** @param line begins with the path of what differs */
        static Concern of(String line) {
            if (line.contains("audio_format")) {
                return FORMATS;
            } else if (line.startsWith("platform_settings.overrides")) {
                return OVERRIDES;
            } else if (line.contains("client_events")) {
                return EVENTS;
            } else if (line.contains("tool_ids")) {
                return TOOLS;
            } else if (line.contains("workspace_overrides")) {
                return WEBHOOKS;
            }
            return REST;
        }
    }
}
