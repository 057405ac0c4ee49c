package org.stillpoint.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that behaves as a test wants it to, byte by byte, and counts who comes. */
final class Target implements AutoCloseable {
  /** What it does with a connection, which ends with it. */
  interface Behaviour {
    void meet(InputStream in, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Behaviour behaviour;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();

  private Target(ServerSocket server, Behaviour behaviour) {
    this.server = server;
    this.behaviour = behaviour;
    Thread.ofVirtual().start(this::accept);
  }

  static Target behaving(Behaviour behaviour) throws IOException {
    return on(new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1")), behaviour);
  }

  static Target on(ServerSocket server, Behaviour behaviour) {
    return new Target(server, behaviour);
  }

  /** Answers each request with this. */
  static Target answering(String answer) throws IOException {
    return behaving(eachRequest(answer));
  }

  static Behaviour eachRequest(String answer) {
    return (in, out) -> {
      while (!readRequest(in).isEmpty()) {
        write(out, answer);
      }
    };
  }

  static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Head and body; empty at the end of the connection. */
  static String readRequest(InputStream in) throws IOException {
    StringBuilder request = new StringBuilder();
    while (request.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      request.append((char) next);
    }
    for (String line : request.toString().split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        int length = Integer.parseInt(line.substring(15).strip());
        request.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
      }
    }
    return request.toString();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> meet(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void meet(Socket socket) {
    try (socket) {
      behaviour.meet(new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // The other side has gone, as tests expect it to.
    } finally {
      open.remove(socket);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many have come. */
  int connections() {
    return connections.get();
  }

  /** Whether nobody is there any more, soon; a connection that rests is kept for some seconds. */
  boolean isLeft() throws InterruptedException {
    for (int i = 0; i < 1_000 && !open.isEmpty(); i++) {
      Thread.sleep(10);
    }
    return open.isEmpty();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      try {
        socket.close();
      } catch (SocketException e) {
        // It has closed itself meanwhile.
      }
    }
  }
}
