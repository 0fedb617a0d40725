package dev.throughline.telephony.call;

import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;

/** How reports of Twilio's are answered: nobody listens, but what was not kept must not count as told. */
public final class Reports {

    private static final Logger LOG = Logger.getLogger(Reports.class);

    private Reports() {}

    /** 204. */
    public static Response taken() {
        return Response.noContent().build();
    }

    /**
     * 204 once {@code kept} has completed; 503 where it failed, upon which Twilio repeats the report.
     *
     * @param what of the log: a call's status, a conference's report
     */
    public static Uni<Response> answer(String what, Uni<?> kept) {
        return kept.onFailure()
                .transform(failure -> {
                    LOG.errorf(failure, "%s could not be stored", what);
                    return Problem.unavailable("The report could not be stored.");
                })
                .replaceWith(Reports::taken);
    }
}
