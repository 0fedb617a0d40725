package dev.throughline.events;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/**
 * Event identity: UUIDv5 over the provider's natural key, so that the same webhook delivered twice is the same event.
 * Parts are joined by {@code |}; the first part names the kind of key.
 */
public final class EventIds {

    private static final UUID NAMESPACE = UUID.fromString("5f0f5a3e-6c8e-5d3b-9a51-7a1c2f6d9e10");

    private EventIds() {}

    /**
     * The id for a natural key, for example {@code of("sms.status-changed", messageSid, status)}.
     *
     * @param kind event type, so that two kinds over one provider key differ
     * @param key the provider's parts in their documented order, each written with {@code toString}
     */
    public static UUID of(String kind, Object... key) {
        StringBuilder name = new StringBuilder(kind);
        for (Object part : key) {
            name.append('|').append(part);
        }
        return UuidCreator.getNameBasedSha1(NAMESPACE, name.toString());
    }
}
