package dev.throughline.localstack.bench.context;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.List;

/** The rows of the log inserted as plainly as can be: a batch per transaction, the same table with the same indexes, nothing else. */
final class PlainInsert {

    private static final int BATCH = 1_000;

    private PlainInsert() {}

    /** Rows a second. */
    static double rate(ContextWorkbench bench, List<EventMaker.Made> made) throws SQLException {
        try (Connection database = bench.database()) {
            try (Statement statement = database.createStatement()) {
                statement.execute("create table plain (like event including all)");
            }
            database.setAutoCommit(false);
            long from = System.nanoTime();
            try (PreparedStatement insert = database.prepareStatement(
                    "insert into plain (event_id, lead_id, tenant_id, kafka_partition, kafka_offset, type, source, time, data,"
                            + " reference, said) values (?, ?, ?, 0, ?, ?, 'bench', ?, ?::json, ?, ?)")) {
                long offset = 0;
                for (EventMaker.Made one : made) {
                    insert.setObject(1, one.id());
                    insert.setObject(2, one.leadId());
                    insert.setObject(3, ContextWorkbench.TENANT);
                    insert.setLong(4, offset++);
                    insert.setString(5, one.type());
                    insert.setTimestamp(6, Timestamp.from(one.time()));
                    insert.setString(7, one.value());
                    insert.setString(8, one.id().toString());
                    insert.setString(9, one.value());
                    insert.addBatch();
                    if (offset % BATCH == 0) {
                        insert.executeBatch();
                        database.commit();
                    }
                }
                insert.executeBatch();
                database.commit();
            }
            double rate = made.size() / ((System.nanoTime() - from) / 1e9);
            database.setAutoCommit(true);
            try (Statement statement = database.createStatement()) {
                statement.execute("drop table plain");
            }
            return rate;
        }
    }
}
