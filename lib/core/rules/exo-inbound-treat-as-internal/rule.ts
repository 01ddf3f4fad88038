import { failOfInbound, isEnabledInbound, matchesOwnServers, onInbound } from '../../mailflow/cloud-inbound'
import { saysWord } from '../../mailflow/hybrid-connectors'
import { flagOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { type InboundConnector, isTrue } from '../../model'
import { bool, comment, fixInbound, objectsOf } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-treat-as-internal',
  family: 'exo-inbound',
  question: 2,
  severities: ['high'],
  needs: ['inboundConnectors'],
  optional: [],
  reads: { inboundConnectors: ['Enabled', 'TreatMessagesAsInternal'] },
  references: ['https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector#-treatmessagesasinternal'],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onInbound(config, isEnabledInbound, (c, applies) => {
    const internal = flagOf(c, 'TreatMessagesAsInternal')
    return {
      bad: isTrue(internal),
      fail: () =>
        failOfInbound(c, applies, {
          severity: 'high',
          exposure: 'internet',
          params: {},
          evidence: evidenceOf(internal, c.tlsSenderCertificateName),
          conditions: [{ key: 'internal', value: 'yes', evidence: evidence(internal) }],
        }),
    }
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  // Exchange Online does not let a connector have both; the own servers get the one that asks for proof.
  const isOwn = (c: InboundConnector): boolean =>
    saysWord(c.connectorSource, 'HybridWizard').value === 'yes' || matchesOwnServers(config, asOf, c) === 'yes'
  return fixInbound(
    objectsOf(config.inboundConnectors, 'inboundConnector', members),
    (c) => ({
      TreatMessagesAsInternal: bool(false),
      ...(isOwn(c) ? { CloudServicesMailEnabled: bool(true) } : {}),
    }),
    {
      before: [
        comment(
          'Applications that come in here count as external from now on: let them log on, or allow them by a rule.',
        ),
      ],
    },
  )
}
