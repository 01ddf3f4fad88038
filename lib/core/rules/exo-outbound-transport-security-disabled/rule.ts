import { isOnPremisesType, saysWord } from '../../mailflow/hybrid-connectors'
import { flagOf, textOf } from '../../mailflow/property-of'
import { evidenceOf } from '../../mailflow/receive-evidence'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, contains, isTrue, knownPart, not, type OutboundConnector, or, type Tri } from '../../model'
import { objectsOf, setProperties, str } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-transport-security-disabled',
  family: 'exo-outbound',
  question: 4,
  severities: ['high', 'medium'],
  needs: ['outboundConnectors'],
  optional: [],
  reads: {
    outboundConnectors: ['Enabled', 'ConnectorType', 'SmartHosts', 'UseMXRecord', 'SmtpDaneMode', 'MtaStsMode'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector',
    'https://www.rfc-editor.org/rfc/rfc8461',
    'https://www.rfc-editor.org/rfc/rfc7672',
  ],
  frameworks: {},
  absorbs: [],
  check,
  fix,
})

type Faults = { readonly forced: Tri; readonly noDane: Tri; readonly noMtaSts: Tri }

/** A policy of MTA-STS is about the MX of the recipient's domain (RFC 8461): towards a smart host there is none to keep. */
function faultsOf(c: OutboundConnector): Faults {
  const dane = textOf(c, 'SmtpDaneMode')
  const byMx = isTrue(flagOf(c, 'UseMXRecord'))
  const hasHost = contains(c.smartHosts, () => true)
  return {
    forced: and(saysWord(dane, 'Mandatory').value, isOnPremisesType(c).value, hasHost, not(byMx)),
    noDane: saysWord(dane, 'None').value,
    noMtaSts: and(saysWord(textOf(c, 'MtaStsMode'), 'None').value, byMx),
  }
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.outboundConnectors) {
    const faults = faultsOf(c)
    const value = and(isTrue(c.enabled), or(faults.forced, faults.noDane, faults.noMtaSts))
    yield verdictOn(c, value, () => failure(c, faults))
  }
}

function failure(c: OutboundConnector, { forced, noDane, noMtaSts }: Faults): Fail {
  const dane = textOf(c, 'SmtpDaneMode')
  const mtaSts = textOf(c, 'MtaStsMode')
  const first = evidence(forced === 'yes' || noDane === 'yes' ? dane : mtaSts)
  const more = noDane === 'yes' && noMtaSts === 'yes' ? evidenceOf(mtaSts) : []
  return failOn(c, {
    severity: forced === 'yes' ? 'high' : 'medium',
    exposure: forced === 'yes' ? 'none' : 'internet',
    params: {
      connector: c.id,
      kind: forced === 'yes' ? 'forced' : noDane !== 'yes' ? 'mtasts' : noMtaSts === 'yes' ? 'both' : 'dane',
      host: knownPart(c.smartHosts)?.[0] ?? '',
    },
    evidence: [first, ...more, ...(forced === 'yes' ? evidenceOf(c.smartHosts) : [])],
    conditions: [
      { key: 'enabled', value: 'yes', evidence: evidence(c.enabled) },
      { key: 'mode', value: 'yes', evidence: first },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const mode = str('Opportunistic')
  return setProperties(objectsOf(config.outboundConnectors, 'outboundConnector', members), {
    set: (c) => {
      const { forced, noDane, noMtaSts } = faultsOf(c)
      return {
        ...(or(forced, noDane) === 'yes' ? { SmtpDaneMode: mode } : {}),
        ...(noMtaSts === 'yes' ? { MtaStsMode: mode } : {}),
      }
    },
    alsoShow: ['UseMXRecord', 'SmartHosts'],
    effect: 'reconnect',
    minutes: 10,
  })
}
