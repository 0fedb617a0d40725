package dev.throughline.localstack.deploy;

import dev.throughline.localstack.front.Route;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ingress that {@code deploy/routes.yaml} asks for, as YAML: one for the providers, one with limits for people. What nobody outside may
 * take goes to a service without pods.
 */
final class IngressManifest {

    private static final String NOBODY = "nobody";

    /** For one of the two, which share it. */
    private static final String CERTIFICATE = """
                cert-manager.io/cluster-issuer: letsencrypt
            """;

    private static final String LIMITS = """
                nginx.ingress.kubernetes.io/limit-rps: "20"
                nginx.ingress.kubernetes.io/limit-burst-multiplier: "5"
                nginx.ingress.kubernetes.io/limit-connections: "200"
            """;

    private IngressManifest() {}

    static String of(List<Route> routes) {
        return """
                # Made from deploy/routes.yaml by the test of the manifests (-Dgolden.update=true); changed there, not here.
                # Sockets and streams live as long as a call, a recording comes in one body, and nothing may rewrite the signed path and query.
                %s
                ---
                # What people open, with a limit for each address: twenty requests a second, a hundred at once, two hundred connections.
                %s
                ---
                # Nobody: paths inside that are not for outside end here (503).
                apiVersion: v1
                kind: Service
                metadata:
                  name: nobody
                spec:
                  ports:
                    - {name: http, port: 8080}
                """.formatted(
                ingress("throughline", CERTIFICATE, routes.stream().filter(Route::isForProviders)),
                ingress("throughline-people", LIMITS, routes.stream().filter(route -> !route.isForProviders())));
    }

    private static String ingress(String name, String limits, Stream<Route> routes) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: %s
                  annotations:
                %s    nginx.ingress.kubernetes.io/proxy-body-size: 100m
                    nginx.ingress.kubernetes.io/proxy-buffering: "off"
                    nginx.ingress.kubernetes.io/proxy-read-timeout: "3900"
                    nginx.ingress.kubernetes.io/proxy-send-timeout: "3900"
                    # A webhook is never sent to a second replica by the proxy: its repeats are the provider's.
                    nginx.ingress.kubernetes.io/proxy-next-upstream: "off"
                spec:
                  ingressClassName: nginx
                  tls:
                    - hosts: [voice.example.com]
                      secretName: throughline-tls
                  rules:
                    - host: voice.example.com
                      http:
                        paths:
                %s""".formatted(name, limits, routes.map(IngressManifest::path).collect(Collectors.joining("\n")));
    }

    private static String path(Route route) {
        return "          - {path: %s, pathType: %s, backend: {service: {name: %s, port: {name: http}}}}"
                .formatted(
                        route.path(),
                        route.match() == Route.Match.EXACT ? "Exact" : "Prefix",
                        route.service().equals("none") ? NOBODY : route.service());
    }
}
