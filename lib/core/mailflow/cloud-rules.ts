import {
  and,
  type Config,
  type ConfigObject,
  contains,
  domainKey,
  isTrue,
  isUnset,
  known,
  missing,
  not,
  or,
  type Property,
  type Tri,
  tri,
} from '../model'
import { ownershipOf } from './accepted-domains'
import { allOf, anyOf, type Fact, fact } from './fact'
import { saysWord } from './hybrid-connectors'
import { areOutboundListed } from './listing'
import { once } from './once'
import { flagOf, listOf, numberOf, textOf } from './property-of'

/** What a transport rule of Exchange Online may look at, as far as a question says it; null: not said. */
export type RuleQuestion = {
  readonly mailFrom: string | null
  readonly rcptTo: string
  /** Does the message count as internal? FromScope asks for that beside the domain. */
  readonly internal: Tri
}

/** `isSure`: no rule that was not exported can route it. */
export type RuleRoute =
  | { readonly state: 'none'; readonly isSure: boolean }
  | { readonly state: 'routes' | 'perhaps'; readonly rule: ConfigObject; readonly connector: Property<string> }
  | { readonly state: 'not-exported' }

const domainOfAddress = (address: string): string => domainKey(address.slice(address.lastIndexOf('@') + 1))
const addressKey = (address: string): string =>
  `${address.slice(0, address.lastIndexOf('@') + 1).toLowerCase()}${domainOfAddress(address)}`
/** Conditions on domains hold for subdomains as well (New-TransportRule, -RecipientDomainIs). */
const within = (domain: string, of: string): boolean => domain === of || domain.endsWith(`.${of}`)

type Test = (q: RuleQuestion, values: readonly string[], config: Config) => Tri
const bySender = (q: RuleQuestion, test: (address: string) => boolean): Tri =>
  q.mailFrom === null ? 'unknown' : tri(test(q.mailFrom))
const ownSender = (q: RuleQuestion, config: Config): Tri => {
  if (q.mailFrom === null) return 'unknown'
  const owner = ownershipOf(config, 'exchange-online', domainOfAddress(q.mailFrom)).state
  return and(q.internal, owner === 'unknown' ? 'unknown' : tri(owner === 'own'))
}
const ownRecipient = (q: RuleQuestion, config: Config): Tri => {
  const owner = ownershipOf(config, 'exchange-online', domainOfAddress(q.rcptTo)).state
  return owner === 'unknown' ? 'unknown' : tri(owner === 'own')
}
const scope = (value: string | undefined, inside: Tri): Tri =>
  value === 'inorganization' ? inside : value === 'notinorganization' ? not(inside) : 'unknown'

/** The conditions that a question decides. Addresses may be printed as names of objects, which it does not. */
const tests: Readonly<Record<string, Test>> = {
  SenderDomainIs: (q, v) => bySender(q, (a) => v.some((d) => within(domainOfAddress(a), d))),
  RecipientDomainIs: (q, v) => tri(v.some((d) => within(domainOfAddress(q.rcptTo), d))),
  From: (q, v) => (v.every((x) => x.includes('@')) ? bySender(q, (a) => v.includes(addressKey(a))) : 'unknown'),
  SentTo: (q, v) => (v.every((x) => x.includes('@')) ? tri(v.includes(addressKey(q.rcptTo))) : 'unknown'),
  FromScope: (q, [v], config) => scope(v, ownSender(q, config)),
  SentToScope: (q, [v], config) => scope(v, ownRecipient(q, config)),
}
const decided = Object.keys(tests)
/** Words that open the names of other conditions; whatever of them is set, a question does not decide. */
const others =
  /^(?:ExceptIf)?(?:Header|Subject|Attachment|AnyOf|From|Sent|Sender|Recipient|Manager|Message|SCLOver|WithImportance|HasNo|HasClassification|HasSenderOverride|ADComparison|Content|Between)/

const valuesOf = (rule: ConfigObject, name: string): readonly string[] =>
  (known(listOf(rule, name)) ?? []).map((v) => addressKey(v.trim())).filter((v) => v !== '')

/** How conditions are read, with a default that every rule prints. */
const isPlain = (name: string): boolean => name === 'SenderAddressLocation' || name === 'RecipientAddressType'

