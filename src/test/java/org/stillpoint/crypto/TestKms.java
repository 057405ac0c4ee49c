package org.stillpoint.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A key management service of the tests; its keys are made when they are first asked for. */
public class TestKms implements KmsClient {
  private static final String SCHEME = "test-kms://";
  private static final Map<String, Aead> KEYS = new ConcurrentHashMap<>();

  static void destroy(String uri) {
    KEYS.put(uri, new Destroyed());
  }

  private static final class Destroyed implements Aead {
    @Override
    public byte[] encrypt(byte[] plain, byte[] associated) throws GeneralSecurityException {
      throw new GeneralSecurityException("destroyed");
    }

    @Override
    public byte[] decrypt(byte[] sealed, byte[] associated) throws GeneralSecurityException {
      throw new GeneralSecurityException("destroyed");
    }
  }

  @Override
  public boolean doesSupport(String uri) {
    return uri.startsWith(SCHEME);
  }

  @Override
  public KmsClient withCredentials(@Nullable String path) {
    return this;
  }

  @Override
  public KmsClient withDefaultCredentials() {
    return this;
  }

  @Override
  public Aead getAead(String uri) {
    return KEYS.computeIfAbsent(uri, _ -> newKey());
  }

  private static Aead newKey() {
    try {
      return Keysets.aead(Keysets.generate());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
