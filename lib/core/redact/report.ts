import { noticeText } from '../report/notices'
import type { Finding, InventoryObject, Report, ReportNotice, ReportSource } from '../report/schema'
import type { RuleText } from '../rules/rule-text'
import { ruleTexts } from '../rules/texts.generated'
import { redactedCode } from './code'
import { propertyValue, redactedProperty, redactedPropertyText } from './properties'
import { wordsOfMessage } from './prose'
import type { Pseudonyms } from './types'

type Missing = Report['outcomes'][number]['missing']
type Bilingual = Finding['title']

/**
 * The report with pseudonyms for everything that tells whose it is. Headers of messages are left out: too much in them is personal.
 * What stands as evidence is the value as it was read, so that nothing else of its line comes along.
 */
export function redactReport(report: Report, pseudonyms: Pseudonyms): Report {
  const object = (o: InventoryObject): InventoryObject => redactedObject(o, pseudonyms)
  const values = valueIndex(report)
  return {
    ...report,
    sources: report.sources.map((s) => redactedSource(s, report, pseudonyms)),
    inventory: Object.fromEntries(
      Object.entries(report.inventory).map(([name, objects]) => [name, objects.map(object)]),
    ) as Report['inventory'],
    intended: report.intended.map((o) => ({ ...o, ...object(o), command: redactedCode(o.command, pseudonyms) })),
    messages: [],
    outcomes: report.outcomes.map((o) => ({
      ...o,
      findings: o.findings.map(pseudonyms.finding),
      missing: redactedMissing(o.missing, pseudonyms),
    })),
    findings: report.findings.map((f) => redactedFinding(f, values, pseudonyms)),
  }
}

const redactedMissing = (missing: Missing, { name }: Pseudonyms): Missing =>
  missing.map((m) => ({ ...m, servers: m.servers.map(name) }))

function redactedObject(o: InventoryObject, pseudonyms: Pseudonyms): InventoryObject {
  const properties: InventoryObject['properties'] = {}
  for (const [name, property] of Object.entries(o.properties)) {
    const made = redactedProperty(name, property, pseudonyms)
    if (made !== undefined) properties[propertyName(name, pseudonyms)] = made
  }
  const server = o.server === null ? null : pseudonyms.name(o.server)
  return { id: pseudonyms.id(o.id), server, side: o.side, properties }
}

/** Exchange's names of properties are one word; a column that somebody made up can be called anything. */
const propertyName = (name: string, { text, value }: Pseudonyms): string =>
  /^[A-Za-z][A-Za-z0-9]{0,60}$/.test(name) ? text(name) : value(name)

function redactedSource(source: ReportSource, report: Report, pseudonyms: Pseudonyms): ReportSource {
  const { firstLine: _line, ...kept } = source
  const { name, hex } = pseudonyms
  return {
    ...kept,
    name: pseudonyms.source(source.name),
    sha256: source.sha256 === '' ? '' : hex(source.sha256),
    blocks: source.blocks.map((b) => ({
      ...b,
      cmdlet: b.cmdlet === null ? null : pseudonyms.text(b.cmdlet),
      server: b.server === null ? null : name(b.server),
    })),
    notices: source.notices.map((n) => redactedNotice(n, report, pseudonyms)),
  }
}

/** Parameters that hold a word of the product's own, for which the notice has a text. */
const OWN_WORDS = new Set(['looksLike', 'reason', 'kind', 'advice', 'instead'])

function redactedNotice(notice: ReportNotice, report: Report, pseudonyms: Pseudonyms): ReportNotice {
  const { object, params, property, ...kept } = notice
  const text = (value: string): string => {
    const of = report.sources.find((s) => value === s.name || value.startsWith(`${s.name}:`))
    return of ? pseudonyms.source(of.name) + value.slice(of.name.length) : redactedParam(value, pseudonyms)
  }
  const paramOf = (key: string, value: string): string => {
    if (OWN_WORDS.has(key) && /^[a-z0-9-]+$/.test(value)) return value
    if (key === 'property') return propertyName(value, pseudonyms)
    if (key === 'firstLine') return pseudonyms.free(value)
    const isValue = property !== undefined && (key === 'first' || key === 'second')
    return isValue ? redactedPropertyText(property, value, pseudonyms) : text(value)
  }
  const made = {
    ...kept,
    ...(object === undefined ? {} : { object: pseudonyms.id(object) }),
    ...(property === undefined ? {} : { property: propertyName(property, pseudonyms) }),
    ...(params === undefined ? {} : { params: mapParams(params, (key, v) => paramOf(key, v)) }),
  }
  return { ...made, ...noticeText(made, 'en') }
}

