package org.stillpoint.sandbox;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.validator.constraints.Length;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.identity.Scopes;
import org.stillpoint.time.ProductClock;
import org.stillpoint.time.Rounds;

/** The sandbox's own operations; they are no part of the API's contract. */
@Path(Sandbox.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SandboxResource {
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** What is looked at this often, or more often, is done as soon as the clock has moved. */
  private static final Duration DUE = Duration.ofMinutes(1);

  private final SandboxTokens tokens;
  private final SandboxInbox inbox;
  private final SandboxReset reset;
  private final SandboxSeed seed;
  private final Neighbours neighbours;
  private final ProductClock clock;
  private final Rounds rounds;

  SandboxResource(
      SandboxTokens tokens,
      SandboxInbox inbox,
      SandboxReset reset,
      SandboxSeed seed,
      Neighbours neighbours,
      ProductClock clock,
      Rounds rounds) {
    this.tokens = tokens;
    this.inbox = inbox;
    this.reset = reset;
    this.seed = seed;
    this.neighbours = neighbours;
    this.clock = clock;
    this.rounds = rounds;
  }

  /**
   * Whose token.
   *
   * @param subject any name: the same name is the same person; needed unless it is of a client
   * @param scope all of Stillpoint's scopes for persons when left out; of a client, to manage its
   *     webhooks
   * @param loggedInSecondsAgo how long ago the person entered their password; now when left out
   * @param ofClient of the app itself, as by client credentials
   */
  record TokenRequest(
      @Length(min = 1, max = 200) @Nullable String subject,
      @Length(min = 1, max = 200) @Nullable String clientId,
      @Length(max = 1000) @Nullable String scope,
      @Min(1) @Max(86_400) @Nullable Integer expiresInSeconds,
      @Min(0) @Max(31_536_000) @Nullable Integer loggedInSecondsAgo,
      @Nullable Boolean ofClient) {}

  record TokenView(String accessToken, String tokenType, long expiresInSeconds) {}

  record ClockView(Instant now) {}

  record AdvanceRequest(@Min(0) @Max(400L * 86_400) long seconds) {}

  /**
   * How to begin anew.
   *
   * @param seed any word; empty when left out
   */
  record ResetRequest(@Pattern(regexp = "[A-Za-z0-9-]{1,64}") @Nullable String seed) {}

  /**
   * Another sandbox.
   *
   * @param url to be used as this one's is
   * @param ready whether it serves already
   */
  record NeighbourView(UUID id, URI url, boolean ready) {}

  record NeighboursView(List<NeighbourView> data) {}

  record InboxView(List<SandboxInbox.Item> data) {}

  /**
   * How deliveries are to fail.
   *
   * @param kind {@code slow}, {@code serverError}, {@code timeout}, {@code gone} or {@code lost}
   * @param memberId whose; everybody's when left out
   * @param channel each when left out; {@code sandbox} is the phone of who has no device
   * @param times once when left out
   * @param delaySeconds of a slow one; one second when left out
   */
  record FaultRequest(
      @NotNull SandboxInbox.FaultKind kind,
      @Nullable UUID memberId,
      @Pattern(regexp = "webPush|apns|fcm|sms|email|webhook|sandbox") @Nullable String channel,
      @Min(1) @Max(1_000) @Nullable Integer times,
      @Min(0) @Max(60) @Nullable Integer delaySeconds) {}

  @POST
  @Path("/tokens")
  public TokenView token(@Valid @NotNull TokenRequest request) {
    Duration lifetime =
        request.expiresInSeconds() == null
            ? LIFETIME
            : Duration.ofSeconds(request.expiresInSeconds());
    String client = request.clientId() == null ? "sandbox-app" : request.clientId();
    String token =
        Boolean.TRUE.equals(request.ofClient())
            ? tokens.mintOfClient(client, scope(request, Scopes.WEBHOOKS_MANAGE), lifetime)
            : ofPerson(request, client, lifetime);
    return new TokenView(token, "Bearer", lifetime.toSeconds());
  }

  private String ofPerson(TokenRequest request, String client, Duration lifetime) {
    if (request.subject() == null) {
      throw HttpProblem.VALIDATION_FAILED
          .exception()
          .withError(FieldError.member("/subject", Flaw.REQUIRED));
    }
    Duration age =
        Duration.ofSeconds(request.loggedInSecondsAgo() == null ? 0 : request.loggedInSecondsAgo());
    return tokens.mint(request.subject(), client, scope(request, Scopes.ALL), lifetime, age);
  }

  private static String scope(TokenRequest request, String otherwise) {
    return request.scope() == null ? otherwise : request.scope();
  }

  @GET
  @Path("/clock")
  public ClockView clock() {
    return new ClockView(clock.instant());
  }

  /** Moves the time forward, and does what is due then; it never goes back but by a reset. */
  @POST
  @Path("/clock/advance")
  public ClockView advance(@Valid @NotNull AdvanceRequest request) throws InterruptedException {
    clock.advance(Duration.ofSeconds(request.seconds()));
    rounds.catchUp(DUE);
    return new ClockView(clock.instant());
  }

  @GET
  @Path("/inbox/{memberId}")
  public InboxView inbox(@RestPath UUID memberId) {
    return new InboxView(inbox.of(memberId));
  }

  /** Orders the next deliveries to fail, after what was ordered before. */
  @POST
  @Path("/faults")
  public void order(@Valid @NotNull FaultRequest request) {
    inbox.order(
        new SandboxInbox.Fault(
            request.kind(),
            request.memberId(),
            request.channel(),
            request.times() == null ? 1 : request.times(),
            Duration.ofSeconds(request.delaySeconds() == null ? 1 : request.delaySeconds())));
  }

  /** Takes back all faults that were ordered. */
  @DELETE
  @Path("/faults")
  public void mend() {
    inbox.mend();
  }

  /** Empties it; with a seed, plays what people have done, and says what is there. */
  @POST
  @Path("/reset")
  public Response reset(
      @Valid @Nullable ResetRequest request, @Context HttpServerRequest connection)
      throws InterruptedException {
    return reset
        .reset(request == null ? null : request.seed(), here(connection))
        .map(world -> Response.ok(world).build())
        .orElseGet(() -> Response.noContent().build());
  }

  /** What a seeded sandbox began with. */
  @GET
  @Path("/seed")
  public SandboxSeed.World seed() {
    return seed.world().orElseThrow(HttpProblem.NOT_FOUND::exception);
  }

  /** Opens another sandbox beside this one, and answers when it serves, or soon. */
  @POST
  @Path("/sandboxes")
  @ResponseStatus(201)
  public NeighbourView open(
      @Valid @Nullable ResetRequest request, @Context HttpServerRequest connection)
      throws InterruptedException {
    HostAndPort asked = connection.authority();
    return view(
        neighbours.open(
            request == null ? null : request.seed(),
            asked.host(),
            connection.localAddress().port()));
  }

  @GET
  @Path("/sandboxes")
  public NeighboursView sandboxes() throws InterruptedException {
    List<NeighbourView> views = new ArrayList<>();
    for (Neighbours.Neighbour neighbour : neighbours.all()) {
      views.add(view(neighbour));
    }
    return new NeighboursView(views);
  }

  /** Ends one, with all that is in it. */
  @DELETE
  @Path("/sandboxes/{id}")
  public void end(@RestPath UUID id) throws InterruptedException {
    if (!neighbours.end(id)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
  }

  private NeighbourView view(Neighbours.Neighbour neighbour) throws InterruptedException {
    return new NeighbourView(neighbour.id(), neighbour.url(), neighbours.isReady(neighbour));
  }

  /** Where this server can be reached from itself. */
  private static URI here(HttpServerRequest connection) {
    SocketAddress here = connection.localAddress();
    return address(here.host(), here.port());
  }

  static URI address(String host, int port) {
    try {
      return new URI("http", null, host, port, null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
