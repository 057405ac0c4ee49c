package org.stillpoint.device;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.stillpoint.transaction.DatabaseConfig;

/** Tells push services who sends (RFC 8292). Without a key, there is no Web Push. */
@Startup
@Singleton
class Vapid implements PushCredentials {
  /** RFC 8292 allows a day. */
  private static final Duration LIFETIME = Duration.ofHours(12);

  private static final Duration USED_FOR = Duration.ofHours(6);
  private static final int MOST_ORIGINS = 1_000;

  private final Optional<VapidKey> key;
  private final String subject;
  private final LoadingCache<String, String> tokens =
      Caffeine.newBuilder().maximumSize(MOST_ORIGINS).expireAfterWrite(USED_FOR).build(this::token);

  Vapid(
      VapidConfig config,
      DatabaseConfig database,
      @ConfigProperty(name = "stillpoint.folder") Path folder) {
    this.subject = config.vapidSubject();
    this.key =
        config
            .vapidKeyFile()
            .map(VapidKey::read)
            .or(
                () ->
                    database
                        .folder()
                        .map(_ -> VapidKey.readOrMake(folder.resolve("vapid-key.json"))));
  }

  @Override
  public boolean has(String channel, String clientId) {
    return key.isPresent() && channel.equals(WebPushChannel.NAME);
  }

  /** The public key that browsers need to subscribe; fails where there is none. */
  String applicationServerKey() {
    return key().point();
  }

  /** The header {@code Authorization} for a push service. */
  String authorization(URI endpoint) {
    return "vapid t=" + tokens.get(origin(endpoint)) + ", k=" + key().point();
  }

  private VapidKey key() {
    return key.orElseThrow(DeviceProblem.PUSH_NOT_SET_UP::exception);
  }

  private static String origin(URI endpoint) {
    return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
  }

  /** In real time, also where a sandbox's clock has been moved: that is what a push service has. */
  private String token(String audience) {
    JwtClaims claims = new JwtClaims();
    claims.setAudience(audience);
    claims.setSubject(subject);
    NumericDate expiry = NumericDate.now();
    expiry.addSeconds(LIFETIME.toSeconds());
    claims.setExpirationTime(expiry);
    JsonWebSignature signature = new JsonWebSignature();
    signature.setHeader("typ", "JWT");
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setPayload(claims.toJson());
    signature.setKey(key().secret());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("A token for a push service can't be signed", e);
    }
  }
}
