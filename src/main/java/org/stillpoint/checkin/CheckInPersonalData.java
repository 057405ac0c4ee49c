package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.stillpoint.checkin.Agenda.Words;
import org.stillpoint.crypto.Texts;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/**
 * The check-ins in which a member takes part, with the member's own questions; and all that the
 * member has answered, also in relationships left. Nothing of others, not even what was revealed;
 * but what all have decided.
 */
@Singleton
class CheckInPersonalData implements PersonalDataSource {
  private final EntityManager entities;
  private final AgendaTexts agendas;
  private final Texts texts;
  private final GuestMarks marks;
  private final PracticeMarks practiceMarks;
  private final Clock clock;

  CheckInPersonalData(
      EntityManager entities,
      AgendaTexts agendas,
      Texts texts,
      GuestMarks marks,
      PracticeMarks practiceMarks,
      Clock clock) {
    this.entities = entities;
    this.agendas = agendas;
    this.texts = texts;
    this.marks = marks;
    this.practiceMarks = practiceMarks;
    this.clock = clock;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    Instant now = clock.instant();
    Map<UUID, List<CheckInItem>> items =
        entities
            .createQuery(
                "from CheckInItem i left join fetch i.seriesItem order by i.checkInId, i.position",
                CheckInItem.class)
            .getResultStream()
            .collect(Collectors.groupingBy(CheckInItem::checkInId));
    copy.add(
        entities
            .createQuery("from CheckIn c order by c.startsAt, c.id", CheckIn.class)
            .getResultStream()
            .filter(checkIn -> checkIn.participantIds().contains(memberId))
            .map(
                checkIn ->
                    copy(memberId, checkIn, items.getOrDefault(checkIn.id(), List.of()), now))
            .toList());
    copy.add(series(memberId));
    Set<GuestMarks.Mark> marked = marks.own();
    Map<GuestMarks.Mark, List<UUID>> given = practiceMarks.own();
    copy.add(
        answers().stream()
            .map(
                answer -> {
                  GuestMarks.Mark mark = GuestMarks.Mark.of(answer);
                  return copy(answer, marked.contains(mark), given.getOrDefault(mark, List.of()));
                })
            .toList());
    copy.add(
        entities
            .createQuery("from Decision d order by d.proposedAt, d.id", Decision.class)
            .getResultStream()
            .filter(decision -> decision.isRecorded() || memberId.equals(decision.authorId()))
            .map(decision -> copy(memberId, decision))
            .toList());
  }

  private ExportDocument.CheckInDecision copy(UUID memberId, Decision decision) {
    return new ExportDocument.CheckInDecision(
        decision.relationshipId(),
        decision.checkInId(),
        decision.id(),
        memberId.equals(decision.authorId()),
        Objects.requireNonNull(texts.open(decision.text(), decision.place())),
        decision.agreementIds(),
        decision.termIds(),
        decision.recordedAt());
  }

  @SuppressWarnings("unchecked")
  private List<CheckInAnswer> answers() {
    return entities
        .createNativeQuery(
            "select * from own_check_in_answers() order by check_in_id, item_id",
            CheckInAnswer.class)
        .getResultList();
  }

  private ExportDocument.CheckIn copy(
      UUID memberId, CheckIn checkIn, List<CheckInItem> items, Instant now) {
    return new ExportDocument.CheckIn(
        checkIn.relationshipId(),
        checkIn.id(),
        CheckInViews.state(checkIn, items, now).wireName(),
        checkIn.startsAt(),
        checkIn.participantIds(),
        checkIn.templateId(),
        items.stream()
            .filter(item -> memberId.equals(item.authorId()) && !item.isOfSeries())
            .map(this::copy)
            .toList());
  }

  private ExportDocument.CheckInItem copy(CheckInItem item) {
    return copy(item.id(), Objects.requireNonNull(agendas.own(item)));
  }

  private static ExportDocument.CheckInItem copy(UUID itemId, Words words) {
    return new ExportDocument.CheckInItem(itemId, words.title(), words.questions());
  }

  private List<ExportDocument.CheckInSeries> series(UUID memberId) {
    Map<UUID, List<CheckInSeriesItem>> items =
        entities
            .createQuery(
                "from CheckInSeriesItem i order by i.seriesId, i.position", CheckInSeriesItem.class)
            .getResultStream()
            .collect(Collectors.groupingBy(CheckInSeriesItem::seriesId));
    return entities
        .createQuery("from CheckInSeries s order by s.createdAt, s.id", CheckInSeries.class)
        .getResultStream()
        .map(series -> copy(memberId, series, items.getOrDefault(series.id(), List.of())))
        .toList();
  }

  private ExportDocument.CheckInSeries copy(
      UUID memberId, CheckInSeries series, List<CheckInSeriesItem> items) {
    return new ExportDocument.CheckInSeries(
        series.relationshipId(),
        series.id(),
        series.localStart().toString(),
        series.timeZone().getId(),
        series.rule(),
        series.participantIds(),
        series.templateId(),
        items.stream()
            .filter(item -> memberId.equals(item.authorId()))
            .map(item -> copy(item.id(), Objects.requireNonNull(agendas.own(item))))
            .toList());
  }

  private ExportDocument.CheckInAnswer copy(
      CheckInAnswer answer, boolean forGuests, List<UUID> forPractitioners) {
    return new ExportDocument.CheckInAnswer(
        answer.relationshipId(),
        answer.checkInId(),
        answer.itemId(),
        texts.open(answer.text(), answer.place()),
        answer.passes(),
        answer.isOnlyForMe(),
        answer.isSubmitted(),
        forGuests,
        forPractitioners);
  }
}
