package org.stillpoint.crypto;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Master keys in a file of mode 0600: a JSON object of dates and Tink keysets. The newest wraps,
 * the older ones open what has not been wrapped anew. A file that holds one keyset alone is dated
 * by its time.
 */
public final class MasterKeyFile implements MasterKeys {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  /** The file is looked at later. */
  public MasterKeyFile(Path file) {
    this.file = file;
  }

  /** Makes a file with one new key, which must not be there yet. */
  public static void create(Path file) {
    try {
      Path written = PrivateFile.beside(file, "");
      NavigableMap<String, JsonNode> keys = new TreeMap<>();
      keys.put(date(Files.getLastModifiedTime(written).toInstant()).toString(), newKey());
      Files.writeString(written, JSON.writeValueAsString(keys), StandardOpenOption.SYNC);
      Files.createLink(file, written);
      Files.delete(written);
    } catch (IOException e) {
      throw new MasterKeyException("The master key file " + file + " can't be written.", e);
    }
  }

  /** Adds a key that wraps from now on, unless the day has one. */
  public static void addTodays(Path file, Clock clock) {
    new MasterKeyFile(file).add(date(clock.instant()));
  }

  private static JsonNode newKey() throws JsonProcessingException {
    try {
      return JSON.readTree(
          TinkJsonProtoKeysetFormat.serializeKeyset(
              Keysets.generate(), InsecureSecretKeyAccess.get()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("A key can't be made", e);
    }
  }

  @Override
  public KeyWrapper read() {
    return wrapper(keys());
  }

  @Override
  public void check() {
    NavigableMap<String, JsonNode> keys = keys();
    if (isOpenToOthers()) {
      throw new MasterKeyException(
          "The master key file " + file + " is open to others: give it the mode 0600.");
    }
    keys.keySet().forEach(name -> requireKey(keys, name));
  }

  private void requireKey(NavigableMap<String, JsonNode> keys, String name) {
    try {
      key(keys, name);
    } catch (GeneralSecurityException e) {
      throw noKey(e);
    }
  }

  private KeyWrapper wrapper(NavigableMap<String, JsonNode> keys) {
    return new KeyWrapper(
        keys.lastKey(),
        new KeyWrapper.Source() {
          private final Map<String, Aead> used = new HashMap<>();

          @Override
          public Aead key(String name) throws GeneralSecurityException {
            Aead key = used.get(name);
            if (key == null) {
              key = MasterKeyFile.key(keys, name);
              used.put(name, key);
            }
            return key;
          }

          @Override
          public List<String> candidates(String name) {
            return Stream.concat(Stream.of(name).filter(keys::containsKey), keys.keySet().stream())
                .distinct()
                .toList();
          }
        });
  }

  private static Aead key(NavigableMap<String, JsonNode> keys, String name)
      throws GeneralSecurityException {
    return Keysets.aead(
        TinkJsonProtoKeysetFormat.parseKeyset(
            String.valueOf(keys.get(name)), InsecureSecretKeyAccess.get()));
  }

  /** The names of its keys, the oldest first. */
  List<LocalDate> dates() {
    return keys().keySet().stream().map(LocalDate::parse).toList();
  }

  /** Adds a new key, which wraps from now on. */
  void add(LocalDate date) {
    NavigableMap<String, JsonNode> keys = keys();
    try {
      if (keys.putIfAbsent(date.toString(), newKey()) == null) {
        replace(keys);
      }
    } catch (IOException e) {
      throw new MasterKeyException("The master key file " + file + " can't be written.", e);
    }
  }

  /** Destroys keys: what they have wrapped opens nowhere any more. */
  void remove(Collection<LocalDate> dates) {
    NavigableMap<String, JsonNode> keys = keys();
    dates.forEach(date -> keys.remove(date.toString()));
    try {
      replace(keys);
    } catch (IOException e) {
      throw new MasterKeyException("The master key file " + file + " can't be written.", e);
    }
  }

  /** False for a file that is mounted to be read only. */
  boolean isWritable() {
    return Files.isWritable(file) && Files.isWritable(PrivateFile.folder(file));
  }

  private void replace(NavigableMap<String, JsonNode> keys) throws IOException {
    PrivateFile.write(file.toRealPath(), JSON.writeValueAsString(keys));
  }

  private NavigableMap<String, JsonNode> keys() {
    try {
      JsonNode root = JSON.readTree(file.toFile());
      NavigableMap<String, JsonNode> keys = new TreeMap<>();
      if (root.has("primaryKeyId")) {
        keys.put(date(Files.getLastModifiedTime(file).toInstant()).toString(), root);
      } else {
        root.properties()
            .forEach(key -> keys.put(LocalDate.parse(key.getKey()).toString(), key.getValue()));
      }
      if (keys.isEmpty()) {
        throw noKey(new GeneralSecurityException("No keyset"));
      }
      return keys;
    } catch (JsonProcessingException | DateTimeException e) {
      throw noKey(e);
    } catch (IOException e) {
      throw new MasterKeyException("The master key file " + file + " can't be read.", e);
    }
  }

  private static LocalDate date(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private MasterKeyException noKey(Exception cause) {
    return new MasterKeyException("The file " + file + " holds no master key.", cause);
  }

  /** A group may read what is another user's, as where a secret is mounted for the application. */
  private boolean isOpenToOthers() {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return false;
    }
    try {
      PosixFileAttributes attributes = view.readAttributes();
      Set<PosixFilePermission> granted = EnumSet.copyOf(attributes.permissions());
      granted.removeAll(PosixFilePermissions.fromString("rwx------"));
      if (!attributes.owner().getName().equals(System.getProperty("user.name"))) {
        granted.remove(PosixFilePermission.GROUP_READ);
      }
      return !granted.isEmpty();
    } catch (IOException e) {
      throw new MasterKeyException("The master key file " + file + " can't be read.", e);
    }
  }
}
