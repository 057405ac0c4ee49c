package org.stillpoint.agreement;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stillpoint.event.Event;
import org.stillpoint.event.EventType;
import org.stillpoint.event.Outbox;
import org.stillpoint.event.PressurePermit;
import org.stillpoint.relationship.Member;

/** Tells the participants, and nobody else, what became of an agreement. */
@Singleton
class AgreementEvents {
  private final Outbox outbox;

  AgreementEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  void proposed(PressurePermit permit, Agreement agreement, Term term, Member author, Instant now) {
    ask(permit, agreement, resource(agreement, term), author, now);
  }

  void proposed(PressurePermit permit, Agreement agreement, Member author, Instant now) {
    ask(permit, agreement, new Event.Resource("agreement", agreement.id()), author, now);
  }

  private void ask(
      PressurePermit permit,
      Agreement agreement,
      Event.Resource resource,
      Member author,
      Instant now) {
    outbox.add(
        Event.asking(
            permit,
            EventType.AGREEMENT_PROPOSED,
            now,
            agreement.relationshipId(),
            resource,
            author.memberId(),
            participants(agreement, author)));
  }

  void changed(Agreement agreement, Term term, Member actor, Instant now) {
    tell(agreement, resource(agreement, term), actor, now);
  }

  void changed(Agreement agreement, Member actor, Instant now) {
    tell(agreement, new Event.Resource("agreement", agreement.id()), actor, now);
  }

  /** Without a notice: in turns, suspending and ending would ring the others' phones all night. */
  private void tell(Agreement agreement, Event.Resource resource, Member actor, Instant now) {
    outbox.add(
        Event.of(
                EventType.AGREEMENT_CHANGED,
                now,
                agreement.relationshipId(),
                resource,
                actor.memberId(),
                participants(agreement, actor))
            .quietly());
  }

  private static Event.Resource resource(Agreement agreement, Term term) {
    return switch (agreement.kind()) {
      case AGREEMENT -> new Event.Resource("term", term.id());
      case HOLD -> new Event.Resource("hold", agreement.id());
      case SIGNAL -> new Event.Resource("signal", agreement.id());
      case COOLING_OFF -> new Event.Resource("coolingOff", agreement.id());
    };
  }

  private static List<UUID> participants(Agreement agreement, Member actor) {
    return agreement.memberIds().stream().filter(actor.all()::contains).toList();
  }
}
