package org.stillpoint.practicetool;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.client.ApiClient;
import org.stillpoint.client.ApiException;
import org.stillpoint.client.api.PracticeApi;
import org.stillpoint.client.model.AssignPromptRequest;
import org.stillpoint.client.model.OpenedPracticeGrant;
import org.stillpoint.client.model.PracticeBrief;
import org.stillpoint.client.model.PracticeGrant;
import org.stillpoint.client.model.Problem;
import org.stillpoint.client.model.ProposeAgendaRequest;
import org.stillpoint.client.model.RegisterPractitionerRequest;
import org.stillpoint.practicetool.Notes.Note;

/** Reads what clients let a practitioner read, keeps no more than that, and sends what may help. */
public final class PracticeTool {
  private static final int NOT_THERE = 404;

  private final ApiClient client = new ApiClient();
  private final PracticeApi api;
  private final Readings readings;
  private final Notes notes = new Notes();
  private final Map<UUID, Opened> opened = new LinkedHashMap<>();

  /** A grant, and until when what it lets read has been read. */
  private record Opened(OpenedPracticeGrant grant, OffsetDateTime readUntil) {}

  /**
   * For one practitioner.
   *
   * @param accessToken of the practitioner's own login
   */
  public PracticeTool(URI service, String accessToken) {
    client.updateBaseUri(service.toString());
    client.setRequestInterceptor(
        request -> request.header("Authorization", "Bearer " + accessToken));
    api = new PracticeApi(client);
    readings = new Readings(api);
  }

  /** Says who the practitioner is. */
  public void register(RegisterPractitionerRequest profile) throws ApiException {
    api.registerPractitioner(profile);
  }

  /** By which clients find the practitioner. */
  public String makeCode() throws ApiException {
    return api.makePractitionerCode(UUID.randomUUID().toString()).getCode();
  }

  /** Reads all that there is, and drops what is no longer there. */
  public void synchronise() throws ApiException {
    List<UUID> listed = readings.grants().stream().map(PracticeGrant::getId).toList();
    List.copyOf(opened.keySet()).stream().filter(id -> !listed.contains(id)).forEach(this::drop);
    for (UUID grantId : listed) {
      unlessGone(grantId, () -> readAll(grantId));
    }
  }

  private void readAll(UUID grantId) throws ApiException {
    OpenedPracticeGrant grant = api.getPracticeGrant(grantId);
    PracticeBrief brief = api.getPracticeBrief(grantId, null);
    notes.keepOnly(grantId, readings.all(grant));
    opened.put(grantId, new Opened(grant, brief.getAsOf()));
  }

  /** Reads what is new, where anything is: cheaper, but it doesn't see what has gone. */
  public void lookForNews() throws ApiException {
    for (Opened before : List.copyOf(opened.values())) {
      unlessGone(before.grant().getId(), () -> readNews(before));
    }
  }

  private void readNews(Opened before) throws ApiException {
    UUID grantId = before.grant().getId();
    PracticeBrief brief = api.getPracticeBrief(grantId, before.readUntil());
    if (brief.getHasMore()) {
      readAll(grantId);
      return;
    }
    notes.keep(readings.named(before.grant(), brief, before.readUntil()));
    opened.put(grantId, new Opened(before.grant(), brief.getAsOf()));
  }

  private interface Reading {
    void go() throws ApiException;
  }

  private void unlessGone(UUID grantId, Reading reading) throws ApiException {
    try {
      reading.go();
    } catch (ApiException refused) {
      if (refused.getCode() != NOT_THERE) {
        throw refused;
      }
      drop(grantId);
    }
  }

  private void drop(UUID grantId) {
    opened.remove(grantId);
    notes.drop(grantId);
  }

  /** Those who let the practitioner read, as of the last time. */
  public Collection<OpenedPracticeGrant> grants() {
    return opened.values().stream().map(Opened::grant).toList();
  }

  /** What the tool has. */
  public List<Note> notes() {
    return notes.all();
  }

  /** Gives a client something to think about. */
  public UUID assignPrompt(UUID grantId, UUID memberId, String promptId) throws ApiException {
    UUID id = UUID.randomUUID();
    api.assignPrompt(grantId, memberId, id, new AssignPromptRequest().promptId(promptId));
    return id;
  }

  /** Gives clients something to talk about. */
  public UUID proposeAgenda(UUID grantId, ProposeAgendaRequest agenda) throws ApiException {
    UUID id = UUID.randomUUID();
    api.proposeAgenda(grantId, id, agenda);
    return id;
  }

  /** Why something was refused. */
  public @Nullable String code(ApiException refused) {
    try {
      return client.getObjectMapper().readValue(refused.getResponseBody(), Problem.class).getCode();
    } catch (JsonProcessingException notOfTheApi) {
      return null;
    }
  }
}
