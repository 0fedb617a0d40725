package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where things of one kind are. Blocking, for a virtual thread; every method fails with {@link ProviderFailure}. */
public interface Shelf {

    /** The thing, or empty. @param rememberedId its id at the last run, null when it was never made by one */
    Optional<Found> find(Wish wish, @Nullable String rememberedId);

    /** Makes it. @param document whole; returns the provider's id */
    String create(Wish wish, ObjectNode document);

    /**
     * Changes it.
     *
     * @param changed the members that differ, with what they shall be
     * @param whole all that is wanted
     * @return its id; another one when it had to be made anew
     */
    String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole);
}
