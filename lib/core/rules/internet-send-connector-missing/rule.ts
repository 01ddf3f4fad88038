import { allOf, anyOf, type Fact, fact } from '../../mailflow/fact'
import { hasSpace, hybridSend, takesEverything } from '../../mailflow/hybrid-connectors'
import { exportOf } from '../../mailflow/missing'
import { refOf } from '../../mailflow/object-ref'
import { nonEmpty } from '../../mailflow/receive-evidence'
import { isSendListed, organisationSend } from '../../mailflow/source-servers'
import { mailboxServers } from '../../mailflow/transport-servers'
import { type Config, isTrue, not, type SendConnector } from '../../model'
import { ask, bool, command, comment, fixOf, list, objectsOf, run, setProperties, str } from '../../remediation'
import { defineRule, type EvidenceRef, type Fail, type ObjectRef, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'internet-send-connector-missing',
  family: 'send-routing',
  question: 5,
  severities: ['high', 'info'],
  needs: ['sendConnectors'],
  optional: ['edgeSubscriptions'],
  reads: { sendConnectors: ['Enabled', 'AddressSpaces', 'SmartHosts', 'CloudServicesMailEnabled'] },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/connector-selection',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const enabled = (s: SendConnector): Fact => fact(isTrue(s.enabled), s.enabled)
const disabled = (s: SendConnector): Fact => fact(not(isTrue(s.enabled)), s.enabled)
const routes = (s: SendConnector): Fact => allOf([enabled(s), takesEverything(s)])

/** Was it meant to route everything, and does not? */
const wasMeantTo = (s: SendConnector): Fact => allOf([disabled(s), takesEverything(s)])

/** Does it route domains other than those of the tenant, and of the own servers behind an Edge? */
function routesOthers(s: SendConnector): Fact {
  const hybrid = hybridSend(s)
  return allOf([enabled(s), { ...hybrid, value: not(hybrid.value) }, hasSpace(s, (domain) => domain !== '--')])
}

/** An Edge subscription makes a connector of its own for the Internet. */
function* check({ config }: RuleContext): Iterable<Verdict> {
  const connectors = organisationSend(config)
  const { value } = anyOf(connectors.map(routes))
  if (value === 'yes' || config.edgeSubscriptions.length > 0) yield { state: 'pass' }
  else if (value === 'unknown' || isSendListed(config) !== 'yes')
    yield { state: 'not-assessed', missing: [exportOf('sendConnectors')] }
  else yield failure(config, connectors)
}

/** What shows the absence: the address spaces of what is there, else the output of the command that listed nothing. */
function proofOf(config: Config, connectors: readonly SendConnector[]): readonly [EvidenceRef, ...EvidenceRef[]] {
  const listings = config.exports.filter((b) => b.collection === 'sendConnectors' && b.listing === 'all')
  const empty = listings.map((b) => ({ property: 'Get-SendConnector', place: b.place }))
  const shown = connectors.slice(0, 8).flatMap((s) => fact('no', s.addressSpaces, s.enabled).evidence)
  return nonEmpty(shown.length > 0 ? shown : empty)
}

const organisation: ObjectRef = { kind: 'organisation', id: 'on-premises', server: null }

function failure(config: Config, connectors: readonly SendConnector[]): Fail {
  const off = connectors.filter((s) => wasMeantTo(s).value === 'yes')
  const others = connectors.filter((s) => routesOthers(s).value === 'yes')
  const proof = proofOf(config, connectors)
  const [first = organisation, ...rest] = (off.length > 0 ? off : others).map(refOf)
  const [offProof] = off.flatMap((s) => fact('yes', s.enabled).evidence)
  const [otherProof] = others.flatMap((s) => fact('yes', s.addressSpaces).evidence)
  return {
    state: 'fail',
    key: '',
    side: 'on-premises',
    severity: off.length > 0 || others.length > 0 ? 'high' : 'info',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [first, ...rest],
    params: {
      case: off.length > 0 ? 'disabled' : others.length > 0 ? 'others' : 'fresh',
      connector: off[0]?.name ?? '',
    },
    evidence: proof,
    conditions: [
      { key: 'nothing-for-all', value: 'yes', evidence: proof[0] },
      { key: 'disabled', value: off.length > 0 ? 'yes' : 'no', ...(offProof ? { evidence: offProof } : {}) },
      { key: 'others', value: others.length > 0 ? 'yes' : 'no', ...(otherProof ? { evidence: otherProof } : {}) },
    ],
  }
}

const NAME = 'Internet'

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const [off] = objectsOf(config.sendConnectors, 'sendConnector', members).filter((s) => wasMeantTo(s).value === 'yes')
  const before = [
    comment('Look first why it is missing or off: where no server may send to the Internet, this is right.'),
  ]
  if (off)
    return setProperties([off], {
      set: () => ({ Enabled: bool(true) }),
      alsoShow: ['AddressSpaces', 'SmartHosts', 'SourceTransportServers'],
      before,
      effect: 'none',
      minutes: 5,
    })
  const servers = mailboxServers(config)
  const sources = ask('source-servers', {
    en: 'Names of the servers that send, each in quotes, with commas between them',
    de: 'Namen der Server, die senden, je in Anführungszeichen und durch Kommas getrennt',
  })
  return fixOf({
    backup: [
      run(
        command('Get-SendConnector'),
        command('Export-Clixml', { Path: str('.\\postern-backup_send-connectors.xml') }),
      ),
    ],
    change: [
      ...before,
      comment(
        'These servers must reach port 25 of the whole Internet, and SPF must name their outer addresses. Name smart hosts instead of DNS routing where a provider or gateway sends.',
      ),
      run(
        command('New-SendConnector', {
          Name: str(NAME),
          Internet: true,
          AddressSpaces: list(['SMTP:*;1']),
          DNSRoutingEnabled: bool(true),
          SourceTransportServers: servers.length > 0 ? list(servers) : sources,
        }),
      ),
    ],
    check: [
      run(
        command('Get-SendConnector', { Identity: str(NAME) }),
        command('Format-List', { Property: list(['Identity', 'Enabled', 'AddressSpaces', 'SourceTransportServers']) }),
      ),
    ],
    rollback: [run(command('Remove-SendConnector', { Identity: str(NAME) }))],
    effect: 'none',
    minutes: 20,
    runsOn: 'exchange-management-shell',
  })
}
