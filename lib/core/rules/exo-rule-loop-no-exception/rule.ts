import { firstOf } from '../../mailflow/certificate-usage'
import type { Fact } from '../../mailflow/fact'
import { gatewayBack } from '../../mailflow/hybrid-outbound'
import { areOutboundListed, isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { listOf, textOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { comesBackBy, routingRules, ruleConnector } from '../../mailflow/routing-rules'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import {
  and,
  type Config,
  type ConfigObject,
  contains,
  type InboundConnector,
  isTrue,
  isUnset,
  known,
  not,
  type OutboundConnector,
  or,
  type Tri,
} from '../../model'
import { ask, comment, list, objectsOf, setProperties } from '../../remediation'
import { type Answers, defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

/** Exceptions that keep out what has been at the service: a header that it sets, its addresses, or where the message comes from. */
const exceptions = [
  'ExceptIfHeaderContainsMessageHeader',
  'ExceptIfHeaderMatchesMessageHeader',
  'ExceptIfFromScope',
  'ExceptIfSenderIpRanges',
] as const

export const rule = defineRule({
  id: 'exo-rule-loop-no-exception',
  family: 'exo-outbound',
  question: 5,
  severities: ['medium'],
  needs: ['transportRules', 'outboundConnectors', 'inboundConnectors'],
  optional: [],
  reads: {
    transportRules: ['State', 'RouteMessageOutboundConnector', 'Exceptions', ...exceptions],
    outboundConnectors: ['Enabled', 'SmartHosts', 'TlsDomain'],
    inboundConnectors: ['Enabled', 'SenderIPAddresses', 'TlsSenderCertificateName'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/conditional-mail-routing',
    'https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/fix-error-code-5-4-6-through-5-4-20-in-exchange-online',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Does the rule leave out what comes back? A rule without any exception prints an empty list of them. */
function hasException(r: ConfigObject): Tri {
  const found = or(...exceptions.map((name) => contains(listOf(r, name), () => true)))
  return found === 'unknown' && isUnset(textOf(r, 'Exceptions')) === 'yes' ? 'no' : found
}

type Back = { readonly value: Tri; readonly by: readonly { readonly i: InboundConnector; readonly fact: Fact }[] }

/** The inbound connectors by which mail comes back from where the connector leads. That it does, a person may have told. */
function backFrom(config: Config, c: OutboundConnector, answers: Answers): Back {
  const found = config.inboundConnectors.map((i) => ({ i, fact: comesBackBy(i, c) }))
  const told: Tri = gatewayBack(c, answers) === undefined ? 'no' : 'yes'
  const value = or(told, ...found.map((f) => f.fact.value))
  const whole = isListedWhole(config, 'inboundConnectors') === 'yes'
  return { value: value === 'no' && !whole ? 'unknown' : value, by: found.filter((f) => f.fact.value === 'yes') }
}

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  for (const { rule: r, routes } of routingRules(config)) {
    if (routes === 'no') continue
    const c = ruleConnector(config, r)
    if (c === undefined) {
      // That the connector does not exist is another rule's matter.
      if (routes === 'unknown') yield openOn(r)
      else if (areOutboundListed(config) !== 'yes') yield openOn(r, [exportOf('outboundConnectors')])
      continue
    }
    const back = backFrom(config, c, answers)
    const bare = not(hasException(r))
    const enabled = isTrue(c.enabled)
    const value = and(routes, bare, enabled, back.value)
    const open = and(routes, bare) !== 'yes' ? [] : enabled === 'unknown' ? [exportOfObject(c)] : [...lacks(c)]
    yield verdictOn(r, value, () => failure(r, c, back), open)
  }
}

/** It is open where the connector leads, or who comes back from there. */
const lacks = (c: OutboundConnector) =>
  known(c.smartHosts) === undefined ? [exportOfObject(c)] : [exportOf('inboundConnectors')]

function failure(r: ConfigObject, c: OutboundConnector, { by }: Back): Fail {
  const action = evidence(textOf(r, 'RouteMessageOutboundConnector'))
  const shown = exceptions.flatMap((name) => evidenceOf(r.properties[name]))
  const proof = by.length > 0 ? by.flatMap((b) => b.fact.evidence.slice(-1)) : evidenceOf(c.smartHosts)
  return failOn(r, {
    severity: 'medium',
    confidence: 'likely',
    exposure: 'none',
    objects: [refOf(r), refOf(c), ...by.map((b) => refOf(b.i))],
    params: { rule: r.name, connector: c.id, inbound: by[0]?.i.id ?? '', kind: by.length > 0 ? 'inbound' : 'told' },
    evidence: nonEmpty([action, ...proof, ...shown]),
    conditions: [
      { key: 'routes', value: 'yes', evidence: action },
      { key: 'no-exception', value: 'yes', ...firstOf(shown) },
      { key: 'comes-back', value: 'yes', ...firstOf(proof) },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const rules = objectsOf(config.transportRules, 'transportRule', members).filter((r) => r.side !== 'on-premises')
  const inbound = objectsOf(config.inboundConnectors, 'inboundConnector', members)
  const ranges = [...new Set(inbound.flatMap((i) => known(listOf(i, 'SenderIPAddresses')) ?? []))]
  const header = ask('header-of-the-service', {
    en: 'The name of a header that the service adds to each message, in quotes, for example "X-Service-Done"',
    de: 'Der Name einer Kopfzeile, die der Dienst jeder Nachricht hinzufügt, in Anführungszeichen, zum Beispiel "X-Service-Done"',
  })
  const words = ask('value-of-the-header', {
    en: 'What the header contains when the service has seen the message, in quotes',
    de: 'Was die Kopfzeile enthält, wenn der Dienst die Nachricht gesehen hat, in Anführungszeichen',
  })
  return setProperties(rules, {
    before: [
      comment(
        'Send a test message through the service first, and look whether it carries what the exception asks for.',
      ),
    ],
    set: () =>
      ranges.length > 0
        ? { ExceptIfSenderIpRanges: list(ranges) }
        : { ExceptIfHeaderContainsMessageHeader: header, ExceptIfHeaderContainsWords: words },
    alsoShow: ['State', 'RouteMessageOutboundConnector'],
    effect: 'none',
    minutes: 30,
  })
}
