import type { Question, Severity } from '../rules/define-rule'
import { formatMessage } from '../rules/texts'
import type { Finding, Language, QuestionAnswer, Report, ReportSource } from './schema'
import type { Verdict } from './verdict'

type Words = Readonly<Record<Language, string>>
const w = (en: string, de: string): Words => ({ en, de })

/** Words of the printed report (text, Markdown, CSV). Those with a number or a name are ICU messages. */
export const words = {
  asOf: w('as of {date}', 'Stand {date}'),
  asOfSource: {
    option: w('given', 'angegeben'),
    exports: w('newest date in the exports', 'neuestes Datum in den Exporten'),
    now: w('today', 'heute'),
  } satisfies Record<Report['asOfSource'], Words>,
  files: w(
    '{n, plural, =0 {no file} one {# file} other {# files}}, {read} read',
    '{n, plural, =0 {keine Datei} one {# Datei} other {# Dateien}}, davon gelesen: {read}',
  ),
  findings: w('Findings', 'Befunde'),
  notAssessed: w('Not assessed', 'Nicht beurteilt'),
  checksOpen: w(
    '{open} of {n, plural, one {# check} other {# checks}}',
    '{open} von {n, plural, one {# Prüfung} other {# Prüfungen}}',
  ),
  questions: w('The six questions', 'Die sechs Fragen'),
  sources: w('Files', 'Dateien'),
  fix: w('Fix', 'Beheben'),
  missing: w('Missing', 'Es fehlt'),
  collect: w('To collect what is missing', 'So erheben Sie, was fehlt'),
  noFindings: w(
    'Nothing was found in {n, plural, one {# check} other {# checks}}.',
    'In {n, plural, one {# Prüfung} other {# Prüfungen}} wurde nichts gefunden.',
  ),
  nothingJudged: w(
    'No check could be made: the files do not hold what they need.',
    'Keine Prüfung war möglich: Die Dateien enthalten nicht, was sie brauchen.',
  ),
  partOf: w('part of this finding', 'Teil dieses Befunds'),
  object: w('Object', 'Objekt'),
  evidence: w('Evidence', 'Beleg'),
  status: w('Status', 'Status'),
  known: w('known', 'bekannt'),
  worse: w('worse than before', 'schlechter als zuvor'),
  fresh: w('new', 'neu'),
  accepted: w('accepted: {reason}', 'akzeptiert: {reason}'),
  acceptedUntil: w('accepted until {until}: {reason}', 'akzeptiert bis {until}: {reason}'),
  acceptedRisks: w('Accepted risks', 'Akzeptierte Risiken'),
  acceptedText: w(
    'These findings do not count until their acceptance ends.',
    'Diese Befunde zählen nicht, bis ihre Akzeptanz endet.',
  ),
  acceptedCount: w('{n} accepted', '{n} akzeptiert'),
  line: w('line {n}', 'Zeile {n}'),
  more: w(
    '{n, plural, one {# more place} other {# more places}}',
    '{n, plural, one {# weitere Stelle} other {# weitere Stellen}}',
  ),
  change: w('What this change does', 'Was diese Änderung bewirkt'),
  changeWords: {
    resolves: w('It removes this finding.', 'Sie beseitigt diesen Befund.'),
    stays: w('This finding stays.', 'Dieser Befund bleibt.'),
    also: w('It also removes: {titles}', 'Sie beseitigt außerdem: {titles}'),
    eases: w('It lowers: {titles}', 'Sie mildert: {titles}'),
    adds: w('It brings: {titles}', 'Sie bringt mit sich: {titles}'),
    'no-fix': w('There is no command for it.', 'Dafür gibt es keinen Befehl.'),
    placeholder: w('It depends on a value that only you know.', 'Das hängt von einem Wert ab, den nur Sie kennen.'),
    command: w('It cannot be worked out from the exports.', 'Das lässt sich aus den Exporten nicht berechnen.'),
    'cannot-tell': w(
      'What comes of it cannot be told from these exports.',
      'Was daraus wird, ist aus diesen Exporten nicht zu erkennen.',
    ),
  },
  crashed: w('This check failed in itself ({id}).', 'Diese Prüfung ist selbst gescheitert ({id}).'),
} as const

