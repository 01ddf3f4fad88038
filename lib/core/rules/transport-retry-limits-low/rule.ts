import { numberOf } from '../../mailflow/property-of'
import { evidenceOf, nonEmpty } from '../../mailflow/receive-evidence'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { type ConfigObject, known, or, type Property, type Tri, tri } from '../../model'
import { comment, objectsOf, setProperties, str } from '../../remediation'
import { defineRule, type Fail, type RuleContext, type Verdict } from '../define-rule'

/** What Microsoft recommends and new installations have, and what older builds were delivered with. */
const connections = { wanted: 40, shipped: 20 } as const
const MINUTE = 60
const interval = { wanted: 5 * MINUTE, shipped: 15 * MINUTE } as const

export const rule = defineRule({
  id: 'transport-retry-limits-low',
  family: 'servers',
  question: 6,
  severities: ['low', 'info'],
  needs: ['transportServices'],
  optional: [],
  reads: { transportServices: ['MaxPerDomainOutboundConnections', 'MessageRetryInterval'] },
  references: [
    'https://microsoft.github.io/CSS-Exchange/Diagnostics/HealthChecker/TransportRetryConfigCheck/',
    'https://learn.microsoft.com/powershell/module/exchange/set-transportservice',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

const limitOf = (s: ConfigObject) => numberOf(s, 'MaxPerDomainOutboundConnections')
const intervalOf = (s: ConfigObject) => numberOf(s, 'MessageRetryInterval')

const is = (p: Property<number>, test: (value: number) => boolean): Tri => {
  const value = known(p)
  return value === undefined ? 'unknown' : tri(test(value))
}
const isFew = (s: ConfigObject) => is(limitOf(s), (n) => n < connections.wanted)
const isLong = (s: ConfigObject) => is(intervalOf(s), (n) => n > interval.wanted)

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of config.transportServices)
    if (s.side !== 'exchange-online') yield verdictOn(s, or(isFew(s), isLong(s)), () => failure(s))
}

function failure(s: ConfigObject): Fail {
  const [few, long] = [isFew(s), isLong(s)]
  const isShipped =
    (few !== 'yes' || known(limitOf(s)) === connections.shipped) &&
    (long !== 'yes' || known(intervalOf(s)) === interval.shipped)
  const told = (value: Tri, p: Property<number>) => {
    const [line] = evidenceOf(p)
    return { value, ...(line ? { evidence: line } : {}) }
  }
  const minutes = known(intervalOf(s))
  return failOn(s, {
    key: '',
    severity: isShipped ? 'info' : 'low',
    exposure: 'none',
    params: {
      server: s.name,
      few,
      long,
      connections: known(limitOf(s)) ?? 0,
      minutes: minutes === undefined ? 0 : Math.round(minutes / MINUTE),
      shipped: isShipped ? 'yes' : 'no',
    },
    evidence: nonEmpty([
      ...(few === 'yes' ? evidenceOf(limitOf(s)) : []),
      ...(long === 'yes' ? evidenceOf(intervalOf(s)) : []),
    ]),
    conditions: [
      { key: 'few', ...told(few, limitOf(s)) },
      { key: 'long', ...told(long, intervalOf(s)) },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.transportServices, 'transportService', members), {
    set: (s) => ({
      ...(isFew(s) === 'yes' ? { MaxPerDomainOutboundConnections: str(String(connections.wanted)) } : {}),
      ...(isLong(s) === 'yes' ? { MessageRetryInterval: str('00:05:00') } : {}),
    }),
    before: [comment('Both values belong to the server. Repeat this on servers that are installed later.')],
    effect: 'none',
    minutes: 5,
  })
}
