package org.stillpoint.agreement;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.validator.constraints.Length;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.SingleTerms.Single;
import org.stillpoint.api.etag.Etags;
import org.stillpoint.api.language.Language;
import org.stillpoint.api.language.Languages;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.identity.Scopes;
import org.stillpoint.relationship.DefaultSignals;
import org.stillpoint.relationship.Member;
import org.stillpoint.relationship.MembershipGuard;
import org.stillpoint.transaction.CallerTransaction;

/** The signal set: what is there from the first second, and what the members agreed beside it. */
@Path("/v1/relationships/{relationshipId}/signals")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@CallerTransaction
@Tag(name = "Signals")
public class SignalResource {
  private final MembershipGuard guard;
  private final AgreedSignals signals;
  private final SingleTerms singles;
  private final VersionViews views;

  SignalResource(
      MembershipGuard guard, AgreedSignals signals, SingleTerms singles, VersionViews views) {
    this.guard = guard;
    this.signals = signals;
    this.singles = singles;
    this.views = views;
  }

  @Schema(
      name = "SignalSet",
      description = "The agreed signals, from the weakest to the strongest.")
  record SignalSetView(
      @Schema(required = true, description = "The language of the texts.", examples = "en")
          String language,
      @Schema(required = true, description = "The default set, which is always there.")
          List<DefaultSignals.Signal> signals,
      @Schema(required = true, description = "Those that the members added, the oldest first.")
          List<AgreedSignalView> agreed,
      @Schema(required = true, description = "What a discreet text can be chosen from.")
          List<DiscreetTextView> discreetTexts) {}

  @Schema(name = "DiscreetTextChoice", description = "A neutral text that phones can show.")
  record DiscreetTextView(
      @Schema(required = true, examples = "kettle") String id,
      @Schema(required = true, examples = "The kettle is on.") String text) {
    static DiscreetTextView of(DiscreetText text, Language language) {
      return new DiscreetTextView(WireName.of(text), text.in(language));
    }
  }

  @Schema(name = "AgreedSignal", description = "A signal of the members' own.")
  record AgreedSignalView(
      @Schema(required = true, examples = AgreementViews.ID) UUID id,
      @Schema(
              description =
                  "The text that is in force. Its `assents` name all once all have said yes to it: only"
                      + " then do phones show its discreet text.")
          @Nullable TermView term,
      @Schema(description = "A change that somebody asks for; assent to it as to any term.")
          @Nullable TermView proposal) {}

  @Schema(name = "SignalRequest", description = "A word, a colour or a cue, and what it means.")
  record SignalRequest(
      @Schema(required = true, examples = "red") @NotNull SignalKind kind,
      @Schema(required = true, examples = "word") @NotNull SignalForm form,
      @Schema(required = true, maxLength = 120, examples = "Lighthouse")
          @NotNull
          @Length(min = 1, max = 120)
          SensitiveText sign,
      @Schema(
              description =
                  "Which neutral text the others' phones are to show; the default set's when left out.",
              examples = "kettle")
          @Nullable DiscreetText discreetText) {
    SignalContent content() {
      return new SignalContent(kind, form, discreetText);
    }
  }

  @GET
  @RolesAllowed(Scopes.RELATIONSHIPS_READ)
  @Operation(
      operationId = "getSignals",
      summary = "Read the signal set, in the language of Accept-Language")
  public SignalSetView get(@RestPath UUID relationshipId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    Language language = Languages.of(headers);
    List<Single> agreed = singles.list(member, AgreementKind.SIGNAL, null, AgreedSignals.ALL);
    Map<UUID, TermView> shown =
        views.byId(member, agreed.stream().flatMap(each -> each.terms().stream()));
    return new SignalSetView(
        language.tag(),
        DefaultSignals.in(language),
        agreed.stream().map(signal -> view(signal, shown)).toList(),
        Arrays.stream(DiscreetText.values())
            .map(text -> DiscreetTextView.of(text, language))
            .toList());
  }

  @POST
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "addSignal",
      summary = "Add a signal, which acts at once",
      description =
          "Nobody has to agree to one more way to stop. The others' phones show its discreet text once all"
              + " of you have assented to its term, and until then that of the default set.")
  @APIResponseSchema(
      value = AgreedSignalView.class,
      responseCode = "201",
      responseDescription = "In force")
  public RestResponse<AgreedSignalView> add(
      @RestPath UUID relationshipId, @Valid @NotNull SignalRequest request, UriInfo uri) {
    Member member = guard.soleMemberOf(relationshipId);
    AgreedSignalView added = view(member, signals.add(member, request.sign(), request.content()));
    return ResponseBuilder.<AgreedSignalView>created(
            uri.getAbsolutePathBuilder().path("{id}").build(added.id()))
        .entity(added)
        .header(HttpHeaders.ETAG, Etags.ofContent(added))
        .build();
  }

  @GET
  @Path("/{signalId}")
  @RolesAllowed(Scopes.RELATIONSHIPS_READ)
  @Operation(operationId = "getAgreedSignal", summary = "Read a signal of the members' own")
  @Parameter(name = "If-None-Match", in = ParameterIn.HEADER)
  public RestResponse<AgreedSignalView> read(
      @RestPath UUID relationshipId, @RestPath UUID signalId, HttpHeaders headers) {
    Member member = guard.memberOf(relationshipId);
    return Etags.answer(headers, view(member, singles.get(member, AgreementKind.SIGNAL, signalId)));
  }

  @PUT
  @Path("/{signalId}")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "changeSignal",
      summary = "Change a signal",
      description =
          "The same sign for a stronger pause acts at once. Anything else is proposed to all, and acts"
              + " after the cooling-off.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<AgreedSignalView> change(
      @RestPath UUID relationshipId,
      @RestPath UUID signalId,
      @Valid @NotNull SignalRequest request,
      HttpHeaders headers) {
    Member member = guard.actingMemberOf(relationshipId);
    Single changed =
        signals.change(
            member,
            signalId,
            before -> Etags.requireSeen(headers, view(member, before)),
            request.sign(),
            request.content());
    return Etags.answer(view(member, changed));
  }

  @DELETE
  @Path("/{signalId}")
  @RolesAllowed(Scopes.AGREEMENTS_WRITE)
  @Operation(
      operationId = "dropSignal",
      summary = "Propose that a signal goes",
      description = "It stays until all have assented to that and the cooling-off is over.")
  @Parameter(name = "If-Match", in = ParameterIn.HEADER, required = true)
  public RestResponse<AgreedSignalView> drop(
      @RestPath UUID relationshipId, @RestPath UUID signalId, HttpHeaders headers) {
    Member member = guard.actingMemberOf(relationshipId);
    Single dropped =
        signals.drop(member, signalId, before -> Etags.requireSeen(headers, view(member, before)));
    return Etags.answer(view(member, dropped));
  }

  private AgreedSignalView view(Member member, Single signal) {
    return view(signal, views.byId(member, signal.terms().stream()));
  }

  private static AgreedSignalView view(Single signal, Map<UUID, TermView> shown) {
    Term inForce = signal.inForce();
    Term pending = signal.pending();
    return new AgreedSignalView(
        signal.agreement().id(),
        inForce == null ? null : shown.get(inForce.id()),
        pending == null ? null : shown.get(pending.id()));
  }
}
