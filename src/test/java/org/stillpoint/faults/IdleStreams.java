package org.stillpoint.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.stillpoint.process.PackagedApp;
import org.stillpoint.process.Phone;

/** Ten thousand streams on which nothing happens, and a restart beneath them. */
final class IdleStreams implements AutoCloseable {
  private static final int COUPLES = 500;
  private static final int EACH = 20;
  private static final int AT_ONCE = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PROMISED = Duration.ofSeconds(30);

  private static final Pattern EVENT =
      Pattern.compile(
          "id: ?(\\d+)\\s+event: ?pause\\.raised\\s+data: ?.*?\"resource\":\\{[^}]*\"id\":\"([^\"]+)\"",
          Pattern.DOTALL);

  private final Selector selector = Selector.open();
  private final List<Stream> streams = new ArrayList<>();
  private final Collection<Stream> toOpen = new ConcurrentLinkedQueue<>();
  private final Thread loop;
  private volatile URI server;
  private volatile boolean closed;
  private volatile int opening;

  private IdleStreams(URI server) throws IOException {
    this.server = server;
    this.loop = Thread.ofPlatform().daemon().name("streams").unstarted(this::read);
  }

  /** One stream of a phone, opened again where it broke off. */
  private static final class Stream {
    private final Phone phone;
    private final Set<String> heard = new HashSet<>();
    private int twice;
    private String text = "";
    private @Nullable String lastId;
    private volatile boolean open;

    Stream(Phone phone) {
      this.phone = phone;
    }
  }

  static void run(Path folder, Report report) throws Exception {
    PackagedApp app = Faults.start(folder);
    try (IdleStreams streams = new IdleStreams(app.http())) {
      List<Phone> taps = new ArrayList<>();
      for (int i = 0; i < COUPLES; i++) {
        Phone ana = Phone.of(app.http(), "ana-" + i, Duration.ofHours(2));
        taps.add(ana);
        Phone ben = ana.partner(app.http(), "ben-" + i, Duration.ofHours(2));
        for (int each = 0; each < EACH; each++) {
          streams.streams.add(new Stream(ben));
        }
      }
      double before = heap(app);
      streams.toOpen.addAll(streams.streams);
      streams.loop.start();
      streams.await(stream -> stream.open);
      report.show("idle streams", streams.streams.size());
      report.show(
          "heap for each, in kB",
          Math.round((heap(app) - before) / streams.streams.size() / 1_000));
      Map<Phone, List<String>> told = new HashMap<>();
      streams.tap(taps, told, app.http());
      streams.awaitTold(1);

      app.terminate();
      app.awaitEnd(PATIENCE);
      app = Faults.start(folder);
      long started = System.nanoTime();
      streams.server = app.http();
      FutureTask<Void> tapping =
          new FutureTask<>(
              () -> {
                streams.tap(taps, told, streams.server);
                return null;
              });
      Thread.ofPlatform().start(tapping);
      streams.await(stream -> stream.open);
      report.within(
          "time until all are open again after a restart",
          Duration.ofNanos(System.nanoTime() - started),
          PROMISED);
      tapping.get();
      streams.awaitTold(2);
      report.exactly("pauses that a stream didn't tell", streams.missing(2), 0);
      report.exactly(
          "pauses that a stream told twice",
          streams.streams.stream().mapToInt(stream -> stream.twice).sum(),
          0);
    } finally {
      app.close();
    }
  }

  /** What is in use after a collection, in bytes. */
  private static double heap(PackagedApp app) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    new ProcessBuilder(jcmd.toString(), Long.toString(app.handle().pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    String metrics =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(app.management().resolve("/metrics")).build(),
                BodyHandlers.ofString())
            .body();
    return metrics
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void tap(List<Phone> phones, Map<Phone, List<String>> told, URI at) throws Exception {
    for (Phone phone : phones) {
      UUID pause = UUID.randomUUID();
      assertThat(phone.tap(at, pause).statusCode()).isEqualTo(200);
      assertThat(phone.lift(at, pause).statusCode()).isEqualTo(200);
      told.computeIfAbsent(phone, each -> new ArrayList<>()).add(pause.toString());
    }
  }

  private long missing(int wanted) {
    synchronized (streams) {
      return streams.stream().mapToLong(stream -> wanted - stream.heard.size()).sum();
    }
  }

  private void awaitTold(int wanted) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (missing(wanted) > 0 && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
  }

  private void await(Predicate<Stream> condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!streams.stream().allMatch(condition)) {
      assertThat(System.nanoTime()).as("not all streams are open").isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private void read() {
    try {
      while (!closed) {
        openSome();
        selector.select(this::ready, 20);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** As apps do that come again: not all at the same moment. */
  private void openSome() throws IOException {
    var next = toOpen.iterator();
    while (opening < AT_ONCE && next.hasNext()) {
      Stream stream = next.next();
      next.remove();
      SocketChannel channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_CONNECT, stream);
      opening++;
      channel.connect(new InetSocketAddress("127.0.0.1", server.getPort()));
    }
  }

  private void ready(SelectionKey key) {
    SocketChannel channel = (SocketChannel) key.channel();
    Stream stream = (Stream) key.attachment();
    try {
      if (key.isConnectable()) {
        channel.finishConnect();
        ask(channel, stream);
        key.interestOps(SelectionKey.OP_READ);
      } else {
        take(channel, stream);
      }
    } catch (IOException broken) {
      again(channel, key, stream);
    }
  }

  private void ask(SocketChannel channel, Stream stream) throws IOException {
    String last = stream.lastId == null ? "" : "Last-Event-ID: " + stream.lastId + "\r\n";
    ByteBuffer request =
        ByteBuffer.wrap(
            ("GET /v1/events/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
                    + last
                    + "Authorization: Bearer "
                    + stream.phone.token()
                    + "\r\n\r\n")
                .getBytes(US_ASCII));
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  private void take(SocketChannel channel, Stream stream) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4_096);
    if (channel.read(bytes) < 0) {
      throw new IOException("ended");
    }
    synchronized (streams) {
      stream.text += new String(bytes.array(), 0, bytes.position(), US_ASCII);
      if (!stream.open && stream.text.startsWith("HTTP/1.1 200") && stream.text.contains(":open")) {
        stream.open = true;
        opening--;
      } else if (!stream.open
          && stream.text.length() > 12
          && !stream.text.startsWith("HTTP/1.1 2")) {
        throw new IOException("refused");
      }
      Matcher event = EVENT.matcher(stream.text);
      int end = 0;
      while (event.find()) {
        stream.lastId = event.group(1);
        if (!stream.heard.add(event.group(2))) {
          stream.twice++;
        }
        end = event.end();
      }
      stream.text = stream.text.substring(Math.max(end, stream.text.length() - 2_000));
    }
  }

  private void again(SocketChannel channel, SelectionKey key, Stream stream) {
    key.cancel();
    try {
      channel.close();
    } catch (IOException gone) {
      // It is gone.
    }
    synchronized (streams) {
      opening -= stream.open ? 0 : 1;
      stream.open = false;
      stream.text = "";
    }
    if (!closed) {
      toOpen.add(stream);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closed = true;
    loop.join(10_000);
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
