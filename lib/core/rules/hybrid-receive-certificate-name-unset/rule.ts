import { starttlsSearch } from '../../mailflow/certificate-selection'
import { certificateUses } from '../../mailflow/certificate-uses'
import { connectorsOfMembers } from '../../mailflow/connectors-of'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { isHybridPair } from '../../mailflow/hybrid-connectors'
import { onHybridReceive } from '../../mailflow/hybrid-receive'
import { toldBy } from '../../mailflow/hybrid-send'
import { exportOf } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { pairToName, publicCertificateReads, publicCertificatesFor } from '../../mailflow/public-certificate'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { majorVersion } from '../../mailflow/transport-role'
import { and, type Config, isTrue, isUnset, known, type ReceiveConnector, type Tri, tri } from '../../model'
import { ask, setProperties, str, wizardRemark } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-receive-certificate-name-unset',
  family: 'hybrid-receive',
  question: 4,
  severities: ['high', 'medium'],
  needs: ['receiveConnectors'],
  optional: [
    'certificates',
    'servers',
    'sendConnectors',
    'hybridConfigurations',
    'inboundConnectors',
    'outboundConnectors',
  ],
  reads: {
    ...hybridEvidenceReads,
    receiveConnectors: [
      ...hybridEvidenceReads.receiveConnectors,
      'TlsCertificateName',
      'Fqdn',
      'AuthMechanism',
      'TransportRole',
    ],
    certificates: publicCertificateReads,
    hybridConfigurations: [...hybridEvidenceReads.hybridConfigurations, 'OnPremisesSmartHost', 'TlsCertificateName'],
    outboundConnectors: [...hybridEvidenceReads.outboundConnectors, 'TlsDomain'],
    servers: ['Fqdn', 'AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow/mail-routing/inbound-starttls-certificates-selection',
    'https://learn.microsoft.com/exchange/transport-routing',
  ],
  frameworks: {},
  absorbs: [{ rule: 'exo-outbound-tls-domain-mismatch', same: 'connector' }],
  check,
  fix,
})

/** The name by which the certificate is chosen, where the connector names none. */
function hostOf(config: Config, c: ReceiveConnector): string | undefined {
  const search = starttlsSearch(c, config)
  return search.by === 'host' ? search.host : undefined
}

/** Does a public and valid certificate of the server carry that name? */
function isPublic(config: Config, c: ReceiveConnector, asOf: Date): Tri {
  const host = hostOf(config, c)
  if (host === undefined || c.server === null) return 'unknown'
  const { certain, open } = publicCertificatesFor(config, c.server, host, asOf)
  return certain.length > 0 ? 'yes' : open ? 'unknown' : 'no'
}

/** What Exchange Online gets to see: yes where that is certainly a self-signed certificate. */
function showsSelfSigned(config: Config, c: ReceiveConnector, asOf: Date): Tri {
  const uses = certificateUses(config, asOf).filter((u) => u.connector === c)
  const picked = uses.flatMap((u) => u.picked)
  if (picked.length === 0 || uses.some((u) => u.missing)) return 'unknown'
  return and(...picked.map((x) => isTrue(x.isSelfSigned)))
}

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  yield* onHybridReceive(config, (c) => {
    const unset = isUnset(c.tlsCertificateName)
    if (unset === 'unknown' && majorVersion(config, c.server) === 14) return null
    const fits = isPublic(config, c, asOf)
    return {
      // Without the certificates the choice is unknown, and that is what is wrong with it.
      bad: and(unset, tri(fits !== 'yes')),
      fail: () => failure(c, { unset, fits, selfSigned: showsSelfSigned(config, c, asOf), host: hostOf(config, c) }),
    }
  })
}

type Found = {
  readonly unset: Tri
  readonly fits: Tri
  readonly selfSigned: Tri
  readonly host: string | undefined
}

function failure(c: ReceiveConnector, { unset, fits, selfSigned, host }: Found): Fail {
  const missing = exportOf('certificates', c.side, c.server === null ? [] : [c.server])
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: selfSigned === 'yes' ? 'high' : 'medium',
    confidence: fits === 'no' ? 'proven' : 'likely',
    proof: 'configuration',
    exposure: 'cloud',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      host: host ?? known(c.fqdn) ?? '',
      winner: selfSigned === 'yes' ? 'selfsigned' : fits === 'no' ? 'internal' : 'unknown',
    },
    evidence: nonEmpty(evidenceOf(c.tlsCertificateName, c.fqdn, c.tlsDomainCapabilities)),
    conditions: [
      { key: 'hybrid', ...toldBy('yes', c.tlsDomainCapabilities) },
      { key: 'unset', ...toldBy(unset, c.tlsCertificateName) },
      { key: 'no-public', value: fits === 'no' ? 'yes' : 'unknown' },
      { key: 'self-signed', value: selfSigned },
    ],
    ...(fits === 'unknown' && selfSigned !== 'yes' ? { couldRaise: [missing] } : {}),
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const connectors = connectorsOfMembers(config, members)
  const asked = ask('certificate-name', {
    en: 'Issuer and subject of the public certificate in the form <I>issuer<S>subject, in quotes',
    de: 'Aussteller und Antragsteller des öffentlichen Zertifikats in der Form <I>Aussteller<S>Antragsteller, in Anführungszeichen',
  })
  const servers = connectors.flatMap((c) => c.server ?? [])
  const host = [
    ...config.hybridConfigurations.map((h) => known(h.onPremisesSmartHost)),
    ...config.outboundConnectors.filter((o) => isHybridPair(o).value === 'yes').map((o) => known(o.tlsDomain)),
  ].find((name) => name !== undefined && name !== '')
  const pair = pairToName(config, servers, host, asOf)
  return setProperties(connectors, {
    set: () => ({ TlsCertificateName: pair === undefined ? asked : str(pair) }),
    alsoShow: ['Fqdn'],
    after: [wizardRemark],
    effect: 'reconnect',
    minutes: 10,
  })
}
