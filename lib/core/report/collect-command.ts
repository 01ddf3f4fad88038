import { type CollectionName, cmdletOf, collections } from '../model/collections'
import { str } from '../remediation'
import type { Outcome } from './schema'

type Missing = Outcome['missing'][number]

const quote = (text: string): string => str(text).code

const perServer: readonly CollectionName[] = ['receiveConnectors', 'certificates', 'adPermissions']

const fileOf: Readonly<Partial<Record<CollectionName, string>>> = {
  receiveConnectors: 'receive-connectors',
  sendConnectors: 'send-connectors',
  certificates: 'certificates',
  adPermissions: 'connector-permissions',
  acceptedDomains: 'accepted-domains',
  hybridConfigurations: 'hybrid-configuration',
  inboundConnectors: 'inbound-connectors',
  outboundConnectors: 'outbound-connectors',
}

function listing(collection: CollectionName, servers: readonly string[]): string {
  const cmdlet = collection === 'adPermissions' ? 'Get-ReceiveConnector' : cmdletOf[collection]
  const rights = collection === 'adPermissions' ? ' | Get-ADPermission' : ''
  if (servers.length === 0 || !perServer.includes(collection)) return `${cmdlet}${rights}`
  if (servers.length === 1) return `${cmdlet} -Server ${quote(servers[0] ?? '')}${rights}`
  return `${servers.map(quote).join(', ')} | ForEach-Object { ${cmdlet} -Server $_${rights} }`
}

/** `Get-ExchangeCertificate` answers for one server, the own one unless named; this asks each server that has certificates for mail. */
const ALL_CERTIFICATES =
  "Get-ExchangeServer | Where-Object { $_.ServerRole -notlike '*Edge*' } |\n  ForEach-Object { Get-ExchangeCertificate -Server $_.Name }"

/** `Get-OutboundConnector` leaves out connectors in test mode and those that only transport rules use, unless asked for each. */
const OUTBOUND_PARTS = [
  { switches: '', file: '' },
  { switches: ' -IncludeTestModeConnectors $true', file: '-test-mode' },
  { switches: ' -IsTransportRuleScoped $true', file: '-rule-scoped' },
]

type As = 'text' | 'clixml'

// A line that ends in a pipe goes on in the next one, in a console too.
const intoFile = (source: string, name: string, as: As): string =>
  as === 'clixml'
    ? `${source} |\n  Export-Clixml ${name}.xml`
    : `${source} |\n  Format-List * | Out-File -Width 4096 -Encoding utf8 ${name}.txt`

/**
 * The command that collects what is missing, ready to paste. `$FormatEnumerationLimit` is 4 by default, which cuts every longer list
 * (about_Preference_Variables); -Width keeps Windows PowerShell from breaking lines at the window's edge.
 * On an Edge, and for what is organisation-wide, no server is named: the cmdlet answers for itself.
 */
export const collectCommand = (missing: Missing): string => command(missing, 'text')

/** The same into CLIXML, which keeps lists whole and dates without a doubt. Certificates stay text: CLIXML has no services of them. */
export const collectAsClixml = (missing: Missing): string => command(missing, 'clixml')

function command(missing: Missing, wanted: As): string {
  const collection = collections.find((c) => cmdletOf[c] === missing.cmdlet)
  const as = collection === 'certificates' ? 'text' : wanted
  const servers = missing.side === 'edge' ? [] : missing.servers
  const allCertificates = collection === 'certificates' && missing.side === 'on-premises' && servers.length === 0
  const source = allCertificates ? ALL_CERTIFICATES : collection ? listing(collection, servers) : missing.cmdlet
  const name =
    ((collection && fileOf[collection]) ?? missing.cmdlet.replace(/^Get-/, '').replace(/\W.*$/, '').toLowerCase()) ||
    'export'
  const suffix = missing.side === 'exchange-online' ? '-online' : missing.side === 'edge' ? '-edge' : ''
  const parts = collection === 'outboundConnectors' ? OUTBOUND_PARTS : [{ switches: '', file: '' }]
  return [
    ...(as === 'text' ? ['$FormatEnumerationLimit = -1'] : []),
    ...parts.map(({ switches, file }) => intoFile(`${source}${switches}`, `${name}${file}${suffix}`, as)),
  ].join('\n')
}
