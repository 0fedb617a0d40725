package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Twilio's REST API as a carrier of native calls uses it: with the credentials a number was imported with. For one event loop. */
final class TwilioRest {

    private static final long TIMEOUT_MILLIS = 10_000;

    private final Services services;
    private final HttpClient client;
    private volatile Optional<String> base;

    /** Calls {@code base} (scheme and host, no slash at the end); empty until {@link #callThrough} says. */
    TwilioRest(Services services, Optional<String> base) {
        this.services = services;
        this.base = base;
        this.client = services.vertx().createHttpClient(new HttpClientOptions().setConnectTimeout(5000));
    }

    /** Uses {@code address} unless one was configured. */
    void callThrough(String address) {
        base = base.or(() -> Optional.of(address));
    }

    /**
     * An account at Twilio.
     *
     * @param accountSid {@code AC…}
     * @param authToken its token, which also signs Twilio's webhooks
     */
    record Credentials(String accountSid, String authToken) {

        /** Those a number was imported with. */
        static Credentials of(JsonObject number) {
            return new Credentials(number.getString("sid"), number.getString("token"));
        }
    }

    /** One form parameter; names may repeat. */
    record Parameter(String name, String value) {}

    /** Twilio said no, or nothing; the message is Twilio's own sentence. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** Places a call; answers its sid. Fails with {@link Refused}. */
    Future<String> placeCall(Credentials account, List<Parameter> parameters) {
        return send(account, HttpMethod.POST, "/Calls.json", parameters).map(call -> call.getString("sid"));
    }

    /** The sid of the account's number {@code phoneNumber}; empty when the account does not have it. */
    Future<Optional<String>> numberSid(Credentials account, String phoneNumber) {
        String query = "/IncomingPhoneNumbers.json?" + encode(List.of(new Parameter("PhoneNumber", phoneNumber)));
        return send(account, HttpMethod.GET, query, List.of())
                .map(page -> Optional.of(Json.text(page, "incoming_phone_numbers.0.sid", ""))
                        .filter(sid -> !sid.isEmpty()));
    }

    /** Changes settings of the number {@code sid}. */
    Future<Void> changeNumber(Credentials account, String sid, List<Parameter> parameters) {
        return send(account, HttpMethod.POST, "/IncomingPhoneNumbers/" + sid + ".json", parameters)
                .mapEmpty();
    }

    private Future<JsonObject> send(Credentials account, HttpMethod method, String path, List<Parameter> parameters) {
        if (base.isEmpty()) {
            return Future.failedFuture(new Refused("Twilio cannot be reached"));
        }
        String basic = account.accountSid() + ":" + account.authToken();
        RequestOptions options = services.route()
                .request(method, base.get() + "/2010-04-01/Accounts/" + account.accountSid() + path)
                .setTimeout(TIMEOUT_MILLIS)
                .putHeader(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        if (method == HttpMethod.POST) {
            options.putHeader("Content-Type", "application/x-www-form-urlencoded");
        }
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(encode(parameters))))
                .compose(response -> response.body().map(body -> read(response.statusCode(), body)))
                .recover(failure -> Future.failedFuture(
                        failure instanceof Refused ? failure : new Refused("Twilio cannot be reached")));
    }

    private static JsonObject read(int status, Buffer body) {
        JsonObject answer;
        try {
            answer = body.toJsonObject();
        } catch (RuntimeException notJson) {
            throw new Refused("Twilio answered HTTP " + status);
        }
        if (status >= 300) {
            throw new Refused(answer.getString("message", "Twilio answered HTTP " + status));
        }
        return answer;
    }

    private static String encode(List<Parameter> parameters) {
        List<String> pairs = new ArrayList<>();
        for (Parameter each : parameters) {
            pairs.add(each.name() + "=" + URLEncoder.encode(each.value(), StandardCharsets.UTF_8));
        }
        return String.join("&", pairs);
    }
}
