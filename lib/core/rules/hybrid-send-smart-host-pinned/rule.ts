import { exchangeOnlineRanges, exchangeOnlineRangesAreStale } from '../../defaults/exchange-online-ranges'
import { ownershipOf } from '../../mailflow/accepted-domains'
import { eopHost, hostToken, isRetiredHost, isTokenOf, normHost } from '../../mailflow/exchange-online-names'
import { hybridEvidenceReads } from '../../mailflow/hybrid'
import { takesEverything } from '../../mailflow/hybrid-connectors'
import { failOfSend, hybridSendReads, onHybridSend, toldBy } from '../../mailflow/hybrid-send'
import { exportOf, exportOfObject, newerExchangeOnlineRanges } from '../../mailflow/missing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { isExchangeOnlineAddress } from '../../mailflow/smart-hosts'
import { type Config, contains, known, knownPart, or, parseIp, type SendConnector, type Tri } from '../../model'
import { ask, bool, comment, fixSendConnectors, nothing } from '../../remediation'
import { defineRule, type Fail, type Missing, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'hybrid-send-smart-host-pinned',
  family: 'hybrid-send',
  question: 5,
  severities: ['medium'],
  needs: ['sendConnectors'],
  optional: ['acceptedDomains', 'hybridConfigurations', 'receiveConnectors', 'inboundConnectors', 'outboundConnectors'],
  reads: {
    ...hybridEvidenceReads,
    sendConnectors: hybridSendReads,
    acceptedDomains: ['DomainName', 'MatchSubDomains'],
  },
  references: [
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/set-up-connectors-to-route-mail',
    'https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** What is wrong with a smart host that leads to Exchange Online; null for one that is right or leads elsewhere. */
type Pin = 'address' | 'retired' | 'foreign'
type Judged = { readonly host: string; readonly pin: Pin | null | 'unknown'; readonly missing?: Missing }

function judgeHost(config: Config, s: SendConnector, host: string, asOf: Date): Judged {
  if (isExchangeOnlineAddress(host)) return { host, pin: 'address' }
  if (parseIp(normHost(host)))
    return exchangeOnlineRangesAreStale(asOf)
      ? { host, pin: 'unknown', missing: newerExchangeOnlineRanges }
      : { host, pin: null }
  if (isRetiredHost(host)) return { host, pin: 'retired' }
  const foreign = eopHost(host) && !isForItsSpace(s, hostToken(host)) ? isForeign(config, hostToken(host)) : 'no'
  if (foreign === 'unknown') return { host, pin: 'unknown', missing: exportOf('acceptedDomains', 'exchange-online') }
  return { host, pin: foreign === 'yes' ? 'foreign' : null }
}

/** The host of a partner is right for the domain of that partner. */
const isForItsSpace = (s: SendConnector, token: string): boolean =>
  (knownPart(s.addressSpaces) ?? []).some((a) => isTokenOf(token, a.domain.replace(/^\*\./, '')))

/** Does the token stand for none of the accepted domains of the tenant? Only their whole list can tell. */
function isForeign(config: Config, token: string): Tri {
  const names = config.acceptedDomains.filter((d) => d.side === 'exchange-online').map((d) => known(d.domainName))
  if (names.some((name) => name !== undefined && isTokenOf(token, name))) return 'no'
  const nobodys = ownershipOf(config, 'exchange-online', 'invalid')
  return nobodys.state === 'foreign' && nobodys.whole === 'yes' ? 'yes' : 'unknown'
}

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  yield* onHybridSend(config, (s, applies) => {
    const judged = (knownPart(s.smartHosts) ?? []).map((host) => judgeHost(config, s, host, asOf))
    const of = (pin: Judged['pin']) => judged.find((j) => j.pin === pin)
    const found = of('address') ?? of('retired') ?? of('foreign')
    const open = of('unknown')
    const rest: Tri = contains(s.smartHosts, () => false) // a list that was cut may hold more
    return {
      bad: found ? 'yes' : or(open ? 'unknown' : 'no', rest),
      missing: rest === 'no' && open?.missing ? open.missing : exportOfObject(s),
      fail: () =>
        failOfSend(s, applies, {
          severity: 'medium',
          params: {
            host: found?.host ?? '',
            pin: found?.pin ?? '',
            recordedOn: Date.parse(exchangeOnlineRanges.recordedOn),
          },
          evidence: evidenceOf(s.smartHosts),
          conditions: [{ key: 'pinned', ...toldBy('yes', s.smartHosts) }],
        }),
    }
  })
}

/** For certain domains the MX of each is the right way; what takes everything needs the MX of one own domain as smart host. */
function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const asked = ask('mx-host', {
    en: 'The MX of an accepted domain of your tenant, in quotes, for example "contoso-com.mail.protection.outlook.com"',
    de: 'Der MX einer akzeptierten Domäne Ihres Mandanten, in Anführungszeichen, zum Beispiel "contoso-com.mail.protection.outlook.com"',
  })
  const direct = (s: SendConnector) => takesEverything(s).value === 'no'
  return fixSendConnectors(
    config,
    members,
    (s) => (direct(s) ? { DNSRoutingEnabled: bool(true), SmartHosts: nothing } : { SmartHosts: asked }),
    { before: [comment('SmartHosts is replaced as a whole.')] },
  )
}
