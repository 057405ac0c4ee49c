package org.stillpoint.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.delivery.FakeCarrier;
import org.stillpoint.delivery.Parcel;
import org.stillpoint.delivery.Response;
import org.stillpoint.delivery.UnreachableException;

/**
 * The fake carrier: it takes whatever isn't addressed to this machine, keeps it to be read back,
 * and fails as it is told.
 */
@Singleton
class SandboxInbox implements FakeCarrier {
  private static final int MOST = 1_000;
  private static final int MOST_FAULTS = 100;
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Sandbox sandbox;
  private final Clock clock;
  private final Deque<Item> items = new ArrayDeque<>();
  private final List<Fault> faults = new ArrayList<>();

  SandboxInbox(Sandbox sandbox, Clock clock) {
    this.sandbox = sandbox;
    this.clock = clock;
  }

  /**
   * What a carrier was handed.
   *
   * @param id the notice's; the same when it comes again
   * @param text what the phone shows
   * @param headers as they were sent
   * @param body as it was sent, in Base64
   */
  record Item(
      UUID id,
      UUID memberId,
      String text,
      boolean urgent,
      Instant handedOverAt,
      String channel,
      UUID targetId,
      Map<String, String> headers,
      String body) {}

  /** How it fails. */
  enum FaultKind {
    /** Takes its time, and takes it. */
    @JsonProperty("slow")
    SLOW,
    /** Answers 500. */
    @JsonProperty("serverError")
    SERVER_ERROR,
    /** Never answers. */
    @JsonProperty("timeout")
    TIMEOUT,
    /** Says that the target is no more (410). */
    @JsonProperty("gone")
    GONE,
    /** Takes it, and it never arrives. */
    @JsonProperty("lost")
    LOST
  }

  /**
   * A fault that a test has ordered.
   *
   * @param memberId whose deliveries; null for everybody's
   * @param channel null for each
   * @param times how often it is still to happen
   * @param delay of a slow one
   */
  record Fault(
      FaultKind kind,
      @Nullable UUID memberId,
      @Nullable String channel,
      int times,
      Duration delay) {
    private boolean hits(Parcel parcel) {
      return (memberId == null || memberId.equals(parcel.memberId()))
          && (channel == null || channel.equals(parcel.channel()));
    }

    private Fault onceLess() {
      return new Fault(kind, memberId, channel, times - 1, delay);
    }
  }

  @Override
  public boolean takes(Parcel parcel) {
    return sandbox.isOn()
        && (parcel.to().getHost() == null || !HERE.contains(parcel.to().getHost()));
  }

  @Override
  public Response send(Parcel parcel) throws UnreachableException, InterruptedException {
    Fault fault = fault(parcel);
    if (fault != null) {
      switch (fault.kind()) {
        case SLOW -> Thread.sleep(fault.delay());
        case SERVER_ERROR -> {
          return Response.of(500);
        }
        case TIMEOUT -> throw new UnreachableException("timeout");
        case GONE -> {
          return Response.of(410);
        }
        case LOST -> {
          return Response.of(201);
        }
      }
    }
    keep(parcel);
    return Response.of(201);
  }

  private synchronized @Nullable Fault fault(Parcel parcel) {
    for (Iterator<Fault> all = faults.iterator(); all.hasNext(); ) {
      Fault fault = all.next();
      if (fault.hits(parcel)) {
        if (fault.times() == 1) {
          all.remove();
        } else {
          faults.set(faults.indexOf(fault), fault.onceLess());
        }
        return fault;
      }
    }
    return null;
  }

  private synchronized void keep(Parcel parcel) {
    if (items.size() == MOST) {
      items.removeFirst();
    }
    items.addLast(
        new Item(
            parcel.noticeId(),
            parcel.memberId(),
            parcel.shown(),
            parcel.isUrgent(),
            clock.instant(),
            parcel.channel(),
            parcel.targetId(),
            parcel.headers(),
            Base64.getEncoder().encodeToString(parcel.body())));
  }

  /** Orders a fault; beyond a hundred, the oldest is forgotten. */
  synchronized void order(Fault fault) {
    if (faults.size() == MOST_FAULTS) {
      faults.removeFirst();
    }
    faults.add(fault);
  }

  synchronized void mend() {
    faults.clear();
  }

  synchronized List<Item> of(UUID memberId) {
    return items.stream().filter(item -> item.memberId().equals(memberId)).toList();
  }

  synchronized void clear() {
    items.clear();
    faults.clear();
  }
}
