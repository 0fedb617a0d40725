package dev.throughline.mediabridge.listen;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.web.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET wss /api/calls/{callSid}/listen}: an operator's browser hears a live call of its tenant. 401 without a token, 403 for a viewer
 * or from another site's page, 404 for a call that no replica has or that is another tenant's. A replica that does not have the call passes on
 * what its peer hears, which it asks for at {@code /internal/calls/{callSid}/listen} with a service token.
 *
 * <p>Each time is logged with who listened to which call, at both its ends.
 */
@Singleton
public class ListenEndpoint {

    private static final Logger LOG = Logger.getLogger(ListenEndpoint.class);
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final int UPGRADE_REQUIRED = 426;

    private final AudibleCalls calls;
    private final Peers peers;
    private final ServiceToken tokens;
    private final OwnPages pages;
    private final ListenMetrics metrics;

    protected ListenEndpoint(
            AudibleCalls calls, Peers peers, ServiceToken tokens, PublicUrl publicUrl, ListenMetrics metrics) {
        this.calls = calls;
        this.peers = peers;
        this.tokens = tokens;
        this.pages = new OwnPages(publicUrl.base());
        this.metrics = metrics;
    }

    /**
     * Who listens to what.
     *
     * @param tenantId whose call it must be; null for an admin of the installation
     */
    private record Wish(
            String operator, String callSid, @Nullable UUID tenantId) {}

    void register(@Observes Router router) {
        router.route(HttpMethod.GET, "/api/calls/:callSid/listen").handler(this::fromBrowser);
        router.route(HttpMethod.GET, "/internal/calls/:callSid/listen").handler(this::fromPeer);
    }

    private void fromBrowser(RoutingContext context) {
        SecurityIdentity identity = context.user() instanceof QuarkusHttpUser user ? user.getSecurityIdentity() : null;
        if (identity == null || identity.isAnonymous()) {
            refuse(context, 401, "no-token");
        } else if (!identity.hasRole("operator") && !identity.hasRole("admin")) {
            refuse(context, 403, "role");
        } else if (!pages.mayAsk(context.request())) {
            refuse(context, 403, "origin");
        } else {
            wish(identity, context.pathParam("callSid"))
                    .ifPresentOrElse(wish -> find(context, wish), () -> refuse(context, 403, "tenant"));
        }
    }

    private void fromPeer(RoutingContext context) {
        String callSid = context.pathParam("callSid");
        String token = String.valueOf(context.request().getHeader(ServiceToken.HEADER));
        Claims claims = tokens.verify(token, ServiceToken.MEDIA_BRIDGE_LISTENING)
                .filter(verified -> verified.subject().equals(callSid))
                .orElse(null);
        if (claims == null) {
            refuse(context, 401, "no-token");
        } else if (isUpgrade(context)) {
            Wish wish = new Wish(claims.other().getOrDefault("operator", "-"), callSid, claims.tenantId());
            calls.audible(callSid, wish.tenantId())
                    .ifPresentOrElse(call -> listen(context, wish, call), () -> refuse(context, 404, "no-such-call"));
        }
    }

    /** Empty for a token of no tenant whose owner is no admin of the installation. */
    private static Optional<Wish> wish(SecurityIdentity identity, String callSid) {
        String operator = identity.getPrincipal().getName();
        try {
            Optional<UUID> tenant = CurrentTenant.of(identity);
            return tenant.isPresent() || identity.hasRole("admin")
                    ? Optional.of(new Wish(operator, callSid, tenant.orElse(null)))
                    : Optional.empty();
        } catch (Problem malformed) {
            return Optional.empty();
        }
    }

    private void find(RoutingContext context, Wish wish) {
        if (!isUpgrade(context)) {
            return;
        }
        Optional<Audible> here = calls.audible(wish.callSid(), wish.tenantId());
        if (here.isPresent()) {
            listen(context, wish, here.get());
        } else if (SID.matcher(wish.callSid()).matches()) {
            context.request().pause();
            peers.listen(wish.callSid(), wish.tenantId(), wish.operator())
                    .onSuccess(peer -> relay(context, wish, peer))
                    .onFailure(none -> refuse(context, 404, "no-such-call"));
        } else {
            refuse(context, 404, "no-such-call");
        }
    }

    private void listen(RoutingContext context, Wish wish, Audible call) {
        context.request().toWebSocket().onFailure(ListenEndpoint::upgradeFailed).onSuccess(socket -> {
            ListenerSocket ear = begin(wish, socket, context.request().connection());
            socket.closeHandler(closed -> {
                call.forget(ear);
                end(wish, ear);
            });
            call.listen(ear);
        });
    }

    private void relay(RoutingContext context, Wish wish, WebSocket peer) {
        HttpServerRequest request = context.request();
        request.toWebSocket()
                .onFailure(failure -> {
                    upgradeFailed(failure);
                    peer.close();
                })
                .onSuccess(socket -> {
                    ListenerSocket ear = begin(wish, socket, context.request().connection());
                    socket.closeHandler(closed -> {
                        peer.close();
                        end(wish, ear);
                    });
                    peer.binaryMessageHandler(ear::hear);
                    peer.closeHandler(closed -> ear.end(String.valueOf(peer.closeReason())));
                    peer.resume();
                });
    }

    private ListenerSocket begin(Wish wish, ServerWebSocket socket, HttpConnection upgraded) {
        LOG.infof(
                "an operator listens to a call, operator=%s callId=%s tenant=%s",
                wish.operator(), wish.callSid(), wish.tenantId());
        metrics.began();
        return new ListenerSocket(socket, upgraded);
    }

    private void end(Wish wish, ListenerSocket ear) {
        LOG.infof(
                "an operator listens no more, operator=%s callId=%s tenant=%s lost=%d",
                wish.operator(), wish.callSid(), wish.tenantId(), ear.lost());
        metrics.ended(ear.lost());
    }

    /** Whether it is one; answered when not. */
    private static boolean isUpgrade(RoutingContext context) {
        boolean upgrade = "websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE));
        if (!upgrade) {
            context.response()
                    .setStatusCode(UPGRADE_REQUIRED)
                    .putHeader(HttpHeaders.UPGRADE, "websocket")
                    .end();
        }
        return upgrade;
    }

    private static void refuse(RoutingContext context, int status, String reason) {
        LOG.warnf("nobody listens, status=%d reason=%s", status, reason);
        context.request().resume();
        context.response().setStatusCode(status).end();
    }

    private static void upgradeFailed(Throwable failure) {
        LOG.warnf("upgrade of a listener failed, reason=%s", failure.getMessage());
    }
}
