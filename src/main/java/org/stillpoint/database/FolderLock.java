package org.stillpoint.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says that this JVM owns a folder. The kernel takes it back however the JVM ends. */
final class FolderLock implements AutoCloseable {
  /**
   * The folders of this JVM. They are asked first: closing any channel on a file gives up the
   * process's lock on it, so even a look into the file of a lock that we hold would lose it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** A JVM that was killed a moment ago keeps its lock until the kernel has taken it apart. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock take(Path folder) throws IOException, InterruptedException {
    if (!HELD.add(folder)) {
      throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
    }
    try {
      return new FolderLock(folder, lock(folder));
    } catch (IOException | InterruptedException | RuntimeException e) {
      HELD.remove(folder);
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws IOException, InterruptedException {
    FileChannel channel = FileChannel.open(folder.resolve("lock"), CREATE, READ, WRITE);
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (channel.tryLock() == null) {
        if (System.nanoTime() > deadline) {
          throw inUse(folder, read(channel));
        }
        Thread.sleep(20);
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(Long.toString(ProcessHandle.current().pid())), 0);
      return channel;
    } catch (IOException | InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    return UTF_8.decode(pid.flip()).toString().strip();
  }

  private static DatabaseStartException inUse(Path folder, String pid) {
    return new DatabaseStartException(
        "Another Stillpoint"
            + (pid.isEmpty() ? "" : " (process " + pid + ")")
            + " is running on the data folder "
            + folder
            + ": stop it first, or give this one a folder of its own.");
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(folder);
  }
}
