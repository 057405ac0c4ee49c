package org.stillpoint.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys that wrap all others, in a file or in a key management service. */
class MasterKeysTest {
  private static final String PLACE = "somewhere";

  @TempDir Path folder;

  private Path created() {
    Path file = folder.resolve("key.json");
    MasterKeyFile.create(file);
    return file;
  }

  private static boolean opens(KeyWrapper wrapper, WrappedKeyset wrapped, KeysetHandle keyset) {
    try {
      return wrapper.unwrap(wrapped, PLACE).equalsKeyset(keyset);
    } catch (MasterKeyException e) {
      return false;
    }
  }

  @Test
  void aNewFileIsForItsOwnerOnlyAndIsNeverWrittenOver() throws IOException {
    Path file = created();
    String before = Files.readString(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.new");
    assertThatThrownBy(() -> MasterKeyFile.create(file)).isInstanceOf(MasterKeyException.class);
    assertThat(file).hasContent(before);
  }

  @Test
  void theNewestKeyWrapsAndOlderOnesOpenUntilTheyAreRemoved() {
    MasterKeyFile file = new MasterKeyFile(created());
    LocalDate first = file.dates().getFirst();
    KeysetHandle keyset = Keysets.generate();
    WrappedKeyset old = file.read().wrap(keyset, PLACE);

    file.add(first.plusDays(1));
    WrappedKeyset anew = file.read().wrap(keyset, PLACE);

    assertThat(List.of(old.masterKey(), anew.masterKey()))
        .containsExactly(first.toString(), first.plusDays(1).toString());
    assertThat(opens(file.read(), old, keyset)).isTrue();
    file.remove(List.of(first));
    assertThat(opens(file.read(), old, keyset)).isFalse();
    assertThat(opens(file.read(), anew, keyset)).isTrue();
  }

  @Test
  void whatIsWrappedOpensAtItsPlaceOnly() {
    KeyWrapper wrapper = new MasterKeyFile(created()).read();
    WrappedKeyset wrapped = wrapper.wrap(Keysets.generate(), "elsewhere/" + UUID.randomUUID());

    assertThatThrownBy(() -> wrapper.unwrap(wrapped, PLACE)).isInstanceOf(MasterKeyException.class);
  }

  @Test
  void aFileWithOneKeysetAloneIsDatedByItsTime() throws Exception {
    Path file = folder.resolve("plain.json");
    KeysetHandle plain = Keysets.generate();
    Files.writeString(
        file,
        TinkJsonProtoKeysetFormat.serializeKeyset(plain, InsecureSecretKeyAccess.get()),
        java.nio.file.StandardOpenOption.CREATE_NEW);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-09-01T23:59:00Z")));
    MasterKeyFile keys = new MasterKeyFile(file);
    KeysetHandle keyset = Keysets.generate();
    WrappedKeyset old = keys.read().wrap(keyset, PLACE);

    assertThat(old.masterKey()).isEqualTo("2026-09-01");
    keys.add(LocalDate.parse("2026-09-02"));
    assertThat(keys.dates()).hasSize(2);
    assertThat(opens(keys.read(), new WrappedKeyset(old.bytes(), ""), keyset)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
  void aFileThatIsOpenToOthersIsRefused(String mode) throws IOException {
    Path file = created();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> new MasterKeyFile(file).check())
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("0600");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "[]", "no key", "{\"yesterday\":{}}", "{\"2026-11-03\":{\"key\":1}}"})
  void whatIsNoKeyIsRefused(String content) throws IOException {
    Path file = created();
    Files.writeString(file, content);

    assertThatThrownBy(() -> new MasterKeyFile(file).check())
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("holds no master key");
  }

  @Test
  void aKeyManagementServiceWrapsAndItsOlderKeysOpen() {
    KeysetHandle keyset = Keysets.generate();
    WrappedKeyset old = MasterKeys.of(null, "test-kms://old").read().wrap(keyset, PLACE);
    MasterKeys now = MasterKeys.of(null, "test-kms://new");

    now.check();
    assertThat(old.masterKey()).isEqualTo("test-kms://old");
    assertThat(opens(now.read(), old, keyset)).isTrue();
    assertThat(now.read().wrap(keyset, PLACE).masterKey()).isEqualTo("test-kms://new");
    TestKms.destroy("test-kms://old");
    assertThat(opens(now.read(), old, keyset)).isFalse();
  }

  @Test
  void thereIsExactlyOneSourceAndSomebodyKnowsIt() {
    assertThatThrownBy(() -> MasterKeys.of(null, "nobodys-kms://key"))
        .isInstanceOf(MasterKeyException.class)
        .hasMessageContaining("No client");
    @Nullable Path none = null;
    assertThatThrownBy(() -> MasterKeys.of(none, null)).isInstanceOf(MasterKeyException.class);
    assertThatThrownBy(() -> MasterKeys.of(folder, "test-kms://key"))
        .isInstanceOf(MasterKeyException.class);
  }
}
