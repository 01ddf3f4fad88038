import { isOnPremisesInbound, onPremisesInboundReads } from '../../mailflow/cloud-inbound'
import { anyOf, type Fact } from '../../mailflow/fact'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { hybridSend, isOnPremisesType, sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { enabledAnd, hybridSendReads, withoutHybridSend } from '../../mailflow/hybrid-send'
import { isListedWhole } from '../../mailflow/listing'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { type InboundConnector, isTrue, type SendConnector } from '../../model'
import {
  bool,
  certificateNameFor,
  command,
  comment,
  fixInbound,
  fixOf,
  newOnPremisesInbound,
  run,
  str,
  wizardInboundRemark,
} from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-hybrid-missing',
  family: 'exo-inbound',
  question: 4,
  severities: ['high'],
  needs: ['inboundConnectors', 'sendConnectors'],
  optional: ['hybridConfigurations', 'receiveConnectors', 'outboundConnectors'],
  reads: {
    ...hybridEvidenceReads,
    inboundConnectors: [...onPremisesInboundReads, 'ConnectorSource', 'CloudServicesMailEnabled'],
    sendConnectors: hybridSendReads,
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-to-route-mail',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'exo-inbound-certificate-name-mismatch', same: 'organisation' },
    { rule: 'log-exo-attribution-rejected', same: 'organisation' },
  ],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  const senders = sendConnectorsOf(config).map((s) => ({ s, applies: enabledAnd(s, hybridSend) }))
  const certain = senders.filter(({ applies }) => applies.value === 'yes')
  const open = senders.filter(({ applies }) => applies.value === 'unknown')
  if (certain.length === 0 && open.length === 0) {
    yield* withoutHybridSend(config)
    return
  }
  const found = anyOf(config.inboundConnectors.map(isOnPremisesInbound))
  if (found.value === 'yes') {
    yield { state: 'pass' }
    return
  }
  if (found.value === 'unknown' || isListedWhole(config, 'inboundConnectors') !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('inboundConnectors')] }
  else if (certain.length > 0) yield failure(nonEmpty(certain), config.inboundConnectors)
  else yield* open.map(({ s }): Verdict => ({ state: 'not-assessed', object: refOf(s), missing: [exportOfObject(s)] }))
}

type Sender = { readonly s: SendConnector; readonly applies: Fact }

function failure(senders: readonly [Sender, ...Sender[]], inbound: readonly InboundConnector[]): Fail {
  const [first, ...rest] = senders
  const disabled = inbound.filter((c) => isOnPremisesType(c).value === 'yes')
  const [proof] = first.applies.evidence.slice(-1)
  return {
    state: 'fail',
    key: '',
    side: 'exchange-online',
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(first.s), ...rest.map(({ s }) => refOf(s))],
    params: { connector: first.s.name, disabled: disabled.length, other: disabled[0]?.name ?? '' },
    evidence: nonEmpty(senders.slice(0, 10).flatMap(({ applies }) => applies.evidence)),
    conditions: [
      { key: 'sends', value: 'yes', ...(proof ? { evidence: proof } : {}) },
      { key: 'none', value: 'yes' },
    ],
  }
}

const NAME = 'Inbound from on-premises Exchange'

/** A disabled one is turned on again; without any, one like that of the wizard is made. */
function fix(_: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const disabled = config.inboundConnectors.filter(
    (c) => isOnPremisesType(c).value === 'yes' && isTrue(c.enabled) === 'no',
  )
  const [again] = disabled.filter((c) => c.connectorSource.state === 'ok' && c.connectorSource.value === 'HybridWizard')
  const one = again ?? disabled[0]
  if (one) return fixInbound([one], () => ({ Enabled: bool(true) }), { alsoShow: ['TlsSenderCertificateName'] })
  const all = command('Get-InboundConnector')
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_inbound-connectors.xml') }))],
    change: [
      comment('Running the Hybrid Configuration Wizard again is the better way: it also makes the connector back.'),
      newOnPremisesInbound(NAME, certificateNameFor(config, asOf)),
    ],
    check: [
      run(command('Get-InboundConnector', { Identity: str(NAME) }), command('Format-List', { Property: str('*') })),
      wizardInboundRemark,
    ],
    rollback: [run(command('Remove-InboundConnector', { Identity: str(NAME) }))],
    effect: 'reconnect',
    minutes: 30,
    runsOn: 'exchange-online',
  })
}