function applies(rule: ConfigObject, q: RuleQuestion, config: Config): Tri {
  // A default table or a projection shows no condition at all: then nothing is known of them.
  const shows = decided.some((name) => rule.properties[name] !== undefined) || rule.properties.Conditions !== undefined
  const one = (name: string): Tri => {
    const p = rule.properties[name]
    if (p === undefined || isUnset(p) === 'yes') return 'unknown'
    return tests[name]?.(q, valuesOf(rule, name), config) ?? 'unknown'
  }
  const isSet = (name: string) => rule.properties[name] !== undefined && isUnset(rule.properties[name]) !== 'yes'
  const conditions = decided.filter(isSet).map(one)
  const exceptions = decided
    .filter((name) => isSet(`ExceptIf${name}`))
    .map((name) => tests[name]?.(q, valuesOf(rule, `ExceptIf${name}`), config) ?? 'unknown')
  const rest = Object.values(rule.properties).filter(
    (p) =>
      others.test(p.name) &&
      !isPlain(p.name) &&
      !decided.includes(p.name.replace(/^ExceptIf/, '')) &&
      isUnset(p) !== 'yes' &&
      !('value' in p && p.value === false),
  )
  const unknowns = (except: boolean): Tri[] =>
    rest.filter((p) => p.name.startsWith('ExceptIf') === except).map(() => 'unknown')
  const matched = and(...conditions, ...unknowns(false), ...(shows ? [] : (['unknown'] as const)))
  return and(matched, not(or(...exceptions, ...unknowns(true))))
}

function acts(rule: ConfigObject): Tri {
  const is = (name: string, wanted: string): Tri => {
    const value = known(textOf(rule, name))?.toLowerCase()
    return value === undefined ? 'unknown' : tri(value === wanted)
  }
  return and(is('State', 'enabled'), is('Mode', 'enforce'))
}

/**
 * The rule that routes a message to a connector of its own: by Priority; one that stops the processing keeps those behind it from
 * acting. Rules of servers cannot route (New-TransportRule, -RouteMessageOutboundConnector: Exchange Online only).
 */
export function routingRule(config: Config, q: RuleQuestion): RuleRoute {
  const rules = config.transportRules.filter((r) => r.side === 'exchange-online')
  const exports = config.exports.filter((b) => b.collection === 'transportRules' && b.side === 'exchange-online')
  const exported = exports.length > 0
  const scoped = config.outboundConnectors.some(
    (c) => isTrue(c.enabled) !== 'no' && isTrue(flagOf(c, 'IsTransportRuleScoped')) === 'yes',
  )
  // Connectors that wait for a rule are listed only when they are asked for (Get-OutboundConnector, -IsTransportRuleScoped).
  if (!exported && scoped) return { state: 'not-exported' }
  const isUnused = !scoped && areOutboundListed(config, ['rule-scoped']) === 'yes'
  const isSure = isUnused || exports.some((b) => b.listing !== 'named')
  if (!exported) return { state: 'none', isSure }
  const priority = (r: ConfigObject) => known(numberOf(r, 'Priority')) ?? Number.MAX_SAFE_INTEGER
  let mayBeStopped = false
  for (const rule of [...rules].sort((a, b) => priority(a) - priority(b) || (a.name < b.name ? -1 : 1))) {
    const does = and(acts(rule), applies(rule, q, config))
    if (does === 'no') continue
    const connector = textOf(rule, 'RouteMessageOutboundConnector')
    if (known(connector) !== undefined) {
      return { state: does === 'yes' && !mayBeStopped ? 'routes' : 'perhaps', rule, connector }
    }
    const stops = and(does, isTrue(flagOf(rule, 'StopRuleProcessing')))
    if (stops === 'yes') return { state: 'none', isSure }
    if (stops === 'unknown') mayBeStopped = true
  }
  return { state: 'none', isSure }
}

/** Transport rules of Exchange Online. Those of servers have the same properties, and run elsewhere. */
export const cloudRules = once((config: Config): readonly ConfigObject[] =>
  config.transportRules.filter((r) => r.side === 'exchange-online'),
)

