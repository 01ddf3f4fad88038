import { hasEdgeSource } from '../../mailflow/edge-path'
import { exportOf, exportOfObject } from '../../mailflow/missing'
import { organisationSend } from '../../mailflow/source-servers'
import { failOn, openOn, verdictOn } from '../../mailflow/verdict-on'
import { and, isTrue, isUnset, known, type SendConnector, type Tri, tri } from '../../model'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

/** What the attribute holds in the directory of an Edge (KB4052493). */
const LIMIT = 256

export const rule = defineRule({
  id: 'edge-tls-certificate-name-too-long',
  family: 'edge',
  question: 4,
  severities: ['high'],
  needs: ['sendConnectors'],
  optional: ['servers', 'edgeSubscriptions', 'hybridConfigurations', 'receiveConnectors'],
  reads: {
    sendConnectors: ['Enabled', 'TlsCertificateName', 'SourceTransportServers', 'AddressSpaces'],
    servers: ['ServerRole'],
    hybridConfigurations: ['EdgeTransportServers'],
  },
  references: [
    'https://support.microsoft.com/help/4052493',
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-tlscertificatename',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'tls-certificate-name-unresolved', same: 'connector' },
    { rule: 'hybrid-certificate-name-drift', same: 'connector' },
  ],
  check,
  // Either the schema on the Edge is changed, or a certificate with shorter names is issued. Clearing the name brings another fault.
  fix: () => null,
})

const textOf = (s: SendConnector): string => known(s.tlsCertificateName)?.text ?? ''

function isTooLong(s: SendConnector): Tri {
  if (isUnset(s.tlsCertificateName) === 'yes') return 'no'
  return known(s.tlsCertificateName) === undefined ? 'unknown' : tri(textOf(s).length > LIMIT)
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of organisationSend(config)) {
    const enabled = isTrue(s.enabled)
    const edge = hasEdgeSource(config, s).value
    if (enabled === 'no' || edge === 'no') continue
    const long = isTooLong(s)
    // Without an Edge the length does not matter.
    if (edge === 'yes') yield verdictOn(s, and(enabled, long), () => failure(s))
    else if (long !== 'no') yield openOn(s, [exportOfObject(s), exportOf('servers')])
  }
}

function failure(s: SendConnector): Fail {
  const name = evidence(s.tlsCertificateName)
  const sources = evidence(s.sourceTransportServers)
  return failOn(s, {
    severity: 'high',
    exposure: 'none',
    params: { connector: s.name, length: textOf(s).length, limit: LIMIT },
    evidence: [name, sources],
    conditions: [
      { key: 'edge', value: 'yes', evidence: sources },
      { key: 'long', value: 'yes', evidence: name },
    ],
  })
}
