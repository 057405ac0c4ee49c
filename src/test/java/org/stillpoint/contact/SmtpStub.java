package org.stillpoint.contact;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A mail server that answers each recipient as a test wants it. */
final class SmtpStub implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final @Nullable String toRecipient;
  private final AtomicInteger slow = new AtomicInteger();

  private SmtpStub(@Nullable String toRecipient) throws IOException {
    this.toRecipient = toRecipient;
    Thread.ofVirtual().start(this::serve);
  }

  static SmtpStub answering(String toRecipient) throws IOException {
    return new SmtpStub(toRecipient);
  }

  /** It takes calls, and says nothing. */
  static SmtpStub silent() throws IOException {
    return new SmtpStub(null);
  }

  /** How many mails have come for whom it gives no answer. */
  int slow() {
    return slow.get();
  }

  int port() {
    return door.getLocalPort();
  }

  private void serve() {
    while (!door.isClosed()) {
      try {
        Socket call = door.accept();
        if (toRecipient != null) {
          Thread.ofVirtual().start(() -> talk(call, toRecipient));
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket call, String toRecipient) {
    try (call;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(call.getInputStream(), StandardCharsets.US_ASCII))) {
      OutputStream out = call.getOutputStream();
      say(out, "220 stub");
      String line;
      while ((line = in.readLine()) != null) {
        String command = line.toUpperCase(Locale.ROOT);
        if (command.startsWith("EHLO")) {
          say(out, "250-stub");
          say(out, "250 ENHANCEDSTATUSCODES");
        } else if (command.startsWith("RCPT") && command.contains("SLOW")) {
          slow.incrementAndGet();
          in.readLine();
          return;
        } else if (command.startsWith("RCPT")) {
          say(out, toRecipient);
        } else if (command.startsWith("DATA")) {
          say(out, "354 Go on");
          while (!".".equals(in.readLine())) {
            // it is read
          }
          say(out, "250 2.0.0 Taken");
        } else {
          say(out, "250 2.0.0 OK");
        }
      }
    } catch (IOException ended) {
      // they have hung up
    }
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
