package dev.throughline.tools.invocation;

import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** Every tool there is, as agents are told of it. */
@Singleton
public class ToolSpecs {

    private final List<ToolSpec> all;

    @Inject
    ToolSpecs(@All List<AgentTool> tools) {
        this.all = tools.stream()
                .map(AgentTool::spec)
                .sorted(Comparator.comparing(ToolSpec::name))
                .toList();
    }

    /** The tools by name. */
    public List<ToolSpec> all() {
        return all;
    }
}
