import { failOfInbound, isOnPremisesInbound, onInbound, onPremisesInboundReads } from '../../mailflow/cloud-inbound'
import { type Fact, fact } from '../../mailflow/fact'
import { isForAllSenders, restrictsSenders } from '../../mailflow/lock-down'
import { flagOf, listOf } from '../../mailflow/property-of'
import { and, contains, type InboundConnector, isTrue, not, or } from '../../model'
import { bool, comment, fixInbound, objectsOf, str } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

const flags = ['RestrictDomainsToCertificate', 'RestrictDomainsToIPAddresses'] as const

export const rule = defineRule({
  id: 'exo-inbound-ineffective-restriction',
  family: 'exo-inbound',
  question: 6,
  severities: ['medium'],
  needs: ['inboundConnectors'],
  optional: [],
  reads: { inboundConnectors: [...onPremisesInboundReads, 'SenderDomains', ...flags] },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-inboundconnector',
    'https://learn.microsoft.com/exchange/mail-flow-best-practices/manage-mail-flow-using-third-party-cloud',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

/** Does it list senders, but not all of them? */
function namesSenders(c: InboundConnector): Fact {
  const senders = listOf(c, 'SenderDomains')
  return fact(
    and(
      contains(senders, () => true),
      not(isForAllSenders(c).value),
    ),
    senders,
  )
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  yield* onInbound(config, isOnPremisesInbound, (c, applies) => {
    const restricts = restrictsSenders(c)
    const names = namesSenders(c)
    return {
      bad: or(restricts.value, names.value),
      fail: () =>
        failOfInbound(c, applies, {
          severity: 'medium',
          exposure: 'none',
          params: { kind: restricts.value === 'yes' ? (names.value === 'yes' ? 'both' : 'restriction') : 'senders' },
          evidence: [...yesOf(restricts), ...yesOf(names)],
          conditions: [
            { key: 'restriction', ...shortOf(restricts) },
            { key: 'senders', ...shortOf(names) },
          ],
        }),
    }
  })
}

const yesOf = (f: Fact) => (f.value === 'yes' ? f.evidence : [])
const shortOf = (f: Fact) => ({ value: f.value, ...yesOf(f).reduce((_, evidence) => ({ evidence }), {}) })

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return fixInbound(
    objectsOf(config.inboundConnectors, 'inboundConnector', members),
    (c) => ({
      ...Object.fromEntries(flags.flatMap((name) => (isTrue(flagOf(c, name)) === 'yes' ? [[name, bool(false)]] : []))),
      ...(namesSenders(c).value === 'yes' ? { SenderDomains: str('*') } : {}),
    }),
    {
      before: [
        comment('If others were to be kept out: a connector of type Partner for * with this restriction does that.'),
      ],
    },
  )
}
