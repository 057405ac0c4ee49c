package org.stillpoint.checkin;

import static org.stillpoint.checkin.AnswerKeeping.OPEN;
import static org.stillpoint.checkin.AnswerKeeping.PRIVATE;
import static org.stillpoint.checkin.AnswerKeeping.SEALED;

import java.util.List;
import java.util.Optional;
import org.stillpoint.checkin.Template.Item;

/** The templates that there are, in the order in which they are shown. */
final class TemplateCatalogue {
  private static final boolean IN_TURNS = true;
  private static final boolean TOGETHER = false;

  private static final List<Template> ALL =
      List.of(
          new Template(
              "first-talk",
              1,
              List.of(
                  new Item("what-it-was-like", 15, IN_TURNS, SEALED, 2),
                  new Item("what-arrived", 10, IN_TURNS, OPEN, 2),
                  new Item("what-you-need", 10, IN_TURNS, SEALED, 2)),
              true,
              7),
          new Template(
              "follow-up",
              1,
              List.of(
                  new Item("how-it-is-now", 10, IN_TURNS, SEALED, 2),
                  new Item("what-helps", 10, IN_TURNS, OPEN, 2),
                  new Item("next-step", 5, TOGETHER, OPEN, 1)),
              true,
              14),
          new Template(
              "agreement-review",
              1,
              List.of(
                  new Item("what-fits", 10, IN_TURNS, SEALED, 2),
                  new Item("what-no-longer-fits", 15, IN_TURNS, SEALED, 2),
                  new Item("stopping", 5, TOGETHER, OPEN, 2)),
              true,
              30),
          new Template(
              "after-closeness",
              1,
              List.of(
                  new Item("felt-good", 5, IN_TURNS, SEALED, 1),
                  new Item("did-not", 10, IN_TURNS, SEALED, 2),
                  new Item("should-change", 10, IN_TURNS, SEALED, 1)),
              true,
              7),
          new Template(
              "re-entry-step",
              1,
              List.of(
                  new Item("own-wish", 5, TOGETHER, PRIVATE, 1),
                  new Item("where-you-are", 10, IN_TURNS, SEALED, 2),
                  new Item("the-step", 10, IN_TURNS, SEALED, 1),
                  new Item("how-it-ends", 5, TOGETHER, OPEN, 2)),
              true,
              7),
          new Template(
              "ordinary-rhythm",
              1,
              List.of(
                  new Item("good-things", 5, IN_TURNS, OPEN, 1),
                  new Item("how-you-are", 10, IN_TURNS, SEALED, 2),
                  new Item("looking-ahead", 5, TOGETHER, OPEN, 1)),
              false,
              7),
          new Template(
              "return-after-a-pause",
              1,
              List.of(
                  new Item("arriving", 5, IN_TURNS, OPEN, 1),
                  new Item("about-the-pause", 10, IN_TURNS, SEALED, 2),
                  new Item("going-on", 10, IN_TURNS, SEALED, 2)),
              true,
              3));

  private TemplateCatalogue() {}

  static List<Template> all() {
    return ALL;
  }

  static Optional<Template> find(String id) {
    return ALL.stream().filter(template -> template.id().equals(id)).findFirst();
  }
}
