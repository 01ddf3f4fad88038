import { areCloudRulesListed } from '../../mailflow/cloud-rules'
import { isForRules } from '../../mailflow/hybrid-outbound'
import { areOutboundListed } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { flagOf, textOf } from '../../mailflow/property-of'
import { routingRules, ruleConnector } from '../../mailflow/routing-rules'
import { failOn, openOn } from '../../mailflow/verdict-on'
import { and, type Config, type ConfigObject, isTrue, known, type OutboundConnector, type Tri } from '../../model'
import {
  ask,
  backupObject,
  bool,
  comment,
  fixOf,
  restoreObject,
  setObject,
  setProperties,
  showObject,
} from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-rule-scope-mismatch',
  family: 'exo-outbound',
  question: 6,
  severities: ['high', 'medium', 'low'],
  needs: ['outboundConnectors', 'transportRules'],
  optional: [],
  reads: {
    outboundConnectors: ['Enabled', 'IsTransportRuleScoped'],
    transportRules: ['State', 'RouteMessageOutboundConnector'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/conditional-mail-routing',
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-istransportrulescoped',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  const rules = routingRules(config)
  const listed = areCloudRulesListed(config)
  for (const r of rules) yield* ofRule(config, r.rule, r.routes)
  const using = rules.filter((r) => r.routes !== 'no').map((r) => r.rule)
  const used = new Set(using.map((r) => ruleConnector(config, r)))
  // A rule whose action was not printed may be the one that uses a connector.
  const open = listed !== 'yes' || using.some((r) => known(textOf(r, 'RouteMessageOutboundConnector')) === undefined)
  for (const c of config.outboundConnectors) if (!used.has(c)) yield* unused(c, open)
  if (listed !== 'yes') yield { state: 'not-assessed', missing: [exportOf('transportRules', 'exchange-online')] }
}

/** A rule and the connector that it names. */
function* ofRule(config: Config, r: ConfigObject, routes: Tri): Iterable<Verdict> {
  if (routes === 'no') return
  if (routes === 'unknown') {
    yield openOn(r)
    return
  }
  const c = ruleConnector(config, r)
  if (c === undefined) {
    if (areOutboundListed(config) === 'yes') yield failure(r, 'missing', 'high')
    else yield openOn(r, [exportOf('outboundConnectors')])
    return
  }
  const [enabled, scoped] = [isTrue(c.enabled), isForRules(c).value]
  if (enabled === 'no') yield failure(r, 'disabled', 'high', c)
  else if (enabled === 'unknown') yield openOn(r, [exportOfObject(c)])
  else if (scoped === 'no') yield failure(r, 'unscoped', 'medium', c)
  else if (scoped === 'unknown') yield openOn(r, [exportOfObject(c)])
  else yield { state: 'pass', object: refOf(r) }
}

/** A connector for rules that no rule uses. */
function* unused(c: OutboundConnector, open: boolean): Iterable<Verdict> {
  if (and(isTrue(c.enabled), isForRules(c).value) !== 'yes') return
  if (open) yield openOn(c, [exportOf('transportRules', 'exchange-online')])
  else {
    const scoped = evidence(flagOf(c, 'IsTransportRuleScoped'))
    yield failOn(c, {
      key: `connector ${cloneKey(c)}`,
      severity: 'low',
      exposure: 'none',
      params: { kind: 'unused', rule: '', connector: c.id },
      evidence: [scoped],
      conditions: [
        { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
        { key: 'fault', value: 'yes', evidence: scoped },
      ],
    })
  }
}

type Kind = 'missing' | 'disabled' | 'unscoped'

function failure(r: ConfigObject, kind: Kind, severity: 'high' | 'medium', c?: OutboundConnector): Fail {
  const action = textOf(r, 'RouteMessageOutboundConnector')
  const proof = c && (kind === 'disabled' ? c.enabled : flagOf(c, 'IsTransportRuleScoped'))
  const fault = evidence(proof ?? action)
  return failOn(r, {
    severity,
    exposure: 'none',
    objects: c ? [refOf(r), refOf(c)] : [refOf(r)],
    params: { kind, rule: r.name, connector: c?.id ?? known(action) ?? '' },
    evidence: c ? [evidence(action), fault] : [fault],
    conditions: [
      { key: 'enabled', value: 'yes', evidence: evidence(textOf(r, 'State')) },
      { key: 'fault', value: 'yes', evidence: fault },
    ],
  })
}

function fix([first]: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(first.objects.flatMap((o) => (o.kind === 'outboundConnector' ? [o.id] : [])))
  const connectors = config.outboundConnectors.filter((c) => ids.has(c.id))
  const plan = { effect: 'none', minutes: 15, alsoShow: ['RecipientDomains', 'SmartHosts'] } as const
  switch (first.params.kind) {
    case 'disabled':
      return setProperties(connectors, { ...plan, set: () => ({ Enabled: bool(true) }) })
    case 'unscoped':
      return setProperties(connectors, {
        ...plan,
        before: [
          comment(
            'From now on ordinary mail for its recipient domains no longer takes this connector, only that of rules.',
          ),
        ],
        set: () => ({ IsTransportRuleScoped: bool(true) }),
      })
    case 'unused':
      return setProperties(connectors, { ...plan, set: () => ({ Enabled: bool(false) }) })
    default:
      return newConnectorFor(config, first)
  }
}

/** The rule names what is not there: another connector has to be named, which only a person can know. */
function newConnectorFor(config: Config, { objects }: Fail) {
  const rules = config.transportRules.filter((r) => r.id === objects[0].id && r.side !== 'on-premises')
  const name = ask('outbound-connector', {
    en: 'The name of the enabled outbound connector that the rule is to use, in quotes',
    de: 'Der Name des aktiven ausgehenden Connectors, den die Regel benutzen soll, in Anführungszeichen',
  })
  const property = 'RouteMessageOutboundConnector'
  return fixOf({
    backup: rules.map(backupObject),
    change: rules.map((r) => setObject(r, { [property]: name })),
    check: rules.map((r) => showObject(r, ['State', property])),
    rollback: rules.flatMap((r) => restoreObject(r, [property])),
    effect: 'none',
    minutes: 15,
    runsOn: 'exchange-online',
  })
}