/** Were all transport rules of Exchange Online exported? */
export function areCloudRulesListed(config: Config): Tri {
  const blocks = config.exports.filter((b) => b.collection === 'transportRules' && b.side === 'exchange-online')
  return blocks.length === 0 ? 'no' : blocks.some((b) => b.listing === 'all') ? 'yes' : 'unknown'
}

/** Is the rule enabled, and does it act rather than only report? */
export const isActiveRule = (rule: ConfigObject): Fact =>
  allOf([saysWord(textOf(rule, 'State'), 'Enabled'), saysWord(textOf(rule, 'Mode'), 'Enforce')])

const isSetTo = (rule: ConfigObject, name: string): Fact => {
  const p = textOf(rule, name)
  return fact(not(isUnset(p)), p)
}

/**
 * Does an active rule of Exchange Online refuse mail but from certain addresses? It stands in for a connector that locks the tenant:
 * weaker, because it acts on what was accepted already. Source: Manage mail flow using a third-party cloud service.
 */
export function refusesBySource(config: Config): Fact {
  const found = anyOf(
    cloudRules(config).map((rule) => {
      const except = listOf(rule, 'ExceptIfSenderIpRanges')
      const flags = ['DeleteMessage', 'Quarantine'].map((name) => flagOf(rule, name))
      const refuses = anyOf([
        ...['RejectMessageReasonText', 'RejectMessageEnhancedStatusCode'].map((name) => isSetTo(rule, name)),
        // Exchange leaves flags of actions that a rule does not have empty.
        ...flags.map((p) => fact(isUnset(p) === 'yes' ? 'no' : isTrue(p), p)),
      ])
      return allOf([
        isActiveRule(rule),
        fact(
          contains(except, () => true),
          except,
        ),
        refuses,
      ])
    }),
  )
  if (found.value !== 'no' || areCloudRulesListed(config) === 'yes') return found
  return { value: 'unknown', evidence: found.evidence }
}

/** What refusesBySource is read from. */
export const refusesBySourceReads = [
  'State',
  'Mode',
  'ExceptIfSenderIpRanges',
  'RejectMessageReasonText',
  'RejectMessageEnhancedStatusCode',
  'DeleteMessage',
  'Quarantine',
] as const

/** Does the rule keep the filter from looking at a message (spam confidence level −1)? */
export function setsBypass(rule: ConfigObject): Fact {
  const scl = rule.properties.SetSCL ?? missing('SetSCL')
  const value: Tri =
    isUnset(scl) === 'yes' ? 'no' : 'value' in scl ? tri(/^[-−]1$/.test(String(scl.value).trim())) : 'unknown'
  return fact(value, scl)
}

/** Headers that Exchange Online writes itself, or takes away from what comes from outside. */
const ownHeaders =
  /^(?:x-ms-exchange-(?:organization|crosstenant|crosspremises)-.*|authentication-results|arc-.*|x-forefront-antispam-.*)$/i

/**
 * Do the conditions of the rule hold only for mail that a stranger cannot send: by its address of origin, from a sender who is logged on,
 * or with a header that Exchange Online writes itself? Domains, addresses, subjects and all other headers are the sender's choice.
 * Source: Create safe sender lists in EOP; Mail flow rule conditions and exceptions.
 */
export function isBoundToSource(rule: ConfigObject): Fact {
  const ranges = listOf(rule, 'SenderIpRanges')
  const headers = ['HeaderContainsMessageHeader', 'HeaderMatchesMessageHeader'].map((name) => textOf(rule, name))
  return anyOf([
    fact(
      contains(ranges, () => true),
      ranges,
    ),
    saysWord(textOf(rule, 'FromScope'), 'InOrganization'),
    saysWord(textOf(rule, 'ExceptIfFromScope'), 'NotInOrganization'),
    ...headers.map((p) =>
      fact(isUnset(p) === 'yes' ? 'no' : p.state === 'ok' ? tri(ownHeaders.test(p.value.trim())) : 'unknown', p),
    ),
  ])
}

/** What setsBypass, isActiveRule and isBoundToSource are read from. */
export const bypassReads = [
  'State',
  'Mode',
  'SetSCL',
  'SenderIpRanges',
  'FromScope',
  'ExceptIfFromScope',
  'HeaderContainsMessageHeader',
  'HeaderMatchesMessageHeader',
] as const
