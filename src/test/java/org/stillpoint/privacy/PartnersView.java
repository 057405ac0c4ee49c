package org.stillpoint.privacy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stillpoint.testkit.Couple;
import org.stillpoint.testkit.Inbox;
import org.stillpoint.testkit.Person;
import org.stillpoint.testkit.PlainHttp;

/**
 * All that the API shows a member of a relationship, with times left out and ids replaced by the
 * order in which they first appear: two views are the same if nothing tells them apart.
 */
final class PartnersView {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");

  private PartnersView() {}

  /** As soon as the phone has shown so many notices, which come in no order. */
  static String of(Couple couple, Person person, int notices) {
    StringBuilder view = new StringBuilder();
    for (String path :
        List.of(
            "",
            "/members",
            "/invitations",
            "/pauses",
            "/state",
            "/signals",
            "/tap-keys",
            "/limits",
            "/agreements",
            "/agreement-drafts",
            "/holds",
            "/cooling-off",
            "/check-ins",
            "/snapshots",
            "/grants",
            "/agenda-proposals",
            "/in-force")) {
      view.append(answer(couple.path(path), person));
    }
    view.append(answer("/v1/relationships", person)).append(answer("/v1/events?limit=100", person));
    view.append(Inbox.texts(person, notices).stream().sorted().toList());
    return named(view.toString());
  }

  private static String answer(String path, Person person) {
    PlainHttp.Answer answer =
        PlainHttp.send(
            new PlainHttp.Call("GET", path, Map.of("Authorization", "Bearer " + person.token())));
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.headers());
    List.of("request-id", "ratelimit", "date").forEach(headers::remove);
    return answer.status() + " " + headers + " " + answer.body() + "\n";
  }

  private static String named(String text) {
    Map<String, String> names = new HashMap<>();
    Matcher matcher = ID.matcher(TIME.matcher(text).replaceAll("a time"));
    return matcher.replaceAll(
        found -> names.computeIfAbsent(found.group(), varying -> "#" + names.size()));
  }
}
