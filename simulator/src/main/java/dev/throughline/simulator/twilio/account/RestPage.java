package dev.throughline.simulator.twilio.account;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A list answer of the 2010 API: everything on one page, as the stand-in's lists are short. */
public final class RestPage {

    private RestPage() {}

    /** The page of {@code items} under {@code key}, for the resource path such as {@code Messages}. */
    public static JsonObject of(TwilioAccount account, String resource, String key, List<JsonObject> items) {
        String uri = account.path(resource + ".json?PageSize=50&Page=0");
        return new JsonObject()
                .put(key, new JsonArray(items))
                .put("first_page_uri", uri)
                .put("end", Math.max(items.size() - 1, 0))
                .putNull("next_page_uri")
                .put("page", 0)
                .put("page_size", Math.max(items.size(), 50))
                .putNull("previous_page_uri")
                .put("start", 0)
                .put("uri", uri);
    }
}
