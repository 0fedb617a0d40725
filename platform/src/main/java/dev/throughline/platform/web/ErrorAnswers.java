package dev.throughline.platform.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a refusal in the shape its caller reads, told from the path. */
@Singleton
public class ErrorAnswers {

    /** Which callers read which shape. */
    @ConfigMapping(prefix = "throughline.web")
    public interface Config {

        /** Paths whose callers read {@link ApiAnswer}; all others read problem details. */
        @WithDefault("/api/webhooks/,/api/tools/,/api/ai/,/api/elevenlabs/,/api/twilio/,/internal/texts")
        List<String> answerPaths();
    }

    private static final String PROBLEM_JSON = "application/problem+json";

    private final List<String> answerPaths;

    @Inject
    public ErrorAnswers(Config config) {
        this.answerPaths = config.answerPaths();
    }

    /** The response for a problem. */
    public Response of(Problem problem, @Nullable UriInfo uri) {
        return of(problem, path(uri));
    }

    /** The response for a problem with what is at {@code path}. */
    public Response of(Problem problem, String path) {
        Response answer = of(
                problem.status(),
                problem.code(),
                problem.detail(),
                problem.cure(),
                problem.fields(),
                problem.alternatives(),
                path);
        Duration wait = problem.retryAfter();
        return wait == null
                ? answer
                : Response.fromResponse(answer)
                        .header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds()))
                        .build();
    }

    Response of(int status, String code, String detail, List<Problem.Field> fields, @Nullable UriInfo uri) {
        return of(status, code, detail, null, fields, List.of(), path(uri));
    }

    private static String path(@Nullable UriInfo uri) {
        return uri == null ? "" : uri.getRequestUri().getPath();
    }

    private Response of(
            int status,
            String code,
            String detail,
            @Nullable String cure,
            List<Problem.Field> fields,
            List<?> alternatives,
            String path) {
        if (answerPaths.stream().anyMatch(path::startsWith)) {
            return Response.status(status)
                    .type(MediaType.APPLICATION_JSON)
                    .entity(ApiAnswer.refused(code, cure == null ? detail : detail + " " + cure))
                    .build();
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        return Response.status(status)
                .type(PROBLEM_JSON)
                .entity(new ProblemDetails(
                        "about:blank",
                        known == null ? "Error" : known.getReasonPhrase(),
                        status,
                        detail,
                        code,
                        cure,
                        fields.isEmpty() ? null : fields,
                        alternatives.isEmpty() ? null : alternatives))
                .build();
    }
}
