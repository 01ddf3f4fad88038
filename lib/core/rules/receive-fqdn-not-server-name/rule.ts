import { kindOf } from '../../mailflow/connector-kind'
import { connectorsOf, connectorsOfMembers } from '../../mailflow/connectors-of'
import { normHost } from '../../mailflow/exchange-online-names'
import { exportOf } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import { hasMechanism } from '../../mailflow/permissions'
import { connectorOf } from '../../mailflow/receive-evidence'
import { serverKey } from '../../mailflow/server-names'
import { serversByKey } from '../../mailflow/transport-role'
import { and, type Config, isTrue, isUnset, known, not, type ReceiveConnector, type Tri, tri } from '../../model'
import { comment, setProperties, str, wizardRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'receive-fqdn-not-server-name',
  family: 'selection',
  question: 5,
  severities: ['high', 'medium'],
  needs: ['receiveConnectors'],
  optional: ['servers'],
  reads: {
    receiveConnectors: ['Enabled', 'AuthMechanism', 'Fqdn', 'Bindings', 'RemoteIPRanges', 'TransportRole'],
    servers: ['Fqdn'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-fqdn',
    'https://learn.microsoft.com/exchange/mail-flow/connectors/receive-connectors',
  ],
  frameworks: { BSI: ['APP.5.2.A11'] },
  absorbs: [],
  check,
  fix,
})

const fullNameOf = (config: Config, server: string): string | undefined => {
  const exported = serversByKey(config).get(serverKey(server))
  const name = (exported && known(exported.fqdn)) ?? (server.includes('.') ? server : undefined)
  return name === undefined ? undefined : normHost(name)
}

/** A computer name in the directory ends after 15 characters, that of the host may go on. */
const sameLabel = (label: string, short: string): boolean =>
  label === short || (short.length === 15 && label.startsWith(short))

/** Is the name one that the cmdlet lets stand beside ExchangeServer? Where the server's full name is not known, the first label counts. */
function isServerName(config: Config, c: ReceiveConnector): Tri {
  if (isUnset(c.fqdn) === 'yes') return 'yes'
  const fqdn = known(c.fqdn)
  if (fqdn === undefined || c.server === null) return 'unknown'
  const [name, short] = [normHost(fqdn), serverKey(c.server)]
  // An Edge is in no domain: which suffix it has was set by hand, and may have changed since it was installed.
  const full = c.side === 'edge' ? undefined : fullNameOf(config, c.server)
  if (full !== undefined) return tri(name === full || name === short)
  return tri(sameLabel(name.split('.')[0] ?? '', short))
}

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of config.receiveConnectors) {
    const name = isServerName(config, c)
    const value = and(isTrue(c.enabled), hasMechanism(c, 'ExchangeServer'), not(name))
    const object = refOf(c)
    if (value === 'yes') yield failure(config, c)
    else if (value === 'no') yield { state: 'pass', object }
    else yield { state: 'not-assessed', object, missing: [connectorOf(c)] }
  }
}

function failure(config: Config, c: ReceiveConnector): Fail {
  const kind = kindOf(config, c)
  const full = c.server === null ? undefined : fullNameOf(config, c.server)
  return {
    state: 'fail',
    key: cloneKey(c),
    side: c.side,
    severity: kind === 'DefaultHub' ? 'high' : 'medium',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(c)],
    params: {
      connector: c.id,
      fqdn: known(c.fqdn) ?? '',
      server: full ?? c.server ?? '',
      hub: kind === 'DefaultHub' ? 'yes' : 'no',
    },
    evidence: [evidence(c.fqdn), evidence(c.authMechanism)],
    conditions: [
      { key: 'exchange-server', value: 'yes', evidence: evidence(c.authMechanism) },
      { key: 'other-name', value: 'yes', evidence: evidence(c.fqdn) },
      { key: 'full-name', value: full === undefined ? 'unknown' : 'yes' },
      { key: 'hub', value: kind === 'unknown' ? 'unknown' : tri(kind === 'DefaultHub') },
    ],
    ...(kind === 'unknown' ? { couldRaise: [connectorOf(c), exportOf('servers')] } : {}),
  }
}

/** The full name where it is known; else what other connectors of the server print; else the short name, which is allowed as well. */
function nameFor(config: Config, c: ReceiveConnector): string {
  const server = c.server ?? ''
  const siblings = connectorsOf(config, c.server).flatMap((o) => known(o.fqdn) ?? [])
  const sibling = siblings.find(
    (name) => name.includes('.') && sameLabel(normHost(name).split('.')[0] ?? '', serverKey(server)),
  )
  return fullNameOf(config, server) ?? sibling ?? server
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  return setProperties(connectorsOfMembers(config, members), {
    set: (o) => ({ Fqdn: str(nameFor(config, o as ReceiveConnector)) }),
    alsoShow: ['AuthMechanism', 'TlsCertificateName'],
    before: [
      comment(
        'A public name belongs into TlsCertificateName (which certificate) and Banner (what is shown), not into Fqdn.',
      ),
    ],
    after: [wizardRemark],
    effect: 'reconnect',
    minutes: 10,
  })
}
