package org.stillpoint.reflection;

import java.util.regex.Pattern;
import org.stillpoint.api.language.Language;

/** Words that press, accuse, measure or diagnose, or that take somebody for a man or a woman. */
final class NeverSaid {
  private NeverSaid() {}

  /** Neither asked nor said of what a prompt is not for. */
  static Pattern anywhere(Language language) {
    return switch (language) {
      case EN ->
          words(
              "forgiv|pardon|safe ?word|grateful|gratitude|thankful|punish|victim|abuse|trauma"
                  + "|trigger|toxic|partner|compar|\\bscor|\\brank|\\brat(e|ed|es|ing)\\b"
                  + "|out of ten"
                  + "|\\bhurry|trust (again|them)|\\b(he|she|him|his|hers?)\\b");
      case DE ->
          words(
              "verzeih|verzieh|vergeb|vergib|vergab|safe ?word|dankbar|bestraf|opfer|täter|trauma"
                  + "|missbrauch|toxisch|partner|vergleich|bewert|\\bpunkte|rangliste|\\bnoten?\\b"
                  + "|beeil|wieder (zu )?vertrau|\\ber/sie|\\bsie/er|\\bihr?e?[nm]?/|[:*_]in");
      case ES ->
          words(
              "perd[oó]n|palabra de seguridad|safe ?word|agradec|gratitud|castig|víctima|trauma"
                  + "|abus|tóxic|pareja|compar(?!t)|puntu|\\bpuntos|clasific|\\bprisa|apres[uú]r"
                  + "|volver a confiar|[oa]/[oa]|@|\\bti mism|\\bestás \\w+[ai]d[oa]\\b"
                  + "|\\b(cansad|asustad|herid|enfadad|content|satisfech|orgullos|obligad)"
                  + "[oa]s?\\b");
    };
  }

  /** Not asked for. */
  static Pattern asked(Language language) {
    return switch (language) {
      case EN ->
          words(
              "apolog|\\bsorry|fault|blam|guilt|deserve|\\bowe|should(n't)?( \\w+)? have"
                  + "|could(n't)?( \\w+)? have|why (did|didn't|were|was)|your (share|part) in"
                  + "|sooner"
                  + "|in time\\b|right to know");
      case DE ->
          words(
              "entschuldig|schuld|verdien|hättest [^,?]*(können|sollen|müssen)"
                  + "|warum (hast|hat|war|kam)|wieso|dein(en)? anteil"
                  + "|rechtzeitig|früher");
      case ES ->
          words(
              "disculp|culpa|merec|deberías|tendrías|podrías haber|hubieras"
                  + "|por qué (no|lo|hi|di)|tu parte en|a tiempo|antes de tiempo");
    };
  }

  private static Pattern words(String regex) {
    return Pattern.compile(
        regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);
  }
}
