package dev.throughline.localstack.deploy;

import dev.throughline.localstack.front.Route;
import java.util.List;
import java.util.stream.Collectors;

/** What nginx needs to be the front that {@code deploy/routes.yaml} describes. */
final class NginxConfiguration {

    private static final String LIMIT = "\n    limit_req zone=people burst=100 nodelay;";

    private NginxConfiguration() {}

    static String of(List<Route> routes) {
        return """
                # Made from deploy/routes.yaml by the test of the compose file (-Dgolden.update=true); changed there, not here.
                worker_processes auto;
                events { worker_connections 8192; }
                http {
                    # Paths and queries hold names of calls and cursors: the services log what there is to say.
                    access_log off;
                    server_tokens off;
                    # A recording comes in one body.
                    client_max_body_size 100m;
                    # A replaced container has another address.
                    resolver 127.0.0.11 valid=5s;
                    map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
                    # Behind what ends TLS that one says which scheme was used; the providers sign it.
                    map $http_x_forwarded_proto $forwarded_proto { default $http_x_forwarded_proto; '' $scheme; }
                    # And who asked; believed only from beside us.
                    set_real_ip_from 127.0.0.0/8;
                    set_real_ip_from 10.0.0.0/8;
                    set_real_ip_from 172.16.0.0/12;
                    set_real_ip_from 192.168.0.0/16;
                    real_ip_header X-Forwarded-For;
                    # One address may ask twenty times a second and a hundred times at once for what people open. The providers' few
                    # addresses bring everybody's events and have no limit.
                    limit_req_zone $binary_remote_addr zone=people:10m rate=20r/s;
                    limit_req_status 429;
                    server {
                        listen 8080;
                        merge_slashes off;
                        location = /healthy { return 204; }
                %s
                    }
                }
                """.formatted(routes.stream().map(NginxConfiguration::locations).collect(Collectors.joining("\n")));
    }

    /** A prefix covers the path itself and what is below it, by whole segments: two locations. */
    private static String locations(Route route) {
        if (route.match() == Route.Match.EXACT) {
            return location("= " + route.path(), route);
        }
        if (route.path().equals("/")) {
            return location("/", route);
        }
        return location("= " + route.path(), route) + "\n" + location("^~ " + route.path() + "/", route);
    }

    private static String location(String match, Route route) {
        if (route.service().equals("none")) {
            return "        location %s { return 404; }".formatted(match);
        }
        // A variable, so that a service that is away at nginx' start does not keep it from starting. The path goes on
        // as it was sent.
        return """
                        location %s {%s
                            set $service %s;
                            proxy_pass http://$service:8080$request_uri;
                            proxy_http_version 1.1;
                            proxy_set_header Host $http_host;
                            proxy_set_header Upgrade $http_upgrade;
                            proxy_set_header Connection $connection_upgrade;
                            proxy_set_header X-Forwarded-For $remote_addr;
                            proxy_set_header X-Forwarded-Proto $forwarded_proto;
                            proxy_set_header X-Forwarded-Host $http_host;
                            proxy_buffering off;
                            proxy_request_buffering off;
                            proxy_read_timeout 3900s;
                            proxy_send_timeout 3900s;
                            proxy_next_upstream off;
                        }""".formatted(match, route.isForProviders() ? "" : LIMIT, route.service())
                .indent(8)
                .stripTrailing();
    }
}
