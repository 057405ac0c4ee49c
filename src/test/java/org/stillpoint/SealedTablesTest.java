package org.stillpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stillpoint.ArchitectureTest.CODE;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stillpoint.crypto.SealedText;

/** A rotation of data keys leaves no sealed text out. */
class SealedTablesTest {
  @Test
  @Tag("S33")
  void everySealedTextIsRotated() {
    Set<String> stored =
        CODE.stream()
            .filter(type -> type.isAnnotatedWith(Entity.class))
            .flatMap(
                type ->
                    type.getAllFields().stream()
                        .filter(field -> field.getRawType().isEquivalentTo(SealedText.class))
                        .map(field -> table(type) + "." + column(field)))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> rotated =
        KeyCommands.SEALED.stream()
            .flatMap(table -> table.columns().stream().map(column -> table.name() + "." + column))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(stored).contains("member.display_name");
    assertThat(rotated).isEqualTo(stored);
  }

  private static String table(JavaClass type) {
    return type.isAnnotatedWith(Table.class)
        ? type.getAnnotationOfType(Table.class).name()
        : underscores(type.getSimpleName());
  }

  private static String column(JavaField field) {
    return underscores(field.getName());
  }

  private static String underscores(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z])([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
