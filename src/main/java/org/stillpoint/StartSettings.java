package org.stillpoint;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.stillpoint.device.ApnsConfig;
import org.stillpoint.device.FcmConfig;
import org.stillpoint.device.PushAccounts;

/** The settings that decide how to start, read before the framework reads its own. */
final class StartSettings {
  private static final Set<String> STRONG =
      Set.of(
          "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512", "EDDSA");

  /** What belongs to production, and has no place beside a sandbox. */
  private static final List<String> PRODUCTION =
      List.of(
          "stillpoint.database.url",
          "stillpoint.token.issuer",
          "stillpoint.token.jwks",
          "stillpoint.master-key-file",
          "stillpoint.master-key-uri");

  private final SmallRyeConfig config;

  StartSettings(SmallRyeConfig config) {
    this.config = config;
  }

  /** From system properties, the environment, a {@code .env} file and the packaged settings. */
  static StartSettings read() {
    String profile =
        sources().build().getOptionalValue("quarkus.profile", String.class).orElse("prod");
    return new StartSettings(sources().withProfile(profile).build());
  }

  private static SmallRyeConfigBuilder sources() {
    return new SmallRyeConfigBuilder()
        .addDefaultSources()
        .addDefaultInterceptors()
        .addDiscoveredSources();
  }

  boolean isSandbox() {
    return config.getOptionalValue("stillpoint.sandbox", Boolean.class).orElse(false);
  }

  Path folder() {
    return Path.of(text("stillpoint.folder").orElse(".stillpoint")).toAbsolutePath().normalize();
  }

  Optional<String> databaseUrl() {
    return text("stillpoint.database.url");
  }

  Optional<Path> masterKeyFile() {
    return text("stillpoint.master-key-file").map(Path::of);
  }

  Optional<String> masterKeyUri() {
    return text("stillpoint.master-key-uri");
  }

  /** A setting about keys. */
  Optional<String> keys(String name) {
    return text("stillpoint.keys." + name);
  }

  Optional<String> databasePassword(String role) {
    return text("stillpoint.database." + role + "-password");
  }

  /** Why it isn't safe to start like this, all at once; nothing when it is. */
  List<String> objections() {
    List<String> objections = new ArrayList<>();
    if (isSandbox()) {
      checkSandbox(objections);
    } else {
      checkProduction(objections);
    }
    checkPush(objections);
    return objections;
  }

  private void checkSandbox(List<String> objections) {
    PRODUCTION.stream()
        .filter(name -> text(name).isPresent())
        .map(
            name ->
                "A sandbox doesn't start beside production settings: unset "
                    + name
                    + ", or stillpoint.sandbox.")
        .forEach(objections::add);
  }

  private void checkProduction(List<String> objections) {
    if (text("stillpoint.token.issuer").isEmpty()) {
      objections.add("Set stillpoint.token.issuer to the issuer whose tokens are accepted.");
    }
    checkKeys(objections);
    checkAlgorithms(objections);
    checkMasterKey(objections);
    checkWebPush(objections);
    checkSenders(objections);
    if (databaseUrl().isPresent()) {
      for (String role : List.of("owner", "app", "worker")) {
        if (databasePassword(role).isEmpty()) {
          objections.add("Set stillpoint.database." + role + "-password.");
        }
      }
    }
  }

  /** By a reader of its own: what it can't read isn't to keep the others from being read. */
  private void checkPush(List<String> objections) {
    try {
      SmallRyeConfig push =
          sources()
              .withProfiles(config.getProfiles())
              .withMapping(ApnsConfig.class)
              .withMapping(FcmConfig.class)
              .build();
      objections.addAll(
          PushAccounts.objections(
              push.getConfigMapping(ApnsConfig.class), push.getConfigMapping(FcmConfig.class)));
    } catch (ConfigValidationException e) {
      for (int i = 0; i < e.getProblemCount(); i++) {
        // Without its number.
        objections.add(e.getProblem(i).getMessage().replaceFirst("^SRCFG\\d+: ", ""));
      }
    }
  }

  private void checkMasterKey(List<String> objections) {
    Optional<Path> file = masterKeyFile();
    if (file.isPresent() == masterKeyUri().isPresent()) {
      objections.add(
          "Set stillpoint.master-key-file to the file that holds the master keys, or"
              + " stillpoint.master-key-uri to a key of a key management service.");
    } else if (file.isPresent() && !Files.isReadable(file.get())) {
      objections.add("The master key file " + file.get() + " can't be read.");
    }
  }

  private void checkWebPush(List<String> objections) {
    Optional<String> file = text("stillpoint.push.vapid-key-file");
    if (file.isEmpty()) {
      return;
    }
    if (!Files.isReadable(Path.of(file.get()))) {
      objections.add("The key file for Web Push " + file.get() + " can't be read.");
    }
    String subject = text("stillpoint.push.vapid-subject").orElse("");
    if (!subject.matches("mailto:.+@.+|https://.+")) {
      objections.add(
          "Set stillpoint.push.vapid-subject to a mailto: or https: address at which push services"
              + " reach you.");
    }
  }

  private void checkSenders(List<String> objections) {
    if (text("stillpoint.sms.url").isPresent() && text("stillpoint.sms.from").isEmpty()) {
      objections.add("Set stillpoint.sms.from to the number from which SMS come.");
    }
    if (text("stillpoint.email.host").isPresent()
        && !text("stillpoint.email.from").orElse("").matches("[^@\\s]+@[^@\\s]+")) {
      objections.add("Set stillpoint.email.from to the bare address from which e-mails come.");
    }
  }

  private void checkKeys(List<String> objections) {
    String jwks = text("stillpoint.token.jwks").orElse("");
    if (jwks.isEmpty()) {
      objections.add("Set stillpoint.token.jwks to the address of the issuer's keys.");
    } else if (!jwks.startsWith("https://") && !isReadableFile(jwks)) {
      objections.add("stillpoint.token.jwks must be an https address or a file that can be read.");
    }
  }

  private static boolean isReadableFile(String location) {
    try {
      return Files.isReadable(
          location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location));
    } catch (IllegalArgumentException noPath) {
      return false;
    }
  }

  private void checkAlgorithms(List<String> objections) {
    Arrays.stream(text("stillpoint.token.algorithms").orElse("ES256").split(",", -1))
        .map(String::trim)
        .filter(algorithm -> !STRONG.contains(algorithm))
        .forEach(
            algorithm ->
                objections.add(
                    "stillpoint.token.algorithms may not contain "
                        + algorithm
                        + ": only asymmetric signatures are accepted."));
  }

  private Optional<String> text(String name) {
    return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
  }
}
