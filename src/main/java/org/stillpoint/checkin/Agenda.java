package org.stillpoint.checkin;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stillpoint.api.problem.FieldError;
import org.stillpoint.api.problem.Flaw;
import org.stillpoint.api.problem.HttpProblem;
import org.stillpoint.checkin.CheckInRequests.ItemRequest;
import org.stillpoint.crypto.SensitiveText;

/**
 * What a check-in is to be about, and in how much time.
 *
 * @param template what it is made after; null for none
 */
record Agenda(@Nullable Template template, List<Item> items) {
  /** An hour of all items together: nobody is held longer than that. */
  private static final int LONGEST_SECONDS = 3_600;

  private static final int USUAL_SECONDS = 600;
  private static final int MINUTE = 60;

  Agenda {
    items = List.copyOf(items);
  }

  /** An item in somebody's own words. */
  record Words(SensitiveText title, List<SensitiveText> questions) {}

  /**
   * One thing to talk about.
   *
   * @param templateItem whose words it has; null for an author's
   * @param says the words of its author; null for a template's, and for those that have gone
   */
  record Item(
      int seconds,
      boolean turns,
      AnswerKeeping answers,
      @Nullable String templateItem,
      @Nullable UUID authorId,
      @Nullable Words says) {

    private static Item of(Template.Item item) {
      return new Item(MINUTE * item.minutes(), item.turns(), item.answers(), item.id(), null, null);
    }

    /** With what the request says otherwise. */
    private Item with(ItemRequest request) {
      Integer length = request.durationSeconds();
      Boolean inTurns = request.turns();
      AnswerKeeping keeping = request.answers();
      return new Item(
          length == null ? seconds : length,
          inTurns == null ? turns : inTurns,
          keeping == null ? answers : keeping,
          templateItem,
          authorId,
          says);
    }
  }

  /** As it was asked for; of the whole template where no items are named. */
  static Agenda of(
      UUID author, @Nullable String templateId, @Nullable List<ItemRequest> requested) {
    Template template = templateId == null ? null : template(templateId);
    if (requested == null) {
      if (template == null) {
        throw invalid(List.of(FieldError.member("/items", Flaw.REQUIRED)));
      }
      return new Agenda(template, template.items().stream().map(Item::of).toList());
    }
    List<FieldError> errors = new ArrayList<>();
    List<Item> items = new ArrayList<>();
    for (int place = 0; place < requested.size(); place++) {
      Item item = item(author, template, requested.get(place), "/items/" + place, errors);
      if (item != null) {
        items.add(item);
      }
    }
    if (items.stream().mapToInt(Item::seconds).sum() > LONGEST_SECONDS) {
      errors.add(FieldError.member("/items", Flaw.OUT_OF_RANGE));
    }
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    return new Agenda(template, items);
  }

  private static Template template(String id) {
    return TemplateCatalogue.find(id)
        .orElseThrow(
            () -> invalid(List.of(FieldError.member("/templateId", Flaw.NOT_ALLOWED_VALUE))));
  }

  private static RuntimeException invalid(List<FieldError> errors) {
    return HttpProblem.VALIDATION_FAILED.exception().withErrors(errors);
  }

  private static @Nullable Item item(
      UUID author,
      @Nullable Template template,
      ItemRequest request,
      String pointer,
      List<FieldError> errors) {
    return request.templateItemId() == null
        ? own(author, request, pointer, errors)
        : ofTemplate(template, request, pointer, errors);
  }

  private static @Nullable Item own(
      UUID author, ItemRequest request, String pointer, List<FieldError> errors) {
    SensitiveText title = request.title();
    List<SensitiveText> questions = request.questions();
    if (title == null) {
      errors.add(FieldError.member(pointer + "/title", Flaw.REQUIRED));
    }
    if (questions == null || questions.isEmpty()) {
      errors.add(FieldError.member(pointer + "/questions", Flaw.REQUIRED));
    }
    if (title == null || questions == null || questions.isEmpty()) {
      return null;
    }
    Words words = new Words(title, questions);
    return new Item(USUAL_SECONDS, false, AnswerKeeping.SEALED, null, author, words).with(request);
  }

  private static @Nullable Item ofTemplate(
      @Nullable Template template, ItemRequest request, String pointer, List<FieldError> errors) {
    if (request.title() != null || request.questions() != null) {
      String own = request.title() == null ? "/questions" : "/title";
      errors.add(FieldError.member(pointer + own, Flaw.NOT_ALLOWED_VALUE));
    }
    String id = Objects.requireNonNull(request.templateItemId());
    Template.Item found = template == null ? null : find(template, id);
    if (found == null) {
      errors.add(FieldError.member(pointer + "/templateItemId", Flaw.NOT_ALLOWED_VALUE));
      return null;
    }
    AnswerKeeping keeping = request.answers();
    if (keeping != null && !keeping.keepsAtLeast(found.answers())) {
      errors.add(FieldError.member(pointer + "/answers", Flaw.NOT_ALLOWED_VALUE));
    }
    return Item.of(found).with(request);
  }

  private static Template.@Nullable Item find(Template template, String id) {
    for (Template.Item item : template.items()) {
      if (item.id().equals(id)) {
        return item;
      }
    }
    return null;
  }
}
