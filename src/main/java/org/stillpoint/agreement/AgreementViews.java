package org.stillpoint.agreement;

import static org.stillpoint.agreement.AgreementRequests.HASH;
import static org.stillpoint.agreement.AgreementRequests.MEMBER;
import static org.stillpoint.agreement.AgreementRequests.TIME;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stillpoint.agreement.AgreementTexts.DraftTerm;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.relationship.AgreementLookup;

/** Agreements on the wire. */
final class AgreementViews {
  static final String ID = "01939b00-0000-7a11-8b22-3c4d5e6f7080";

  private static final String EFFECTS = "[\"tightens\", \"loosens\", \"none\"]";
  private static final String CHANGES = "[\"added\", \"removed\", \"changed\", \"unchanged\"]";
  static final String TYPES = "[\"versionProposed\", " + AgreementLookup.KINDS;

  private AgreementViews() {}

  @Schema(name = "DraftTerm", description = "A clause of your draft.")
  record DraftTermView(
      @Schema(examples = "01939b00-1111-7a22-8b33-4c5d6e7f8091") @Nullable UUID lineageId,
      @Schema(required = true) TermContentView content) {
    static DraftTermView of(DraftTerm term) {
      return new DraftTermView(term.lineageId(), TermContentView.of(term.content()));
    }
  }

  @Schema(name = "AgreementDraft", description = "What you write before you propose it.")
  record DraftView(
      @Schema(required = true, examples = ID) UUID id,
      @Schema(description = "None for a new agreement.", examples = ID) @Nullable UUID agreementId,
      @Schema(
              required = true,
              description = "The version that it was written on; 0 for a new agreement.",
              examples = "3")
          int basedOnVersion,
      @Schema(required = true, examples = "How we find back to each other") SensitiveText title,
      @Schema(required = true) List<UUID> memberIds,
      @Schema(required = true) List<DraftTermView> terms,
      @Schema(required = true, examples = TIME) Instant createdAt) {}

  @Schema(name = "Agreement", description = "A living agreement; its text is in its versions.")
  record AgreementView(
      @Schema(required = true, examples = ID) UUID id,
      @Schema(
              description = "Of the latest version; none where its author has taken it along.",
              examples = "How we talk")
          @Nullable SensitiveText title,
      @Schema(required = true, description = "Who takes part.") List<UUID> memberIds,
      @Schema(required = true, examples = MEMBER) UUID createdBy,
      @Schema(required = true, examples = TIME) Instant createdAt,
      @Schema(required = true, examples = "3") int latestVersion,
      @Schema(examples = TIME) @Nullable Instant endedAt,
      @Schema(required = true, description = "To be shown with it.", examples = STATEMENT)
          String statement) {}

  @Schema(name = "AgreementVersion", description = "One whole text of an agreement.")
  record VersionView(
      @Schema(required = true, examples = ID) UUID agreementId,
      @Schema(required = true, examples = "3") int number,
      @Schema(
              required = true,
              description = "Of it as a whole; each term has its own.",
              examples = "active",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = VersionState.ALL,
                      parseValue = true))
          String state,
      @Schema(required = true, examples = "How we find back to each other") SensitiveText title,
      @Schema(required = true, examples = MEMBER) UUID authorId,
      @Schema(required = true, examples = TIME) Instant proposedAt,
      @Schema(
              required = true,
              description =
                  "Its clauses in their order, as they stand now; then the proposals that one goes.")
          List<TermView> terms,
      @Schema(required = true, description = "To be shown with it.", examples = STATEMENT)
          String statement) {}

  @Schema(name = "AgreementVersionEntry", description = "A version in a list.")
  record VersionEntryView(
      @Schema(required = true, examples = "3") int number,
      @Schema(
              required = true,
              description = "Of it as a whole; each term has its own.",
              examples = "active",
              extensions =
                  @Extension(
                      name = "x-extensible-enum",
                      value = VersionState.ALL,
                      parseValue = true))
          String state,
      @Schema(required = true, examples = "How we find back to each other") SensitiveText title,
      @Schema(required = true, examples = MEMBER) UUID authorId,
      @Schema(required = true, examples = TIME) Instant proposedAt,
      @Schema(required = true, description = "To be shown with it.", examples = STATEMENT)
          String statement) {}

  @Schema(name = "TermDifference", description = "What became of one clause between two versions.")
  record DifferenceView(
      @Schema(required = true, examples = "01939b00-1111-7a22-8b33-4c5d6e7f8091") UUID lineageId,
      @Schema(
              required = true,
              examples = "changed",
              extensions =
                  @Extension(name = "x-extensible-enum", value = CHANGES, parseValue = true))
          String change,
      @Schema(
              required = true,
              description = "Whether the later text allows no more than the earlier.",
              examples = "loosens",
              extensions =
                  @Extension(name = "x-extensible-enum", value = EFFECTS, parseValue = true))
          String effect,
      @Schema(description = "None if it was added.") @Nullable TermContentView before,
      @Schema(description = "None if it was removed.") @Nullable TermContentView after) {}

  @Schema(name = "AgreementDifferences", description = "Two versions, clause by clause.")
  record DifferencesView(
      @Schema(required = true, examples = ID) UUID agreementId,
      @Schema(required = true, examples = "2") int from,
      @Schema(required = true, examples = "3") int to,
      @Schema(required = true) List<DifferenceView> terms,
      @Schema(required = true, description = "To be shown with it.", examples = STATEMENT)
          String statement) {}

  @Schema(
      name = "AgreementEvent",
      description =
          "What became of an agreement. `hash` is SHA-256, in hex, over the entry without `hash`, as RFC"
              + " 8785 writes it; `contentHash` is the `hash` of the term.")
  record HistoryEntryView(
      @Schema(required = true, examples = "7") long sequence,
      @Schema(
              required = true,
              examples = "termAgreed",
              extensions = @Extension(name = "x-extensible-enum", value = TYPES, parseValue = true))
          String type,
      @Schema(description = "Absent where all did it, or nobody is named.", examples = MEMBER)
          @Nullable UUID actorId,
      @Schema(required = true, examples = TIME) Instant occurredAt,
      @Schema(examples = "01939b00-2222-7a33-8b44-5c6d7e8f90a1") @Nullable UUID termId,
      @Schema(description = "The hash of the term.", examples = HASH) @Nullable String contentHash,
      @Schema(description = "Absent for the first entry.", examples = HASH)
          @Nullable String previousHash,
      @Schema(required = true, examples = HASH) String hash) {
    static HistoryEntryView of(AgreementEvent event) {
      return new HistoryEntryView(
          event.sequence(),
          event.type(),
          event.actorId(),
          event.occurredAt(),
          event.termId(),
          AgreementHistory.hex(event.contentHash()),
          AgreementHistory.hex(event.previousHash()),
          HexFormat.of().formatHex(event.hash()));
    }
  }

  static final String STATEMENT =
      "Every yes in it can be taken back at any time, without a reason. It is not a legal contract.";
}
