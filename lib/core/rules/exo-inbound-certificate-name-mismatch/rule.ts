import { certificateUses, type Use } from '../../mailflow/certificate-uses'
import {
  hybridInboundReads,
  isOnPremisesInbound,
  namesFit,
  namesOf,
  type ShownNames,
} from '../../mailflow/cloud-inbound'
import { cmtOn, hybridEvidenceReads } from '../../mailflow/hybrid'
import { isHybridPair, relaySend } from '../../mailflow/hybrid-connectors'
import { failOfSend, hybridSendReads, onHybridSend } from '../../mailflow/hybrid-send'
import { isListedWhole } from '../../mailflow/listing'
import { lockDown } from '../../mailflow/lock-down'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { flagOf, listOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import {
  and,
  type Config,
  contains,
  type InboundConnector,
  isTrue,
  known,
  not,
  or,
  type SendConnector,
  type Tri,
} from '../../model'
import { certificateNameFor, comment, fixInbound } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-inbound-certificate-name-mismatch',
  family: 'exo-inbound',
  question: 4,
  severities: ['critical', 'high'],
  needs: ['inboundConnectors', 'sendConnectors', 'certificates'],
  optional: ['organizationConfigs', 'outboundConnectors', 'hybridConfigurations', 'receiveConnectors'],
  reads: {
    ...hybridEvidenceReads,
    inboundConnectors: [
      ...hybridInboundReads,
      'TlsSenderCertificateName',
      'SenderIPAddresses',
      'SenderDomains',
      'RestrictDomainsToCertificate',
      'RestrictDomainsToIPAddresses',
    ],
    outboundConnectors: [...hybridEvidenceReads.outboundConnectors, 'RouteAllMessagesViaOnPremises'],
    sendConnectors: [...hybridSendReads, 'TlsCertificateName', 'SourceTransportServers'],
    certificates: [
      'Issuer',
      'Subject',
      'CertificateDomains',
      'HasPrivateKey',
      'IsSelfSigned',
      'Status',
      'NotBefore',
      'NotAfter',
    ],
    organizationConfigs: ['RejectDirectSend'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-to-route-mail',
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector#-tlssendercertificatename',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [
    // Every enabled connector was compared, so that each finding about the name of one is about the same mail.
    { rule: 'exo-inbound-certificate-domain-not-accepted', same: 'organisation' },
    { rule: 'cmt-loop-via-m365-relay', same: 'connector' },
    { rule: 'log-exo-attribution-rejected', same: 'connector' },
  ],
  check,
  fix,
})

/** What Exchange Online sees of the servers: their address on the Internet. */
const addressSeen: Missing = { cmdlet: 'Get-MessageTraceV2', side: 'exchange-online', servers: [] }

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  const uses = certificateUses(config, asOf)
  yield* onHybridSend(config, (s, applies) => {
    const own = uses.filter((u) => u.connector === s)
    const isSourced = s.sourceTransportServers.state === 'ok'
    // What finds no certificate shows none: the matter of other rules.
    const showing = own.filter((u) => u.picked.length > 0 || u.missing !== null)
    if (showing.length === 0 && isSourced && applies.value === 'yes') return null
    const found = recognises(config, showing)
    return {
      bad: found.value === 'yes' && (showing.length === 0 || !isSourced) ? 'unknown' : not(found.value),
      missing: found.missing[0] ?? (isSourced ? exportOf('certificates') : exportOfObject(s)),
      fail: () => failure(config, s, applies, own),
    }
  })
}

type Recognised = { readonly value: Tri; readonly missing: readonly Missing[] }

/**
 * Does an enabled connector recognise what the servers show? no as soon as one server shows nothing but certificates that none of them
 * names, and no address could do in their place.
 */
