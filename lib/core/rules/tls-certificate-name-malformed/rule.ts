import {
  type Connector,
  isHybridConnector,
  isSend,
  isUnnamed,
  serversOfConnector,
} from '../../mailflow/certificate-usage'
import { inventoryOf } from '../../mailflow/certificate-uses'
import { sendConnectorsOf } from '../../mailflow/hybrid-connectors'
import { verdictOnUnseen } from '../../mailflow/known-servers'
import { exportOfObject } from '../../mailflow/missing'
import { cloneKey, refOf } from '../../mailflow/object-ref'
import {
  type Config,
  type HybridConfiguration,
  isTrue,
  isUnset,
  known,
  type TlsCertificateName,
  type Tri,
} from '../../model'
import { ask, certificateName, comment, setProperties, str, wizardRemark } from '../../remediation'
import { defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'tls-certificate-name-malformed',
  family: 'certificates',
  question: 4,
  severities: ['high'],
  needs: [],
  optional: ['receiveConnectors', 'sendConnectors', 'hybridConfigurations', 'certificates', 'servers'],
  eitherOf: ['receiveConnectors', 'sendConnectors'],
  reads: {
    receiveConnectors: ['Enabled', 'TlsCertificateName', 'TlsDomainCapabilities'],
    sendConnectors: ['Enabled', 'TlsCertificateName', 'AddressSpaces', 'SmartHosts', 'CloudServicesMailEnabled'],
    hybridConfigurations: ['TlsCertificateName'],
    servers: ['AdminDisplayVersion'],
  },
  references: [
    'https://learn.microsoft.com/powershell/module/exchange/set-sendconnector#-tlscertificatename',
    'https://learn.microsoft.com/powershell/module/exchange/set-receiveconnector#-tlscertificatename',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'hybrid-certificate-name-drift', same: 'connector' },
    { rule: 'hybrid-receive-servers-inconsistent', same: 'connector' },
  ],
  check,
  fix,
})

type Named = Connector | HybridConfiguration

function* check({ config }: RuleContext): Iterable<Verdict> {
  for (const c of [...sendConnectorsOf(config), ...config.receiveConnectors]) {
    const enabled = isTrue(c.enabled)
    if (enabled !== 'no') yield judge(c, enabled === 'yes', isUnnamed(config, c))
  }
  for (const h of config.hybridConfigurations) yield judge(h, true, isUnset(h.tlsCertificateName))
  yield* verdictOnUnseen(config)
}

/** What lost its angle brackets on the way (in a mail, in a page) still shows both parts. */
const lostBrackets = ({ text }: TlsCertificateName): boolean =>
  /^\W{0,5}I\W{0,5}[A-Z]{1,5}=.*S\W{0,5}[A-Z]{1,5}=/i.test(text)

function judge(o: Named, enabled: boolean, unnamed: Tri): Verdict {
  const p = o.tlsCertificateName
  const name = known(p)
  if (unnamed === 'yes' || name?.syntax === 'standard') return { state: 'pass', object: refOf(o) }
  if (!name || !enabled || (name.syntax !== 'thumbprint' && lostBrackets(name)))
    return { state: 'not-assessed', object: refOf(o), missing: [exportOfObject(o)] }
  return failure(o, name)
}

function failure(o: Named, name: TlsCertificateName): Fail {
  const line = evidence(o.tlsCertificateName)
  const hybrid = o.collection === 'hybridConfigurations' ? 'yes' : isHybridConnector(o as Connector).value
  return {
    state: 'fail',
    key: cloneKey(o),
    side: o.side,
    severity: 'high',
    confidence: 'proven',
    proof: 'configuration',
    exposure: 'none',
    objects: [refOf(o)],
    params: {
      connector: o.collection === 'hybridConfigurations' ? o.name : o.id,
      kind: o.collection === 'sendConnectors' ? 'send' : o.collection === 'receiveConnectors' ? 'receive' : 'hybrid',
      value: name.text,
      syntax: name.syntax === 'subject-only' ? 'subject' : name.syntax,
    },
    evidence: [line],
    conditions: [
      { key: 'malformed', value: 'yes', evidence: line },
      { key: 'hybrid', value: hybrid },
    ],
  }
}

/** The pair of the certificate that the value was meant to name: by thumbprint, by subject. */
function meant(config: Config, o: Named): string | undefined {
  const name = known(o.tlsCertificateName)
  const servers = o.collection === 'hybridConfigurations' ? [] : serversOfConnector(o as Connector)
  const certificates =
    servers.length > 0 ? servers.flatMap((s) => inventoryOf(config, s).certificates) : config.certificates
  const found = certificates.filter((c) =>
    name?.syntax === 'thumbprint'
      ? c.thumbprint.toLowerCase() === name.text.toLowerCase()
      : name?.subject !== '' && known(c.subject)?.toLowerCase() === name?.subject.toLowerCase(),
  )
  const pairs = [...new Set(found.flatMap((c) => certificateName(c) ?? []))]
  return pairs.length === 1 ? pairs[0] : undefined
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const ids = new Set(members.map((m) => `${m.objects[0].kind} ${m.objects[0].id}`))
  const objects: readonly Named[] = [
    ...sendConnectorsOf(config),
    ...config.receiveConnectors,
    ...config.hybridConfigurations,
  ].filter((o) => ids.has(`${refOf(o).kind} ${o.id}`))
  const pair = ask('certificate-name', {
    en: 'Issuer and subject of the certificate in the form <I>issuer<S>subject, in quotes',
    de: 'Aussteller und Antragsteller des Zertifikats in der Form <I>Aussteller<S>Antragsteller, in Anführungszeichen',
  })
  const value = (o: Named) => {
    const text = meant(config, o)
    return text === undefined ? pair : str(text)
  }
  return setProperties(objects, {
    set: (o) => ({ TlsCertificateName: value(o as Named) }),
    before: [
      comment('The value is made of what Get-ExchangeCertificate shows as Issuer and Subject, letter by letter.'),
    ],
    after: objects.some((o) => o.collection === 'receiveConnectors' || isSend(o as Connector)) ? [wizardRemark] : [],
    effect: 'reconnect',
    minutes: 10,
  })
}
