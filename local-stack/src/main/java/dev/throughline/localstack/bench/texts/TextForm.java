package dev.throughline.localstack.bench.texts;

import dev.throughline.localstack.secrets.TwilioSigner;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Webhooks of texts as Twilio posts and signs them, with all its parameters (Twilio, <em>Webhook request</em>). */
final class TextForm {

    static final String PATH = "/api/webhooks/twilio/sms/incoming";

    private final TwilioSigner signer;
    private final String signedUrl;
    private final TreeMap<String, String> common = new TreeMap<>();

    /** @param publicUrl what is signed instead of the address posted to */
    TextForm(String authToken, String account, String publicUrl) {
        this.signer = new TwilioSigner(authToken);
        this.signedUrl = publicUrl + PATH;
        common.putAll(Map.of(
                "AccountSid", account,
                "ApiVersion", "2010-04-01",
                "SmsStatus", "received",
                "NumMedia", "0",
                "NumSegments", "1"));
        for (String end : new String[] {"From", "To"}) {
            common.putAll(Map.of(
                    end + "City", "WASHINGTON", end + "State", "DC", end + "Zip", "20001", end + "Country", "US"));
        }
    }

    /**
     * What is posted.
     *
     * @param token {@code I-Twilio-Idempotency-Token}, the same whenever the webhook is repeated
     */
    record Signed(String body, String signature, String token) {}

    /** @param number of the text, unique in the run */
    Signed of(String run, long number, String from, String to, String words) {
        TreeMap<String, String> form = new TreeMap<>(common);
        String sid = "SM" + run + "%016x".formatted(number);
        form.put("MessageSid", sid);
        form.put("SmsSid", sid);
        form.put("SmsMessageSid", sid);
        form.put("From", from);
        form.put("To", to);
        form.put("Body", words);
        StringBuilder signed = new StringBuilder(signedUrl);
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> {
            signed.append(name).append(value);
            body.append(body.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        String token = new UUID(Long.parseLong(run, 16), number).toString();
        return new Signed(body.toString(), signer.sign(signed.toString()), token);
    }
}
