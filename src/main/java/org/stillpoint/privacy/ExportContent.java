package org.stillpoint.privacy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;

/** The content of an export that waits to be fetched. */
@Entity
@Table(name = "export_content")
@IdClass(Export.Key.class)
public class ExportContent {
  /** Where it is sealed. */
  public static final SealedTable SEALED =
      new SealedTable(
          "export_content", List.of("member_id", "id"), "member_id", null, List.of("sealed"));

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private SealedText sealed;

  protected ExportContent() {}

  static ExportContent of(UUID memberId, UUID id) {
    ExportContent content = new ExportContent();
    content.memberId = memberId;
    content.id = id;
    return content;
  }

  Place place() {
    return SEALED.place("sealed", memberId, 0, memberId, id);
  }

  void seal(SealedText content) {
    sealed = content;
  }

  SealedText sealed() {
    return sealed;
  }
}
