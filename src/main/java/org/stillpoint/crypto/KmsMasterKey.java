package org.stillpoint.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.ServiceLoader;

/**
 * A master key that a key management service holds and never gives away. Its client is one of
 * Tink's, found on the class path. What another key of the same service wrapped still opens, until
 * the rotation has wrapped it anew.
 */
final class KmsMasterKey implements MasterKeys {
  private final String uri;
  private final KmsClient client;

  KmsMasterKey(String uri) {
    this.uri = uri;
    this.client = client(uri);
  }

  private static KmsClient client(String uri) {
    for (KmsClient found : ServiceLoader.load(KmsClient.class)) {
      if (found.doesSupport(uri)) {
        try {
          return found.withDefaultCredentials();
        } catch (GeneralSecurityException e) {
          throw new MasterKeyException(
              "The key management service takes no credentials from here.", e);
        }
      }
    }
    throw new MasterKeyException(
        "No client of a key management service on the class path supports the key"
            + " that stillpoint.master-key-uri names.");
  }

  @Override
  public KeyWrapper read() {
    return new KeyWrapper(
        uri,
        new KeyWrapper.Source() {
          @Override
          public Aead key(String name) throws GeneralSecurityException {
            return client.getAead(name);
          }

          @Override
          public List<String> candidates(String name) {
            return client.doesSupport(name) ? List.of(name) : List.of();
          }
        });
  }

  @Override
  public void check() {
    try {
      client.getAead(uri);
    } catch (GeneralSecurityException e) {
      throw new MasterKeyException("The key management service doesn't give this master key.", e);
    }
  }
}
