package dev.throughline.platform.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.throughline.platform.outage.DatabaseAway;
import io.smallrye.mutiny.TimeoutException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.ConnectException;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** From exceptions to answers. What is not listed here is our fault: 500, logged with its stack trace, told without it. */
@Singleton
public class ErrorMappers {

    private static final Logger LOG = Logger.getLogger(ErrorMappers.class);

    private final ErrorAnswers answers;

    ErrorMappers(ErrorAnswers answers) {
        this.answers = answers;
    }

    @ServerExceptionMapper
    public Response problem(Problem problem, UriInfo uri) {
        return answers.of(problem, uri);
    }

    /** JSON that is well formed but does not fit: names the field. */
    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException mismatch, UriInfo uri) {
        return answers.of(fieldProblem(mismatch), uri);
    }

    /** Refusals of the framework: unknown paths, wrong methods and media types, malformed JSON. */
    @ServerExceptionMapper
    public Response refused(WebApplicationException refused, UriInfo uri) {
        if (refused.getCause() instanceof JsonProcessingException malformed) {
            return answers.of(jsonProblem(malformed), uri);
        }
        Response response = refused.getResponse();
        int status = response.getStatus();
        // A signature check says 403 and nothing else; redirects and answers with a body are meant as they are.
        if (response.hasEntity() || status < 400 || refused.getMessage() == null || isBare(refused)) {
            return response;
        }
        String code =
                switch (status) {
                    case 400 -> "BAD_REQUEST";
                    case 401 -> "UNAUTHENTICATED";
                    case 403 -> "FORBIDDEN";
                    case 404 -> "NOT_FOUND";
                    case 405 -> "METHOD_NOT_ALLOWED";
                    case 406 -> "NOT_ACCEPTABLE";
                    case 413 -> "TOO_LARGE";
                    case 415 -> "UNSUPPORTED_MEDIA_TYPE";
                    default -> status >= 500 ? "INTERNAL_ERROR" : "REFUSED";
                };
        return answers.of(status, code, response.getStatusInfo().getReasonPhrase() + ".", List.of(), uri);
    }

    /** Throwable, because the reactive client's own failures are no exceptions. */
    @ServerExceptionMapper
    public Response unexpected(Throwable unexpected, UriInfo uri) {
        if (isOutage(unexpected)) {
            LOG.errorf(
                    "away or too slow, path=%s cause=%s",
                    uri.getPath(), unexpected.getClass().getSimpleName());
            return answers.of(
                    Problem.unavailable("What this request needs cannot be reached right now: try again in a moment."),
                    uri);
        }
        LOG.errorf(unexpected, "request failed, path=%s", uri.getPath());
        return answers.of(500, "INTERNAL_ERROR", "Something went wrong on our side.", List.of(), uri);
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof TimeoutException
                || DatabaseAway.isCause(failure);
    }

    private static boolean isBare(WebApplicationException refused) {
        return refused.getClass() == WebApplicationException.class && refused.getCause() == null;
    }

    /** 400 for JSON that does not parse, or does not fit its type; shared with code that parses raw bodies itself. */
    public static Problem jsonProblem(JsonProcessingException malformed) {
        if (malformed instanceof MismatchedInputException mismatch) {
            return fieldProblem(mismatch);
        }
        var location = malformed.getLocation();
        String where =
                location == null ? "" : " near line " + location.getLineNr() + ", column " + location.getColumnNr();
        return Problem.invalid("body", "is not valid JSON" + where);
    }

    private static Problem fieldProblem(MismatchedInputException mismatch) {
        String path = mismatch.getPath().stream()
                .map(ErrorMappers::name)
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        Class<?> target = mismatch.getTargetType();
        String expected = target == null ? "does not fit" : "must be " + expected(target);
        return Problem.invalid(path.isEmpty() ? "body" : path, expected);
    }

    private static String name(JsonMappingException.Reference reference) {
        return reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : reference.getFieldName();
    }

    private static String expected(Class<?> target) {
        if (target.isEnum()) {
            return "one of " + List.of(target.getEnumConstants());
        }
        if (Number.class.isAssignableFrom(target) || target.isPrimitive() && target != boolean.class) {
            return "a number";
        }
        return switch (target.getSimpleName()) {
            case "boolean", "Boolean" -> "true or false";
            case "String" -> "a text";
            case "UUID" -> "a UUID";
            case "Instant", "OffsetDateTime", "ZonedDateTime" -> "a date and time with offset (ISO 8601)";
            case "LocalDate" -> "a date (YYYY-MM-DD)";
            case "LocalTime" -> "a time of day (HH:MM)";
            case "Duration" -> "a duration (ISO 8601)";
            case "List", "Set", "Collection" -> "a list";
            default -> "a JSON object";
        };
    }
}
