package dev.throughline.localstack.customer;

import dev.throughline.localstack.secrets.TwilioSigner;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Posts texts as Twilio would that was told to repeat what is not heard ({@code rp=5xx,ct,rt}): signed, until the answer is 200. */
public final class TextCarrier implements AutoCloseable {

    private static final String PATH = "/api/webhooks/twilio/sms/incoming";
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final TwilioSigner signer;
    private final String signedBase;
    private final String account;

    /** @param signedBase the public address, which the signature covers */
    public TextCarrier(String authToken, String account, String signedBase) {
        this.signer = new TwilioSigner(authToken);
        this.account = account;
        this.signedBase = signedBase;
    }

    /**
     * Delivers a text to the service at {@code url}, however long that is away.
     *
     * @throws IllegalStateException when it is refused, or nobody takes it within a minute and a half
     */
    public void deliver(String url, String sid, String from, String to, String body) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!once(url, sid, from, to, body)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nobody took text " + sid + " within " + PATIENCE);
            }
            Thread.sleep(PAUSE);
        }
    }

    private boolean once(String url, String sid, String from, String to, String body) throws InterruptedException {
        Map<String, String> form = new TreeMap<>(Map.of(
                "MessageSid", sid,
                "AccountSid", account,
                "From", from,
                "To", to,
                "Body", body,
                "NumMedia", "0",
                "NumSegments", "1"));
        String signed = form.entrySet().stream()
                .map(each -> each.getKey() + each.getValue())
                .collect(Collectors.joining("", signedBase + PATH, ""));
        var request = HttpRequest.newBuilder(URI.create(url + PATH))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", signer.sign(signed))
                .header("I-Twilio-Idempotency-Token", "token-" + sid)
                .timeout(Duration.ofSeconds(15))
                .POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status >= 400 && status < 500) {
                throw new IllegalStateException("text " + sid + " was refused with " + status);
            }
            return status == 200;
        } catch (IOException away) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