/** A name as a whole, or a value in which only what is known to be harmless stays. */
const redactedParam = (value: string, { id, name }: Pseudonyms): string =>
  /^[^\s\\]+\\[^\\]+$/.test(value) ? id(value) : name(value)

const mapParams = (params: NonNullable<ReportNotice['params']>, map: (key: string, value: string) => string) =>
  Object.fromEntries(Object.entries(params).map(([key, v]) => [key, typeof v === 'string' ? map(key, v) : v]))

const placeKey = (property: string, source: string, lines: readonly number[]) =>
  `${source} ${lines.join('-')} ${property.toLowerCase()}`

type Values = ReadonlyMap<string, InventoryObject['properties'][string]>
function valueIndex(report: Report): Values {
  const values = new Map<string, InventoryObject['properties'][string]>()
  for (const o of [...Object.values(report.inventory).flat(), ...report.intended])
    for (const [name, p] of Object.entries(o.properties)) values.set(placeKey(name, p.source, p.lines), p)
  return values
}

const both = (text: Bilingual, map: (text: string) => string): Bilingual => ({ en: map(text.en), de: map(text.de) })

/** What a rule says: its message tells which words are the product's own. */
function said(rule: string, text: Bilingual, of: (words: RuleText) => string | undefined, p: Pseudonyms): Bilingual {
  const texts = Object.hasOwn(ruleTexts, rule) ? ruleTexts[rule] : undefined
  const own = (lang: 'en' | 'de') => wordsOfMessage((texts && of(texts[lang])) ?? '', lang)
  return { en: p.said(text.en, own('en')), de: p.said(text.de, own('de')) }
}

function redactedFinding(f: Finding, values: Values, pseudonyms: Pseudonyms): Finding {
  const { id, name, finding } = pseudonyms
  const { simulation, change, accepted, ...kept } = f
  return {
    ...kept,
    id: finding(f.id),
    objects: f.objects.map((o) => ({ ...o, id: id(o.id), server: o.server === null ? null : name(o.server) })),
    title: said(f.rule, f.title, (t) => t.headline, pseudonyms),
    message: said(f.rule, f.message, (t) => t.finding, pseudonyms),
    conditions: f.conditions.map((c) => ({
      ...c,
      text: said(f.rule, c.text, (t) => t.conditions[c.key], pseudonyms),
    })),
    couldRaise: redactedMissing(f.couldRaise, pseudonyms),
    evidence: f.evidence.map((e) => redactedEvidence(e, values, pseudonyms)),
    fix: redactedFix(f.fix, pseudonyms),
    absorbs: f.absorbs.map(finding),
    absorbedBy: f.absorbedBy === null ? null : finding(f.absorbedBy),
    ...(simulation === undefined ? {} : { simulation: redactedQuestion(simulation, pseudonyms) }),
    ...(change === undefined ? {} : { change: redactedChange(change, pseudonyms) }),
    ...(accepted === undefined ? {} : { accepted: { ...accepted, reason: '…' } }),
  }
}

/** `Property : value` with the value as it was read: its line may hold more than that. */
function redactedEvidence(e: Finding['evidence'][number], values: Values, pseudonyms: Pseudonyms) {
  const found = values.get(placeKey(e.property, e.source, e.lines))
  const property = propertyName(e.property, pseudonyms)
  const shown = found === undefined ? '…' : propertyValue(e.property, found, pseudonyms)
  return { ...e, property, text: `${property} : ${shown}` }
}

function redactedFix(fix: Finding['fix'], pseudonyms: Pseudonyms): Finding['fix'] {
  if (fix === null) return null
  const placeholders = fix.placeholders.map((p) => ({ ...p, label: both(p.label, pseudonyms.text) }))
  const steps = fix.steps.map((s) => ({ ...s, powershell: redactedCode(s.powershell, pseudonyms) }))
  return { ...fix, steps, placeholders }
}

const redactedQuestion = (fields: NonNullable<Finding['simulation']>, { name }: Pseudonyms) =>
  Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, name(text ?? '')])) as NonNullable<
    Finding['simulation']
  >

function redactedChange(
  change: NonNullable<Finding['change']>,
  pseudonyms: Pseudonyms,
): NonNullable<Finding['change']> {
  if (change.state === 'unknown') return change
  type Effects = typeof change.resolved
  const effects = (list: Effects): Effects =>
    list.map((f) => ({
      ...f,
      id: pseudonyms.finding(f.id),
      title: said(f.rule, f.title, (t) => t.headline, pseudonyms),
    }))
  const { resolved, eased, added } = change
  return { ...change, resolved: effects(resolved), eased: effects(eased), added: effects(added) }
}
