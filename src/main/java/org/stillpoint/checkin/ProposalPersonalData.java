package org.stillpoint.checkin;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.stillpoint.checkin.AgendaProposals.Proposed;
import org.stillpoint.checkin.CheckInRequests.ItemRequest;
import org.stillpoint.crypto.SensitiveText;
import org.stillpoint.privacy.spi.ExportDocument;
import org.stillpoint.privacy.spi.ExportDraft;
import org.stillpoint.privacy.spi.PersonalDataSource;

/** What a member has proposed as a practitioner. It ends with the practice. */
@Singleton
class ProposalPersonalData implements PersonalDataSource {
  private final AgendaProposals proposals;

  ProposalPersonalData(AgendaProposals proposals) {
    this.proposals = proposals;
  }

  @Override
  public void export(UUID memberId, ExportDraft copy) {
    copy.add(proposals.of(memberId).stream().map(ProposalPersonalData::copy).toList());
  }

  private static ExportDocument.AgendaProposal copy(Proposed proposed) {
    List<SensitiveText> texts = new ArrayList<>();
    List<ItemRequest> items = proposed.says().items();
    for (ItemRequest item : items == null ? List.<ItemRequest>of() : items) {
      SensitiveText title = item.title();
      if (title != null) {
        texts.add(title);
      }
      List<SensitiveText> questions = item.questions();
      if (questions != null) {
        texts.addAll(questions);
      }
    }
    AgendaProposal row = proposed.row();
    return new ExportDocument.AgendaProposal(
        row.id(), proposed.says().templateId(), texts, row.proposedAt());
  }
}
