import type { Language } from '../report/schema'

type Words = Readonly<Record<Language, string>>
const w = (en: string, de: string): Words => ({ en, de })

/** Words of the printed comparison. Those with a number are ICU messages. */
export const compareWords = {
  summary: w(
    '{fixed} fixed, {fresh} new, {worse} worse, {better} better, {unchanged} unchanged.',
    '{fixed} behoben, {fresh} neu, {worse} schlimmer, {better} leichter, {unchanged} unverändert.',
  ),
  lost: w(
    '{n, plural, one {# finding is missing only because the newer exports do not show what it takes. It does not count as fixed.} other {# findings are missing only because the newer exports do not show what it takes. They do not count as fixed.}}',
    '{n, plural, one {# Befund fehlt nur, weil die neueren Exporte nicht zeigen, was dafür nötig ist. Er gilt nicht als behoben.} other {# Befunde fehlen nur, weil die neueren Exporte nicht zeigen, was dafür nötig ist. Sie gelten nicht als behoben.}}',
  ),
  gained: w(
    '{n, plural, one {# finding was seen for the first time because the older exports did not show what it takes. It does not count as new.} other {# findings were seen for the first time because the older exports did not show what it takes. They do not count as new.}}',
    '{n, plural, one {# Befund wurde erstmals gesehen, weil die älteren Exporte nicht zeigten, was dafür nötig ist. Er gilt nicht als neu.} other {# Befunde wurden erstmals gesehen, weil die älteren Exporte nicht zeigten, was dafür nötig ist. Sie gelten nicht als neu.}}',
  ),
  checks: w(
    '{n, plural, one {# check} other {# checks}} could be done with the older exports only.',
    '{n, plural, one {# Regel ließ} other {# Regeln ließen}} sich nur mit den älteren Exporten beurteilen.',
  ),
  bucket: {
    new: w('New', 'Neu'),
    worse: w('Worse', 'Schlimmer'),
    noLongerAssessed: w('No longer assessed', 'Nicht mehr beurteilt'),
    newlyAssessed: w('Newly assessed', 'Erstmals beurteilt'),
    better: w('Better', 'Leichter'),
    fixed: w('Fixed', 'Behoben'),
  },
  objects: w(
    'Configuration: {n, plural, one {# object differs} other {# objects differ}}, {same, plural, one {# is} other {# are}} the same{hidden, plural, =0 {} one {, # more differs in technical details only (--noise)} other {, # more differ in technical details only (--noise)}}',
    'Konfiguration: {n, plural, one {# Objekt ist} other {# Objekte sind}} verschieden, {same} gleich{hidden, plural, =0 {} one {, # weiteres nur in technischen Angaben verschieden (--noise)} other {, # weitere nur in technischen Angaben verschieden (--noise)}}',
  ),
  change: { added: w('new', 'neu'), removed: w('gone', 'nicht mehr da'), changed: w('changed', 'geändert') },
  doubt: w('the file may list a part only', 'die Datei kann nur einen Teil enthalten'),
  kept: w(
    '{n, plural, one {# entry stays} other {# entries stay}}',
    '{n, plural, one {# Eintrag bleibt} other {# Einträge bleiben}}',
  ),
  notGiven: {
    after: w(
      'Not in the newer exports, so neither new nor gone',
      'Nicht in den neueren Exporten, also weder neu noch entfallen',
    ),
    before: w(
      'Not in the older exports, so neither new nor gone',
      'Nicht in den älteren Exporten, also weder neu noch entfallen',
    ),
  },
} as const