/** Severities in words, for texts outside the pages. */
export const severityWord: Readonly<Record<Severity, Words>> = {
  critical: w('critical', 'kritisch'),
  high: w('high', 'hoch'),
  medium: w('medium', 'mittel'),
  low: w('low', 'niedrig'),
  info: w('note', 'Hinweis'),
}

export const severityCount: Readonly<Record<Severity, Words>> = {
  critical: w('{n} critical', '{n} kritisch'),
  high: w('{n} high', '{n} hoch'),
  medium: w('{n} medium', '{n} mittel'),
  low: w('{n} low', '{n} niedrig'),
  info: w('{n, plural, one {# note} other {# notes}}', '{n, plural, one {# Hinweis} other {# Hinweise}}'),
}

export const confidenceWord: Readonly<Record<Finding['confidence'], Words>> = {
  proven: w('proven', 'belegt'),
  likely: w('likely', 'wahrscheinlich'),
}

export const proofWord: Readonly<Record<Finding['proof'], Words>> = {
  observed: w('seen in logs', 'im Protokoll gesehen'),
  configuration: w('from configuration', 'aus der Konfiguration'),
  inferred: w('inferred', 'abgeleitet'),
}

export const exposureWord: Readonly<Record<Finding['exposure'], Words>> = {
  internet: w('internet', 'Internet'),
  partner: w('partner', 'Partner'),
  cloud: w('cloud', 'Cloud'),
  internal: w('internal', 'intern'),
  none: w('none', 'keine'),
}

export const questionText: Readonly<Record<Question, Words>> = {
  1: w('Can a stranger send through us?', 'Kann ein Fremder über uns versenden?'),
  2: w(
    'Can a stranger pass as internal, or as our cloud?',
    'Kann sich ein Fremder als intern oder als unsere Cloud ausgeben?',
  ),
  3: w('Can mail get past the gateway?', 'Kommen Nachrichten am Gateway vorbei?'),
  4: w(
    'Is hybrid mail encrypted and mutually proven?',
    'Ist der Hybridverkehr verschlüsselt und beidseitig nachgewiesen?',
  ),
  5: w('What breaks next, and when?', 'Was fällt als Nächstes aus, und wann?'),
  6: w('What is dead, duplicated or overlapping?', 'Was ist tot, doppelt oder überlappend?'),
}

export const answerWord: Readonly<Record<QuestionAnswer, Words>> = {
  yes: w('Yes', 'Ja'),
  partly: w('Partly', 'Teilweise'),
  'none-found': w('None found', 'Nichts gefunden'),
  'cannot-tell': w('Cannot tell', 'Nicht beurteilbar'),
}

export const sourceStatusWord: Readonly<Record<ReportSource['status'], Words>> = {
  parsed: w('read', 'gelesen'),
  partial: w('read in part', 'teilweise gelesen'),
  empty: w('empty', 'leer'),
  'unknown-format': w('not recognised', 'nicht erkannt'),
  refused: w('refused', 'abgelehnt'),
  failed: w('failed', 'fehlgeschlagen'),
}

