import { isInTestMode } from '../../mailflow/hybrid-outbound'
import { areOutboundListed } from '../../mailflow/listing'
import { exportOf } from '../../mailflow/missing'
import { flagOf } from '../../mailflow/property-of'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, known, knownPart } from '../../model'
import { bool, objectsOf, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-test-mode',
  family: 'exo-outbound',
  question: 6,
  severities: ['medium'],
  needs: ['outboundConnectors'],
  optional: [],
  reads: { outboundConnectors: ['Enabled', 'TestMode'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-testmode',
    'https://learn.microsoft.com/powershell/module/exchange/get-outboundconnector#-includetestmodeconnectors',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'exo-outbound-hybrid-missing', same: 'connector' },
    { rule: 'exo-outbound-recipient-domain-gap', same: 'connector', when: (_, gap) => gap.severity === 'high' },
  ],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.outboundConnectors) {
    const mode = flagOf(c, 'TestMode')
    yield verdictOn(c, and(isTrue(c.enabled), isInTestMode(c).value), () => {
      const domains = knownPart(c.recipientDomains) ?? []
      return failOn(c, {
        severity: 'medium',
        exposure: 'none',
        params: {
          connector: c.id,
          type: known(c.connectorType) ?? '',
          domain: domains[0] ?? '',
          domains: domains.length,
        },
        evidence: [evidence(mode), evidence(c.enabled)],
        conditions: [
          { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
          { key: 'test-mode', value: 'yes', evidence: evidence(mode) },
        ],
      })
    })
  }
  // The plain command leaves those in test mode out.
  if (areOutboundListed(config, ['test-mode']) !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('outboundConnectors')] }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.outboundConnectors, 'outboundConnector', members), {
    set: () => ({ TestMode: bool(false) }),
    alsoShow: ['Enabled', 'RecipientDomains', 'SmartHosts'],
    effect: 'none',
    minutes: 10,
  })
}
