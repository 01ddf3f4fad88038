import { exchangeBuilds, generationOf, isStale } from '../../defaults/exchange-builds'
import { refOf } from '../../mailflow/object-ref'
import { failOn, openOn } from '../../mailflow/verdict-on'
import { type ExchangeServer, known } from '../../model'
import { defineRule, evidence, type Missing, type RuleContext, type Verdict } from '../define-rule'

const { lifeCycle } = exchangeBuilds

export const rule = defineRule({
  id: 'unsupported-exchange-version',
  family: 'servers',
  question: 5,
  severities: ['high', 'info'],
  needs: ['servers'],
  optional: [],
  reads: { servers: ['AdminDisplayVersion'] },
  references: [
    'https://learn.microsoft.com/lifecycle/products/exchange-server-2019',
    'https://learn.microsoft.com/lifecycle/products/exchange-server-subscription-edition',
    'https://learn.microsoft.com/exchange/new-features/build-numbers-and-release-dates',
  ],
  frameworks: { BSI: ['APP.5.2.A9'], STIG: ['V-259711'] },
  absorbs: [],
  check,
  // A new version is a migration, no command.
  fix: () => null,
})

/** The life cycle as it stands today; this copy of it is too old, or does not know the version. */
const newer: Missing = {
  cmdlet: `Invoke-WebRequest ${lifeCycle.sources[2]}`,
  side: 'on-premises',
  servers: [],
}

/** 2016 and 2019 are what most organisations still have; what came before them is refused by Exchange Online as well. */
const isOld = (name: string): boolean => Number(name) <= 2013

function* check({ config, asOf }: RuleContext): Iterable<Verdict> {
  for (const s of config.servers) yield judge(s, asOf)
}

function judge(s: ExchangeServer, asOf: Date): Verdict {
  const build = known(s.version)
  if (build === undefined) return openOn(s)
  const generation = generationOf(build)
  if (generation === undefined) return openOn(s, [newer])
  const { name, supportEnd, extensionEnd } = generation
  if (supportEnd === null || asOf.getTime() < Date.parse(supportEnd))
    return isStale(lifeCycle, asOf) ? openOn(s, [newer]) : { state: 'pass', object: refOf(s) }
  return failOn(s, {
    key: '',
    // The list of servers is the organisation's, also where one of them is an Edge.
    side: 'on-premises',
    severity: isOld(name) ? 'high' : 'info',
    exposure: 'none',
    params: {
      server: s.name,
      version: name,
      ended: supportEnd,
      extension: extensionEnd ?? 'none',
      recordedOn: lifeCycle.recordedOn,
    },
    evidence: [evidence(s.version)],
    conditions: [{ key: 'ended', value: 'yes', evidence: evidence(s.version) }],
  })
}
