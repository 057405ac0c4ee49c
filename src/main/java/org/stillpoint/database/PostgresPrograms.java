package org.stillpoint.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL's programs, run as the right account.
 *
 * @param home where they are unpacked
 * @param folder where they run and where their log is
 */
record PostgresPrograms(Path home, ServerAccount account, Path folder) {

  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>(account.prefix());
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    Map<String, String> environment = builder.environment();
    // The caller's habits with other servers don't concern this one.
    environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    environment.put("LC_ALL", "C");
    return builder;
  }

  void run(String program, List<String> arguments) throws IOException, InterruptedException {
    await(program, builder(command(program, arguments)).start(), "");
  }

  /**
   * Runs statements as the superuser, in a session that is the whole server: needs no password, no
   * port and no client. The first error ends it.
   */
  void runSql(Path data, String database, String sql) throws IOException, InterruptedException {
    List<String> arguments =
        List.of("--single", "-j", "-c", "exit_on_error=true", "-D", data.toString(), database);
    ProcessBuilder builder = builder(command("postgres", arguments));
    forgive(data, builder);
    await("postgres", builder.start(), sql);
  }

  /**
   * Tells PostgreSQL that a recycled number in {@code postmaster.pid} is of no server. It ignores
   * the one named here, and still finds out whether sessions of the old server are left: removing
   * the file would take that guard away.
   */
  void forgive(Path data, ProcessBuilder builder) throws IOException {
    LeftoverServer.recycledPid(data)
        .ifPresent(pid -> builder.environment().put("PG_GRANDPARENT_PID", pid.toString()));
  }

  private void await(String program, Process process, String input)
      throws IOException, InterruptedException {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    } catch (IOException endedEarly) {
      // Its exit code says so.
    }
    int code = process.waitFor();
    if (code != 0) {
      throw failed(program, code);
    }
  }

  DatabaseStartException failed(String program, int code) throws IOException {
    return new DatabaseStartException(
        "PostgreSQL's %s ended with code %d (%s); the whole of its log is in %s."
            .formatted(program, code, lastWords(), log()));
  }

  private String lastWords() throws IOException {
    return Files.readAllLines(log(), UTF_8).stream()
        .filter(line -> !line.isBlank())
        .reduce((_, last) -> last)
        .orElse("it said nothing");
  }

  Path log() {
    return folder.resolve("postgres.log");
  }
}
