package dev.throughline.localstack.front;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code GET /q/health/ready}: asks every service's management port and answers 200 only when all of them are ready. */
final class Readiness {

    private static final int TIMEOUT_MILLIS = 1_500;

    private final HttpClient client;
    private final Map<String, Integer> managementPorts;

    Readiness(Vertx vertx, Map<String, Integer> managementPorts) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(TIMEOUT_MILLIS));
        this.managementPorts = managementPorts;
    }

    void answer(HttpServerResponse response) {
        List<Future<Boolean>> answers = new ArrayList<>();
        List<String> names = managementPorts.keySet().stream().sorted().toList();
        names.forEach(name -> answers.add(isReady(managementPorts.getOrDefault(name, 0))));
        Future.join(answers).onComplete(all -> {
            boolean ready = answers.stream().allMatch(Future::result);
            JsonArray checks = new JsonArray();
            for (int i = 0; i < names.size(); i++) {
                checks.add(new JsonObject()
                        .put("name", names.get(i))
                        .put("status", status(answers.get(i).result())));
            }
            response.setStatusCode(ready ? 200 : 503)
                    .putHeader("content-type", "application/json")
                    .putHeader("cache-control", "no-store")
                    .end(new JsonObject()
                            .put("status", status(ready))
                            .put("checks", checks)
                            .toBuffer());
        });
    }

    void close() {
        client.close();
    }

    private Future<Boolean> isReady(int port) {
        RequestOptions ready = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/q/health/ready")
                .setTimeout(TIMEOUT_MILLIS);
        return client.request(ready)
                .compose(request -> request.send())
                .compose(response -> response.end().map(response.statusCode() == 200))
                .otherwise(false);
    }

    private static String status(boolean up) {
        return up ? "UP" : "DOWN";
    }
}
