import { firstOf } from '../../mailflow/certificate-usage'
import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { isEnabledToServers, onHybridOut } from '../../mailflow/hybrid-outbound'
import { failOn } from '../../mailflow/verdict-on'
import { isTrue, not, type OutboundConnector, tri } from '../../model'
import { bool, objectsOf, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-cloud-services-mail-disabled',
  family: 'exo-outbound',
  question: 4,
  severities: ['high'],
  needs: ['outboundConnectors'],
  optional: [],
  reads: { outboundConnectors: ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-cloudservicesmailenabled',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** `Outbound to 6c8f2a14-5b7d-4e93-8f01-2d3c4b5a6978`: the wizard names its connector after the organisation. */
const wizardName = /^Outbound to [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const isOfWizard = (c: OutboundConnector): Fact =>
  allOf([
    isEnabledToServers(c),
    anyOf([
      saysWord(c.connectorSource, 'HybridWizard'),
      fact(tri(wizardName.test(c.name.trim())), c.properties.Name ?? c.connectorType),
    ]),
  ])

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onHybridOut(
    config,
    (c, applies) => ({
      bad: not(isTrue(c.cloudServicesMailEnabled)),
      fail: () =>
        failOn(c, {
          severity: 'high',
          exposure: 'none',
          params: { connector: c.id },
          evidence: [evidence(c.cloudServicesMailEnabled), ...applies.evidence],
          conditions: [
            { key: 'wizard', value: 'yes', ...firstOf(applies.evidence.slice(-1)) },
            { key: 'stripped', value: 'yes', evidence: evidence(c.cloudServicesMailEnabled) },
          ],
        }),
    }),
    isOfWizard,
  )
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.outboundConnectors, 'outboundConnector', members), {
    set: () => ({ CloudServicesMailEnabled: bool(true) }),
    alsoShow: ['ConnectorType', 'ConnectorSource'],
    effect: 'reconnect',
    minutes: 10,
  })
}
