package org.stillpoint.device;

import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * An app at Apple.
 *
 * @param topic its bundle id
 * @param key signs who we are; null in a sandbox, where nothing is really sent
 */
record ApnsAccount(String topic, String host, int port, @Nullable ApnsSigningKey key) {
  static final ApnsAccount SANDBOX =
      new ApnsAccount("sandbox", "api.sandbox.push.apple.com", 443, null);

  static ApnsAccount read(ApnsConfig.App app) throws IOException {
    URI server = app.server();
    if (!"https".equals(server.getScheme()) || server.getHost() == null) {
      throw new IOException("server must be an https address.");
    }
    File file = app.keyFile().toFile();
    if (!Files.isReadable(app.keyFile())) {
      throw new IOException("The key file " + file + " can't be read.");
    }
    int port = server.getPort() == -1 ? 443 : server.getPort();
    return new ApnsAccount(app.topic(), server.getHost(), port, key(app, file));
  }

  private static ApnsSigningKey key(ApnsConfig.App app, File file) throws IOException {
    try {
      return ApnsSigningKey.loadFromPkcs8File(file, app.teamId(), app.keyId());
    } catch (IOException
        | NoSuchAlgorithmException
        | InvalidKeyException
        | ClassCastException
        | IllegalArgumentException e) {
      throw new IOException("The key file " + file + " holds no key of APNs (.p8).", e);
    }
  }
}
