package org.stillpoint.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/** Open event streams, all read by one thread, which notes when each relationship was heard of. */
final class Streams implements AutoCloseable {
  private static final byte[] OPEN = ":open".getBytes(US_ASCII);
  private static final byte[] RELATIONSHIP = "\"relationshipId\":\"".getBytes(US_ASCII);
  private static final int ID_LENGTH = 36;
  private static final int AT_ONCE = 32;

  private final Installation installation;
  private final Selector selector;
  private final Thread reader;
  private final AtomicLongArray heard = new AtomicLongArray(World.SPREAD + World.SOLO);
  private final Semaphore opening = new Semaphore(AT_ONCE);
  private final ConcurrentHashMap<SocketChannel, Stream> open = new ConcurrentHashMap<>();
  private volatile @Nullable Throwable failure;
  private volatile boolean closed;

  Streams(Installation installation) throws IOException {
    this.installation = installation;
    this.selector = Selector.open();
    this.reader = Thread.ofPlatform().daemon().name("streams").start(this::read);
  }

  private static final class Stream {
    private final ByteBuffer unread = ByteBuffer.allocate(4096);
    private boolean greeted;
  }

  /** Opens a stream for the member. */
  void open(UUID member) throws Exception {
    byte[] request =
        "GET /v1/events/stream HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(installation.port(), installation.token(World.subject(member)))
            .getBytes(US_ASCII);
    acquire(1);
    SocketChannel channel =
        SocketChannel.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), installation.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    ByteBuffer bytes = ByteBuffer.wrap(request);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.configureBlocking(false);
    open.put(channel, new Stream());
    selector.wakeup();
    channel.register(selector, SelectionKey.OP_READ, open.get(channel));
    selector.wakeup();
  }

  /** Returns when all streams are open. */
  void awaitOpen() throws InterruptedException {
    acquire(AT_ONCE);
    opening.release(AT_ONCE);
  }

  private void acquire(int permits) throws InterruptedException {
    if (!opening.tryAcquire(permits, 30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("A stream doesn't open", failure);
    }
  }

  /** Forgets what was heard. */
  void clear() {
    for (int i = 0; i < heard.length(); i++) {
      heard.set(i, 0);
    }
  }

  /** When the relationship was heard of; waits for it, but not for ever. */
  long heard(int relationship) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (heard.get(relationship) == 0) {
      if (failure != null || System.nanoTime() > deadline) {
        throw new IllegalStateException("A tap didn't reach its stream", failure);
      }
      Thread.sleep(1);
    }
    return heard.get(relationship);
  }

  int size() {
    return open.size();
  }

  private void read() {
    try {
      while (!closed) {
        selector.select(this::read, 100);
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void read(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    Stream stream = (Stream) key.attachment();
    try {
      int count = channel.read(stream.unread);
      long now = System.nanoTime();
      if (count < 0) {
        throw new IOException("The server has ended a stream");
      }
      parse(stream, now);
    } catch (IOException e) {
      if (!closed) {
        failure = e;
        key.cancel();
      }
    }
  }

  private void parse(Stream stream, long now) throws IOException {
    ByteBuffer unread = stream.unread;
    int length = unread.position();
    byte[] bytes = unread.array();
    int done = 0;
    if (!stream.greeted) {
      if (find(bytes, 0, length, OPEN) < 0) {
        if (length > 12 && bytes[9] != '2') {
          throw new IOException("A stream was refused: " + new String(bytes, 0, length, US_ASCII));
        }
        return;
      }
      stream.greeted = true;
      done = length;
      opening.release();
    }
    for (int at = find(bytes, done, length, RELATIONSHIP);
        at >= 0 && at + RELATIONSHIP.length + ID_LENGTH <= length;
        at = find(bytes, done, length, RELATIONSHIP)) {
      int id = at + RELATIONSHIP.length;
      heard.set(World.number(new String(bytes, id, ID_LENGTH, US_ASCII)), now);
      done = id + ID_LENGTH;
    }
    // What is left may be the beginning of the next one.
    int kept = Math.min(length - done, RELATIONSHIP.length + ID_LENGTH);
    System.arraycopy(bytes, length - kept, bytes, 0, kept);
    unread.position(kept);
  }

  private static int find(byte[] bytes, int from, int to, byte[] wanted) {
    for (int i = from; i <= to - wanted.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closed = true;
    selector.wakeup();
    reader.join(10_000);
    for (SocketChannel channel : open.keySet()) {
      channel.close();
    }
    selector.close();
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("A stream failed", cause);
    }
  }
}
