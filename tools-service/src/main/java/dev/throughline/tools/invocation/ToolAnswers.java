package dev.throughline.tools.invocation;

import dev.throughline.platform.web.ApiAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;

/** Calls a tool and makes its HTTP answer. */
final class ToolAnswers {

    private static final int NOT_FOUND = 404;

    private ToolAnswers() {}

    /** 200 with the tool's answer; 404 with the names there are when there is no such tool. */
    static Uni<Response> of(Toolbox toolbox, ToolCall call) {
        if (!toolbox.knows(call.tool())) {
            ApiAnswer unknown = ApiAnswer.refused(
                    "UNKNOWN_TOOL",
                    "There is no such tool. The tools are: " + String.join(", ", toolbox.names()) + ".");
            return Uni.createFrom()
                    .item(Response.status(NOT_FOUND).entity(unknown).build());
        }
        return toolbox.call(call).map(answer -> Response.ok(answer.toApi()).build());
    }
}
