import { firstOf } from '../../mailflow/certificate-usage'
import { normHost } from '../../mailflow/exchange-online-names'
import type { Fact } from '../../mailflow/fact'
import { isHybridPair } from '../../mailflow/hybrid-connectors'
import { hybridPairReads, onHybridOut, smartHostOfServers } from '../../mailflow/hybrid-outbound'
import { exportOf } from '../../mailflow/missing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { failOn } from '../../mailflow/verdict-on'
import {
  type Config,
  contains,
  isUnset,
  known,
  knownPart,
  not,
  type OutboundConnector,
  or,
  type Tri,
} from '../../model'
import { bool, comment, list, objectsOf, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-smart-host-drift',
  family: 'exo-outbound',
  question: 5,
  severities: ['medium'],
  needs: ['outboundConnectors', 'hybridConfigurations'],
  optional: [],
  reads: {
    outboundConnectors: [...hybridPairReads, 'SmartHosts'],
    hybridConfigurations: ['OnPremisesSmartHost'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-hybridconfiguration#-onpremisessmarthost',
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-smarthosts',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

type Wanted = { readonly hosts: readonly string[]; readonly whole: boolean }

/** The smart hosts that the hybrid configurations want; undefined where none names one. */
function wantedOf(config: Config): Wanted | undefined {
  const set = config.hybridConfigurations.filter((h) => isUnset(h.onPremisesSmartHost) !== 'yes')
  if (set.length === 0) return undefined
  const hosts = set.flatMap((h) => known(h.onPremisesSmartHost) ?? [])
  return { hosts: hosts.map(normHost), whole: hosts.length === set.length }
}

const leadsTo = (c: OutboundConnector, { hosts, whole }: Wanted): Tri =>
  or(
    contains(c.smartHosts, (h) => hosts.includes(normHost(h))),
    whole ? 'no' : 'unknown',
  )

function* check({ config }: RuleContext): Iterable<Verdict> {
  const wanted = wantedOf(config)
  if (wanted === undefined) return
  const pairs = config.outboundConnectors.filter((c) => isHybridPair(c).value !== 'no')
  // A tenant with several forests has a connector for each; the one that differs may be that of a forest that was not exported.
  const isOfAnother = pairs.length > config.hybridConfigurations.length
  const isTaken = pairs.some((c) => leadsTo(c, wanted) === 'yes')
  yield* onHybridOut(config, (c, applies) => {
    const differs = not(leadsTo(c, wanted))
    return {
      bad: differs === 'yes' && isOfAnother && isTaken ? 'unknown' : differs,
      fail: () => failure(c, config, wanted, applies),
      missing: known(c.smartHosts) === undefined ? [] : [exportOf('hybridConfigurations')],
    }
  })
}

function failure(c: OutboundConnector, config: Config, wanted: Wanted, pair: Fact): Fail {
  const hosts = knownPart(c.smartHosts) ?? []
  const intended = config.hybridConfigurations.flatMap((h) => evidenceOf(h.onPremisesSmartHost))
  return failOn(c, {
    severity: 'medium',
    confidence: 'likely',
    exposure: 'none',
    params: {
      connector: c.id,
      hosts: hosts.slice(0, 3).map(normHost).join(', '),
      found: hosts.length,
      wanted: wanted.hosts.join(', '),
    },
    evidence: [evidence(c.smartHosts), ...intended],
    conditions: [
      { key: 'hybrid', value: 'yes', ...firstOf(pair.evidence.slice(-1)) },
      { key: 'wanted', value: 'yes', ...firstOf(intended) },
      { key: 'differs', value: 'yes', evidence: evidence(c.smartHosts) },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const host = smartHostOfServers(config)
  if (host === undefined) return null
  return setProperties(objectsOf(config.outboundConnectors, 'outboundConnector', members), {
    before: [comment('SmartHosts is replaced as a whole: mail is spread over all hosts of the list.')],
    set: () => ({ SmartHosts: list([host]), UseMXRecord: bool(false) }),
    alsoShow: ['TlsSettings', 'TlsDomain'],
    effect: 'reconnect',
    minutes: 15,
  })
}
