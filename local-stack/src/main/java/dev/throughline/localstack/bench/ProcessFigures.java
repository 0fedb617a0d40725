package dev.throughline.localstack.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a process and its children have used, as the operating system counts it. */
public final class ProcessFigures {

    private static final int KIB = 1_024;

    private final ProcessHandle process;

    /** Of this process and its children. */
    public ProcessFigures(ProcessHandle process) {
        this.process = process;
    }

    /** User and system time so far; the kernel counts in steps of 10 ms. */
    public Duration cpu() {
        return all().map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Bytes in memory now; pages that children share are counted for each. */
    public long residentBytes() throws IOException {
        long bytes = 0;
        for (ProcessHandle one : all().toList()) {
            bytes += residentBytes(one.pid());
        }
        return bytes;
    }

    /** Bytes of live objects after a full collection; empty when it is no JVM of this JDK. */
    public OptionalLong liveHeapBytes() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return OptionalLong.empty();
        }
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        return answer.lines()
                .filter(line -> line.startsWith("Total"))
                .map(line -> line.trim().split("\\s+"))
                .filter(words -> words.length == 3)
                .mapToLong(words -> Long.parseLong(words[2]))
                .findFirst();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static long residentBytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (Files.exists(status)) {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        }
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        String kib = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return kib.isEmpty() ? 0 : Long.parseLong(kib) * KIB;
    }
}
