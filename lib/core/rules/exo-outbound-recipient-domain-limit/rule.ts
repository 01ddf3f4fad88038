import { isStale } from '../../defaults/exchange-builds'
import { exchangeLimits } from '../../defaults/exchange-limits'
import { newerLimits } from '../../mailflow/missing'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, knownPart, type OutboundConnector, type Tri } from '../../model'
import { defineRule, evidence, type RuleContext, type Verdict } from '../define-rule'

const LIMIT = exchangeLimits.recipientDomains
const NEAR = 1000

export const rule = defineRule({
  id: 'exo-outbound-recipient-domain-limit',
  family: 'closed-mail',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['outboundConnectors'],
  optional: [],
  reads: { outboundConnectors: ['Enabled', 'RecipientDomains'] },
  references: [
    'https://support.microsoft.com/help/4014346',
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-recipientdomains',
  ],
  frameworks: {},
  absorbs: [],
  check,
  // The domains have to be divided among connectors by somebody who knows which belong together.
  fix: () => null,
})

function isNear(c: OutboundConnector): Tri {
  const count = knownPart(c.recipientDomains)?.length ?? 0
  if (count >= NEAR) return 'yes'
  return c.recipientDomains.state === 'ok' ||
    c.recipientDomains.state === 'empty' ||
    c.recipientDomains.state === 'null'
    ? 'no'
    : 'unknown'
}

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  for (const c of config.outboundConnectors) {
    const count = knownPart(c.recipientDomains)?.length ?? 0
    const verdict = verdictOn(c, and(isTrue(c.enabled), isNear(c)), () =>
      failOn(c, {
        severity: count > LIMIT ? 'high' : 'medium',
        exposure: 'none',
        params: {
          connector: c.id,
          domains: count,
          limit: LIMIT,
          left: Math.max(0, LIMIT - count),
          recordedOn: Date.parse(exchangeLimits.recordedOn),
          cut: c.recipientDomains.state === 'truncated' ? 'yes' : 'no',
        },
        evidence: [evidence(c.recipientDomains)],
        conditions: [
          { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
          { key: 'many', value: 'yes', evidence: evidence(c.recipientDomains) },
        ],
      }),
    )
    yield verdict.state === 'pass' && isStale(exchangeLimits, asOf) ? openOn(c, [newerLimits]) : verdict
  }
}
