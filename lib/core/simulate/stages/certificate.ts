import {
  certificatesListed,
  certificatesOf,
  isValid,
  pickCertificate,
  searchTest,
  starttlsSearch,
} from '../../mailflow/certificate-selection'
import { knownServers } from '../../mailflow/known-servers'
import { hasMechanism } from '../../mailflow/permissions'
import { serverKey } from '../../mailflow/server-names'
import {
  type Certificate,
  type Config,
  contains,
  isTrue,
  known,
  not,
  or,
  type Property,
  type ReceiveConnector,
  type Tri,
} from '../../model'
import type { Session } from '../session'
import { because, step } from '../step'
import type { NotChosen, TraceConfidence, TraceStep, World } from '../types'

/** What STARTTLS would show on a connector. `rests`: how sure it is that it works, for an answer that depends on it. */
export type Shown = {
  readonly steps: readonly TraceStep[]
  readonly offered: Tri
  readonly shown: readonly Certificate[]
  readonly rests: TraceConfidence
}

const isOnlyServer = ({ config }: World, server: string): boolean =>
  knownServers(config).every((s) => serverKey(s.name) === serverKey(server))

const found = new WeakMap<Config, WeakMap<ReceiveConnector, { readonly at: number; readonly shown: Shown }>>()

/** Worked out once for a connector and a day. */
export function certificateOf(session: Session, c: ReceiveConnector, world: World): Shown {
  const byConnector = found.get(world.config) ?? new WeakMap<ReceiveConnector, { at: number; shown: Shown }>()
  found.set(world.config, byConnector)
  const at = world.asOf.getTime()
  const kept = byConnector.get(c)
  if (kept?.at === at) return kept.shown
  const shown = judge(session, c, world)
  byConnector.set(c, { at, shown })
  return shown
}

/**
 * Which certificate STARTTLS would show, and whether it is offered at all. Order and conditions: Selection of inbound STARTTLS
 * certificates (learn.microsoft.com). Where that page and the Exchange Team disagree, every candidate is kept.
 */
function judge({ packet }: Session, c: ReceiveConnector, world: World): Shown {
  const tls = hasMechanism(c, 'Tls')
  const none = { offered: 'no', shown: [], rests: 'certain' } as const
  if (tls === 'no')
    return { ...none, steps: [step('certificate', 'tls-not-enabled', { because: because(c.authMechanism) })] }
  const server = packet.node.id
  const { certificates, uploaded } = certificatesOf(world.config, server, isOnlyServer(world, server))
  const side = packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const)
  const search = starttlsSearch(c, world.config)
  const notKnown = (cmdlet: string, notChosen: readonly NotChosen[] = []): Shown => ({
    ...{ offered: 'unknown', shown: [], rests: 'unknown' },
    steps: [
      step('certificate', 'not-known', {
        because: because(c.tlsCertificateName, c.fqdn),
        notChosen,
        missing: [{ cmdlet, side, servers: [server] }],
      }),
    ],
  })
  if (search.by === 'unknown') return notKnown(search.cmdlet)
  if (!uploaded) return notKnown('Get-ExchangeCertificate')
  if (search.by === 'nothing')
    return { ...none, steps: [step('certificate', 'name-not-usable', { because: because(c.tlsCertificateName) })] }
  const from = search.from === null ? [] : [search.from]
  const matches = searchTest(search)
  const { certificates: some, orNone } = pickCertificate(certificates, matches, world.asOf)
  // One of which the key is not known may be none.
  const sureOne = some.some((x) => matches(x) === 'yes' && isTrue(x.hasPrivateKey) === 'yes')
  const picked = { certificates: [...some].sort((a, b) => (a.id < b.id ? -1 : 1)), orNone: orNone || !sureOne }
  const losers = certificates.filter((x) => !picked.certificates.includes(x))
  const notChosen = losers.map((x) => reasonAgainst(x, matches(x), picked.certificates, world))
  const params = { name: search.by === 'name' ? search.name.text : search.host, count: picked.certificates.length }
  const [first] = picked.certificates
  const listed = certificatesListed(world.config, server)
  if (first === undefined && listed === 'no') return notKnown('Get-ExchangeCertificate', notChosen)
  if (first === undefined) {
    // What Exchange does with one that is revoked, not trusted or not valid yet is not documented.
    const useless = losers.some((x) => matches(x) === 'yes' && isTrue(x.hasPrivateKey) !== 'no')
    const rests = useless ? 'likely' : 'certain'
    const no = step('certificate', 'none', { params, because: because(...from), notChosen, confidence: rests })
    return { ...none, rests, steps: [no] }
  }
  const withoutSmtp = or(...picked.certificates.map(lacksSmtp)) === 'yes'
  const expired = picked.certificates.every((x) => isValid(x, world.asOf) === 'no')
  const decision = picked.orNone
    ? 'perhaps-none'
    : picked.certificates.length > 1
      ? 'sources-disagree'
      : withoutSmtp
        ? 'shown-without-smtp'
        : expired
          ? 'shown-expired'
          : 'shown'
  const isSure = decision === 'shown' && listed !== 'no' && isValid(first, world.asOf) === 'yes'
  const rests = picked.orNone ? 'unknown' : isSure ? 'certain' : 'likely'
  return {
    ...{ offered: picked.orNone ? 'unknown' : 'yes', shown: picked.certificates, rests },
    steps: [
      step('certificate', decision, {
        chosen: first.id,
        params: {
          ...params,
          ...{
            subject: known(first.subject) ?? first.thumbprint,
            all: picked.certificates.map((x) => x.id).join(', '),
          },
        },
        because: because(...from, ...picked.certificates.flatMap((x) => [x.subject, x.notBefore, x.notAfter])),
        notChosen,
        confidence: rests,
      }),
    ],
  }
}

const lacksSmtp = (c: Certificate): Tri => not(contains(c.services, (s) => s.toLowerCase() === 'smtp'))

/** The first condition that a certificate does not meet. */
function reasonAgainst(c: Certificate, named: Tri, winners: readonly Certificate[], world: World): NotChosen {
  const lost = (reason: NotChosen['reason'], property: Property<unknown>): NotChosen => {
    const [proof] = because(property)
    return { id: c.id, reason, ...(proof ? { because: proof } : {}) }
  }
  if (named === 'no') return lost('name-does-not-match', c.subject)
  if (isTrue(c.hasPrivateKey) === 'no') return lost('no-private-key', c.hasPrivateKey)
  if (isValid(c, world.asOf) === 'no') return lost('not-valid', c.notAfter)
  const fromCa = winners.some((x) => isTrue(x.isSelfSigned) === 'no')
  return fromCa && isTrue(c.isSelfSigned) === 'yes' ? lost('self-signed', c.isSelfSigned) : lost('older', c.notBefore)
}
