package dev.throughline.tools.invocation;

import java.util.ArrayList;
import java.util.List;

/**
 * A tool as an agent is told of it.
 *
 * @param names every name it is called by, the proper one first
 * @param description what it does and when to call it, for the model
 * @param onlyOnCalls not for agents that write: what it does needs a phone call
 * @param parameters what the model may say; identity is never among them
 */
public record ToolSpec(List<String> names, String description, boolean onlyOnCalls, List<Declared> parameters) {

    /**
     * A parameter of this tool.
     *
     * @param description in this tool's words
     */
    public record Declared(Parameter parameter, boolean required, String description) {}

    public ToolSpec {
        names = List.copyOf(names);
        parameters = List.copyOf(parameters);
    }

    /** A tool without parameters; {@code names} has the proper one first. */
    static ToolSpec of(List<String> names, String description) {
        return new ToolSpec(names, description, false, List.of());
    }

    /** The proper name. */
    public String name() {
        return names.getFirst();
    }

    /** The same tool with a parameter it cannot do without. */
    ToolSpec needs(Parameter parameter) {
        return needs(parameter, parameter.description());
    }

    ToolSpec needs(Parameter parameter, String description) {
        return with(new Declared(parameter, true, description));
    }

    /** The same tool with a parameter that may be left out. */
    ToolSpec takes(Parameter parameter) {
        return takes(parameter, parameter.description());
    }

    ToolSpec takes(Parameter parameter, String description) {
        return with(new Declared(parameter, false, description));
    }

    /** The same tool, for agents on the telephone alone. */
    ToolSpec onCallsOnly() {
        return new ToolSpec(names, description, true, parameters);
    }

    private ToolSpec with(Declared added) {
        List<Declared> all = new ArrayList<>(parameters);
        all.add(added);
        return new ToolSpec(names, description, onlyOnCalls, all);
    }
}
