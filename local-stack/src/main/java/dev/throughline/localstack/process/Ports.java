package dev.throughline.localstack.process;

import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out ports for one start. Given ports are checked, others are chosen free, and none twice. They are chosen below the range the
 * operating systems use for outgoing connections (from 32768 on Linux, 49152 on macOS), so that a port found free is still free when
 * its server binds it a few seconds later.
 */
public final class Ports {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 500;

    private final Set<Integer> handedOut = new HashSet<>();

    /**
     * The port given, or a free one.
     *
     * @param variable the variable to change when the port is taken
     * @param what what wants it, for the message
     * @throws SettingsException when the given port is taken
     */
    public synchronized int claim(Optional<Integer> given, String variable, String what) {
        if (given.isEmpty()) {
            return free();
        }
        int port = given.get();
        if (!handedOut.add(port)) {
            throw new SettingsException(
                    "Port " + port + " is given twice; change " + variable + ", the port of " + what + ".");
        }
        if (!isFree(port)) {
            String owner = PortOwner.of(port).map(name -> " by " + name).orElse(" by another process");
            throw new SettingsException("Port " + port + ", which " + what + " needs, is already in use" + owner
                    + ". Stop that, or choose another port with " + variable + "=<port>.");
        }
        return port;
    }

    /** A free port nobody else was handed. */
    public synchronized int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!handedOut.contains(port) && isFree(port)) {
                handedOut.add(port);
                return port;
            }
        }
        throw new SettingsException("No free port found between " + LOWEST + " and " + HIGHEST + ".");
    }

    /** Whether nobody listens on {@code port}, neither on all addresses nor on the loopback one. */
    static boolean isFree(int port) {
        return canBind(new InetSocketAddress(port))
                && canBind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
