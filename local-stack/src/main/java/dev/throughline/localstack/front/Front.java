package dev.throughline.localstack.front;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The one public port, on the loopback addresses of this machine. */
public final class Front implements AutoCloseable {

    static final int MAX_HEADER_BYTES = 32 * 1024;

    private static final String HEALTH = "/q/health/ready";

    private final Vertx vertx;
    private final RouteTable routes;
    private final Map<String, List<Integer>> servicePorts = new ConcurrentHashMap<>();
    private final Forwarding forwarding;
    private final Readiness readiness;
    private final SalonPage salonPage = new SalonPage();
    private final List<HttpServer> servers = new ArrayList<>();

    /**
     * A front that is not listening yet.
     *
     * @param publicBase the public address, to tell the services by which scheme they were called
     * @param servicePorts public port of every service the table names
     * @param managementPorts the ports asked for readiness
     */
    public Front(
            RouteTable routes,
            URI publicBase,
            Map<String, Integer> servicePorts,
            Map<String, Integer> managementPorts) {
        if (!servicePorts.keySet().containsAll(routes.services())) {
            throw new IllegalArgumentException(
                    "the route table names a service that is not started: " + routes.services());
        }
        this.vertx = Vertx.vertx();
        this.routes = routes;
        servicePorts.forEach((service, port) -> this.servicePorts.put(service, List.of(port)));
        this.forwarding = new Forwarding(vertx, new ForwardedHeaders(publicBase));
        this.readiness = new Readiness(vertx, Map.copyOf(managementPorts));
    }

    /**
     * Listens on {@code port} of 127.0.0.1 and, where there is one, of ::1, which is what "localhost" means to some clients.
     *
     * @throws IllegalStateException when the port cannot be bound
     */
    public void listen(int port) {
        servers.add(bind("127.0.0.1", port)
                .otherwise(cause -> {
                    throw new IllegalStateException("the front cannot listen on port " + port, cause);
                })
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join());
        bind("::1", port).onSuccess(servers::add);
    }

    /** A further process of a service: asked when those before it cannot be reached. */
    public void addReplica(String service, int port) {
        servicePorts.computeIfPresent(service, (name, known) -> Stream.concat(known.stream(), Stream.of(port))
                .toList());
    }

    /** Forgets all processes of a service but the first. */
    public void removeReplicas(String service) {
        servicePorts.computeIfPresent(service, (name, known) -> List.of(known.getFirst()));
    }

    @Override
    public void close() {
        forwarding.close();
        readiness.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .exceptionally(late -> null)
                .join();
    }

    private Future<HttpServer> bind(String host, int port) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setMaxInitialLineLength(16 * 1024)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setHandle100ContinueAutomatically(true)
                .setTcpNoDelay(true)
                .setCompressionSupported(false);
        return vertx.createHttpServer(options).requestHandler(this::route).listen();
    }

    private void route(HttpServerRequest request) {
        String path = rawPath(request.uri());
        if (path.equals(HEALTH) && request.method() == HttpMethod.GET) {
            readiness.answer(request.response());
        } else if (path.equals(SalonPage.PATH) && request.method() == HttpMethod.GET) {
            salonPage.answer(request);
        } else if (hasDotSegments(path)) {
            Problem.BAD_PATH.answer(request.response(), "A path is matched as it was sent.");
        } else {
            routes.serviceOf(path)
                    .ifPresentOrElse(
                            service -> forwarding.forward(
                                    request, service, servicePorts.getOrDefault(service, List.of(0))),
                            () -> Problem.NO_ROUTE.answer(request.response(), "See deploy/routes.yaml."));
        }
    }

    private static String rawPath(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** An ingress resolves "." and ".." before it matches; here they are refused, so that no path reaches a service by a detour. */
    private static boolean hasDotSegments(String path) {
        if (!path.startsWith("/")) {
            return true;
        }
        for (String segment : path.substring(1).split("/", -1)) {
            String plain = segment.replace("%2e", ".").replace("%2E", ".");
            if (plain.equals(".") || plain.equals("..")) {
                return true;
            }
        }
        return path.contains("//");
    }
}