function recognises(config: Config, uses: readonly Use[]): Recognised {
  const connectors = config.inboundConnectors.map((c) => ({ c, enabled: isOnPremisesInbound(c).value }))
  const isNamed = (one: ShownNames) => or(...connectors.map(({ c, enabled }) => and(enabled, namesFit(c, one))))
  const values = uses.map((u): Tri => {
    const named = u.picked.map(namesOf).map(isNamed)
    if (u.missing !== null || named.length === 0)
      return named.includes('no') || named.length === 0 ? 'unknown' : and(...named)
    return or(...named) === and(...named) ? and(...named) : 'unknown'
  })
  const inbound = exportOf('inboundConnectors')
  const value = and(...values)
  if (value === 'yes') return { value, missing: [] }
  if (value === 'unknown') {
    const shown = uses.flatMap((u) => u.missing ?? [])
    const isShownKnown = shown.length === 0 && uses.flatMap((u) => u.picked).every((c) => namesOf(c).whole)
    const isNameless = connectors.some(({ c, enabled }) => enabled !== 'no' && isNameOpen(c))
    return { value, missing: isShownKnown && isNameless ? [inbound] : shown }
  }
  if (isListedWhole(config, 'inboundConnectors') !== 'yes') return { value: 'unknown', missing: [inbound] }
  const byAddress = or(...connectors.map(({ c, enabled }) => and(enabled, hasAddresses(c))))
  if (byAddress === 'no') return { value, missing: [] }
  return { value: 'unknown', missing: [byAddress === 'yes' ? addressSeen : inbound] }
}

const isNameOpen = ({ tlsSenderCertificateName: p }: InboundConnector) => known(p) === undefined && p.state !== 'null'

const hasAddresses = (c: InboundConnector): Tri => contains(listOf(c, 'SenderIPAddresses'), () => true)

const compared = (config: Config): readonly InboundConnector[] =>
  config.inboundConnectors.filter((c) => isOnPremisesInbound(c).value === 'yes')

function failure(
  config: Config,
  s: SendConnector,
  applies: Parameters<typeof failOfSend>[1],
  own: readonly Use[],
): Fail {
  const organisation = config.organizationConfigs.filter((o) => o.side === 'exchange-online')
  const refused = or(...organisation.map((o) => isTrue(flagOf(o, 'RejectDirectSend'))))
  const relays = relaySend(s).value
  const central = cmtOn(config).value
  const locked = lockDown(config)
  const isCritical = [relays, central, refused, locked.value].includes('yes')
  const connectors = compared(config)
  const certificates = own.flatMap((u) => u.picked)
  const shown = [...new Set(certificates.flatMap((c) => namesOf(c).names))]
  return failOfSend(s, applies, {
    severity: isCritical ? 'critical' : 'high',
    params: {
      effect:
        refused === 'yes' || locked.value === 'yes'
          ? 'refused'
          : relays === 'yes' || central === 'yes'
            ? 'relay'
            : 'external',
      names: shown.slice(0, 3).join(', '),
      moreNames: Math.max(0, shown.length - 3),
      inbound: connectors[0]?.name ?? '',
      inboundName:
        connectors.flatMap((c) =>
          'value' in c.tlsSenderCertificateName ? [c.tlsSenderCertificateName.value] : [],
        )[0] ?? '',
      inbounds: connectors.length,
    },
    evidence: [
      ...evidenceOf(s.tlsCertificateName),
      ...certificates.slice(0, 5).flatMap((c) => evidenceOf(c.certificateDomains, c.subject)),
      ...connectors.slice(0, 10).flatMap((c) => evidenceOf(c.tlsSenderCertificateName)),
    ],
    conditions: [
      { key: 'no-connector', value: 'yes' },
      { key: 'relays', value: or(relays, central) },
      { key: 'refused', value: or(refused, locked.value) },
    ],
    couldRaise: isCritical ? [] : raising(config, organisation.length > 0, refused, central),
  })
}

const raising = (config: Config, isSupplied: boolean, refused: Tri, central: Tri): readonly Missing[] => [
  ...(isSupplied && refused === 'no' ? [] : [exportOf('organizationConfigs', 'exchange-online')]),
  ...(central === 'no' ? [] : [exportOf('outboundConnectors')]),
  ...(lockDown(config).value === 'unknown' ? [exportOf('inboundConnectors')] : []),
]

/** The connector of the wizard gets the name, else the first. */
function fix(_: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const name = certificateNameFor(config, asOf)
  const all = compared(config)
  const [one] = [...all.filter((c) => isHybridPair(c).value === 'yes'), ...all]
  if (!one) return null // exo-inbound-hybrid-missing speaks of that, and makes one
  return fixInbound([one], () => ({ TlsSenderCertificateName: name }), {
    before: [
      comment('During a change of certificates the old and the new one must both fit: choose a name that both hold.'),
    ],
    alsoShow: ['Enabled', 'ConnectorType'],
  })
}
