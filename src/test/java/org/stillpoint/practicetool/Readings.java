package org.stillpoint.practicetool;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stillpoint.client.ApiException;
import org.stillpoint.client.api.PracticeApi;
import org.stillpoint.client.model.OpenedPracticeGrant;
import org.stillpoint.client.model.PracticeAnswerPage;
import org.stillpoint.client.model.PracticeBrief;
import org.stillpoint.client.model.PracticeCheckInPage;
import org.stillpoint.client.model.PracticeGrant;
import org.stillpoint.client.model.PracticeGrantPage;
import org.stillpoint.client.model.PracticeMember;
import org.stillpoint.client.model.PracticeNews;
import org.stillpoint.client.model.PracticePausePage;
import org.stillpoint.client.model.PracticeSnapshotPage;
import org.stillpoint.practicetool.Notes.Note;

/** The lists of the API, read to their end. */
final class Readings {
  /** As many as a page can have. */
  private static final int LIMIT = 100;

  private final PracticeApi api;
  private final List<Listing> listings;

  Readings(PracticeApi api) {
    this.api = api;
    this.listings =
        List.of(
            new Listing("agreements", "term", this::terms),
            new Listing("checkInAgendas", "checkIn", this::checkIns),
            new Listing("pauses", "pause", this::pauses),
            new Listing("markedAnswers", "answer", this::answers),
            new Listing("snapshots", "snapshot", this::snapshots));
  }

  /**
   * A list of the API.
   *
   * @param scope under which it can be read
   * @param type of what is in it, in a brief
   */
  private record Listing(String scope, String type, Reader reader) {}

  private interface Reader {
    List<Note> read(UUID grantId, Set<UUID> memberIds, @Nullable OffsetDateTime since)
        throws ApiException;
  }

  private interface Pages<P> {
    P after(@Nullable String cursor) throws ApiException;
  }

  /** Of relationships, and of single people. */
  List<PracticeGrant> grants() throws ApiException {
    List<PracticeGrant> grants = new ArrayList<>();
    for (Pages<PracticeGrantPage> pages :
        List.<Pages<PracticeGrantPage>>of(
            cursor -> api.listPracticeRelationships(LIMIT, cursor),
            cursor -> api.listPracticePeople(LIMIT, cursor))) {
      grants.addAll(all(pages, PracticeGrantPage::getData, PracticeGrantPage::getNextCursor));
    }
    return grants;
  }

  /** All that can be read under a grant. */
  List<Note> all(OpenedPracticeGrant grant) throws ApiException {
    List<Note> notes = new ArrayList<>();
    for (Listing listing : listings) {
      if (grant.getScopes().contains(listing.scope())) {
        notes.addAll(listing.reader().read(grant.getId(), members(grant), null));
      }
    }
    return notes;
  }

  /** What a brief names, and of nobody of whom it names nothing. */
  List<Note> named(OpenedPracticeGrant grant, PracticeBrief brief, OffsetDateTime since)
      throws ApiException {
    List<Note> notes = new ArrayList<>();
    for (Listing listing : listings) {
      List<PracticeNews> news =
          brief.getItems().stream().filter(item -> listing.type().equals(item.getType())).toList();
      if (!news.isEmpty()) {
        notes.addAll(listing.reader().read(grant.getId(), members(news), since));
      }
    }
    return notes;
  }

  private static Set<UUID> members(OpenedPracticeGrant grant) {
    Set<UUID> members = new LinkedHashSet<>();
    grant.getMembers().stream().map(PracticeMember::getMemberId).forEach(members::add);
    return members;
  }

  private static Set<UUID> members(Collection<PracticeNews> news) {
    Set<UUID> members = new HashSet<>();
    for (PracticeNews item : news) {
      UUID memberId = item.getProvenance().getMemberId();
      if (memberId != null) {
        members.add(memberId);
      }
    }
    return members;
  }

  private List<Note> terms(UUID grantId, Set<UUID> memberIds, @Nullable OffsetDateTime since)
      throws ApiException {
    return api.listPracticeTerms(grantId).getTerms().stream()
        .map(term -> new Note("term", term.getId(), term.getProvenance(), term))
        .toList();
  }

  private List<Note> checkIns(UUID grantId, Set<UUID> memberIds, @Nullable OffsetDateTime since)
      throws ApiException {
    return all(
            cursor -> api.listPracticeCheckIns(grantId, since, LIMIT, cursor),
            PracticeCheckInPage::getData,
            PracticeCheckInPage::getNextCursor)
        .stream()
        .map(talk -> new Note("checkIn", talk.getId(), talk.getProvenance(), talk))
        .toList();
  }

  private List<Note> pauses(UUID grantId, Set<UUID> memberIds, @Nullable OffsetDateTime since)
      throws ApiException {
    return all(
            cursor -> api.listPracticePauses(grantId, since, LIMIT, cursor),
            PracticePausePage::getData,
            PracticePausePage::getNextCursor)
        .stream()
        .map(pause -> new Note("pause", pause.getId(), pause.getProvenance(), pause))
        .toList();
  }

  private List<Note> answers(UUID grantId, Set<UUID> memberIds, @Nullable OffsetDateTime since)
      throws ApiException {
    List<Note> notes = new ArrayList<>();
    for (UUID memberId : memberIds) {
      all(
              cursor -> api.listPracticeAnswers(grantId, memberId, since, LIMIT, cursor),
              PracticeAnswerPage::getData,
              PracticeAnswerPage::getNextCursor)
          .forEach(one -> notes.add(new Note("answer", one.getId(), one.getProvenance(), one)));
    }
    return notes;
  }

  private List<Note> snapshots(UUID grantId, Set<UUID> memberIds, @Nullable OffsetDateTime since)
      throws ApiException {
    List<Note> notes = new ArrayList<>();
    for (UUID memberId : memberIds) {
      all(
              cursor -> api.listPracticeSnapshots(grantId, memberId, since, LIMIT, cursor),
              PracticeSnapshotPage::getData,
              PracticeSnapshotPage::getNextCursor)
          .forEach(
              copy -> notes.add(new Note("snapshot", copy.getId(), copy.getProvenance(), copy)));
    }
    return notes;
  }

  private static <P, T> List<T> all(
      Pages<P> pages, Function<P, List<T>> data, Function<P, @Nullable String> next)
      throws ApiException {
    List<T> all = new ArrayList<>();
    String cursor = null;
    do {
      P page = pages.after(cursor);
      all.addAll(data.apply(page));
      cursor = next.apply(page);
    } while (cursor != null);
    return all;
  }
}
