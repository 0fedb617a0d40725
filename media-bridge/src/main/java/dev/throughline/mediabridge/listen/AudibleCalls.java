package dev.throughline.mediabridge.listen;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The live calls of this replica. Thread-safe. */
public interface AudibleCalls {

    /**
     * A call by Twilio's id of its stream's leg or of the customer's.
     *
     * @param tenantId whose call it must be; null for whosever
     */
    Optional<Audible> audible(String callSid, @Nullable UUID tenantId);
}
