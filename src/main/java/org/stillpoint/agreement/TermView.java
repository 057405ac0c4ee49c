package org.stillpoint.agreement;

import static org.stillpoint.agreement.AgreementRequests.HASH;
import static org.stillpoint.agreement.AgreementRequests.MEMBER;
import static org.stillpoint.agreement.AgreementRequests.TIME;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.InForce.Said;
import org.stillpoint.agreement.TermAnswers.Own;

@Schema(name = "Term", description = "One text of a clause, and where it stands.")
record TermView(
    @Schema(required = true, examples = "01939b00-2222-7a33-8b44-5c6d7e8f90a1") UUID id,
    @Schema(required = true, examples = AgreementViews.ID) UUID agreementId,
    @Schema(
            required = true,
            description = "The same for all texts of this clause.",
            examples = "01939b00-1111-7a22-8b33-4c5d6e7f8091")
        UUID lineageId,
    @Schema(
            description =
                "The text in whose place it comes, or came. Where one of you made that narrower alone, the"
                    + " assents of all are there.",
            examples = "01939b00-2222-7a33-8b44-5c6d7e8f9099")
        @Nullable UUID replacesId,
    @Schema(required = true, description = "The version that brought it.", examples = "3")
        int versionNumber,
    @Schema(
            required = true,
            description =
                "Only what is `active` is in force, and while paused not even all of that.",
            examples = "proposed",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value =
                        "[\"proposed\", \"coolingOff\", \"active\", \"notAgreed\", \"suspended\","
                            + " \"lapsed\", \"replaced\", \"ended\"]",
                    parseValue = true))
        String state,
    @Schema(
            required = true,
            description = "Whether it is proposed that the clause goes; `content` says which.",
            examples = "false")
        boolean removal,
    @Schema(required = true) TermContentView content,
    @Schema(
            required = true,
            description = "Keeps the hash from being guessed.",
            examples = "x3nZ0pT2Qm6kq9VbJ1sYwA")
        String salt,
    @Schema(
            required = true,
            description =
                "Stands for exactly this text; send it with your assent. SHA-256, in hex, over the"
                    + " object of `content` and `salt` as RFC 8785 writes it.",
            examples = HASH)
        String hash,
    @Schema(required = true, examples = MEMBER) UUID proposedBy,
    @Schema(required = true, examples = TIME) Instant proposedAt,
    @Schema(
            required = true,
            description = "Until then all have to have assented; it changes for nothing else.",
            examples = "2026-11-10T21:04:05.678Z")
        Instant openUntil,
    @Schema(
            description = "Your own answer: `assent`, `decline`, or none. Nobody else sees it.",
            examples = "assent",
            extensions =
                @Extension(
                    name = "x-extensible-enum",
                    value = "[\"assent\", \"decline\"]",
                    parseValue = true))
        @Nullable String myAnswer,
    @Schema(
            description =
                "When you said that you want it back from its suspension, which counts for a week. Nobody"
                    + " else sees it.",
            examples = TIME)
        @Nullable Instant myResumptionAt,
    @Schema(
            description = "When you said that you want another period of it. Nobody else sees it.",
            examples = TIME)
        @Nullable Instant myRenewalAt,
    @Schema(
            required = true,
            description =
                "Who said yes, once all have; for what acts alone, at first its author only.")
        List<AssentView> assents,
    @Schema(description = "When it becomes, or became, active.", examples = TIME)
        @Nullable Instant activeAt,
    @Schema(description = "When it ends by itself.", examples = "2027-02-01T00:00:00.000Z")
        @Nullable Instant lapsesAt,
    @Schema(examples = TIME) @Nullable Instant suspendedAt,
    @Schema(description = "When a suspended term comes back.", examples = TIME)
        @Nullable Instant resumesAt,
    @Schema(examples = TIME) @Nullable Instant endedAt) {

  @Schema(name = "Assent", description = "A member's yes to exactly this text.")
  record AssentView(
      @Schema(required = true, examples = MEMBER) UUID memberId,
      @Schema(required = true, examples = TIME) Instant assentedAt) {}

  static TermView of(Said said, Own own, Instant now) {
    Term term = said.term();
    Boolean mine = own.text();
    TermState state = term.state(now);
    return new TermView(
        term.id(),
        term.agreementId(),
        term.lineageId(),
        term.replacesId(),
        term.versionNumber(),
        state.wireName(),
        term.isRemoval(),
        TermContentView.of(said.content()),
        said.document().salt(),
        HexFormat.of().formatHex(term.hash()),
        term.authorId(),
        term.proposedAt(),
        term.openUntil(),
        mine == null ? null : mine ? "assent" : "decline",
        state == TermState.SUSPENDED ? resumption(term, own, now) : null,
        state == TermState.ACTIVE ? own.renewSince() : null,
        // After a withdrawal nobody's yes is told, or else the one that is missing would be.
        state == TermState.NOT_AGREED ? List.of() : assents(term),
        state == TermState.NOT_AGREED ? null : term.activeAt(),
        state == TermState.NOT_AGREED ? null : term.lapsesAt(),
        state == TermState.SUSPENDED ? term.suspendedAt() : null,
        state == TermState.SUSPENDED ? term.resumesAt() : null,
        term.endedAt());
  }

  /** Once all have said so it stays, until one of them takes it back. */
  private static @Nullable Instant resumption(Term term, Own own, Instant now) {
    Instant since = own.resumeSince();
    boolean counts =
        term.resumesAt() != null
            || (since != null && !since.isBefore(now.minus(TermService.RESUMPTION)));
    return counts ? since : null;
  }

  static List<AssentView> assents(Term term) {
    List<UUID> members = term.assentedBy();
    List<Instant> times = term.assentedAt();
    return IntStream.range(0, members.size())
        .mapToObj(i -> new AssentView(members.get(i), times.get(i)))
        .toList();
  }
}
