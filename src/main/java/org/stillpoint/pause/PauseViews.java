package org.stillpoint.pause;

import jakarta.persistence.Tuple;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.language.Language;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.DefaultSignals;
import org.stillpoint.relationship.Member;

/** Pauses on the wire. */
final class PauseViews {
  static final String KINDS = "[\"yellow\", \"pause\", \"red\"]";
  static final String STATES = "[\"active\", \"lifted\", \"ended\"]";
  static final String PAUSE_ID = "01939a21-77d0-7f3a-8b12-0c4d9e5f6a73";
  static final String TIME = "2026-11-03T21:04:05.678Z";

  private PauseViews() {}

  @Schema(name = "RaisePauseRequest", description = "All of it may be left out, and the body too.")
  record RaiseRequest(
      @Schema(description = "`pause` when left out.", examples = "red") @Nullable PauseKind kind,
      @Schema(
              description =
                  "When the tap was made, for one made offline. Replaced by the time of arrival if it"
                      + " lies in the future or more than 72 hours back.",
              examples = TIME)
          @Nullable Instant raisedAt) {
    static final RaiseRequest EMPTY = new RaiseRequest(null, null);

    PauseKind kindOr(PauseKind fallback) {
      return kind == null ? fallback : kind;
    }
  }

  @Schema(name = "Pause", description = "A member's signal to slow down or stop.")
  record PauseView(
      @Schema(required = true, examples = PAUSE_ID) UUID id,
      @Schema(
              required = true,
              description = "Show a pause as in force only while this is `active`.",
              examples = "active",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STATES, parseValue = true))
          String state,
      @Schema(
              required = true,
              examples = "red",
              extensions = @Extension(name = "x-extensible-enum", value = KINDS, parseValue = true))
          String kind,
      @Schema(required = true, examples = "01939a00-5b70-7c11-8a3f-9c7f1d2e6b05") UUID raiserId,
      @Schema(
              required = true,
              description =
                  "The default text for this kind, in the caller's language; the notice shows another one"
                      + " where all have agreed on it.",
              examples = "Please stop here. I will write when I can.")
          String discreetText,
      @Schema(required = true, description = "When the tap was made.", examples = TIME)
          Instant raisedAt,
      @Schema(required = true, description = "When the tap arrived.", examples = TIME)
          Instant receivedAt,
      @Schema(description = "When it was lifted, or its raiser left.", examples = TIME)
          @Nullable Instant endedAt,
      @Schema(description = "Who has acknowledged it, of their own accord; for the raiser only.")
          @Nullable List<AcknowledgementView> acknowledgements) {

    static PauseView of(
        Pause pause, Member reader, List<Acknowledgement> acknowledgements, Language language) {
      return of(
          pause,
          language,
          pause.raiserId().equals(reader.memberId())
              ? acknowledgements.stream().map(AcknowledgementView::of).toList()
              : null);
    }

    /** As it is right after the tap; what the others say comes later. */
    static PauseView raised(Pause pause, Language language) {
      return of(pause, language, null);
    }

    private static PauseView of(
        Pause pause, Language language, @Nullable List<AcknowledgementView> acknowledgements) {
      return new PauseView(
          pause.id(),
          pause.state(),
          pause.kind().wireName(),
          pause.raiserId(),
          DefaultSignals.discreetText(pause.kind().wireName(), language),
          pause.raisedAt(),
          pause.receivedAt(),
          pause.endedAt(),
          acknowledgements);
    }
  }

  @Schema(
      name = "Acknowledgement",
      description = "A member's voluntary word that it was understood.")
  record AcknowledgementView(
      @Schema(required = true, examples = "01939a00-61aa-7d20-b4c1-2f3e4d5c6b7a") UUID memberId,
      @Schema(required = true, examples = TIME) Instant acknowledgedAt) {
    static AcknowledgementView of(Acknowledgement acknowledgement) {
      return new AcknowledgementView(acknowledgement.memberId(), acknowledgement.acknowledgedAt());
    }
  }

  @Schema(
      name = "PauseDeliveries",
      description = "What has become of the notices of a pause, for its raiser.")
  record PauseDeliveriesView(
      @Schema(required = true, description = "The others, as far as they were told.")
          List<MemberDeliveriesView> members) {
    static PauseDeliveriesView of(List<Tuple> rows) {
      Map<UUID, List<DeliveryView>> members = new LinkedHashMap<>();
      for (Tuple row : rows) {
        List<DeliveryView> channels =
            members.computeIfAbsent(row.get("member_id", UUID.class), id -> new ArrayList<>());
        String channel = row.get("channel", String.class);
        if (channel != null) {
          channels.add(new DeliveryView(channel, row.get("state", String.class)));
        }
      }
      return new PauseDeliveriesView(
          members.entrySet().stream()
              .map(member -> new MemberDeliveriesView(member.getKey(), member.getValue()))
              .toList());
    }
  }

  @Schema(name = "MemberDeliveries", description = "The notices of one of the others.")
  record MemberDeliveriesView(
      @Schema(required = true, examples = "01939a00-61aa-7d20-b4c1-2f3e4d5c6b7a") UUID memberId,
      @Schema(
              required = true,
              description =
                  "By kind of channel. Empty when this member has set up none: the pause is in force, and"
                      + " shows when the app is opened.")
          List<DeliveryView> channels) {}

  @Schema(name = "Delivery", description = "The notice by one kind of channel.")
  record DeliveryView(
      @Schema(
              required = true,
              examples = "push",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"push\", \"sms\", \"email\"]",
                      parseValue = true))
          String channel,
      @Schema(
              required = true,
              description = "`handedOver` to whoever carries it, which isn't seen.",
              examples = "handedOver",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"queued\", \"handedOver\", \"failed\"]",
                      parseValue = true))
          String state) {}

  @Schema(name = "RelationshipState", description = "What is in force right now.")
  record StateView(
      @Schema(
              required = true,
              examples = "paused",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = "[\"open\", \"paused\", \"closed\"]",
                      parseValue = true))
          String state,
      @Schema(required = true, description = "The active pauses, the oldest first.")
          List<PauseView> activePauses) {}

  @Schema(name = "TimeWindowRequest", description = "A span of time, its end not included.")
  record WindowRequest(
      @Schema(required = true, examples = "2026-11-04T18:00:00.000Z") @NotNull Instant startsAt,
      @Schema(required = true, examples = "2026-11-04T20:00:00.000Z") @NotNull Instant endsAt) {
    ReturnOffers.Window window() {
      return new ReturnOffers.Window(startsAt, endsAt);
    }
  }

  @Schema(name = "TimeWindow", description = "A span of time, its end not included.")
  record WindowView(
      @Schema(required = true, examples = "2026-11-04T18:00:00.000Z") Instant startsAt,
      @Schema(required = true, examples = "2026-11-04T20:00:00.000Z") Instant endsAt) {
    static WindowView of(ReturnOffers.Window window) {
      return new WindowView(window.startsAt(), window.endsAt());
    }
  }

  @Schema(
      name = "ReturnWindowsRequest",
      description =
          "When you could return: at most ten windows of 24 hours in all, within the next 30 days.")
  record ReturnWindowsRequest(
      @Schema(required = true) @NotEmpty @Size(max = ReturnOffers.MOST_WINDOWS)
          List<@Valid @NotNull WindowRequest> windows) {}

  @Schema(
      name = "ReturnWindows",
      description =
          "Your own times, and the time that all have in common. An empty overlap doesn't tell whether"
              + " anybody else has offered any.")
  record ReturnWindowsView(
      @Schema(required = true, description = "Yours; nobody else sees them.")
          List<WindowView> windows,
      @Schema(description = "When you can change yours again.", examples = TIME)
          @Nullable Instant changeableAt,
      @Schema(required = true) List<WindowView> overlap) {}

  @Schema(name = "TapKeyRequest", description = "A key for a watch, a widget or an NFC tag.")
  record TapKeyRequest(
      @Schema(
              description = "Your own name for it; nobody else sees it.",
              maxLength = 80,
              examples = "Tag at the bed")
          @org.hibernate.validator.constraints.Length(max = 80)
          @Nullable SensitiveText label,
      @Schema(description = "What it raises; `pause` when left out.", examples = "red")
          @Nullable PauseKind kind) {}

  @Schema(name = "TapKey", description = "A key that can raise your pause and nothing else.")
  record TapKeyView(
      @Schema(required = true, examples = "01939a30-0a1b-7c2d-8e3f-405162738495") UUID id,
      @Schema(examples = "Tag at the bed") @Nullable SensitiveText label,
      @Schema(
              required = true,
              examples = "red",
              extensions = @Extension(name = "x-extensible-enum", value = KINDS, parseValue = true))
          String kind,
      @Schema(required = true, examples = TIME) Instant createdAt) {
    static TapKeyView of(TapKeyService.Listed listed) {
      TapKey key = listed.key();
      return new TapKeyView(key.id(), listed.label(), key.kind().wireName(), key.createdAt());
    }
  }

  @Schema(name = "NewTapKey", description = "A tap key with its text, which is shown this once.")
  record NewTapKeyView(
      @Schema(required = true, examples = "01939a30-0a1b-7c2d-8e3f-405162738495") UUID id,
      @Schema(
              required = true,
              description = "Send it in the header `Tap-Key`.",
              examples = "stap_AYk3xQv0m1c2d3e4f5g6h7")
          String key,
      @Schema(
              required = true,
              examples = "red",
              extensions = @Extension(name = "x-extensible-enum", value = KINDS, parseValue = true))
          String kind,
      @Schema(required = true, examples = TIME) Instant createdAt) {
    static NewTapKeyView of(TapKeyService.Made made) {
      TapKey key = made.key();
      return new NewTapKeyView(key.id(), made.text(), key.kind().wireName(), key.createdAt());
    }
  }

  @Schema(
      name = "Tap",
      description = "What a tap with a key led to; whoever holds the key learns no more.")
  record TapView(
      @Schema(
              required = true,
              examples = "active",
              extensions =
                  @Extension(name = "x-extensible-enum", value = STATES, parseValue = true))
          String state,
      @Schema(
              required = true,
              examples = "red",
              extensions = @Extension(name = "x-extensible-enum", value = KINDS, parseValue = true))
          String kind,
      @Schema(required = true, examples = TIME) Instant raisedAt) {
    static TapView of(Pause pause) {
      return new TapView(pause.state(), pause.kind().wireName(), pause.raisedAt());
    }
  }
}
