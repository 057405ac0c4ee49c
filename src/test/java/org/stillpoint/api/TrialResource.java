package org.stillpoint.api;

import io.quarkus.security.Authenticated;
import io.quarkus.security.ForbiddenException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Multi;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.paging.Cursor;
import org.stillpoint.api.paging.Page;
import org.stillpoint.api.paging.PageRequest;
import org.stillpoint.api.problem.HttpProblem;

/** Endpoints of every kind that the conventions have to hold for. */
@Path("/v1/trial")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class TrialResource {
  public static final String CANARY = "canary: what somebody wrote in confidence";
  public static final UUID MINE = UUID.fromString("01929b5e-4c1a-7d3e-9f21-5b7c0e6a1d42");

  public enum Colour {
    GREEN,
    RED
  }

  public record Part(@NotNull @Size(max = 5) String label) {}

  public record Thing(
      @NotNull @Size(max = 40) String name,
      @Min(1) @Max(9) @Nullable Integer count,
      @Nullable Boolean open,
      @Nullable Double share,
      @Nullable Colour colour,
      @Nullable Instant at,
      @Nullable LocalDate day,
      @Nullable UUID id,
      @Nullable List<@Valid Part> parts,
      @Nullable List<@Size(max = 3) String> tags,
      @Valid @Nullable Part part) {}

  public record Tap(@Nullable String kind) {}

  @GET
  @Path("things/{id}")
  public Tap read(@RestPath UUID id) {
    if (!id.equals(MINE)) {
      throw HttpProblem.NOT_FOUND.exception();
    }
    return new Tap(null);
  }

  @DELETE
  @Path("things/{id}")
  public void delete(@RestPath UUID id) {}

  @POST
  @Path("things")
  public Thing create(@Valid @NotNull Thing thing) {
    return thing;
  }

  @POST
  @Path("taps")
  @RunOnVirtualThread
  public Map<String, Boolean> tap(@Valid @Nullable Tap tap) {
    return Map.of("body", tap != null);
  }

  @POST
  @Path("unread")
  public Map<String, Boolean> unread() {
    return Map.of("done", true);
  }

  @GET
  @Path("typed")
  public Map<String, Boolean> typed(
      @RestQuery @Nullable Integer number,
      @RestQuery @Nullable Colour colour,
      @RestQuery @Nullable LocalDate day,
      @RestQuery("other") @Nullable UUID id,
      @RestQuery @Max(9) @Nullable Integer small,
      @RestHeader @Nullable Integer trialCount) {
    return Map.of("done", true);
  }

  @GET
  @Path("boom/{kind}")
  public Tap boom(@RestPath String kind) {
    throw switch (kind) {
      case "busy" -> new RejectedExecutionException(CANARY);
      case "forbidden" -> new ForbiddenException(CANARY);
      case "rate" -> HttpProblem.RATE_LIMITED.exception().withHeader("Retry-After", "7");
      case "web" -> new WebApplicationException(CANARY, 409);
      case "teapot" -> new WebApplicationException(CANARY, 418);
      default -> new IllegalStateException(CANARY, new IllegalArgumentException(CANARY));
    };
  }

  @GET
  @Path("secured")
  @Authenticated
  public Tap secured() {
    return new Tap(null);
  }

  @GET
  @Path("list")
  public Page<Long> list(@BeanParam PageRequest request) {
    Cursor.@Nullable ByNumber after = request.afterNumber();
    List<Long> rows =
        LongStream.range(0, 60)
            .filter(number -> after == null || number > after.number())
            .limit(request.rows())
            .boxed()
            .toList();
    return Page.of(rows, request, Cursor.ByNumber::new, number -> number);
  }

  @GET
  @Path("versioned")
  public RestResponse<Tap> versioned(@Context HttpHeaders headers) {
    return Etags.answer(headers, 3, new Tap("now"));
  }

  @PUT
  @Path("versioned")
  public Tap change(Tap tap, @Context HttpHeaders headers) {
    Etags.requireMatch(headers, 3);
    return tap;
  }

  @GET
  @Path("stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<String> stream() {
    return Multi.createFrom().ticks().every(Duration.ofMillis(500)).map(Object::toString);
  }
}
