package org.stillpoint.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A way to a port that can be cut: then what is sent is swallowed up to the end of the cut. */
final class TcpProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final int target;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition mended = lock.newCondition();
  private boolean cut;

  TcpProxy(int target) throws IOException {
    this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    this.target = target;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  void cut() {
    set(true);
  }

  void mend() {
    set(false);
  }

  private void set(boolean now) {
    lock.lock();
    try {
      cut = now;
      mended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitMended() throws InterruptedException {
    lock.lock();
    try {
      while (cut) {
        mended.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket from = socket.accept();
        Thread.ofVirtual().start(() -> serve(from));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket from) {
    try (from;
        Socket to = connect()) {
      Thread back = Thread.ofVirtual().start(() -> copy(to, from));
      copy(from, to);
      back.join();
    } catch (IOException | InterruptedException gone) {
      // Whoever it is for sees its connection end.
    }
  }

  private Socket connect() throws IOException, InterruptedException {
    awaitMended();
    return new Socket(InetAddress.getLoopbackAddress(), target);
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitMended();
        out.write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException gone) {
      // As below.
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is gone.
    }
  }

  @Override
  public void close() throws IOException {
    mend();
    socket.close();
  }
}
