package org.stillpoint.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.model.Wire.Answer;

/** Fresh people in a fresh relationship, and their calls. */
final class Party {
  private static final List<String> NAMES = List.of("ana", "ben", "cleo", "dan");

  /** As long as a login may last: the longest run takes less. */
  private static final int LOGIN_SECONDS = 86_400;

  private final Wire wire;
  private final List<String> tokens = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final String relationship;

  Party(Wire wire, int members) {
    this.wire = wire;
    wire.begin(this);
    for (int i = 0; i < members; i++) {
      arrive(NAMES.get(i));
    }
    relationship = as(0, "POST", "/v1/relationships").done().json().path("id").asText();
    for (int i = 1; i < members; i++) {
      join(i);
    }
  }

  private void arrive(String name) {
    Map<String, Object> login =
        Map.of("subject", name + "-" + UUID.randomUUID(), "expiresInSeconds", LOGIN_SECONDS);
    Answer minted = wire.call(null, "POST", "/sandbox/tokens", login);
    tokens.add(minted.done().json().path("accessToken").asText());
    int member = tokens.size() - 1;
    as(member, "PUT", "/v1/me/adult-attestation").done();
    ids.add(as(member, "GET", "/v1/me").done().json().path("id").asText());
  }

  private void join(int member) {
    var invitation = as(0, "POST", below("/invitations")).done().json();
    for (int other = 1; other < member; other++) {
      as(other, "PUT", below("/invitations/" + invitation.path("id").asText() + "/assents/me"))
          .done();
    }
    String path = "/v1/invitations/" + invitation.path("code").asText();
    String seen = as(member, "GET", path).done().etag();
    wire.call(tokens.get(member), "POST", path + "/acceptance", null, seen).done();
  }

  private Answer as(int member, String method, String path) {
    return wire.call(tokens.get(member), method, path);
  }

  private String below(String path) {
    return "/v1/relationships/" + relationship + path;
  }

  Answer get(int member, String path) {
    return as(member, "GET", path.startsWith("/v1/") ? path : below(path));
  }

  Answer send(int member, String method, String path) {
    return as(member, method, below(path));
  }

  Answer send(int member, String method, String path, @Nullable Map<String, ?> body) {
    return wire.call(tokens.get(member), method, below(path), body);
  }

  Answer send(
      int member, String method, String path, @Nullable Map<String, ?> body, String ifMatch) {
    return wire.call(tokens.get(member), method, below(path), body, ifMatch);
  }

  Instant now() {
    return Instant.parse(
        wire.call(null, "GET", "/sandbox/clock").done().json().path("now").asText());
  }

  void pass(long seconds) {
    wire.pass(this, seconds);
  }

  int size() {
    return ids.size();
  }

  String id(int member) {
    return ids.get(member);
  }

  static String name(int member) {
    return NAMES.get(member);
  }
}
