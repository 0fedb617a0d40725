package dev.throughline.tools.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a repeated call is known for one. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class RepeatsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Repeats repeats;
    private final Pool pool;

    RepeatsTest(Repeats repeats, Pool pool) {
        this.repeats = repeats;
        this.pool = pool;
    }

    @Test
    void shouldForgetACallAfterAMonthAndNoSooner() {
        Salon salon = Salon.open();
        JsonNode first = book(salon);

        age(salon, 29);
        assertThat(book(salon)).isEqualTo(first);
        assertThat(remembered(salon)).isEqualTo(1);

        age(salon, 31);
        assertThat(remembered(salon)).isZero();
        assertThat(book(salon).path("code").asText()).isEqualTo("SLOT_TAKEN");
    }

    private void age(Salon salon, int days) {
        pool.preparedQuery("UPDATE tool_call SET created_at = now() - make_interval(days => $2) WHERE tenant_id = $1")
                .execute(Tuple.of(salon.id(), days))
                .await()
                .atMost(PATIENCE);
        repeats.forgetOld().await().atMost(PATIENCE);
    }

    private long remembered(Salon salon) {
        return pool.preparedQuery("SELECT count(*) FROM tool_call WHERE tenant_id = $1")
                .execute(Tuple.of(salon.id()))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next()
                .getLong(0);
    }

    private static JsonNode book(Salon salon) {
        return salon.tool(
                "book_appointment",
                "{\"service\":\"colouring\",\"date\":\"%s\",\"startTime\":\"10:00\",\"customerName\":\"Anna\"}"
                        .formatted(Salon.tuesday()),
                "conv_" + salon.id());
    }
}
