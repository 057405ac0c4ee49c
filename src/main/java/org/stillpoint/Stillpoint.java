package org.stillpoint;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.stillpoint.crypto.MasterKeyException;
import org.stillpoint.crypto.MasterKeyFile;
import org.stillpoint.database.DatabaseStartException;
import org.stillpoint.sandbox.SandboxReset;
import org.stillpoint.time.ProductClock;

/** The application's entry: refuses unsafe settings, lays the groundwork, and runs. */
@QuarkusMain
public final class Stillpoint implements QuarkusApplication {
  private static final String PORT = "quarkus.http.port";

  /** A start that failed never shuts down, and is not to be waited for. */
  private static volatile boolean started;

  /** Starts Stillpoint and returns when it has ended, or runs a command. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length == 2 && args[0].endsWith("-master-key")) {
      writeMasterKey(args[0], Path.of(args[1]));
      return;
    }
    StartSettings settings = StartSettings.read();
    List<String> objections = settings.objections();
    if (!objections.isEmpty()) {
      objections.forEach(System.err::println);
      System.exit(1);
    }
    if (KeyCommands.knows(args) || PractitionerCommands.knows(args)) {
      run(args, settings);
      return;
    }
    try {
      Groundwork groundwork = Groundwork.lay(settings);
      // Set as properties of our own, which the framework's settings refer to, so that whoever sets
      // those directly, such as a test, is not overruled.
      groundwork.properties().forEach(System::setProperty);
      // One decision, whoever asks and however it was written.
      System.setProperty("stillpoint.sandbox", Boolean.toString(settings.isSandbox()));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> closeLast(groundwork), "groundwork"));
    } catch (DatabaseStartException | MasterKeyException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    Quarkus.run(Stillpoint.class, Stillpoint::exit, args);
  }

  /** Into a new file, or as one more key into a file that the server doesn't use yet. */
  private static void writeMasterKey(String command, Path file) {
    try {
      switch (command) {
        case "create-master-key" -> MasterKeyFile.create(file);
        case "add-master-key" -> MasterKeyFile.addTodays(file, ProductClock.real());
        default -> throw new MasterKeyException("There is no command " + command + ".");
      }
    } catch (MasterKeyException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(String[] command, StartSettings settings) throws InterruptedException {
    try {
      System.out.println(
          PractitionerCommands.knows(command)
              ? PractitionerCommands.run(command, settings)
              : KeyCommands.run(command, settings));
    } catch (DatabaseStartException | MasterKeyException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    } catch (IllegalStateException e) {
      System.err.println(
          e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
      System.exit(1);
    }
  }

  /** A master key that doesn't open the data shows only once the application reads them. */
  private static void exit(int code, @Nullable Throwable thrown) {
    MasterKeyException.in(thrown).ifPresent(refusal -> System.err.println(refusal.getMessage()));
    System.exit(code);
  }

  /** The database outlives the requests in flight. */
  private static void closeLast(Groundwork groundwork) {
    Application application = Application.currentApplication();
    if (started && application != null) {
      application.awaitShutdown();
    }
    groundwork.close();
  }

  @Override
  public int run(String... args) throws InterruptedException {
    started = true;
    var config = ConfigProvider.getConfig();
    boolean sandbox = config.getValue("stillpoint.sandbox", Boolean.class);
    if (sandbox) {
      Arc.container()
          .instance(SandboxReset.class)
          .get()
          .begin(URI.create("http://127.0.0.1:" + config.getValue(PORT, String.class)));
    }
    System.out.printf(
        "Stillpoint%s listens on http://%s:%s and keeps its data in %s; next: %s%n",
        sandbox ? " (sandbox)" : "",
        config.getValue("quarkus.http.host", String.class),
        config.getValue(PORT, String.class),
        data(),
        sandbox
            ? "paste the block under \"First tap\" of README.md into another shell."
            : "point your apps at it.");
    Quarkus.waitForExit();
    return 0;
  }

  private static String data() {
    StartSettings settings = StartSettings.read();
    return System.getProperty("stillpoint.database.folder") != null
        ? settings.folder().toString()
        : "the external database";
  }
}
