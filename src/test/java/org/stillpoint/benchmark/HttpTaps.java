package org.stillpoint.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Taps over HTTP, as cheap as a client can be: it shares the machine with what it measures. Each
 * sender has one connection that is kept alive.
 */
final class HttpTaps implements Taps {
  private static final byte[] BEFORE = "POST /v1/relationships/".getBytes(US_ASCII);
  private static final byte[] LENGTH = "content-length: ".getBytes(US_ASCII);

  private final List<Sender> senders = new ArrayList<>();

  HttpTaps(Installation installation, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      senders.add(
          new Sender(installation.port(), installation.token(World.subject(World.sender(i)))));
    }
  }

  @Override
  public void tap(int sender, int relationship) throws IOException {
    senders.get(sender).tap(World.relationship(relationship).toString());
  }

  @Override
  public void close() throws IOException {
    for (Sender sender : senders) {
      sender.socket.close();
    }
  }

  private static final class Sender {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] request;
    private final byte[] answer = new byte[8192];

    Sender(int port, String token) throws IOException {
      String after =
          "/pauses HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\nContent-Length: 0\r\n\r\n"
              .formatted(port, token);
      request = (new String(BEFORE, US_ASCII) + "_".repeat(36) + after).getBytes(US_ASCII);
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      in = socket.getInputStream();
      out = socket.getOutputStream();
    }

    void tap(String relationship) throws IOException {
      byte[] id = relationship.getBytes(US_ASCII);
      System.arraycopy(id, 0, request, BEFORE.length, id.length);
      out.write(request);
      int read = 0;
      int end = Integer.MAX_VALUE;
      while (read < end) {
        int count = in.read(answer, read, answer.length - read);
        if (count < 0) {
          throw new EOFException("The server has closed the connection");
        }
        read += count;
        if (end == Integer.MAX_VALUE) {
          end = end(read);
        }
      }
      if (answer[9] != '2' || answer[10] != '0' || answer[11] != '0') {
        throw new IOException("A tap was refused: " + new String(answer, 0, read, US_ASCII));
      }
    }

    /** Where the answer ends, once its head is there. */
    private int end(int read) throws IOException {
      for (int i = 3; i < read; i++) {
        if (answer[i] == '\n' && answer[i - 2] == '\n') {
          return i + 1 + length(i);
        }
      }
      return Integer.MAX_VALUE;
    }

    private int length(int headEnd) throws IOException {
      for (int i = 0; i < headEnd - LENGTH.length; i++) {
        if (startsHere(i)) {
          int length = 0;
          for (int j = i + LENGTH.length; answer[j] != '\r'; j++) {
            length = 10 * length + answer[j] - '0';
          }
          return length;
        }
      }
      throw new IOException(
          "An answer without length: "
              + new String(answer, 0, headEnd, US_ASCII).toLowerCase(Locale.ROOT));
    }

    private boolean startsHere(int place) {
      for (int i = 0; i < LENGTH.length; i++) {
        if ((answer[place + i] | 0x20) != (LENGTH[i] | 0x20)) {
          return false;
        }
      }
      return true;
    }
  }
}
