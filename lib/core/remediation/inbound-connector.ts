import { certificateDomainFit } from '../mailflow/accepted-domains'
import { shownToExchangeOnline } from '../mailflow/cloud-inbound'
import { isHybridPair } from '../mailflow/hybrid-connectors'
import { type Config, domainKey, type InboundConnector } from '../model'
import type { Fix } from '../rules/define-rule'
import { type PropertyFix, setProperties } from './objects'
import { ask, bool, type Code, command, comment, type Line, run, str } from './powershell'

/** The wizard finds its connectors in Exchange Online again and writes its own values into them. */
export const wizardInboundRemark: Line = comment(
  'A later run of the Hybrid Configuration Wizard writes its own values into its inbound connector: repeat the check after it.',
)

/** Changes of connectors take effect after about half an hour. */
const INBOUND_MINUTES = 30

/** Sets properties of inbound connectors. Those that the wizard keeps get a word about it. */
export const fixInbound = (
  connectors: readonly InboundConnector[],
  set: (c: InboundConnector) => Readonly<Record<string, Code>>,
  plan: Partial<Omit<PropertyFix, 'set'>> = {},
): Fix | null =>
  setProperties(connectors, {
    effect: 'reconnect',
    minutes: INBOUND_MINUTES,
    ...plan,
    set: (o) => set(o as InboundConnector),
    after: [
      ...(plan.after ?? []),
      ...(connectors.some((c) => isHybridPair(c).value === 'yes') ? [wizardInboundRemark] : []),
    ],
  })

const fits = ['strong', 'parent', 'ancestor', 'unknown', 'none'] as const

/** Names of the certificate that the servers show to Exchange Online, the one that fits an accepted domain best first. */
export function shownNamesByFit(config: Config, asOf: Date): readonly string[] {
  const { shown } = shownToExchangeOnline(config, asOf)
  // A name that all certificates have holds whichever of them is shown.
  const [first, ...rest] = shown.map((s) => s.names.map(domainKey))
  const common = (first ?? []).filter((n) => rest.every((names) => names.includes(n)))
  const rank = (n: string) => fits.indexOf(certificateDomainFit(config, n))
  return common.filter((n) => n.includes('.')).sort((a, b) => rank(a) - rank(b))
}

/** The name by which Exchange Online is to know the servers: from their certificate, else asked. */
export function certificateNameFor(config: Config, asOf: Date): Code {
  const [best] = shownNamesByFit(config, asOf)
  return best === undefined
    ? ask('certificate-name', {
        en: 'A name in the certificate that your servers show to Exchange Online, in quotes, for example "mail.contoso.com"',
        de: 'Ein Name aus dem Zertifikat, das Ihre Server Exchange Online vorzeigen, in Anführungszeichen, zum Beispiel "mail.contoso.com"',
      })
    : str(best)
}

/** A connector for the own servers as the wizard makes it, known by the certificate. */
export const newOnPremisesInbound = (name: string, certificateName: Code): Line =>
  run(
    command('New-InboundConnector', {
      Name: str(name),
      ConnectorType: str('OnPremises'),
      SenderDomains: str('*'),
      RequireTls: bool(true),
      TlsSenderCertificateName: certificateName,
      CloudServicesMailEnabled: bool(true),
    }),
  )
