package org.stillpoint.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection that sends what no proper client would. */
public final class RawHttp implements AutoCloseable {
  private final Socket socket;

  private RawHttp(Socket socket) {
    this.socket = socket;
  }

  public static RawHttp connect() throws IOException {
    var socket = new Socket("localhost", RestAssured.port);
    socket.setSoTimeout(15_000);
    socket.setTcpNoDelay(true);
    return new RawHttp(socket);
  }

  /** Sends these characters, one byte each. */
  public RawHttp send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Everything that comes until the server closes the connection; fails if it doesn't. */
  public String readToEnd() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** What comes within this time. */
  public String readFor(int millis) throws IOException {
    var text = new ByteArrayOutputStream();
    long end = System.nanoTime() + millis * 1_000_000L;
    InputStream in = socket.getInputStream();
    while (System.nanoTime() < end) {
      socket.setSoTimeout((int) Math.max(1, (end - System.nanoTime()) / 1_000_000));
      try {
        int read = in.read();
        if (read < 0) {
          break;
        }
        text.write(read);
      } catch (SocketTimeoutException over) {
        break;
      }
    }
    return text.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
