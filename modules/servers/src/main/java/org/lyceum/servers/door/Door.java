package org.lyceum.servers.door;

import org.jspecify.annotations.Nullable;
import org.lyceum.platform.app.Threads;
import org.lyceum.platform.linux.ContainerNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A way to one port of a container that has no network, and a way out of it to one address. From
 * outside it is a port of this machine's loopback interface, inside one of the container's.
 */
public final class Door implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Door.class);

    /** Both ways together; a browser with many notebooks has some dozens. */
    private static final int MAX_CONNECTIONS = 256;

    /** When this process has no file left for a caller, soon it may. */
    private static final Duration LATER = Duration.ofMillis(100);

    private static final InetAddress LOOPBACK = loopback();

    private final ContainerNetwork network;
    private final ServerSocketChannel outside;
    private final ServerSocketChannel inside;
    private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Connects a caller onward. */
    private interface Onward {
        SocketChannel connect() throws IOException;
    }

    private Door(
            ContainerNetwork network, ServerSocketChannel outside, ServerSocketChannel inside) {
        this.network = network;
        this.outside = outside;
        this.inside = inside;
    }

    /**
     * Opens both ways; whoever comes before something listens there is turned away.
     *
     * @param network the container's; closed with this, also when this fails
     * @param port that the container's program listens on
     * @param out where callers from inside are taken, at the same port of their own interface
     */
    public static Door open(ContainerNetwork network, int port, InetSocketAddress out)
            throws IOException {
        ServerSocketChannel outside = null;
        ServerSocketChannel inside = null;
        try {
            outside = ServerSocketChannel.open(StandardProtocolFamily.INET);
            outside.bind(new InetSocketAddress(LOOPBACK, 0));
            inside = network.make(() -> ServerSocketChannel.open(StandardProtocolFamily.INET));
            inside.bind(new InetSocketAddress(LOOPBACK, out.getPort()));
            var door = new Door(network, outside, inside);
            var to = new InetSocketAddress(LOOPBACK, port);
            door.serve("door-in", outside, () -> door.connectInside(to));
            door.serve("door-out", inside, () -> SocketChannel.open(out));
            return door;
        } catch (IOException | RuntimeException e) {
            closeQuietly(outside);
            closeQuietly(inside);
            network.close();
            throw e;
        }
    }

    /** Where this machine reaches the container's port, on its loopback interface. */
    public InetSocketAddress address() {
        return new InetSocketAddress(LOOPBACK, outside.socket().getLocalPort());
    }

    private SocketChannel connectInside(InetSocketAddress to) throws IOException {
        var made = network.make(() -> SocketChannel.open(StandardProtocolFamily.INET));
        try {
            made.connect(to);
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    private void serve(String name, ServerSocketChannel listener, Onward onward) {
        Threads.start(
                name,
                () -> {
                    while (!closed) {
                        try {
                            take(name, listener.accept(), onward);
                        } catch (ClosedChannelException over) {
                            return;
                        } catch (IOException noFiles) {
                            log.warn("door.accept-failed", noFiles);
                            rest();
                        }
                    }
                });
    }

    private static void rest() {
        try {
            Thread.sleep(LATER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String name, SocketChannel caller, Onward onward) {
        if (!room.tryAcquire()) {
            log.warn("door.full connections={}", MAX_CONNECTIONS);
            closeQuietly(caller);
            return;
        }
        Threads.start(
                name + "-caller",
                () -> {
                    try {
                        carry(caller, onward);
                    } finally {
                        closeQuietly(caller);
                        room.release();
                    }
                });
    }

    private void carry(SocketChannel caller, Onward onward) {
        try (var other = onward.connect();
                var relay = new Relay(caller, other)) {
            relays.add(relay);
            try {
                if (!closed) { // else nobody would end it
                    relay.run();
                }
            } finally {
                relays.remove(relay);
            }
        } catch (IOException nobodyThere) { // which the caller sees
            log.debug("door.nobody-there", nobodyThere);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all that goes through it, too. */
    @Override
    public void close() {
        closed = true;
        closeQuietly(outside);
        closeQuietly(inside);
        relays.forEach(Relay::close);
        network.close();
    }

    static void closeQuietly(@Nullable Channel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException gone) {
                log.debug("door.close-failed", gone);
            }
        }
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
