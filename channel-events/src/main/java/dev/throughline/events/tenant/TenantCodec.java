package dev.throughline.events.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.events.EventJson;
import java.io.IOException;

/** A tenant as the JSON value on {@link dev.throughline.events.Topics#TENANTS}. */
public final class TenantCodec {

    private TenantCodec() {}

    /** Writes the value. */
    public static byte[] encode(Tenant tenant) {
        try {
            return EventJson.mapper().writeValueAsBytes(tenant);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }

    /** Reads the value. */
    public static Tenant decode(byte[] value) throws IOException {
        return EventJson.mapper().readValue(value, Tenant.class);
    }
}
