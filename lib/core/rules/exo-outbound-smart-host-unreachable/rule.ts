import { normHost } from '../../mailflow/exchange-online-names'
import { publicParts } from '../../mailflow/ranges'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, contains, isTrue, known, knownPart, parseIpRange } from '../../model'
import { ask, list, objectsOf, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-smart-host-unreachable',
  family: 'closed-mail',
  question: 5,
  severities: ['high'],
  needs: ['outboundConnectors'],
  optional: [],
  reads: { outboundConnectors: ['Enabled', 'SmartHosts'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-smarthosts',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-connectors-to-configure-mail-flow/use-connectors-to-configure-mail-flow',
  ],
  frameworks: {},
  absorbs: [{ rule: 'exo-outbound-smart-host-drift', same: 'connector' }],
  check,
  fix,
})

type Kind = 'private' | 'unqualified' | undefined

/** Exchange Online resolves names in public DNS and reaches public addresses, nothing else. */
function unreachable(host: string): Kind {
  const name = normHost(host)
  const address = parseIpRange(name)
  if (address) return publicParts([address]).length === 0 ? 'private' : undefined
  return name !== '' && !name.includes('.') ? 'unqualified' : undefined
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.outboundConnectors) {
    const value = and(
      isTrue(c.enabled),
      contains(c.smartHosts, (h) => unreachable(h) !== undefined),
    )
    yield verdictOn(c, value, () => {
      const host = knownPart(c.smartHosts)?.find((h) => unreachable(h) !== undefined) ?? ''
      return failOn(c, {
        severity: 'high',
        exposure: 'none',
        params: { connector: c.id, host: normHost(host), kind: unreachable(host) ?? '' },
        evidence: [evidence(c.smartHosts)],
        conditions: [
          { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
          { key: 'host', value: 'yes', evidence: evidence(c.smartHosts) },
        ],
      })
    })
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const hosts = ask('public-smart-hosts', {
    en: 'All smart hosts of the connector under names that public DNS knows, each in quotes, with commas between them',
    de: 'Alle Smarthosts des Connectors unter Namen, die das öffentliche DNS kennt, je in Anführungszeichen und durch Kommas getrennt',
  })
  return setProperties(objectsOf(config.outboundConnectors, 'outboundConnector', members), {
    set: (c) => {
      const reachable = known(c.smartHosts)?.filter((h) => unreachable(h) === undefined) ?? []
      return { SmartHosts: reachable.length > 0 ? list(reachable) : hosts }
    },
    alsoShow: ['TlsSettings', 'TlsDomain'],
    effect: 'reconnect',
    minutes: 15,
  })
}
