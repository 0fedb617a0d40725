package dev.throughline.platform.twilio;

import dev.throughline.platform.rejection.Rejections;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link TwilioSignature} with this installation's token and public address, and while the token is replaced with a second one. Without a configured token everything is refused.
 * What is refused is explained to the installation ({@link Rejections}), never to the sender.
 * Most code needs no verifier: take a {@link SignedForm} instead.
 */
@Singleton
public final class TwilioVerifier {

    /** The header, in any case. */
    public static final String HEADER = "X-Twilio-Signature";

    private static final Pattern ACCOUNT_SID = Pattern.compile("AC[0-9a-fA-F]{32}");

    private final List<TwilioSignature> signatures;
    private final PublicUrl publicUrl;
    private final String accountSid;
    private final Rejections rejections;

    TwilioVerifier(TwilioConfig config, PublicUrl publicUrl, Rejections rejections) {
        this.signatures = Stream.of(config.authToken(), config.authTokenAlso())
                .flatMap(Optional::stream)
                .filter(token -> !token.isBlank())
                .map(TwilioSignature::new)
                .toList();
        this.publicUrl = publicUrl;
        this.accountSid = config.accountSid().orElse("");
        this.rejections = rejections;
    }

    /** Whether the form posted with this request was signed for the address it was sent to. */
    public boolean acceptsForm(HttpServerRequest request, Map<String, List<String>> parameters) {
        String given = request.getHeader(HEADER);
        if (any(each -> each.acceptsForm(publicUrl.of(request), parameters, given))) {
            return true;
        }
        refused(
                request,
                publicUrl.base(),
                url -> any(each -> each.acceptsForm(url, parameters, given)),
                url -> any(each -> each.acceptsForm(url, Map.of(), given)),
                otherAccount(parameters));
        return false;
    }

    /** Whether this WebSocket upgrade was signed. */
    public boolean acceptsUpgrade(HttpServerRequest request) {
        String given = request.getHeader(HEADER);
        if (any(each -> each.acceptsUpgrade(publicUrl.socketOf(request), given))) {
            return true;
        }
        refused(request, publicUrl.socket(""), url -> any(each -> each.acceptsUpgrade(url, given)), null, null);
        return false;
    }

    private boolean any(Predicate<TwilioSignature> accepts) {
        return signatures.stream().anyMatch(accepts);
    }

    private void refused(
            HttpServerRequest request,
            String base,
            Predicate<String> isSignedFor,
            @Nullable Predicate<String> isSignedForNoForm,
            @Nullable String accounts) {
        rejections.add(at -> SignatureDoctor.examined(
                new SignatureDoctor.Patient(
                        base,
                        PublicUrl.rawTarget(request),
                        request::getHeader,
                        isSignedFor,
                        isSignedForNoForm,
                        accounts),
                !signatures.isEmpty(),
                at));
    }

    private @Nullable String otherAccount(Map<String, List<String>> parameters) {
        return parameters.getOrDefault("AccountSid", List.of()).stream()
                .filter(sid -> ACCOUNT_SID.matcher(sid).matches() && !sid.equals(accountSid))
                .findFirst()
                .map(sid -> "…" + end(sid) + ", and this installation's is …" + end(accountSid))
                .orElse(null);
    }

    private static String end(String sid) {
        return sid.substring(Math.max(0, sid.length() - 4));
    }
}
