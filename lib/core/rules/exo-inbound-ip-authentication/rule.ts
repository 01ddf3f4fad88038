import { touchesExchangeOnline } from '../../defaults/exchange-online-ranges'
import { failOfInbound, isOnPremisesInbound, onInbound, onPremisesInboundReads } from '../../mailflow/cloud-inbound'
import { exportOfObject } from '../../mailflow/missing'
import { listOf } from '../../mailflow/property-of'
import { countAddresses, publicParts } from '../../mailflow/ranges'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { and, contains, type InboundConnector, isUnset, knownPart, parseIpRange } from '../../model'
import { ask, certificateNameFor, comment, fixInbound, nothing, objectsOf } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

/** A site's own addresses: what a /29 holds. */
const FEW = 8n

export const rule = defineRule({
  id: 'exo-inbound-ip-authentication',
  family: 'exo-inbound',
  question: 2,
  severities: ['high', 'medium', 'low'],
  needs: ['inboundConnectors'],
  optional: [],
  reads: { inboundConnectors: [...onPremisesInboundReads, 'SenderIPAddresses', 'TlsSenderCertificateName'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector#-senderipaddresses',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-to-route-mail',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onInbound(config, isOnPremisesInbound, (c, applies) => {
    const list = listOf(c, 'SenderIPAddresses')
    return {
      bad: and(
        contains(list, () => true),
        isUnset(c.tlsSenderCertificateName),
      ),
      fail: () => {
        const { kind, addresses } = judge(c)
        return failOfInbound(c, applies, {
          severity: kind === 'shared' || kind === 'many' ? 'high' : kind === 'few' ? 'medium' : 'low',
          exposure: kind === 'never' ? 'none' : kind === 'shared' ? 'cloud' : 'partner',
          params: { kind, addresses: Number(addresses), entry: knownPart(list)?.[0] ?? '' },
          evidence: evidenceOf(list, c.tlsSenderCertificateName),
          conditions: [
            { key: 'addresses', value: 'yes', evidence: evidence(list) },
            { key: 'no-certificate', value: 'yes', evidence: evidence(c.tlsSenderCertificateName) },
            { key: 'shared', value: kind === 'shared' ? 'yes' : list.state === 'truncated' ? 'unknown' : 'no' },
          ],
          couldRaise: list.state === 'truncated' && kind !== 'shared' && kind !== 'many' ? [exportOfObject(c)] : [],
        })
      },
    }
  })
}

/** Addresses of Exchange Online are those of all tenants; private ones never arrive there. Only IPv4 is taken. */
function judge(c: InboundConnector): { kind: 'shared' | 'many' | 'few' | 'never'; addresses: bigint } {
  const ranges = (knownPart(listOf(c, 'SenderIPAddresses')) ?? []).flatMap((text) => parseIpRange(text) ?? [])
  const reachable = publicParts(ranges.filter((r) => r.family === 4))
  const addresses = countAddresses(reachable)
  if (reachable.some(touchesExchangeOnline)) return { kind: 'shared', addresses }
  return { kind: addresses > FEW ? 'many' : addresses > 0n ? 'few' : 'never', addresses }
}

function fix(members: readonly [Fail, ...Fail[]], { config, asOf }: RuleContext) {
  const name = certificateNameFor(config, asOf)
  // Two connectors with one name stand for one sender: only the sole connector can be that of the servers.
  const isSole = config.inboundConnectors.filter((c) => isOnPremisesInbound(c).value !== 'no').length === 1
  const own = ask('certificate-name', {
    en: 'The name in the certificate that the senders of this connector show, in quotes',
    de: 'Der Name im Zertifikat, das die Absender dieses Connectors zeigen, in Anführungszeichen',
  })
  return fixInbound(
    objectsOf(config.inboundConnectors, 'inboundConnector', members),
    () => ({ TlsSenderCertificateName: isSole ? name : own, SenderIPAddresses: nothing }),
    {
      before: [
        comment(
          'The senders behind this connector must show this certificate from now on: check their send connector first.',
        ),
        comment('Senders that cannot show one log on instead, or need no connector for mail to your own mailboxes.'),
      ],
    },
  )
}
