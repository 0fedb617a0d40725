package dev.throughline.telephony.call;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.web.Problem;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Our own services, at the doors the ingress does not lead to. */
@Singleton
public final class ServiceCallers {

    private final ServiceToken tokens;

    ServiceCallers(ServiceToken tokens) {
        this.tokens = tokens;
    }

    /**
     * What a service may do with its token.
     *
     * @param token of the header {@value ServiceToken#HEADER}, for audience {@value ServiceToken#TELEPHONY_GATEWAY}
     * @param subject the one thing the token must be for: a CallSid, an idempotency key
     * @throws Problem 403 without such a token; nothing is said of why
     */
    public Claims require(@Nullable String token, @Nullable String subject) {
        return Optional.ofNullable(token)
                .flatMap(text -> tokens.verify(text, ServiceToken.TELEPHONY_GATEWAY))
                .filter(claims -> claims.subject().equals(subject))
                .orElseThrow(() -> Problem.forbidden("This needs a service token made for this request."));
    }
}