type Kind = Verdict['lead']['kind']
export const verdictText: Readonly<Record<Exclude<Kind, 'proven'>, Words>> = {
  'nothing-readable': w(
    '{files, plural, =0 {There was no file to read.} one {The file was not recognised as an export.} other {None of the # files was recognised as an export.}}',
    '{files, plural, =0 {Es gab keine Datei zu lesen.} one {Die Datei wurde nicht als Export erkannt.} other {Keine der # Dateien wurde als Export erkannt.}}',
  ),
  blind: w(
    'The files do not tell whether a stranger can send through the organisation, pass as internal or get past the gateway.',
    'Die Dateien sagen nicht, ob ein Fremder über die Organisation versenden, sich als intern ausgeben oder am Gateway vorbeikommen kann.',
  ),
  'only-exchange-online': w(
    'The files describe Exchange Online only; the servers on-premises are not assessed.',
    'Die Dateien beschreiben nur Exchange Online; die eigenen Server sind nicht beurteilt.',
  ),
  quiet: w('Nothing was found that asks for action soon.', 'Es wurde nichts gefunden, das bald ein Handeln verlangt.'),
  accepted: w(
    'Nothing is open that asks for action soon; {count, plural, one {# finding is} other {# findings are}} accepted.',
    'Nichts ist offen, das bald ein Handeln verlangt; {count, plural, one {# Befund ist} other {# Befunde sind}} akzeptiert.',
  ),
  likely: w(
    '{count, plural, one {# finding is likely} other {# findings are likely}}; none is proven.',
    '{count, plural, one {# Befund ist wahrscheinlich} other {# Befunde sind wahrscheinlich}}; belegt ist keiner.',
  ),
}

/** First sentence of a proven verdict, by the question it answers and by who can use it. */
export const provenText: Readonly<Record<Question, Readonly<Record<'outside' | 'inside', Words>>>> = {
  1: {
    outside: w(
      'Hosts outside the organisation can send through it.',
      'Hosts außerhalb der Organisation können über sie versenden.',
    ),
    inside: w(
      'Hosts inside can send through the servers without logging on.',
      'Interne Hosts können ohne Anmeldung über die Server versenden.',
    ),
  },
  2: {
    outside: w(
      'Senders outside can pass as internal, or as the own cloud.',
      'Fremde Absender können sich als intern oder als die eigene Cloud ausgeben.',
    ),
    inside: w(
      'Hosts inside are trusted as Exchange servers without logging on.',
      'Interne Hosts gelten ohne Anmeldung als Exchange-Server.',
    ),
  },
  3: {
    outside: w('Mail can get past the gateway.', 'Nachrichten kommen am Gateway vorbei.'),
    inside: w('Mail can get past the gateway from inside.', 'Nachrichten kommen von innen am Gateway vorbei.'),
  },
  4: {
    outside: w(
      'Hybrid mail is not encrypted and mutually proven on every way.',
      'Der Hybridverkehr ist nicht auf jedem Weg verschlüsselt und beidseitig nachgewiesen.',
    ),
    inside: w(
      'Hybrid mail is not encrypted and mutually proven on every way.',
      'Der Hybridverkehr ist nicht auf jedem Weg verschlüsselt und beidseitig nachgewiesen.',
    ),
  },
  5: {
    outside: w('A part of the mail flow will stop working.', 'Ein Teil des Nachrichtenflusses wird ausfallen.'),
    inside: w('A part of the mail flow will stop working.', 'Ein Teil des Nachrichtenflusses wird ausfallen.'),
  },
  6: {
    outside: w('Settings are dead, duplicated or overlapping.', 'Einstellungen sind tot, doppelt oder überlappend.'),
    inside: w('Settings are dead, duplicated or overlapping.', 'Einstellungen sind tot, doppelt oder überlappend.'),
  },
}

export const say = (message: Words, lang: Language, params: Readonly<Record<string, string | number>> = {}): string =>
  formatMessage(message[lang], lang, params)

/** A day in words, in UTC. What is no date stays as it is. */
export function dayText(iso: string, lang: Language): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  return new Intl.DateTimeFormat(lang === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}

/** What is said where nothing was found: in how many checks, or that none could be made. */
export const noFindingsText = (passed: number, lang: Language): string =>
  passed === 0 ? words.nothingJudged[lang] : say(words.noFindings, lang, { n: passed })
