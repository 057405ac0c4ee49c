package org.stillpoint.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.crypto.Place;
import org.stillpoint.crypto.SealedTable;
import org.stillpoint.crypto.SealedText;
import org.stillpoint.time.Ids;

/** A phone or a browser of a member's, which a push service reaches. */
@Entity
@IdClass(Device.Key.class)
public class Device {
  /** Where its address is sealed. */
  public static final SealedTable SEALED =
      new SealedTable("device", List.of("member_id", "id"), "member_id", null, List.of("address"));

  /** Begins with the member whose it is. */
  public record Key(UUID memberId, UUID id) {}

  @Id
  @Column(updatable = false)
  private UUID memberId;

  @Id
  @Column(updatable = false)
  private UUID id;

  @Column(updatable = false)
  private String channel;

  @Column(updatable = false)
  private byte[] addressHash;

  @Column(updatable = false)
  private Instant createdAt;

  private String clientId;
  private String carrier;
  private SealedText address;

  protected Device() {}

  static Device create(UUID memberId, String channel, byte[] addressHash, Instant now) {
    Device device = new Device();
    device.memberId = memberId;
    device.id = Ids.next();
    device.channel = channel;
    device.addressHash = addressHash;
    device.createdAt = now;
    return device;
  }

  UUID id() {
    return id;
  }

  String channel() {
    return channel;
  }

  Instant createdAt() {
    return createdAt;
  }

  String clientId() {
    return clientId;
  }

  SealedText address() {
    return address;
  }

  Place place() {
    return SEALED.place("address", memberId, 0, memberId, id);
  }

  /** By the app that has registered it last. */
  void registered(String client, String by, SealedText sealed) {
    clientId = client;
    carrier = by;
    address = sealed;
  }
}
