package dev.throughline.localstack.parts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a child JVM is started: the same JDK as ours, small heaps, quick to be up. */
public final class JavaCommand {

    private JavaCommand() {}

    /**
     * A command up to, and not including, the class path or jar.
     *
     * @param maxHeap as {@code -Xmx} takes it
     * @param quick stops the compiler at its first tier: up sooner, slower at its peak. Not for the bridge, which is measured.
     */
    public static List<String> with(String maxHeap, boolean quick) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + maxHeap, "-XX:+UseSerialGC", "-Xshare:auto", "-XX:+ExitOnOutOfMemoryError"));
        if (quick) {
            command.addAll(List.of("-Xms32m", "-XX:TieredStopAtLevel=1"));
        } else {
            // What a frame leaves behind is dead at once: the larger the young generation, the fewer collections find
            // nothing else. The heap begins larger than it, for the JVM makes it smaller otherwise.
            command.addAll(List.of("-Xms128m", "-Xmn64m"));
        }
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        return command;
    }

    /** The class path this JVM itself runs on, for parts of this module that need a JVM of their own. */
    public static String ownClassPath() {
        return System.getProperty("java.class.path");
    }
}
