import { lockDown } from '../../mailflow/lock-down'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { mxLeadsTo, mxRecord } from '../../mailflow/mx'
import { flagOf } from '../../mailflow/property-of'
import { failOn } from '../../mailflow/verdict-on'
import { and, isTrue, not } from '../../model'
import { bool, comment, objectsOf, setProperties } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-direct-send-open',
  family: 'exo-inbound',
  question: 3,
  severities: ['medium', 'info'],
  needs: ['organizationConfigs'],
  optional: ['inboundConnectors', 'acceptedDomains'],
  reads: {
    organizationConfigs: ['RejectDirectSend'],
    inboundConnectors: [
      'Enabled',
      'ConnectorType',
      'SenderDomains',
      'RestrictDomainsToCertificate',
      'RestrictDomainsToIPAddresses',
    ],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://techcommunity.microsoft.com/blog/exchange/introducing-more-control-over-direct-send-in-exchange-online/4408790',
    'https://learn.microsoft.com/powershell/module/exchange/set-organizationconfig#-rejectdirectsend',
  ],
  frameworks: { 'MITRE ATT&CK': ['T1672'] },
  absorbs: [],
  check,
  fix,
})

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const organisation = config.organizationConfigs.filter((o) => o.side === 'exchange-online')
  if (organisation.length === 0) {
    yield { state: 'not-assessed', missing: [exportOf('organizationConfigs', 'exchange-online')] }
    return
  }
  const locked = lockDown(config)
  const here = mxLeadsTo(config, answers, 'on-premises')
  for (const o of organisation) {
    const reject = flagOf(o, 'RejectDirectSend')
    const open = isTrue(reject)
    if (open === 'yes' || locked.value === 'yes') yield { state: 'pass' }
    else if (open === 'unknown') yield { state: 'not-assessed', missing: [exportOfObject(o)] }
    else {
      const isMedium = and(here, not(locked.value))
      const missing = [
        ...(here === 'unknown' ? [mxRecord] : []),
        ...(locked.value === 'unknown' ? [exportOf('inboundConnectors')] : []),
      ]
      yield failOn(o, {
        key: '',
        severity: isMedium === 'yes' ? 'medium' : 'info',
        exposure: 'internet',
        params: { mx: here === 'yes' ? 'here' : 'other' },
        evidence: [evidence(reject)],
        conditions: [
          { key: 'open', value: 'yes', evidence: evidence(reject) },
          { key: 'not-locked', value: not(locked.value) },
          { key: 'mx-here', value: here },
        ],
        ...(isMedium === 'unknown' && missing.length > 0 ? { couldRaise: missing } : {}),
      })
    }
  }
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const organisation = objectsOf(config.organizationConfigs, 'organizationConfig', members).filter(
    (o) => o.side === 'exchange-online',
  )
  return setProperties(organisation, {
    set: () => ({ RejectDirectSend: bool(true) }),
    before: [
      comment(
        'First look who sends so: the report on inbound messages by connector shows mail of your domains without one.',
      ),
      comment('Give printers, programs and services that do a connector of their own, or let them log on.'),
    ],
    after: [comment('Within half an hour unrecognised mail with a sender of your domains gets 550 5.7.68.')],
    effect: 'none',
    minutes: 30,
  })
}
