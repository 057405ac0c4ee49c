package org.stillpoint.device;

import com.google.auth.RequestMetadataCallback;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An app at Google. */
final class FcmAccount {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/firebase.messaging");

  static final FcmAccount SANDBOX =
      new FcmAccount(messages(URI.create("https://fcm.googleapis.com"), "sandbox"), null);

  private final URI messages;
  private final @Nullable ServiceAccountCredentials key;

  /** Keeps an access token, and gets the next one shortly before that one ends. */
  private volatile @Nullable GoogleCredentials credentials;

  private FcmAccount(URI messages, @Nullable ServiceAccountCredentials key) {
    this.messages = messages;
    this.key = key;
    forgetToken();
  }

  /** No access token was to be had: it may be later. */
  static final class NoTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoTokenException(@Nullable Throwable cause) {
      super("No access token for FCM", cause);
    }
  }

  static FcmAccount read(FcmConfig.App app) throws IOException {
    if (!isSafe(app.server())) {
      throw new IOException("server must be an https address.");
    }
    Path file = app.serviceAccountFile();
    if (!Files.isReadable(file)) {
      throw new IOException("The service account file " + file + " can't be read.");
    }
    ServiceAccountCredentials key = key(file);
    if (!isSafe(key.getTokenServerUri())) {
      throw new IOException("token_uri in " + file + " must be an https address.");
    }
    String project = key.getProjectId();
    if (project == null) {
      throw new IOException(file + " names no project.");
    }
    return new FcmAccount(messages(app.server(), project), key);
  }

  private static ServiceAccountCredentials key(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return ServiceAccountCredentials.fromStream(stream).createWithCustomRetryStrategy(false);
    } catch (IOException | ClassCastException | IllegalArgumentException e) {
      throw new IOException(file + " isn't the key of a service account (JSON).", e);
    }
  }

  /** An access token is sent there, which nobody on the way may read. */
  private static boolean isSafe(URI server) {
    return server.getHost() != null
        && ("https".equals(server.getScheme())
            || "http".equals(server.getScheme()) && HERE.contains(server.getHost()));
  }

  private static URI messages(URI server, String project) {
    return server.resolve("/v1/projects/" + project + "/messages:send");
  }

  /** Where its messages are sent. */
  URI messages() {
    return messages;
  }

  /**
   * What says who we are; nothing in a sandbox, where nothing is really sent. One who has to wait
   * for a token waits for this account's alone.
   */
  Map<String, String> authorization(Duration timeout) {
    GoogleCredentials current = credentials;
    if (current == null) {
      return Map.of();
    }
    CompletableFuture<Map<String, List<String>>> headers = new CompletableFuture<>();
    current.getRequestMetadata(
        messages,
        work -> Thread.ofVirtual().start(work),
        new RequestMetadataCallback() {
          @Override
          public void onSuccess(Map<String, List<String>> metadata) {
            headers.complete(metadata);
          }

          @Override
          public void onFailure(Throwable failure) {
            headers.completeExceptionally(failure);
          }
        });
    try {
      return headers.get(timeout.toNanos(), TimeUnit.NANOSECONDS).entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Map.Entry::getKey, header -> header.getValue().getFirst()));
    } catch (TimeoutException e) {
      throw new NoTokenException(e);
    } catch (ExecutionException e) {
      throw new NoTokenException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoTokenException(e);
    }
  }

  /** Google has withdrawn it: the next message gets another one. */
  void forgetToken() {
    credentials = key == null ? null : key.createScoped(SCOPES);
  }
}
