import { exportOf } from '../../mailflow/missing'
import { evidenceOf } from '../../mailflow/receive-evidence'
import {
  isOnlyRoute,
  liveSources,
  organisationSend,
  type SourceFault,
  sendingRole,
  sourceFault,
} from '../../mailflow/source-servers'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import { and, type Config, isTrue, type SendConnector } from '../../model'
import { ask, type Code, list, objectsOf, setProperties, wholeList } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'send-connector-source-invalid',
  family: 'send-routing',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['sendConnectors'],
  optional: ['servers', 'edgeSubscriptions'],
  reads: {
    sendConnectors: ['Enabled', 'SourceTransportServers', 'AddressSpaces'],
    servers: ['ServerRole'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-sourcetransportservers',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/send-connectors',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'single-source-server', same: 'connector' },
    { rule: 'hybrid-send-source-servers-drift', same: 'connector' },
    { rule: 'external-dns-servers-differ', same: 'connector' },
  ],
  check,
  fix,
})

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const s of organisationSend(config)) {
    const enabled = isTrue(s.enabled)
    if (enabled === 'no') continue
    const fault = sourceFault(config, s)
    const open = fault.missing ? [fault.missing] : []
    yield verdictOn(s, and(enabled, fault.value), () => failure(config, s, fault), enabled === 'yes' ? open : [])
  }
}

function failure(config: Config, s: SendConnector, fault: SourceFault): Fail {
  const only = isOnlyRoute(config, s)
  const sources = evidence(s.sourceTransportServers)
  const [spaces] = evidenceOf(s.addressSpaces)
  return failOn(s, {
    severity: only === 'yes' ? 'high' : 'medium',
    exposure: 'none',
    params: {
      connector: s.name,
      cause: fault.cause,
      servers: fault.names.slice(0, 3).join(', '),
      left: liveSources(s).length - (fault.cause === 'absent' ? fault.names.length : 0),
      only,
    },
    evidence: [sources, ...evidenceOf(s.addressSpaces)],
    conditions: [
      { key: 'source', value: 'yes', evidence: sources },
      { key: 'only', value: only, ...(spaces ? { evidence: spaces } : {}) },
    ],
    ...(only === 'unknown' ? { couldRaise: [exportOf('sendConnectors')] } : {}),
  })
}

/** Those that are left; without any, the Mailbox servers of the organisation. */
function sourcesFor(config: Config, s: SendConnector): Code {
  const gone = sourceFault(config, s)
  const left = liveSources(s).filter((name) => gone.cause !== 'absent' || !gone.names.includes(name))
  if (left.length > 0) return list(left)
  const mailbox = config.servers.map((x) => x.name).filter((name) => sendingRole(config, name) === 'mailbox')
  if (mailbox.length > 0) return list(mailbox)
  return ask('source-servers', {
    en: 'Names of the servers that send, each in quotes, with commas between them',
    de: 'Namen der Server, die senden, je in Anführungszeichen und durch Kommas getrennt',
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(objectsOf(config.sendConnectors, 'sendConnector', members), {
    set: (s) => ({ SourceTransportServers: sourcesFor(config, s) }),
    alsoShow: ['AddressSpaces', 'TlsCertificateName'],
    before: [wholeList('SourceTransportServers')],
    effect: 'reconnect',
    minutes: 10,
  })
}
