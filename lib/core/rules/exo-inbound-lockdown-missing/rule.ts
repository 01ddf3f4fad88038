import { refusesBySource, refusesBySourceReads } from '../../mailflow/cloud-rules'
import { isGatewayDoor } from '../../mailflow/enhanced-filtering'
import { lockDown } from '../../mailflow/lock-down'
import { exportOf } from '../../mailflow/missing'
import { gatewayLeadsTo, gatewayMissing, mxTargetOf } from '../../mailflow/mx'
import { refOf } from '../../mailflow/object-ref'
import { listOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { and, type Config, contains, type InboundConnector, isUnset, known, not } from '../../model'
import { ask, bool, command, comment, fixInbound, fixOf, run, str } from '../../remediation'
import { type Answers, defineRule, type Fail, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-lockdown-missing',
  family: 'exo-inbound',
  question: 3,
  severities: ['high', 'medium'],
  needs: ['inboundConnectors'],
  optional: ['transportRules', 'acceptedDomains'],
  reads: {
    inboundConnectors: [
      'Enabled',
      'ConnectorType',
      'SenderDomains',
      'RestrictDomainsToCertificate',
      'RestrictDomainsToIPAddresses',
    ],
    transportRules: refusesBySourceReads,
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud',
    'https://learn.microsoft.com/powershell/module/exchange/new-inboundconnector',
  ],
  frameworks: { 'MITRE ATT&CK': ['T1672'] },
  absorbs: [
    { rule: 'exo-direct-send-open', same: 'organisation' },
    // Without a restriction a connector for all senders is this very fault; as a worse one it is another.
    {
      rule: 'partner-inbound-scope-too-broad',
      same: 'organisation',
      when: (_, absorbed) => absorbed.severity === 'medium',
    },
  ],
  check,
  fix,
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const gateway = gatewayLeadsTo(config, answers, 'exchange-online')
  if (gateway === 'no') return
  const locked = lockDown(config)
  const value = and(gateway, not(locked.value))
  if (value === 'no') yield { state: 'pass' }
  else if (value === 'yes') yield failure(config, answers)
  else
    yield {
      state: 'not-assessed',
      missing:
        gateway === 'unknown'
          ? [gatewayMissing(config, answers), ...(locked.value === 'unknown' ? [exportOf('inboundConnectors')] : [])]
          : [exportOf('inboundConnectors')],
    }
}

/** The connectors by which a gateway comes in already, and which let everybody else in as well. */
const doors = (config: Config): readonly InboundConnector[] =>
  config.inboundConnectors.filter((c) => isGatewayDoor(c).value === 'yes')

function failure(config: Config, answers: Answers): Verdict {
  const open = doors(config)
  const domains = config.acceptedDomains.filter((d) => {
    const name = known(d.domainName)
    return name !== undefined && mxTargetOf(config, answers, name, true) === 'gateway'
  })
  const byRule = refusesBySource(config)
  const others = [...open, ...config.inboundConnectors.filter((c) => !open.includes(c))]
  const evidence = [
    ...open.flatMap((c) => evidenceOf(c.connectorType, listOf(c, 'SenderDomains'))),
    ...domains.slice(0, 5).flatMap((d) => evidenceOf(d.domainName)),
    ...others.slice(0, 10).flatMap((c) => evidenceOf(c.connectorType)),
    ...(byRule.value === 'yes' ? byRule.evidence : []),
  ]
  const [first, ...rest] = evidence
  // Nothing is there to point at: neither a connector nor a domain.
  if (!first) return { state: 'not-assessed', missing: [exportOf('acceptedDomains', 'exchange-online')] }
  const refs: readonly ObjectRef[] = [...open.map(refOf), ...domains.map(refOf)]
  const organisation: ObjectRef = { kind: 'organization', id: 'Exchange Online', server: null }
  return {
    state: 'fail',
    key: '',
    side: 'exchange-online',
    severity: byRule.value === 'no' ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'internet',
    objects: [refs[0] ?? organisation, ...refs.slice(1)],
    params: {
      door: open[0]?.name ?? '',
      doors: open.length,
      domain: domains[0]?.name ?? '',
      domains: domains.length,
      rule: byRule.value,
    },
    evidence: [first, ...rest],
    conditions: [
      { key: 'gateway', value: 'yes' },
      { key: 'not-locked', value: 'yes', evidence: first },
      { key: 'no-rule', value: not(byRule.value) },
    ],
    ...(byRule.value === 'unknown' ? { couldRaise: [exportOf('transportRules', 'exchange-online')] } : {}),
  }
}

const NAME = 'Only from the gateway'

/** Where the gateway comes in by a connector of its own, that one begins to refuse others; else one is made. */
function fix(_: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const byName = doors(config).find((c) => isUnset(c.tlsSenderCertificateName) === 'no')
  const byAddress = doors(config).find((c) => contains(listOf(c, 'SenderIPAddresses'), () => true) === 'yes')
  const warning = [
    comment(
      'All other senders get 550 5.7.51 from then on. Check first that your Exchange servers, journaling and services that',
    ),
    comment('deliver past the gateway are recognised by connectors of their own.'),
  ]
  if (byName) return fixInbound([byName], () => ({ RestrictDomainsToCertificate: bool(true) }), { before: warning })
  if (byAddress)
    return fixInbound([byAddress], () => ({ RestrictDomainsToIPAddresses: bool(true) }), { before: warning })
  const all = command('Get-InboundConnector')
  return fixOf({
    backup: [run(all, command('Export-Clixml', { Path: str('.\\postern-backup_inbound-connectors.xml') }))],
    change: [
      ...warning,
      run(
        command('New-InboundConnector', {
          Name: str(NAME),
          ConnectorType: str('Partner'),
          SenderDomains: str('*'),
          RequireTls: bool(true),
          RestrictDomainsToCertificate: bool(true),
          TlsSenderCertificateName: ask('gateway-certificate', {
            en: 'The name in the certificate of your gateway, in quotes, for example "*.gateway.example"',
            de: 'Der Name im Zertifikat Ihres Gateways, in Anführungszeichen, zum Beispiel "*.gateway.example"',
          }),
        }),
      ),
    ],
    check: [
      run(command('Get-InboundConnector', { Identity: str(NAME) }), command('Format-List', { Property: str('*') })),
    ],
    rollback: [run(command('Remove-InboundConnector', { Identity: str(NAME) }))],
    effect: 'reconnect',
    minutes: 30,
    runsOn: 'exchange-online',
  })
}
