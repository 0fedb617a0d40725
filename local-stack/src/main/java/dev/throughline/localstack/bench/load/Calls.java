package dev.throughline.localstack.bench.load;

import dev.throughline.localstack.bench.load.Traffic.Dialect;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All calls, and the clock that makes them speak: every millisecond a twentieth of the callers has its tick, and a quarter of
 * the agents may speak. Deadlines are absolute; when the loop
 * was held up the ticks it missed follow at once, as a telephone network's would. Lives on one event loop.
 */
final class Calls {

    private static final int SLOTS = 20;
    private static final long SLOT_NANOS = 1_000_000;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private final Invitation invitation;
    private final Traffic traffic = new Traffic();
    private final List<Caller> callers = new ArrayList<>();
    private final Map<Integer, Agent> agents = new HashMap<>();
    private final long epoch = System.nanoTime();
    private long slot;
    private boolean speaking = true;
    private int wanted;
    private int firstNumber;
    private double setupMillis;
    private long openedNanos;

    /** @param bootstrap with the loop and the channel type set */
    Calls(EventLoop loop, Bootstrap bootstrap, Invitation invitation) {
        this.loop = loop;
        this.bootstrap = bootstrap.option(ChannelOption.TCP_NODELAY, true);
        this.invitation = invitation;
        loop.execute(this::run);
    }

    /**
     * Opens calls at equal distances, in place of those there were.
     *
     * @param count how many
     * @param overMillis from the first to the last
     */
    void open(URI target, Dialect dialect, int count, long overMillis) {
        hangUp();
        firstNumber += wanted;
        wanted = count;
        setupMillis = -1;
        openedNanos = System.nanoTime();
        speaking = true;
        traffic.begin(dialect);
        traffic.reset();
        for (int i = 0; i < count; i++) {
            int number = firstNumber + i;
            loop.schedule(() -> dial(target, dialect, number), i * overMillis * 1_000 / count, TimeUnit.MICROSECONDS);
        }
    }

    /** The far end of call {@code number} has come. */
    Agent answer(int number) {
        Agent agent = new Agent(number, traffic);
        agents.put(number, agent);
        return agent;
    }

    /** Whether anybody speaks. */
    void speak(boolean now) {
        speaking = now;
    }

    /** Begins a new span of measurement. */
    void reset() {
        traffic.reset();
    }

    /** Ends all calls. */
    void hangUp() {
        callers.forEach(Caller::hangUp);
        callers.clear();
        agents.clear();
    }

    /** Calls whose conversation goes on. */
    int live() {
        return (int) agents.values().stream().filter(Agent::isLive).count();
    }

    /** Everything that is known, for the answer to a question. */
    Map<String, Object> snapshot() {
        Map<String, Object> figures = new LinkedHashMap<>();
        List<String> ends =
                callers.stream().map(Caller::closed).filter(Calls::isEnd).toList();
        figures.put("calls", wanted);
        figures.put("live", live());
        figures.put("ended", ends.size());
        figures.put("firstEnd", ends.isEmpty() ? "" : ends.getFirst());
        figures.put("allLiveMillis", setupMillis);
        figures.put(
                "unansweredPings",
                agents.values().stream().mapToInt(Agent::unansweredPings).sum());
        figures.put("toAgent", traffic.toAgent.snapshot());
        figures.put("toCaller", traffic.toCaller.snapshot());
        figures.put("latenessP99Millis", traffic.latenessMillis(99));
        return figures;
    }

    private Optional<Agent> agent(int index) {
        return Optional.ofNullable(agents.get(firstNumber + index));
    }

    private static boolean isEnd(@Nullable String closed) {
        return closed != null;
    }

    private void dial(URI target, Dialect dialect, int number) {
        Invitation.Call call = invitation.call(number, dialect);
        URI address = dialect == Dialect.PLAIN ? target.resolve("/plain/" + number) : target;
        Caller caller = new Caller(number, traffic, call.streamSid(), call.start());
        callers.add(caller);
        ClientUpgrade upgrade =
                new ClientUpgrade(address, invitation.headers(target), caller, caller.wire(), caller::begin);
        bootstrap
                .clone()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(upgrade);
                    }
                })
                .connect(address.getHost(), address.getPort())
                .addListener(connected -> {
                    if (!connected.isSuccess()) {
                        caller.onClosed(connected.cause().toString());
                    }
                });
    }

    private void run() {
        long now = System.nanoTime();
        // Not all that was missed at once: the sockets have their turn too.
        for (int i = 0; i < SLOTS && epoch + slot * SLOT_NANOS <= now; i++) {
            tick(now - epoch - slot * SLOT_NANOS);
            slot++;
        }
        loop.schedule(this::run, epoch + slot * SLOT_NANOS - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void tick(long lateNanos) {
        if (wanted == 0) {
            return;
        }
        traffic.late(lateNanos);
        for (int i = (int) (slot % SLOTS); i < callers.size(); i += SLOTS) {
            callers.get(i).tick(speaking);
            agent(i).ifPresent(agent -> agent.tick(speaking));
        }
        for (int i = (int) (slot % Agent.BURST_PACE); i < callers.size(); i += Agent.BURST_PACE) {
            agent(i).ifPresent(Agent::speak);
        }
        if (setupMillis < 0 && live() == wanted) {
            setupMillis = (System.nanoTime() - openedNanos) / 1e6;
        }
    }
}
