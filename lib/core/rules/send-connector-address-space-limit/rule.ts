import { exchangeLimits } from '../../defaults/exchange-limits'
import { sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, knownPart, type SendConnector, type Tri, tri } from '../../model'
import { defineRule, evidence, type RuleContext, type Verdict } from '../define-rule'

/** A fact of the directory's schema, which does not age. */
const LIMIT = exchangeLimits.addressSpaces
const NEAR = 2000

export const rule = defineRule({
  id: 'send-connector-address-space-limit',
  family: 'closed-mail',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['sendConnectors'],
  optional: [],
  reads: { sendConnectors: ['Enabled', 'AddressSpaces'] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: {},
  absorbs: [],
  check,
  // The spaces have to be divided among connectors by somebody who knows which belong together.
  fix: () => null,
})

/** A list that was cut can prove “more than”, never “no more than”. */
function exceeds(s: SendConnector, limit: number): Tri {
  const count = knownPart(s.addressSpaces)?.length ?? 0
  if (count > limit) return 'yes'
  return s.addressSpaces.state === 'ok' || s.addressSpaces.state === 'empty' ? tri(false) : 'unknown'
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of sendConnectorsOf(config)) {
    const isNear = and(isTrue(s.enabled), exceeds(s, NEAR))
    const count = knownPart(s.addressSpaces)?.length ?? 0
    yield verdictOn(s, isNear, () =>
      failOn(s, {
        severity: count >= LIMIT ? 'high' : 'medium',
        exposure: 'none',
        params: {
          connector: s.id,
          spaces: count,
          limit: LIMIT,
          left: Math.max(0, LIMIT - count),
          cut: s.addressSpaces.state === 'truncated' ? 'yes' : 'no',
        },
        evidence: [evidence(s.addressSpaces)],
        conditions: [
          { key: 'enabled', value: 'yes', evidence: evidence(s.enabled) },
          { key: 'many', value: 'yes', evidence: evidence(s.addressSpaces) },
        ],
      }),
    )
  }
}
