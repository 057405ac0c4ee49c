import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.stillpoint.client.ApiClient;
import org.stillpoint.client.ApiException;
import org.stillpoint.client.api.EventsApi;
import org.stillpoint.client.api.InvitationsApi;
import org.stillpoint.client.api.MeApi;
import org.stillpoint.client.api.PausesApi;
import org.stillpoint.client.api.RelationshipsApi;
import org.stillpoint.client.model.Event;
import org.stillpoint.client.model.NewInvitation;
import org.stillpoint.client.model.Pause;
import org.stillpoint.client.model.PauseKind;
import org.stillpoint.client.model.PausePage;
import org.stillpoint.client.model.Problem;
import org.stillpoint.client.model.RaisePauseRequest;

/** Uses the client as an app does, and then reads answers such as a later version might give. */
public final class Tour {
  private static final ObjectMapper JSON = ApiClient.createDefaultObjectMapper();

  /** What is sent for a parameter of that type; any other type is that of the body. */
  private static final Map<Class<?>, Object> SAMPLES =
      Map.of(
          String.class, "x",
          Integer.class, 1,
          UUID.class, UUID.fromString("01939a00-5c1e-7b52-9d5e-3f1f6f0a4c11"),
          OffsetDateTime.class, OffsetDateTime.parse("2026-11-03T21:04:05.678Z"),
          LocalDate.class, LocalDate.parse("2026-11-03"),
          List.class, List.of("x"));

  public static void main(String[] args) throws Exception {
    tap(login(args[0], args[1]), login(args[0], args[2]));
    for (String call : Files.readAllLines(Path.of(args[4]))) {
      readStrangeAnswer(args[3], call.split("\t", -1));
    }
  }

  private static ApiClient login(String url, String token) {
    ApiClient client = new ApiClient();
    client.updateBaseUri(url);
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
    return client;
  }

  private static void tap(ApiClient ana, ApiClient ben) throws Exception {
    new MeApi(ana).attestAdult();
    new MeApi(ben).attestAdult();
    UUID us = new RelationshipsApi(ana).createRelationship(null).getId();
    String key = UUID.randomUUID().toString();
    NewInvitation invitation = new InvitationsApi(ana).createInvitation(us, key);
    expect(invitation, new InvitationsApi(ana).createInvitation(us, key));
    InvitationsApi invitations = new InvitationsApi(ben);
    String seen =
        invitations
            .previewInvitationWithHttpInfo(invitation.getCode(), null)
            .getHeaders()
            .get("etag")
            .getFirst();
    invitations.acceptInvitation(invitation.getCode(), seen, null);

    PausesApi hers = new PausesApi(ana);
    PausesApi his = new PausesApi(ben);
    Pause pause = hers.raisePause(us, null, new RaisePauseRequest().kind(PauseKind.RED));
    expect("active", pause.getState());
    expect(pause, hers.raisePause(us, null, null));
    Event raised =
        new EventsApi(ben)
            .listEvents(null, null).getData().stream()
                .filter(event -> event.getType().equals("pause.raised"))
                .findAny()
                .orElseThrow();
    expect(pause.getId(), raised.getResource().getId());
    expect("red", his.getPause(us, pause.getId()).getKind());
    expect("pause-not-yours-to-lift", refused(() -> his.liftPause(us, pause.getId(), null)).getCode());
    expect("lifted", hers.liftPause(us, pause.getId(), null).getState());

    hers.raisePauseWithId(us, UUID.randomUUID(), null);
    PausePage first = his.listPauses(us, 1, null);
    PausePage second = his.listPauses(us, 1, first.getNextCursor());
    expect(List.of(true, false), List.of(first.getHasMore(), second.getHasMore()));
    expect(pause.getId(), second.getData().getFirst().getId());
  }

  private interface Call {
    void make() throws ApiException;
  }

  private static Problem refused(Call call) throws Exception {
    try {
      call.make();
    } catch (ApiException refusal) {
      return JSON.readValue(refusal.getResponseBody(), Problem.class);
    }
    throw new AssertionError("It wasn't refused.");
  }

  /** Calls an operation, and sees that what the client doesn't know yet is read all the same. */
  private static void readStrangeAnswer(String server, String[] call) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(server + "/" + call[0]);
    Class<?> type = Class.forName("org.stillpoint.client.api." + call[1]);
    Method operation =
        Arrays.stream(type.getMethods())
            .filter(method -> method.getName().equals(call[2]))
            .min(Comparator.comparingInt(Method::getParameterCount))
            .orElseThrow();
    Object[] arguments = new Object[operation.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      Class<?> parameter = operation.getParameterTypes()[i];
      arguments[i] = SAMPLES.containsKey(parameter) ? SAMPLES.get(parameter) : JSON.readValue(call[4], parameter);
    }
    try {
      Object api = type.getConstructor(ApiClient.class).newInstance(client);
      String answer = String.valueOf(operation.invoke(api, arguments));
      expect(Integer.valueOf(call[3]), answer.split("unheard-of", -1).length - 1);
    } catch (ReflectiveOperationException | AssertionError failure) {
      throw new IllegalStateException(call[2] + ", " + call[0], failure);
    }
  }

  private static void expect(Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError("Expected " + expected + ", got " + actual);
    }
  }
}
