import {
  areCloudRulesListed,
  bypassReads,
  cloudRules,
  isActiveRule,
  isBoundToSource,
  setsBypass,
} from '../../mailflow/cloud-rules'
import { enhancedFilteringReads, filtersOnThePath } from '../../mailflow/enhanced-filtering'
import { exportOf } from '../../mailflow/missing'
import { textOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, type ConfigObject, isUnset, not, type Property, type Tri } from '../../model'
import { comment, disableRules, objectsOf } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-rule-filter-bypass',
  family: 'exo-inbound',
  question: 3,
  severities: ['high', 'medium'],
  needs: ['transportRules'],
  optional: ['inboundConnectors'],
  reads: {
    transportRules: bypassReads,
    inboundConnectors: [
      'Enabled',
      'ConnectorType',
      'ConnectorSource',
      'CloudServicesMailEnabled',
      'SenderDomains',
      ...enhancedFilteringReads,
    ],
  },
  references: [
    'https://learn.microsoft.com/defender-office-365/create-safe-sender-lists-in-office-365',
    'https://learn.microsoft.com/exchange/security-and-compliance/mail-flow-rules/use-rules-to-set-scl',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/enhanced-filtering-for-connectors',
  ],
  frameworks: {},
  absorbs: [
    // Its other faults, addresses that are missing or wrong, stay what they are.
    {
      rule: 'exo-enhanced-filtering-misconfigured',
      same: 'organisation',
      when: (_, absorbed) => absorbed.variant === 'rule',
    },
  ],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  const filters = filtersOnThePath(config)
  for (const r of cloudRules(config)) {
    const acts = isActiveRule(r)
    const bypass = setsBypass(r)
    const bound = isBoundToSource(r)
    yield verdictOn(r, and(acts.value, bypass.value, not(bound.value)), () => failure(r, filters))
  }
  if (areCloudRulesListed(config) !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('transportRules', 'exchange-online')] }
}

const conditions = ['SenderDomainIs', 'From', 'FromAddressContainsWords', 'FromAddressMatchesPatterns', 'FromMemberOf']
const headers = ['HeaderContainsMessageHeader', 'HeaderMatchesMessageHeader']

const isSet = (r: ConfigObject, name: string): boolean =>
  isUnset(textOf(r, name)) === 'no' || isUnset(r.properties[name] ?? { state: 'missing', name }) === 'no'

function failure(r: ConfigObject, filters: Tri): Fail {
  const shown = [...conditions, ...headers].filter((name) => isSet(r, name)).flatMap((name) => r.properties[name] ?? [])
  const scl: Property<unknown> = r.properties.SetSCL ?? { state: 'missing', name: 'SetSCL' }
  const by = headers.some((name) => isSet(r, name))
    ? 'header'
    : conditions.some((name) => isSet(r, name))
      ? 'sender'
      : 'other'
  return failOn(r, {
    severity: filters === 'no' ? 'high' : 'medium',
    exposure: 'internet',
    params: { rule: r.name, by, filters },
    evidence: nonEmpty(evidenceOf(scl, ...shown, textOf(r, 'State'))),
    conditions: [
      { key: 'active', value: 'yes', evidence: evidence(textOf(r, 'State')) },
      { key: 'bypass', value: 'yes', evidence: evidence(scl) },
      { key: 'spoofable', value: 'yes' },
      { key: 'no-filter', value: not(filters) },
    ],
    ...(filters === 'unknown' ? { couldRaise: [exportOf('inboundConnectors')] } : {}),
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return disableRules(objectsOf(cloudRules(config), 'transportRule', members), [
    comment(
      'What the rule let through is filtered again. Instead: enhanced filtering on the connector of the gateway, or the',
    ),
    comment('addresses of the sender as a further condition (Set-TransportRule -SenderIpRanges).'),
  ])
}
