import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, knownPart, type OutboundConnector, type Tri } from '../../model'
import { defineRule, evidence, type RuleContext, type Verdict } from '../define-rule'

/** Recipient domains that one connector takes, by Microsoft (KB4014346). A test in 2025 got two more in. */
const LIMIT = 1266
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

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.outboundConnectors) {
    const count = knownPart(c.recipientDomains)?.length ?? 0
    yield verdictOn(c, and(isTrue(c.enabled), isNear(c)), () =>
      failOn(c, {
        severity: count > LIMIT ? 'high' : 'medium',
        exposure: 'none',
        params: {
          connector: c.id,
          domains: count,
          limit: LIMIT,
          left: Math.max(0, LIMIT - count),
          cut: c.recipientDomains.state === 'truncated' ? 'yes' : 'no',
        },
        evidence: [evidence(c.recipientDomains)],
        conditions: [
          { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
          { key: 'many', value: 'yes', evidence: evidence(c.recipientDomains) },
        ],
      }),
    )
  }
}
