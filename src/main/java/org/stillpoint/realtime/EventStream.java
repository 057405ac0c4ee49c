package org.stillpoint.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.event.Announced;
import org.stillpoint.event.EventType;
import org.stillpoint.event.EventView;

/** One open stream of one app of one member. */
final class EventStream {
  private static final int PAGE = 200;

  /** What an app waits before it comes again; spread, so that not all come at once. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final UUID memberId;
  private final UUID clientRowId;
  private final Instant expiresAt;
  private final MultiEmitter<? super OutboundSseEvent> emitter;
  private final Backlog backlog;
  private final Sse sse;
  private final ObjectMapper json;
  private final FeedReader feed;
  private long sent;

  EventStream(
      Opening opening,
      MultiEmitter<? super OutboundSseEvent> emitter,
      Backlog backlog,
      Sse sse,
      ObjectMapper json,
      FeedReader feed) {
    this.memberId = opening.memberId();
    this.clientRowId = opening.clientRowId();
    this.expiresAt = opening.expiresAt();
    this.sent = opening.after();
    this.emitter = emitter;
    this.backlog = backlog;
    this.sse = sse;
    this.json = json;
    this.feed = feed;
  }

  /**
   * What a stream is opened with.
   *
   * @param clientRowId the id of the app in the member's list of apps
   * @param expiresAt when the token ends
   * @param after the number of the last event that the app has seen
   */
  record Opening(UUID memberId, UUID clientRowId, Instant expiresAt, long after) {}

  UUID memberId() {
    return memberId;
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  synchronized long sent() {
    return sent;
  }

  /** Sends an event that was just committed, if it is the next one. */
  synchronized boolean offer(Announced event) {
    if (event.sequence() == sent + 1 && !backlog.isFull()) {
      send(event);
    }
    return event.sequence() <= sent;
  }

  /** Sends what is stored and not yet sent; false when its reader has to make room first. */
  synchronized boolean catchUp() {
    List<Announced> events;
    do {
      if (backlog.isFull()) {
        return false;
      }
      events = feed.after(memberId, sent, PAGE);
      events.forEach(this::send);
    } while (events.size() == PAGE && !emitter.isCancelled());
    return true;
  }

  /** Skips numbers whose events are not there any more. */
  synchronized void skipTo(long sequence) {
    sent = Math.max(sent, sequence);
  }

  /** How much waits for the reader. */
  int backlog() {
    return backlog.size();
  }

  /** What waits shows as well that the stream lives, or that nobody reads it. */
  void heartbeat() {
    if (backlog.size() == 0) {
      emit(sse.newEventBuilder().comment("").build());
    }
  }

  void greet() {
    emit(sse.newEventBuilder().comment("open").reconnectDelay(RETRY.toMillis()).build());
  }

  private void emit(OutboundSseEvent event) {
    backlog.given();
    emitter.emit(event);
  }

  void end() {
    emitter.complete();
  }

  private void send(Announced event) {
    if (emitter.isCancelled()) {
      return;
    }
    sent = event.sequence();
    emit(
        sse.newEventBuilder()
            .id(Long.toString(event.sequence()))
            .name(event.type())
            .mediaType(MediaType.TEXT_PLAIN_TYPE)
            .data(String.class, text(event))
            .build());
    if (endsStream(event)) {
      end();
    }
  }

  private boolean endsStream(Announced event) {
    return event.type().equals(EventType.RELATIONSHIP_LEFT.wireName())
        || (event.type().equals(EventType.CLIENT_CUT_OFF.wireName())
            && event.resource().id().equals(clientRowId));
  }

  private String text(Announced event) {
    try {
      return json.writeValueAsString(EventView.of(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event can't be written", e);
    }
  }
}
