package dev.throughline.localstack.bench.texts;

import dev.throughline.localstack.secrets.TwilioSigner;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The least that can be done with the webhook of a text: the signature is checked, one row is inserted, an empty answer given. No events,
 * no tenants, nothing that happens afterwards. With the same connections to the same database as the service has.
 */
public final class BareTextEndpoint {

    private static final int CONNECTIONS = 16;
    private static final String SCHEMA = """
            DROP TABLE IF EXISTS bare_text;
            CREATE TABLE bare_text (message_sid text PRIMARY KEY, customer text NOT NULL, business_number text NOT NULL,
                                    body text NOT NULL, received_at timestamptz NOT NULL)""";
    private static final String INSERT =
            "INSERT INTO bare_text (message_sid, customer, business_number, body, received_at) VALUES ($1, $2, $3, $4, $5)"
                    + " ON CONFLICT DO NOTHING";
    private static final String EMPTY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final TwilioSigner signer;
    private final String signedUrl;
    private final Pool pool;

    private BareTextEndpoint(String authToken, String publicUrl, Pool pool) {
        this.signer = new TwilioSigner(authToken);
        this.signedUrl = publicUrl + TextForm.PATH;
        this.pool = pool;
    }

    /** Takes its port, the address of the database and the public address; the auth token is in the environment. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        Pool pool = PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(arguments[1]).setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .using(vertx)
                .build();
        var endpoint = new BareTextEndpoint(System.getenv("TWILIO_AUTH_TOKEN"), arguments[2], pool);
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(Integer.parseInt(arguments[0]))
                .setTcpNoDelay(true);
        DeploymentOptions onEveryLoop =
                new DeploymentOptions().setInstances(2 * Runtime.getRuntime().availableProcessors());
        pool.query(SCHEMA)
                .execute()
                .compose(made -> vertx.deployVerticle(
                        () -> new AbstractVerticle() {
                            @Override
                            public void start(Promise<Void> started) {
                                vertx.createHttpServer(options)
                                        .requestHandler(request ->
                                                request.body().onSuccess(body -> endpoint.store(request, body)))
                                        .listen()
                                        .<Void>mapEmpty()
                                        .onComplete(started);
                            }
                        },
                        onEveryLoop))
                .onFailure(failure -> {
                    System.err.println(failure);
                    vertx.close();
                });
    }

    private void store(HttpServerRequest request, Buffer body) {
        Map<String, List<String>> form = new TreeMap<>(
                new QueryStringDecoder(body.toString(StandardCharsets.UTF_8), StandardCharsets.UTF_8, false)
                        .parameters());
        if (!isSigned(form, request.getHeader("X-Twilio-Signature"))) {
            request.response().setStatusCode(403).end();
            return;
        }
        Tuple row = Tuple.of(
                form.get("MessageSid").getFirst(),
                form.get("From").getFirst(),
                form.get("To").getFirst(),
                form.get("Body").getFirst(),
                OffsetDateTime.now(ZoneOffset.UTC));
        pool.preparedQuery(INSERT).execute(row).onComplete(stored -> {
            if (stored.succeeded()) {
                request.response().putHeader("Content-Type", "text/xml").end(EMPTY);
            } else {
                request.response().setStatusCode(503).end();
            }
        });
    }

    private boolean isSigned(Map<String, List<String>> form, String signature) {
        StringBuilder text = new StringBuilder(signedUrl);
        form.forEach((name, values) -> text.append(name).append(values.getFirst()));
        byte[] expected = signer.sign(text.toString()).getBytes(StandardCharsets.UTF_8);
        return signature != null && MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
    }
}
