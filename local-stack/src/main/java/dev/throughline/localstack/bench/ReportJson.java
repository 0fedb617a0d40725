package dev.throughline.localstack.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report as programs read it: the figures of the table, unrounded, with what they were made of. Pure. */
public final class ReportJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportJson() {}

    /** The whole report. */
    public static String of(Report report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("calls", report.plan().calls())
                .put("windowSeconds", report.plan().window().toMillis() / 1_000.0)
                .put("cores", report.cores())
                .put("loadBefore", report.loadBefore())
                .put("loadAfter", report.loadAfter());
        report.heapPerIdleCall().ifPresent(bytes -> root.put("heapBytesPerIdleCall", bytes));
        report.rows().forEach(row -> root.withArray("/rows").add(row(row)));
        report.row(BridgeBench.BRIDGE)
                .flatMap(bridge -> Target.transcoding(report, bridge))
                .ifPresent(percent -> root.put("transcodingCorePercentPerCall", percent));
        report.audioTools().forEach(tool -> root.withObject("/audioToolsCorePercentPerCall")
                .put(tool.tool(), tool.corePercent()));
        Target.of(report).forEach(target -> root.withArray("/targets")
                .addObject()
                .put("what", target.what())
                .put("measured", target.measured())
                .put("met", target.met()));
        report.notes().forEach(note -> root.withArray("/notes").add(note));
        return root.toPrettyString();
    }

    private static ObjectNode row(Measurement row) {
        ObjectNode node = JSON.createObjectNode()
                .put("relay", row.relay())
                .put("calls", row.calls())
                .put("trouble", row.trouble())
                .put("seconds", row.seconds())
                .put("framesPerSecond", row.framesPerSecond())
                .put("cpuMillis", row.cpuMillis())
                .put("cpuMicrosPerFrame", row.cpuMicrosPerFrame())
                .put("residentBytes", row.residentBytes())
                .put("residentBytesBefore", row.residentBefore())
                .put("allLiveMillis", row.liveMillis())
                .put("loadGeneratorLateP99Millis", row.latenessMillis());
        node.set("toAgent", JSON.valueToTree(row.toAgent()));
        node.set("toCaller", JSON.valueToTree(row.toCaller()));
        return node;
    }
}
