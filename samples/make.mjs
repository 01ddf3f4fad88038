// Writes the exports of the sample organisation to samples/contoso. The same input gives the same bytes.
process.env.TZ = 'UTC' // zip members carry local time
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { zipSync } from 'fflate'
import { clixml } from './lib/clixml.mjs'
import { certificateObjects, sendConnectorObjects } from './lib/clixml-objects.mjs'
import { acceptedDomains, accessList, installed, receiveConnectors, servers } from './lib/contoso.mjs'
import { formatList, utf8, utf16 } from './lib/format-list.mjs'
import { acceptedDomain, certificate, edgeSubscription, exchangeServer, hybridConfiguration, inboundConnector, outboundConnector, receiveConnector, transportRule } from './lib/objects.mjs'

const root = path.join(import.meta.dirname, 'contoso')
const receive = (server, culture, options) => formatList(receiveConnectors[server].map((c) => receiveConnector(c, culture)), options)
const certs = (server, culture) => formatList(installed[server].map((c) => certificate(c, culture)))
// Munich runs German Windows: names of well-known accounts are translated.
const german = { anonymous: 'NT-AUTORITÄT\\ANONYMOUS-ANMELDUNG', users: 'NT-AUTORITÄT\\Authentifizierte Benutzer' }
const english = { anonymous: 'NT AUTHORITY\\ANONYMOUS LOGON', users: 'NT AUTHORITY\\Authenticated Users' }
const permissions = (names, accounts, options) => formatList(names.flatMap((s) => receiveConnectors[s].flatMap((c) => accessList(c, accounts))), options)

const line = '**********************'
const rules = formatList([
  transportRule('Disclaimer for outgoing mail', 0, { Description: 'If the message is sent to recipients outside the organisation, append the disclaimer.', FromScope: 'InOrganization', SentToScope: 'NotInOrganization', ApplyHtmlDisclaimerText: '<p>Contoso Ltd, Munich</p>' }),
  transportRule('Mark external mail', 1, { Description: 'If the message is received from outside the organisation, set the header X-Contoso-External.', FromScope: 'NotInOrganization', SetHeaderName: 'X-Contoso-External', SetHeaderValue: 'yes' }),
])
const transcript = [
  line, 'Windows PowerShell transcript start', 'Start time: 20261119093210', 'Username: CONTOSO\\exchange-audit', 'RunAs User: CONTOSO\\exchange-audit', 'Configuration Name: ', 'Machine: EX03 (Microsoft Windows NT 10.0.20348.0)',
  'Host Application: C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe', 'Process ID: 7316', 'PSVersion: 5.1.20348.2849', 'PSEdition: Desktop', 'CLRVersion: 4.0.30319.42000', 'BuildVersion: 10.0.20348.2849', line,
  '[PS] C:\\>Get-ReceiveConnector -Server EX03 | Format-List', receive('EX03', 'en'),
  '[PS] C:\\>Get-ReceiveConnector -Server EX04 | fl', receive('EX04', 'en'),
  '[PS] C:\\>Get-ReceiveConnector -Server EX03 | Get-ADPermission | fl Identity,User,Deny,IsInherited,ExtendedRights', permissions(['EX03'], english),
  '[PS] C:\\>Get-TransportRule | fl', rules,
  '[PS] C:\\>Stop-Transcript', line, 'Windows PowerShell transcript end', 'End time: 20261119094105', line, '',
].join('\n')
const online = ['PS C:\\Users\\exchange-audit> Get-InboundConnector | Format-List', formatList([inboundConnector()], { width: 159, limit: 4 }), 'PS C:\\Users\\exchange-audit> Get-OutboundConnector | Format-List', formatList([outboundConnector()], { width: 159, limit: 4 }), 'PS C:\\Users\\exchange-audit>', ''].join('\n')
const note = ['Ticket 2214', '', 'Asked by: application team', 'The order system needs to send confirmations. Network team says the whole', 'range may be opened for now, to be narrowed after the migration.', 'Printers: third floor still to do. Milk, coffee.', ''].join('\n')

const edge = { 'edge01/receive-connectors.txt': utf16(receive('EDGE01', 'en')), 'edge01/certificates.txt': utf16(['[EDGE01]: [PS] C:\\>Get-ExchangeCertificate | fl', certs('EDGE01', 'en')].join('\n')) }
const files = {
  'munich/ex01-receive-connectors.txt': utf16(receive('EX01', 'de')),
  'munich/ex02-receive-connectors.txt': utf16(receive('EX02', 'de', { limit: 4 })),
  'munich/permissions.txt': utf16(permissions(['EX01', 'EX02'], german)),
  'munich/ex01-certificates.txt': utf16(['[PS] C:\\>Get-ExchangeCertificate -Server EX01 | fl', certs('EX01', 'de')].join('\n')),
  'munich/ex02-certificates.txt': utf16(['[PS] C:\\>Get-ExchangeCertificate -Server EX02 | fl', certs('EX02', 'de')].join('\n')),
  'vienna/transcript.txt': utf8(transcript, true),
  'vienna/ex03-certificates.xml': utf8(clixml(certificateObjects('EX03', { serializationData: true })), true),
  'vienna/ex04-certificates.xml': utf8(clixml(certificateObjects('EX04', { serializationData: false })), true),
  'organisation/send-connectors.xml': utf16(clixml(sendConnectorObjects())),
  'organisation/accepted-domains.txt': utf16(['[PS] C:\\>Get-AcceptedDomain | fl', formatList(acceptedDomains.map((d) => acceptedDomain(d, 'de')))].join('\n')),
  'organisation/servers.txt': utf16(formatList(servers.map((s) => exchangeServer(s, 'de')))),
  'organisation/hybrid-configuration.txt': utf16(formatList([hybridConfiguration('de')])),
  'organisation/edge-subscription.txt': utf16(['[PS] C:\\>Get-EdgeSubscription | fl', formatList([edgeSubscription('de')])].join('\n')),
  'exchange-online/connectors.txt': utf8(online),
  'edge01.zip': Buffer.from(zipSync(edge, { mtime: new Date('2026-11-19T08:50:00Z'), level: 6 })),
  'ticket-2214.txt': utf8(note),
}
rmSync(root, { recursive: true, force: true })
for (const [name, bytes] of Object.entries(files)) {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
  writeFileSync(path.join(root, name), bytes)
}
