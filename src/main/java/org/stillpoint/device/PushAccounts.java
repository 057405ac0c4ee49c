package org.stillpoint.device;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.stillpoint.delivery.SandboxPhones;

/**
 * The accounts of the apps at Apple and Google. They are read at the start: who exchanges a key
 * starts anew. In a sandbox, each app has both.
 */
@Singleton
public class PushAccounts implements PushCredentials {
  private final Map<String, ApnsAccount> apns;
  private final Map<String, FcmAccount> fcm;
  private final boolean sandbox;

  @Inject
  PushAccounts(ApnsConfig apns, FcmConfig fcm, SandboxPhones phones) {
    this(read(apns.apps(), ApnsAccount::read), read(fcm.apps(), FcmAccount::read), phones.areOn());
  }

  PushAccounts(Map<String, ApnsAccount> apns, Map<String, FcmAccount> fcm, boolean sandbox) {
    this.apns = Map.copyOf(apns);
    this.fcm = Map.copyOf(fcm);
    this.sandbox = sandbox;
  }

  /** Reads what the settings of an account name. */
  private interface Reader<S, A> {
    /**
     * Reads it.
     *
     * @throws IOException with a sentence for the operator
     */
    A read(S settings) throws IOException;
  }

  private static <S, A> Map<String, A> read(Map<String, S> settings, Reader<S, A> reader) {
    Map<String, A> accounts = new HashMap<>();
    settings.forEach(
        (clientId, app) -> {
          try {
            accounts.put(clientId, reader.read(app));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return accounts;
  }

  /** What is wrong with the settings, all at once; nothing when they can be used. */
  public static List<String> objections(ApnsConfig apns, FcmConfig fcm) {
    List<String> objections = new ArrayList<>();
    object("apns", apns.apps(), ApnsAccount::read, objections);
    object("fcm", fcm.apps(), FcmAccount::read, objections);
    return objections;
  }

  private static <S, A> void object(
      String channel, Map<String, S> settings, Reader<S, A> reader, List<String> objections) {
    settings.forEach(
        (clientId, app) -> {
          try {
            reader.read(app);
          } catch (IOException e) {
            objections.add(
                "stillpoint.push.%s.\"%s\": %s".formatted(channel, clientId, e.getMessage()));
          }
        });
  }

  @Override
  public boolean has(String channel, String clientId) {
    return switch (channel) {
      case ApnsChannel.NAME -> apns(clientId).isPresent();
      case FcmChannel.NAME -> fcm(clientId).isPresent();
      default -> false;
    };
  }

  Optional<ApnsAccount> apns(String clientId) {
    return of(clientId, apns, ApnsAccount.SANDBOX);
  }

  Optional<FcmAccount> fcm(String clientId) {
    return of(clientId, fcm, FcmAccount.SANDBOX);
  }

  private <A> Optional<A> of(String clientId, Map<String, A> accounts, A fake) {
    Optional<A> account = Optional.ofNullable(accounts.get(clientId));
    return sandbox ? account.or(() -> Optional.of(fake)) : account;
  }
}
